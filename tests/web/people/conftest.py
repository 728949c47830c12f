"""Who the tests of these pages look at."""

from __future__ import annotations

import re
from html import unescape

import pytest

from evenlode.access import Role
from evenlode.web.models import WorkerFigure


@pytest.fixture
def worker_of(figures, signed_in):
    """The row of the demonstration's person with a role."""

    def found(role: Role) -> WorkerFigure:
        worker_id = signed_in(role).account.person.worker_id
        return WorkerFigure.objects.whole().get(figures=figures, worker_id=worker_id)

    return found


@pytest.fixture
def read():
    """What a page says, as words: without mark-up, spaces as one."""

    def words(answer) -> str:
        text = re.sub(r"<(svg|script|style|head)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
        plain = unescape(re.sub(r"<[^>]+>", " ", text)).replace("\u00a0", " ")
        return re.sub(r"\s+", " ", plain)

    return words


@pytest.fixture
def elsewhere(figures, worker_of):
    """A worker of another team who holds children."""
    team = worker_of(Role.TEAM_MANAGER).team_id
    rows = WorkerFigure.objects.whole().filter(figures=figures, here=True, children__gt=0, placeholder=False)
    return rows.exclude(team_id__in=[team, ""]).order_by("worker_id").first()
