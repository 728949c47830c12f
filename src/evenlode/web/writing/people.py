"""Brings the register into step with the record: units, workers, their posts, and who supervises whom.

What comes from the council's own lists has two people behind it already, by that list; what a person was
granted here is never touched.  Nothing is deleted: a row that the lists no longer hold ends on the day.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from evenlode.access import Role, UnitKind
from evenlode.rules.evaluate import Day
from evenlode.web.models import LineRow, PersonRow, PostRow, RegisterNumber, UnitRow

COUNCIL = "council"
"""The unit above all others."""
LISTED, READ = "the council's lists", "the load"
"""Who asked and who agreed, where a post comes from the worker list: the list is the council's own decision."""

_BOSSES = """
SELECT DISTINCT e.worker_id, e.staff_number, e.line_manager FROM establishment e
WHERE e.la_code = ? AND e.line_manager IS NOT NULL AND (e.leaving_date IS NULL OR e.leaving_date > ?)"""
_STAFF = "SELECT worker_id, staff_number FROM worker WHERE la_code = ? AND worker_id IS NOT NULL"


def kinds_of(teams: Iterable[Mapping[str, str]]) -> dict[str, UnitKind]:
    """What each unit of the tree is: the top is the council, what stands over teams a service, a leaf a team."""
    listed = {t["team_id"]: t["parent_id"] for t in teams}
    above = {parent for parent in listed.values() if parent}
    kinds: dict[str, UnitKind] = {}
    for unit, parent in listed.items():
        top = not parent or parent not in listed
        over_others = {listed[u] for u in above if u in listed}
        if unit not in above:
            kinds[unit] = UnitKind.TEAM
        elif top and unit in over_others:
            kinds[unit] = UnitKind.COUNCIL
        else:
            kinds[unit] = UnitKind.SERVICE
    return kinds


def role_of(title: str, adviser_words: Iterable[str] = ("personal adviser", "pa")) -> Role:
    """The role that a worker has by the worker list alone: the narrowest, for their own children."""
    return Role.PERSONAL_ADVISER if title.casefold() in set(adviser_words) else Role.SOCIAL_WORKER


@transaction.atomic
def bring_into_step(
    day: Day, la_code: str, teams: list[dict[str, str]], workers: Iterable[Mapping[str, Any]]
) -> None:
    """Units, persons, posts and lines as the record has them on the day."""
    _units(teams, day.as_at)
    people = _persons([w for w in workers if not w["placeholder"]])
    _posts(people, [w for w in workers if not w["placeholder"]], day.as_at)
    _lines(people, day, la_code)
    RegisterNumber.step()


def _units(teams: list[dict[str, str]], as_at: date) -> None:
    kinds = kinds_of(teams)
    wanted = {
        t["team_id"]: (str(kinds[t["team_id"]]), t["name"] or t["team_id"], t["parent_id"] or COUNCIL)
        for t in teams
    }
    wanted[COUNCIL] = (str(UnitKind.COUNCIL), "The council", "")
    standing = {u.unit_id: u for u in UnitRow.objects.filter(until__isnull=True)}
    fresh = []
    for unit_id, (kind, name, parent) in wanted.items():
        old = standing.pop(unit_id, None)
        if old and (old.kind, old.parent_id) == (kind, parent):
            if old.name != name:
                UnitRow.objects.filter(pk=old.pk).update(name=name)
            continue
        if old:
            UnitRow.objects.filter(pk=old.pk).update(until=as_at)
        fresh.append(UnitRow(unit_id=unit_id, kind=kind, name=name, parent_id=parent, since=as_at))
    UnitRow.objects.bulk_create(fresh)
    UnitRow.objects.filter(pk__in=[u.pk for u in standing.values()]).update(until=as_at)


def _persons(workers: list[Mapping[str, Any]]) -> dict[str, PersonRow]:
    known = {p.worker_id: p for p in PersonRow.objects.exclude(worker_id="")}
    fresh = [
        PersonRow(person_id=uuid.uuid4().hex, name=w["name"], worker_id=w["worker_id"], from_record=True)
        for w in workers
        if w["worker_id"] not in known
    ]
    PersonRow.objects.bulk_create(fresh)
    renamed = []
    for w in workers:
        old = known.get(w["worker_id"])
        if old and old.from_record and old.name != w["name"]:
            old.name = w["name"]
            renamed.append(old)
    PersonRow.objects.bulk_update(renamed, ["name"])
    return known | {p.worker_id: p for p in fresh}


def _posts(people: dict[str, PersonRow], workers: list[Mapping[str, Any]], as_at: date) -> None:
    """A worker's place in their team; it ends with the leaving, and moves with the team."""
    standing = {
        (p.person_id, p.role, p.unit_id): p
        for p in PostRow.objects.filter(from_record=True, until__isnull=True)
    }
    fresh = []
    for w in workers:
        if not w["here"] or not w["team_id"]:
            continue
        person = people[w["worker_id"]]
        key = (person.person_id, str(role_of(w["title"])), w["team_id"])
        if standing.pop(key, None) is None:
            fresh.append(
                PostRow(
                    person=person,
                    role=key[1],
                    unit_id=key[2],
                    since=as_at,
                    asked_by=LISTED,
                    approved_by=READ,
                    from_record=True,
                )
            )
    PostRow.objects.bulk_create(fresh)
    PostRow.objects.filter(pk__in=[p.pk for p in standing.values()]).update(until=as_at)


def _lines(people: dict[str, PersonRow], day: Day, la_code: str) -> None:
    by_staff = {s: w for w, s in day.cursor.execute(_STAFF, [la_code]).fetchall() if s}
    wanted: set[tuple[str, str]] = set()
    for worker, staff, boss in day.cursor.execute(_BOSSES, [la_code, day.as_at]).fetchall():
        one = people.get(worker or by_staff.get(staff, ""))
        other = people.get(by_staff.get(boss.strip(), boss.strip()))
        if one and other and one.person_id != other.person_id:
            wanted.add((other.person_id, one.person_id))
    standing = {
        (x.supervisor_id, x.person_id): x
        for x in LineRow.objects.filter(from_record=True, until__isnull=True)
    }
    LineRow.objects.bulk_create(
        LineRow(supervisor_id=boss, person_id=one, since=day.as_at, from_record=True)
        for boss, one in sorted(wanted - set(standing))
    )
    ended = [x.pk for key, x in standing.items() if key not in wanted]
    LineRow.objects.filter(pk__in=ended).update(until=day.as_at)
