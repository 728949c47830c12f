"""A page asks the database a few times, whatever stands on it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evenlode.access import Role
from evenlode.web.routes import PAGES

from .test_matrix import OURS, addresses, kinds, named  # noqa: F401 - named is a fixture

pytestmark = pytest.mark.django_db

MOST = 20
BESIDE = ("web_account", "django_session", "SAVEPOINT", "audit_entry", "BEGIN", "COMMIT")
"""What signing in and the audit trail ask, which is the same on every page."""


@pytest.mark.parametrize(
    "role", [pytest.param(Role.TEAM_MANAGER, marks=pytest.mark.long), Role.DIRECTOR], ids=str
)
@pytest.mark.parametrize("page", [p for p in PAGES if not p.changes], ids=lambda p: p.name)
def test_no_page_asks_the_database_more_than_twenty_times(signed_in, named, figures, page, role):
    who = signed_in(role)
    values = addresses(page, named, OURS, signed_in, figures)
    assert set(values) == set(kinds(page))
    url = reverse(page.name, kwargs=values)
    first = who.get(url)  # once before: the register and the names of a load are held in memory
    with CaptureQueriesContext(connection) as asked:
        assert who.get(url).status_code == first.status_code
    told = [q["sql"] for q in asked.captured_queries if not any(word in q["sql"] for word in BESIDE)]
    assert len(told) <= MOST, "\n".join(sql[:200] for sql in told)
