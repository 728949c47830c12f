"""One child's timeline: what happened, in dated plain words, with what needs attention on top."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import duckdb

from evenlode.oversight.finding import Finding
from evenlode.oversight.names import Id, Names
from evenlode.oversight.sentences import Said, Speaker
from evenlode.oversight.timeline_kinds import KINDS, Kind, Lane, Mark, Row
from evenlode.oversight.words import day_words, so_many
from evenlode.rules.rule import Severity, Status

STEPS: frozenset[str] = frozenset({"lead_gap", "action_owner"})
"""The steps of a day's position that a timeline is read from."""
READS: tuple[str, ...] = tuple(
    dict.fromkeys([*(kind.table for kind in KINDS), "care_episode", *sorted(STEPS)])
)
"""The tables and steps that a timeline is read from."""


class Rows(Protocol):
    """Where a child's rows are: a day's position, or a copy of these tables that was made on that day."""

    @property
    def cursor(self) -> duckdb.DuckDBPyConnection:
        """What finds them."""

    @property
    def as_at(self) -> date:
        """The day they are of."""


PRESSING = (Severity.RED, Severity.AMBER, Severity.NOTE)


@dataclass(frozen=True)
class Event:
    """One event: its lane, its first and last day, what happened in words, and who.

    until: None where it lasts one day, or has not ended by the day.  ongoing tells the two apart.
    doubt: its dates cannot be right, so it counts nowhere; it is shown all the same.
    """

    lane: Lane
    on: date
    until: date | None
    words: str
    mark: Mark
    who: str = ""
    record_id: str = ""
    recorded: date | None = None
    ongoing: bool = False
    doubt: bool = False


@dataclass(frozen=True)
class Attention:
    """One finding of the child with its number, and whether the record tells."""

    number: int
    said: Said
    finding: Finding


@dataclass(frozen=True)
class Timeline:
    """The child's page as data.  undated: rows of the child without a date, by table: shown as a number."""

    child: Id
    as_at: date
    attention: tuple[Attention, ...]
    cannot_tell: tuple[Said, ...]
    due_soon: tuple[Said, ...]
    events: tuple[Event, ...]
    undated: dict[str, int]

    @property
    def visits_in_words(self) -> str:
        """The sentence above the timeline: how often the child was seen, and how."""
        seen = [e for e in self.events if e.lane is Lane.VISITS]
        if not seen:
            return "No visit is on record."
        since = min(e.on for e in seen)
        counted = [
            f"{label} at {n}"
            for label, mark in (
                ("seen alone", Mark.SEEN_ALONE),
                ("seen with others", Mark.SEEN),
                ("not seen", Mark.NOT_SEEN),
                ("not recorded whether seen", Mark.NOT_RECORDED),
            )
            if (n := sum(e.mark is mark for e in seen))
        ]
        return f"{so_many(len(seen), 'visit')} since {day_words(since, self.as_at)}: {', '.join(counted)}."


def timeline(day: Rows, child: Id, findings: Iterable[Finding], speaker: Speaker) -> Timeline:
    """What happened in one child's case, newest first, and what needs attention?

    day: where the tables of `READS` are: the position of the day, of the council or of this child alone, with
    its `STEPS` worked out, or a copy.  child: one that the reader may
    open; that is decided before this is asked.  Nothing dated after the day is shown.
    """
    rows = {kind.table: _rows(day, kind.table, child) for kind in KINDS}
    owners = {row["action_id"]: row["worker_id"] for row in _rows(day, "action_owner", child)}
    rows["action"] = [row | {"owner": owners.get(row["action_id"], row["owner"])} for row in rows["action"]]
    events = [e for kind in KINDS for e in _events(kind, rows[kind.table], child, day.as_at, speaker.names)]
    events += _time_in_care(_rows(day, "care_episode", child), day.as_at)
    events += _gaps(_rows(day, "lead_gap", child))
    ours = [f for f in findings if f.subject == child and f.subject_kind == "child"]
    return Timeline(
        child,
        day.as_at,
        tuple(_attention(ours, speaker)),
        tuple(speaker.say(f) for f in ours if f.unsure),
        tuple(speaker.say(f) for f in ours if f.status == Status.DUE_SOON),
        tuple(sorted(events, key=_newest_first)),
        {
            kind.table: n
            for kind in KINDS
            if (n := sum(row[kind.starts] is None and not _planned(kind) for row in rows[kind.table]))
        },
    )


