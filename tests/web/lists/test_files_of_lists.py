"""Files that lists are saved as: whoever opens one in a spreadsheet sees text, and whoever loads one gets it back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenlode.access import Role
from evenlode.web.lists import answering
from evenlode.web.models import ChildFigure
from evenlode.web.people_of import _names

pytestmark = pytest.mark.django_db
HOSTILE = ["=1+1", "+44 1865", "-2+3", "@SUM(A1)", "\t=1", "'=1", "Siân", "O\u2019Brien", "-"]


@pytest.fixture
def named(children):
    """Gives the first child of the list a name and forgets the names that were held."""
    first = min(children.values(), key=lambda c: c.by_name)

    def name(forename: str):
        ChildFigure.objects.whole().filter(pk=first.pk).update(forename=forename, surname="", by_name="")
        _names.cache_clear()

    yield name
    _names.cache_clear()


@pytest.mark.parametrize("forename", HOSTILE)
def test_no_name_opens_as_a_formula_and_the_name_comes_back_as_it_was(signed_in, told, named, forename):
    named(forename)
    director = signed_in(Role.DIRECTOR)
    rows = told.csv_rows(director.get("/children?file=csv"))
    assert rows[1][1][:1] not in {"=", "+", "@", "\t"} or forename == "-"
    assert told.unguarded(rows)[1][1] == forename
    cell = told.workbook(director.get("/children?file=xlsx"))["B3"]
    assert (cell.data_type, cell.value) == ("s", forename)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12))
def test_whatever_is_written_in_a_field_is_read_again_from_our_own_file(told, text):
    from evenlode.reports.sheets import Heading, Sheet, csv_bytes

    made = csv_bytes(Sheet("Any", (Heading("Said"),), [[text]]))

    class Answer:
        content = made

    assert told.unguarded(told.csv_rows(Answer))[1] == [text]


def test_a_list_of_more_rows_than_a_file_takes_is_not_saved_and_says_so(signed_in, told, monkeypatch):
    monkeypatch.setattr(answering, "MOST", 5)
    page = told.text(signed_in(Role.DIRECTOR).get("/children?file=csv"))
    assert "A file takes 5 rows. Narrow the list to save it." in page
    assert "Save these" not in page


def test_whoever_may_not_save_lists_is_offered_no_file_and_gets_none(signed_in, told, monkeypatch):
    from evenlode.web.door import Door

    monkeypatch.setattr(Door, "may", lambda *_: False)
    page = told.text(signed_in(Role.DIRECTOR).get("/children"))
    assert "Save these" not in page
