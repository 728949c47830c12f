"""Whoever takes more than anybody's work needs is stopped, told so, and written down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from evenlode.access import Role
from evenlode.web.limits import COUNTED, MOST, WHY
from evenlode.web.models import TakenRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def few(settings):
    """Three of each at most."""
    settings.EVENLODE_LIMITS = dict.fromkeys(("SEARCH", "CHILD", "EXPORT"), 3)


def search(person):
    return person.post("/search", {"words": "an"})


def save(person):
    return person.get("/children?file=csv")


@pytest.mark.parametrize(
    ("ask", "says"), [(search, "3 searches in 10 minutes"), (save, "3 saved lists in 10 minutes")]
)
def test_the_fourth_in_ten_minutes_is_refused_in_plain_words(signed_in, told, few, ask, says):
    director = signed_in(Role.DIRECTOR)
    assert [ask(director).status_code for _ in range(3)] == [200] * 3
    refused = ask(director)
    assert refused.status_code == 429
    assert says in told.text(refused)
    assert "/child/" not in told.text(refused)


def test_openings_of_childrens_records_are_counted_whichever_they_are(signed_in, children, told, few):
    director = signed_in(Role.DIRECTOR)
    four = sorted(children.values(), key=lambda c: c.child_id)[:4]
    assert [director.get(f"/child/{c.ref}").status_code for c in four] == [200, 200, 200, 429]


def test_a_refusal_stands_in_the_trail_as_one(signed_in, told, few, began, children):
    director = signed_in(Role.DIRECTOR)
    child = next(iter(children.values()))
    for _ in range(4):
        director.get(f"/child/{child.ref}")
    newest = told.trail_of(director.person_id, began)[0]
    assert (newest["outcome"], newest["why"], newest["child_id"]) == ("denied", WHY, child.child_id)


def test_what_one_person_took_is_not_counted_for_another(signed_in, few):
    director = signed_in(Role.DIRECTOR)
    for _ in range(4):
        search(director)
    assert search(signed_in(Role.PRINCIPAL_SOCIAL_WORKER)).status_code == 200


def test_after_ten_minutes_there_may_be_more_and_the_old_count_is_dropped(signed_in, few):
    director = signed_in(Role.DIRECTOR)
    for _ in range(4):
        search(director)
    TakenRow.objects.update(at=timezone.now() - timedelta(minutes=11))
    assert search(director).status_code == 200
    assert TakenRow.objects.filter(person_id=director.person_id).count() == 1


def test_opening_the_empty_search_page_is_no_search(signed_in, few):
    director = signed_in(Role.DIRECTOR)
    assert [director.get("/search").status_code for _ in range(5)] == [200] * 5


def test_what_is_counted_has_a_limit():
    assert set(COUNTED.values()) == set(MOST)
