"""The demonstration's people: one ready sign-in a role, on a council that we made up ourselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, QuerySet

from evenlode.access import Role
from evenlode.web.granting import give_post
from evenlode.web.models import (
    Account,
    Figures,
    FindingFigure,
    LineRow,
    PersonRow,
    TeamFigure,
    WorkerFigure,
)
from evenlode.web.writing.people import COUNCIL

ASKED, AGREED = "the demonstration", "the demonstration's second person"
PREFIX = "demo-"


@dataclass(frozen=True)
class Ready:
    """One sign-in: the role, and the invented name of those who are in no worker list."""

    role: Role
    name: str = ""


PEOPLE: tuple[Ready, ...] = (
    Ready(Role.TEAM_MANAGER),
    Ready(Role.SOCIAL_WORKER),
    Ready(Role.PERSONAL_ADVISER),
    Ready(Role.PRACTICE_SUPERVISOR),
    Ready(Role.HEAD_OF_SERVICE),
    Ready(Role.PRINCIPAL_SOCIAL_WORKER, "Lambourn Schist"),
    Ready(Role.DIRECTOR, "Windrush Gneiss"),
    Ready(Role.REVIEWING_OFFICER, "Evenbrook Tuff"),
    Ready(Role.PERFORMANCE_ANALYST, "Cherwell Basalt"),
    Ready(Role.SYSTEM_ADMINISTRATOR, "Leach Pumice"),
    Ready(Role.INFORMATION_GOVERNANCE, "Sherborne Chert"),
    Ready(Role.AUDITOR, "Dikler Flint"),
)
"""In the order in which the sign-in page lists them."""


@transaction.atomic
def make_sign_ins(figures: Figures, now: datetime) -> list[str]:
    """Makes the accounts that are not there yet; answers their user names."""
    made = []
    for ready in PEOPLE:
        username = PREFIX + str(ready.role).replace(" ", "-")
        made.append(username)
        if Account.objects.filter(username=username).exists():
            continue
        person, unit = _person(ready, figures)
        give_post(person, role=ready.role, unit_id=unit, since=figures.as_at, by=ASKED, agreed=AGREED, at=now)
        Account.objects.create_user(username=username, person=person, password=None)
    return made


def _person(ready: Ready, figures: Figures) -> tuple[PersonRow, str]:
    if ready.name:
        person, _ = PersonRow.objects.get_or_create(
            person_id=f"demo-{str(ready.role).replace(' ', '-')}", defaults={"name": ready.name}
        )
        return person, COUNCIL
    worker = FROM_THE_LIST[ready.role](figures)
    return PersonRow.objects.get(worker_id=worker[0]), worker[1]


def _busy_team(figures: Figures) -> TeamFigure:
    """The team with the most to show: a protected child with nobody, or newly qualified workers with complex work."""
    telling = {"AL-01": 5, "NQ-07": 4, "CP-05": 1, "CP-03": 1, "CP-10": 1, "SUP-01": 1}
    teams = {t.team_id: t for t in TeamFigure.objects.whole().filter(figures=figures, workers__gte=4)}
    rows = (
        FindingFigure.objects.whole()
        .filter(figures=figures, of_team__in=teams, rule_id__in=telling)
        .values_list("of_team", "rule_id")
        .annotate(n=Count("pk"))
    )
    weight: dict[str, int] = {}
    for team, rule, _ in rows:
        weight[team] = weight.get(team, 0) + telling[rule]
    best = max(sorted(teams), key=lambda t: weight.get(t, 0))
    return teams[best]


def _team_manager(figures: Figures) -> tuple[str, str]:
    team = _busy_team(figures)
    return str(team.told["manager_id"]), team.team_id


def _head_of_service(figures: Figures) -> tuple[str, str]:
    above = _busy_team(figures).parent_id
    service = TeamFigure.objects.whole().get(figures=figures, team_id=above)
    return str(service.told["manager_id"]), above


def _social_worker(figures: Figures) -> tuple[str, str]:
    """A worker of the busy team, newly qualified if there is one who holds children."""
    team = _busy_team(figures)
    worker = (
        _here(figures)
        .filter(team_id=team.team_id, children__gte=4)
        .order_by("-newly_qualified", "-children", "worker_id")
        .first()
    ) or _here(figures).order_by("-children").first()
    assert worker is not None  # noqa: S101 - a council has workers
    return worker.worker_id, worker.team_id


def _personal_adviser(figures: Figures) -> tuple[str, str]:
    worker = _here(figures).filter(title="Personal Adviser").order_by("-children", "worker_id").first()
    assert worker is not None  # noqa: S101 - the made-up council has four
    return worker.worker_id, worker.team_id


def _practice_supervisor(figures: Figures) -> tuple[str, str]:
    """A senior practitioner of the busy team, who supervises its newly qualified workers."""
    team = _busy_team(figures)
    people = _here(figures).filter(title="Senior Practitioner")
    worker = people.filter(team_id=team.team_id).first() or people.order_by("worker_id").first()
    assert worker is not None  # noqa: S101 - the made-up council has ten
    boss = PersonRow.objects.get(worker_id=worker.worker_id)
    for other in (
        _here(figures)
        .filter(team_id=worker.team_id)
        .exclude(pk=worker.pk)
        .order_by("-newly_qualified", "worker_id")[:3]
    ):
        one = PersonRow.objects.get(worker_id=other.worker_id)
        LineRow.objects.get_or_create(supervisor=boss, person=one, defaults={"since": figures.as_at})
    return worker.worker_id, worker.team_id


def _here(figures: Figures) -> QuerySet[WorkerFigure]:
    return WorkerFigure.objects.whole().filter(figures=figures, here=True, placeholder=False)


FROM_THE_LIST: dict[Role, Callable[[Figures], tuple[str, str]]] = {
    Role.TEAM_MANAGER: _team_manager,
    Role.HEAD_OF_SERVICE: _head_of_service,
    Role.SOCIAL_WORKER: _social_worker,
    Role.PERSONAL_ADVISER: _personal_adviser,
    Role.PRACTICE_SUPERVISOR: _practice_supervisor,
}
"""Those who are workers of the made-up council, and how each is chosen: worker and unit."""