def _newest_first(event: Event) -> tuple[Any, ...]:
    return (-event.on.toordinal(), list(Lane).index(event.lane), event.record_id, event.words)


def _attention(ours: list[Finding], speaker: Speaker) -> Iterator[Attention]:
    """The findings in the order of the look: the most pressing first, then the longest over."""
    late = [f for f in ours if not f.unsure and f.status != Status.DUE_SOON]
    late.sort(key=lambda f: (PRESSING.index(Severity(f.severity)), -(f.days_over or 0), f.key))
    for number, f in enumerate(late, start=1):
        yield Attention(number, speaker.say(f), f)


def _rows(day: Rows, table: str, child: Id) -> list[dict[str, Any]]:
    found = day.cursor.execute(f'SELECT * FROM "{table}" WHERE la_code = $1 AND child_id = $2', list(child))
    columns = [column[0] for column in found.description or ()]
    return [dict(zip(columns, values, strict=True)) for values in found.fetchall()]


def _planned(kind: Kind) -> bool:
    """Meetings that were not held yet have no date: that is no fault of the record."""
    return kind.lane in {Lane.REVIEWS, Lane.SUPERVISION}


def _events(kind: Kind, rows: Iterable[Row], child: Id, as_at: date, names: Names) -> Iterator[Event]:
    for row in rows:
        on = row[kind.starts]
        if on is None or on > as_at:
            continue
        end = row[kind.ends] if kind.ends else None
        ended = end if end is not None and end <= as_at else None
        yield Event(
            kind.lane,
            on,
            ended,
            kind.words(row),
            kind.mark(row) if ended or end is None else kind.mark({**row, kind.ends: None}),
            _who(kind, row, child, names),
            row[kind.id] or "" if kind.id else "",
            row[kind.recorded] if kind.recorded else None,
            bool(kind.ends) and ended is None,
            ended is not None and ended < on,
        )


def _who(kind: Kind, row: Row, child: Id, names: Names) -> str:
    """The first worker that the row names: by name where the id is known, else as it is written."""
    for column in kind.who:
        told = row[column]
        if told:
            known = names.workers.get((child[0], told))
            return known.name if known else str(told)
    return ""


def _time_in_care(rows: Iterable[Row], as_at: date) -> Iterator[Event]:
    """Periods of care, each from the day of coming into care to the end of its latest episode."""
    periods: dict[str, list[Row]] = {}
    for row in rows:
        if row["start_date"] is not None and row["start_date"] <= as_at:
            periods.setdefault(row["period_id"] or row["care_episode_id"] or "", []).append(row)
    for period_id, theirs in periods.items():
        entered = [row["entered_care_date"] for row in theirs if row["entered_care_date"]]
        on = min([*entered, *(row["start_date"] for row in theirs)])
        newest = max(theirs, key=lambda row: row["start_date"])
        end = newest["end_date"] if newest["end_reason"] != "X1" else None
        ended = end if end is not None and end <= as_at else None
        yield Event(
            Lane.PLANS,
            on,
            ended,
            "Looked after",
            Mark.SPAN,
            record_id=period_id,
            ongoing=ended is None,
            doubt=ended is not None and ended < on,
        )


def _gaps(rows: Iterable[Row]) -> Iterator[Event]:
    """Days between two lead workers with nobody, of the last 12 months (CW-08)."""
    for row in rows:
        words = f"No lead worker for {so_many(row['days'], 'day')}"
        yield Event(Lane.WORKERS, row["ended"], row["start_date"], words, Mark.GAP)
