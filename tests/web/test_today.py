"""The morning page."""

from __future__ import annotations

import pytest

from evenlode.access import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "role", [Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE, Role.DIRECTOR, Role.PRINCIPAL_SOCIAL_WORKER]
)
def test_whoever_answers_for_children_has_at_most_twelve_lines(signed_in, role):
    answer = signed_in(role).get("/today")
    assert answer.status_code == 200
    lines = answer.content.decode().count('class="ev-line"')
    assert 1 <= lines <= 12


def test_nobody_who_is_not_signed_in_sees_anything(client):
    answer = client.get("/", secure=True)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in")
