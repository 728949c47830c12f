"""Each page about the council as a whole asks the database little, however large the council is."""

from __future__ import annotations

import pytest

from evenlode.access import Role

pytestmark = pytest.mark.django_db

PAGES = (
    "/service",
    "/council",
    "/council/measure/WF-05",
    "/rules",
    "/rules/CP-05",
    "/policy",
    "/policy/setting/cin_visit",
    "/data",
    "/data/doubts",
    "/data/coverage",
    "/data/load/0001",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_at_most_twenty_questions(signed_in, django_assert_max_num_queries, path):
    director = signed_in(Role.DIRECTOR)
    director.get(path)
    with django_assert_max_num_queries(20):
        assert director.get(path).status_code == 200
