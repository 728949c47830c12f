"""The rows of children and of who holds them, from a day's position."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from evenlode.oversight.groups import VISITS
from evenlode.oversight.names import ChildNamed, Names
from evenlode.rules.evaluate import Day
from evenlode.rules.rule import Status
from evenlode.web.folded import folded
from evenlode.web.refs import ref_of
from evenlode.web.writing.by_name import ByName

NEXT: dict[str, tuple[str, ...]] = {
    "next_visit": VISITS,
    "next_review": ("CP-03", "CP-04", "CLA-R1", "CLA-R2", "CLA-R3", "CIN-03", "CL-04"),
    "next_supervision": ("SUP-05", "SUP-06", "SUP-07", "SUP-08", "SUP-09"),
    "next_action": ("ACT-02",),
}
"""The dates of a child's line, and the rules whose clocks tell them."""

STEPS: tuple[str, ...] = (
    "lead",
    "sharing",
    "unallocated",
    "open_child",
    "care_leaver_now",
    "held_child",
    "cp_plan_open",
)
STEPS += ("cin_plan_open", "period_open")

_DATES = f"""
SELECT subject_id, rule_id, min(due_date) FROM finding
WHERE subject_kind = 'child' AND due_date IS NOT NULL AND status <> '{Status.CANNOT_TELL}' GROUP BY 1, 2"""

_CHILDREN = """
WITH everybody AS (SELECT la_code, child_id FROM open_child UNION SELECT la_code, child_id FROM care_leaver_now),
led AS (SELECT la_code, child_id, any_value(worker_id) AS worker_id, any_value(team_id) AS team_id,
  min(since) AS since, bool_or(named) AS named FROM lead GROUP BY ALL),
weight AS (SELECT la_code, child_id, max(points) AS points FROM held_child GROUP BY ALL),
plans AS (SELECT la_code, child_id, min(start_date) AS start_date FROM cp_plan_open GROUP BY ALL),
needs AS (SELECT la_code, child_id, min(start_date) AS start_date FROM cin_plan_open GROUP BY ALL)
SELECT e.child_id, o.child_id IS NOT NULL AS open, o.status, o.is_cp, o.is_care, o.is_cin, o.is_assessment,
  coalesce(p.start_date, n.start_date) AS plan_since, l.worker_id, l.team_id, l.since, l.named, u.waiting_since,
  w.points, k.child_id IS NOT NULL AS leaver
FROM everybody e LEFT JOIN open_child o USING (la_code, child_id) LEFT JOIN led l USING (la_code, child_id)
LEFT JOIN unallocated u USING (la_code, child_id) LEFT JOIN weight w USING (la_code, child_id)
LEFT JOIN plans p USING (la_code, child_id) LEFT JOIN needs n USING (la_code, child_id)
LEFT JOIN (SELECT DISTINCT la_code, child_id FROM care_leaver_now) k USING (la_code, child_id)"""

_HELD = """
SELECT child_id, worker_id, team_id, min(since) FROM lead GROUP BY ALL
UNION ALL SELECT s.child_id, s.worker_id, NULL, NULL FROM sharing s"""


def children_of(day: Day, names: Names, la_code: str, late: dict[str, int]) -> Iterator[dict[str, Any]]:
    """One row a child who is open or a care leaver; late: how many findings each has."""
    day.have(STEPS)
    dates: dict[tuple[str, str], date] = {
        (child, rule): due for child, rule, due in day.cursor.execute(_DATES).fetchall()
    }
    keys = ByName(names, la_code)
    found = day.cursor.execute(_CHILDREN)
    columns = [column[0] for column in found.description or ()]
    for values in found.fetchall():
        row = dict(zip(columns, values, strict=True))
        child = row["child_id"]
        yield {
            **_who(names, keys, child, row["worker_id"] or ""),
            "open": row["open"],
            "status": row["status"] or ("LEAVER" if row["leaver"] else ""),
            "statuses": _statuses(row),
            "plan_since": row["plan_since"],
            "lead_since": row["since"],
            "waiting_since": row["waiting_since"],
            "points": None if row["points"] is None else f"{row['points'] / 1000:.3f}",
            "late": late.get(child, 0),
            **{name: _first(dates, child, rules) for name, rules in NEXT.items()},
        }


def closed_of(
    names: Names, la_code: str, told_of: Iterable[str], late: dict[str, int]
) -> Iterator[dict[str, Any]]:
    """One row a child whose work has ended and of whom a finding still tells: an action left open, a plan ended just before."""
    keys = ByName(names, la_code)
    for child in sorted(told_of):
        yield {**_who(names, keys, child, ""), "open": False, "status": "", "late": late.get(child, 0)}


def _who(names: Names, keys: ByName, child: str, worker_id: str) -> dict[str, Any]:
    of = names.children.get((keys.la_code, child), ChildNamed())
    return {
        "child_id": child,
        "ref": ref_of("child", child),
        "forename": of.forename,
        "surname": of.surname,
        "sex": of.sex,
        "born": of.born,
        "unborn": of.unborn,
        "family": of.family,
        "worker_id": worker_id,
        "team_id": of.team_id,
        "search": folded(f"{of.forename} {of.surname}"),
        **keys.columns(keys.child(child), worker_id, of.team_id),
    }


def _statuses(row: dict[str, Any]) -> str:
    marks = (("CLA", "is_care"), ("CP", "is_cp"), ("CIN", "is_cin"), ("ASSESSMENT", "is_assessment"))
    found = [status for status, column in marks if row[column]]
    if row["leaver"]:
        found.append("LEAVER")
    return " ".join(found)


def _first(dates: dict[tuple[str, str], date], child: str, rules: tuple[str, ...]) -> date | None:
    return min((due for rule in rules if (due := dates.get((child, rule)))), default=None)


def holders_of(day: Day, names: Names, la_code: str) -> Iterator[dict[str, Any]]:
    """Who holds each child on the day; a child whom nobody holds has the team that must act.

    A lead whose worker has left, or whose name stands for nobody, is held by the team alone.
    """
    day.have(STEPS)
    held: set[str] = set()
    for child, worker, team, since in day.cursor.execute(_HELD).fetchall():
        of = names.workers.get((la_code, worker)) if worker else None
        nobody = of is not None and (of.placeholder or of.left_on is not None)
        yield {
            "child_id": child,
            "worker_id": None if nobody else worker,
            "team_id": team,
            "since": since or day.as_at,
            "until": None,
        }
        if team:
            held.add(child)
    for (la, child), of_child in names.children.items():
        if la == la_code and child not in held and of_child.team_id:
            yield {
                "child_id": child,
                "worker_id": None,
                "team_id": of_child.team_id,
                "since": day.as_at,
                "until": None,
            }
