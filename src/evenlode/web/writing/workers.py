"""The rows of workers and teams: loads with their sums, experience, supervision, absence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from evenlode.oversight.names import Names
from evenlode.oversight.team import SupervisionLine, Team, WorkerRow, team
from evenlode.rules.evaluate import Day
from evenlode.web.folded import folded
from evenlode.web.refs import ref_of
from evenlode.web.writing.by_hand import RecordedLoads, thousandths
from evenlode.workload.workers import WorkerLoad

_TEAMS = """SELECT team_id, max(name), max(parent_id), max(parent_name), max(manager_id) FROM team
WHERE la_code = ? AND team_id IS NOT NULL GROUP BY 1 ORDER BY 1"""


def teams_of(day: Day, la_code: str) -> list[dict[str, str]]:
    """The council's teams and services as the record names them."""
    found = day.cursor.execute(_TEAMS, [la_code]).fetchall()
    names = ("team_id", "name", "parent_id", "parent_name", "manager_id")
    return [dict(zip(names, (value or "" for value in row), strict=True)) for row in found]


def told_teams(day: Day, names: Names, la_code: str, teams: Iterable[str]) -> dict[str, Team]:
    """Each team as its page tells it."""
    return {one: team(day, (la_code, one), names) for one in teams}


def team_rows(
    listed: list[dict[str, str]], told: dict[str, Team], children: Counter[str]
) -> Iterator[dict[str, Any]]:
    """One row a team; children: how many it has."""
    for one in listed:
        of = told[one["team_id"]]
        yield {
            "team_id": one["team_id"],
            "name": one["name"] or one["team_id"],
            "parent_id": one["parent_id"],
            "children": children[one["team_id"]],
            "workers": len(of.workers),
            "unallocated": len(of.unallocated),
            "told": {
                "manager_id": one["manager_id"],
                "mix": dict(of.mix),
                "mix_in_words": of.mix_in_words,
                "uneven": of.uneven,
                "span": of.span,
                "span_limit": of.span_limit,
                "span_in_words": of.span_in_words,
                "waiting_in_words": of.waiting_in_words,
            },
        }


def worker_rows(
    day: Day, names: Names, la_code: str, told: Iterable[Team], recorded: RecordedLoads
) -> Iterator[dict[str, Any]]:
    """One row a worker of the worker list, those who have left too; a name that stands for nobody is marked so.

    recorded: the sums behind the loads, with what was recorded by hand.
    """
    rows = {row.worker[1]: row for one in told for row in one.workers}
    for load in day.loads:
        if load.la_code != la_code:
            continue
        of = names.workers.get((la_code, load.worker_id))
        row = rows.get(load.worker_id)
        name = (of.name if of else "") or load.name or f"worker {load.worker_id}"
        yield {
            "worker_id": load.worker_id,
            "ref": ref_of("worker", load.worker_id),
            "name": name,
            "title": load.role,
            "team_id": (of.team_id if of else "") or load.team_id,
            "here": not load.left,
            "left_on": of.left_on if of else None,
            "placeholder": bool(of and of.placeholder),
            "newly_qualified": load.newly_qualified,
            "fte": load.fte,
            "children": load.children,
            **of_load(load),
            **_of_row(row),
            "parts": recorded.parts.get((la_code, load.worker_id), []),
            "by_record": recorded.by_record.get((la_code, load.worker_id)),
            "search": folded(name),
        }


def of_load(load: WorkerLoad) -> dict[str, Any]:
    """A worker's load as rows keep it."""
    return {
        "points": thousandths(load.load.points),
        "capacity": thousandths(load.load.capacity),
        "utilisation": None if load.load.utilisation is None else thousandths(load.load.utilisation),
        "band": load.load.band,
        "complete": load.load.complete,
    }


def _of_row(row: WorkerRow | None) -> dict[str, Any]:
    if row is None:
        return {}
    away = row.absence
    return {
        "experience": row.experience,
        "plans": row.plans,
        "care": row.care,
        "complex_children": row.complex_children,
        "supervision": line_as_data(row.supervision),
        "absence": None
        if away is None
        else {
            "since": iso(away.since),
            "until": iso(away.until),
            "uncovered": [child for _, child in away.uncovered],
        },
    }


def line_as_data(line: SupervisionLine) -> dict[str, Any]:
    """A line of supervision as it is kept: days as text."""
    return {
        "known": line.known,
        "held": [iso(day) for day in line.held],
        "gaps": [{"first": iso(g.first), "last": iso(g.last), "away": g.away} for g in line.gaps],
        "last_held": iso(line.last_held),
        "next_due": iso(line.next_due),
    }


def load_days(loads: Iterable[WorkerLoad], la_code: str, as_at: date) -> Iterator[dict[str, Any]]:
    """Each worker's load on a day, for the weeks that the team page looks back."""
    for load in loads:
        if load.la_code == la_code and not load.left:
            yield {
                "worker_id": load.worker_id,
                "as_at": as_at,
                "children": load.children,
                **{name: value for name, value in of_load(load).items() if name != "complete"},
            }


def iso(day: date | None) -> str | None:
    """A day as it is kept in data."""
    return None if day is None else day.isoformat()
