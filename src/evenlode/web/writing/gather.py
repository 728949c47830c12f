"""From a day's position and what the rules said of it to everything that pages read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from evenlode.measures.answer import MeasureRow, measured, with_published
from evenlode.oversight.finding import Finding, Key, findings_of
from evenlode.oversight.groups import Role
from evenlode.oversight.names import ChildNamed, Names
from evenlode.oversight.people import names_of
from evenlode.oversight.sentences import Speaker
from evenlode.oversight.since import Changes, changes, standing_of
from evenlode.oversight.strengths import strengths, visited
from evenlode.oversight.teams_today import by_team
from evenlode.oversight.today import Scope
from evenlode.oversight.watch_lists import WATCH_LISTS, watched
from evenlode.published import Published
from evenlode.quality.answer import questioned
from evenlode.reports.totals import Theirs, compare_totals
from evenlode.rules.evaluate import Day
from evenlode.rules.results import Evaluation
from evenlode.web.writing.by_hand import RecordedLoads
from evenlode.web.writing.by_name import ByName
from evenlode.web.writing.children import children_of, closed_of, holders_of
from evenlode.web.writing.data import coverage_rows, doubt_rows
from evenlode.web.writing.findings import findings_rows, gone_rows, rule_days, unsure_of
from evenlode.web.writing.gathered import Gathered
from evenlode.web.writing.workers import load_days, team_rows, teams_of, told_teams, worker_rows


@dataclass(frozen=True)
class Before:
    """The load before, as far as this one is compared with it; known: since when each finding was known."""

    evaluation: Evaluation
    known: Mapping[Key, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Beside:
    """What stands beside the record: published figures, the council's own totals, what was set aside in reading.

    wrong: what of it could not be read, in words with the mend.  set_aside: rows set aside, and rows read.
    """

    published: Published | None = None
    totals: dict[str, Theirs] | None = None
    set_aside: tuple[int, int] = (0, 0)
    wrong: tuple[str, ...] = ()


@dataclass
class Gathering:
    """Everything at hand while the rows are made."""

    day: Day
    evaluation: Evaluation
    la_code: str
    names: Names
    speaker: Speaker
    found: tuple[Finding, ...]
    changed: Changes | None
    known: Mapping[Key, date]
    recorded: RecordedLoads


def gather(
    day: Day,
    evaluation: Evaluation,
    *,
    la_code: str,
    before: Before | None = None,
    beside: Beside | None = None,
    recorded: RecordedLoads | None = None,
) -> Gathered:
    """Every row of one load's figures.

    day: the position of the day, whose rules have just been asked (`evaluation`).  before: the load before.
    beside: what stands beside the record; None: the figures are to be compared with later ones and no more,
    so that nothing is said of the data.
    recorded: the sums behind the loads with what was recorded by hand; without it those of the record.
    """
    names = names_of(day)
    changed = changes(before.evaluation, evaluation, standing_of(day)) if before else None
    at = Gathering(
        day,
        evaluation,
        la_code,
        names,
        Speaker(names, day.policy),
        tuple(f for f in findings_of(evaluation) if f.la_code == la_code),
        changed,
        before.known if before else {},
        recorded or RecordedLoads(day.parts()),
    )
    gathered = Gathered(
        la_code,
        day.as_at,
        evaluation.rules_version,
        evaluation.policy_fingerprint,
        before=before.evaluation.as_at if before else None,
    )
    _children(at, gathered)
    _findings(at, gathered)
    _workers(at, gathered)
    gathered.watched = list(_watched(at))
    rows = [row for row in measured(day) if row.la_code == la_code]
    if beside and beside.published:
        rows = with_published(rows, beside.published)
    gathered.measures = [measure_row(row) for row in rows]
    gathered.totals = {name: n for (la, name), n in day.totals().items() if la == la_code}
    gathered.told = _told(at)
    if beside:
        _beside(at, gathered, beside)
    return gathered


def _beside(at: Gathering, gathered: Gathered, beside: Beside) -> None:
    quality = questioned(at.day, (), listed=False)
    gathered.doubts = list(doubt_rows(quality, at.la_code, beside.set_aside))
    gathered.coverage = list(coverage_rows(quality, at.la_code))
    gathered.told["beside_wrong"] = list(beside.wrong)
    gathered.told["published"] = beside.published.files if beside.published else []
    gathered.told["totals"] = [
        {
            "measure": line.measure,
            "ours": line.ours,
            "theirs": line.theirs,
            "only_ours": len(line.only_ours),
            "only_theirs": len(line.only_theirs),
        }
        for line in compare_totals(at.day, beside.totals)
    ]


def _children(at: Gathering, gathered: Gathered) -> None:
    late = Counter(
        f.subject_id
        for f in at.found
        if f.subject_kind == "child" and f.status not in {"due_soon", "cannot_tell"}
    )
    gathered.children = list(children_of(at.day, at.names, at.la_code, late))
    there = {row["child_id"] for row in gathered.children}
    told_of = {f.subject_id for f in at.found if f.subject_kind == "child"} - there
    gathered.children += closed_of(at.names, at.la_code, told_of, late)
    gathered.holders = list(holders_of(at.day, at.names, at.la_code))


def _findings(at: Gathering, gathered: Gathered) -> None:
    new = at.changed.new_keys if at.changed else None
    gathered.findings = list(findings_rows(at.found, at.speaker, known=at.known, new=new))
    if at.changed:
        gathered.gone = list(gone_rows(at.changed, at.known, at.speaker))
    gathered.rule_days = list(rule_days(at.found, at.speaker))
    gathered.heading_days = [
        {"as_at": at.day.as_at, "team_id": row.team[1], "heading": heading, "held": held}
        for row in by_team(at.found, names=at.names, scope=Scope(Role.DIRECTOR))
        for heading, held in row.now.items()
    ]


def _workers(at: Gathering, gathered: Gathered) -> None:
    listed = teams_of(at.day, at.la_code)
    told = told_teams(at.day, at.names, at.la_code, [t["team_id"] for t in listed])
    children = Counter(row["team_id"] for row in gathered.children if row["open"] or row["status"])
    gathered.teams = list(team_rows(listed, told, children))
    gathered.workers = list(worker_rows(at.day, at.names, at.la_code, told.values(), at.recorded))
    gathered.loads = list(load_days(at.day.loads, at.la_code, at.day.as_at))


def _watched(at: Gathering) -> Iterator[dict[str, Any]]:
    keys = ByName(at.names, at.la_code)
    for one in WATCH_LISTS:
        shown = watched(one, at.found, names=at.names, day=at.day)
        for place, row in enumerate(shown.rows):
            if row.child[0] == at.la_code:
                of = at.names.children.get(row.child, ChildNamed())
                yield {
                    **keys.columns(keys.child(row.child[1]), of.worker_id, of.team_id),
                    "watch_list": one.name,
                    "place": place,
                    "child_id": row.child[1],
                    "worker_id": of.worker_id,
                    "team_id": of.team_id,
                    "since": row.since,
                    "days": row.days,
                    "cells": list(row.cells),
                    "rules": list(row.rules),
                    "cannot_tell": row.cannot_tell,
                }


def measure_row(row: MeasureRow) -> dict[str, Any]:
    """One measure as it is kept."""
    beside = row.published
    return {
        "measure_id": row.measure.id,
        "level": str(row.level),
        "unit_id": row.unit_id,
        "unit_name": row.unit_name,
        "as_at": row.as_at,
        "period_from": row.period_from,
        "numerator": row.numerator,
        "denominator": row.denominator,
        "value": row.value,
        "status": str(row.status),
        "why": row.why,
        "note": row.note,
        "beside": None
        if beside is None
        else {name: str(value) for name, value in vars(beside).items() if value is not None},
    }


def _told(at: Gathering) -> dict[str, Any]:
    """What is said of the day beside the rows: who sees their children in time, which rules cannot be answered."""
    plans, untold = visited(at.day)
    good = strengths(plans, untold, names=at.names, policy=at.day.policy)
    return {
        "strengths": [
            {"worker_id": s.worker[1], "team_id": s.team[1], "sentence": s.sentence, "visits": s.visits}
            for s in good
            if s.worker[0] == at.la_code
        ],
        "missing": {rule: why for (la, rule), why in at.evaluation.missing.items() if la == at.la_code},
        "in_time": dict(at.evaluation.in_time),
        "unsure": unsure_of(at.found),
        "actions": {action: text for (la, action), text in at.names.actions.items() if la == at.la_code},
    }
