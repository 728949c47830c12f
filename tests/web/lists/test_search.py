"""Search: whoever is within scope is found by name, and nobody else; no name stands in an address or a log."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from evenlode.access import RestrictionCategory, Role
from evenlode.web import standing_register
from evenlode.web.folded import folded
from evenlode.web.models import ChildFigure, WorkerFigure
from evenlode.web.refs import ref_of
from evenlode.web.restricting import restrict

pytestmark = pytest.mark.django_db


@pytest.fixture
def welsh(children):
    """A child whose name has accents, an apostrophe and a hyphen."""
    child = min(children.values(), key=lambda c: c.by_name)
    name = ("Siân", "O\u2019Brien-Łukasz")
    ChildFigure.objects.whole().filter(pk=child.pk).update(
        forename=name[0], surname=name[1], search=folded(" ".join(name))
    )
    return child


def found(person, words: str):
    return person.post("/search", {"words": words})


@pytest.mark.parametrize(
    "words",
    ["Siân", "sian", "SIAN O'BRIEN", "obrien", "lukasz", "brien luk", "  sian   ", "o\u2019brien-łukasz"],
)
def test_accents_capitals_apostrophes_and_parts_of_names_do_not_matter(signed_in, welsh, words):
    page = found(signed_in(Role.DIRECTOR), words).content.decode()
    assert f"/child/{welsh.ref}" in page
    assert "Children (1)" in page


def test_a_child_is_found_by_the_whole_number_in_the_case_system_and_not_by_a_part_of_it(signed_in, welsh):
    director = signed_in(Role.DIRECTOR)
    assert f"/child/{welsh.ref}" in found(director, welsh.child_id).content.decode()
    assert f"/child/{welsh.ref}" not in found(director, welsh.child_id[:-1]).content.decode()


def test_a_child_of_another_team_is_not_found(signed_in, children, figures):
    manager = signed_in(Role.TEAM_MANAGER)
    shown = manager.get("/children").content.decode()
    other = next(c for c in children.values() if c.ref not in shown and c.forename)
    page = found(manager, f"{other.forename} {other.surname}").content.decode()
    assert other.ref not in page


def test_a_closed_record_is_found_by_those_named_on_it_alone(signed_in, welsh):
    director, head = signed_in(Role.DIRECTOR), signed_in(Role.PRINCIPAL_SOCIAL_WORKER)
    restrict(
        child_id=welsh.child_id,
        category=RestrictionCategory.ADOPTION,
        named=[head.person_id],
        review_on=None,
        by="somebody",
        at=datetime.now(UTC),
    )
    standing_register.forget()
    assert welsh.ref not in found(director, "sian").content.decode()
    assert "Children (0)" in found(director, "sian").content.decode()
    assert welsh.ref in found(head, "sian").content.decode()
    assert welsh.ref not in director.get("/children").content.decode()
    assert "Brien" not in director.get("/children?file=csv").content.decode()


def test_a_worker_is_found_by_name_within_scope(signed_in, figures):
    worker = WorkerFigure.objects.whole().filter(figures=figures, here=True, placeholder=False).first()
    assert worker.name in found(signed_in(Role.DIRECTOR), worker.name[:5]).content.decode()


def test_a_social_worker_finds_no_colleague(signed_in, figures):
    person = signed_in(Role.SOCIAL_WORKER)
    other = (
        WorkerFigure.objects.whole()
        .filter(figures=figures, here=True)
        .exclude(worker_id=person.account.person.worker_id)
        .first()
    )
    page = found(person, other.name).content.decode()
    assert "No worker within your scope has that name." in page


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("", "Type a name, or part of one."),
        ("a", "Type at least two letters."),
        ("'-", "Type at least two letters."),
    ],
)
def test_too_little_is_an_error_that_says_what_to_do(signed_in, told, words, says):
    answer = found(signed_in(Role.DIRECTOR), words)
    assert answer.status_code == 422
    assert told.text(answer).count(says) == 2


@pytest.mark.parametrize("words", ["%%", "__", "100% _", "'; DROP TABLE", "\\\\", '"><script>'])
def test_marks_that_a_database_knows_are_letters_like_any_other(signed_in, words):
    answer = found(signed_in(Role.DIRECTOR), words)
    assert answer.status_code in {200, 422}
    assert "<script>" not in answer.content.decode().split("<main")[1]
    if answer.status_code == 200:
        assert "Children (0)" in answer.content.decode()


def test_a_name_stands_in_no_address_no_log_and_no_title(signed_in, welsh, caplog, capfd):
    page = found(signed_in(Role.DIRECTOR), "sian obrien").content.decode()
    head = page.split("<main")[0]
    assert "Brien" not in head
    assert "brien" not in caplog.text.casefold() + capfd.readouterr().err.casefold()
    assert 'method="post"' in page.split("<main")[1]


def test_a_search_is_written_in_the_trail_without_what_was_looked_for(signed_in, told, began):
    director = signed_in(Role.DIRECTOR)
    found(director, "sian")
    rows = told.trail_of(director.person_id, began)
    assert [(r["verb"], r["thing"], r["outcome"]) for r in rows] == [("list", "search", "allowed")]
    assert "sian" not in str(rows)


def test_more_are_on_further_pages_which_are_asked_for_without_an_address(signed_in, children, figures):
    ChildFigure.objects.whole().filter(figures=figures).update(search="same name")
    director = signed_in(Role.DIRECTOR)
    first = director.post("/search", {"words": "same"}).content.decode()
    second = director.post("/search", {"words": "same", "children": "2"}).content.decode()
    assert "Showing 1 to 25 of" in first
    assert "Showing 26 to" in second
    refs = {ref_of("child", c) for c in children}
    on = [{r for r in refs if r in page} for page in (first, second)]
    assert len(on[0]) == 25
    assert not on[0] & on[1]
