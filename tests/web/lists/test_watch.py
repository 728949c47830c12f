"""Watch lists: each with its sentence, its children and their columns."""

from __future__ import annotations

import pytest

from evenlode.access import Role
from evenlode.oversight.watch_lists import WATCH_LISTS
from evenlode.web.models import WatchFigure
from evenlode.web.refs import ref_of

pytestmark = pytest.mark.django_db


def test_every_list_is_there_with_its_count_and_sentence(signed_in, figures, told):
    page = told.text(signed_in(Role.DIRECTOR).get("/watch"))
    for one in WATCH_LISTS:
        number = WatchFigure.objects.whole().filter(figures=figures, watch_list=one.name).count()
        assert f'href="/watch/{one.name}">{one.title}</a></th><td class="ev-figure">{number}</td>' in page
        assert one.sentence_of(number) in page


@pytest.mark.parametrize("one", WATCH_LISTS, ids=lambda one: one.name)
def test_a_list_shows_its_children_and_its_own_columns(signed_in, figures, told, one):
    rows = WatchFigure.objects.whole().filter(figures=figures, watch_list=one.name)
    page = told.text(signed_in(Role.DIRECTOR).get(f"/watch/{one.name}"))
    assert f"<h1>{one.title}</h1>" in page
    for row in rows:
        assert f"/child/{ref_of('child', row.child_id)}" in page
    if rows:
        assert all(column.heading in page for column in one.columns)


def test_the_longest_stands_first(signed_in, figures, told):
    rows = told.csv_rows(signed_in(Role.DIRECTOR).get("/watch/long_plans?file=csv"))
    since = rows[0].index("Since")
    days = [row[since] for row in rows[1:]]
    assert len(days) > 1
    assert days == sorted(days)


def test_whoever_sees_some_children_is_told_of_those_and_not_of_the_council(signed_in, figures, told):
    WatchFigure.objects.whole().filter(figures=figures).delete()
    page = told.text(signed_in(Role.TEAM_MANAGER).get("/watch/out_of_touch"))
    assert "None of your children is on this list." in page
    council = told.text(signed_in(Role.DIRECTOR).get("/watch/out_of_touch"))
    assert "The council is in touch with every care leaver." in council


def test_a_list_that_there_is_not_is_not_there(signed_in):
    assert signed_in(Role.DIRECTOR).get("/watch/no_such_list").status_code == 404
