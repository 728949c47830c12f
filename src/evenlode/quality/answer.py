"""The answers: each doubt counted, its rows by id, and coverage by month and team."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenlode.position.today import days_of
from evenlode.quality.book import DOUBTS, SET_ASIDE, STOPS_EARLY, THIN_MONTH, THIN_TEAM
from evenlode.quality.compiled import LOOKS, compiled_looks, steps_needed
from evenlode.quality.coverage import (
    EVENTS,
    Coverage,
    Event,
    Reach,
    TeamReach,
    by_team,
    judged,
    months_table,
    reach,
)
from evenlode.quality.doubt import Doubt
from evenlode.quality.spoils import Spoilt, resting_on, spoilt_by
from evenlode.record.delivery import Action, Delivery
from evenlode.rules.evaluate import Day
from evenlode.rules.missing import in_words, is_told, table_of
from evenlode.rules.rule import Severity


class Status(StrEnum):
    """Whether a doubt could be looked into."""

    OK = "ok"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True)
class Counted:
    """One doubt in one table of one council: so many of so many.

    found and of are None where it cannot be told, and why says what is missing.  spoilt: what rests
    on the table, whether or not anything was found.
    """

    la_code: str
    doubt: Doubt
    table: str
    found: int | None
    of: int | None
    status: Status
    why: str
    spoilt: Spoilt


@dataclass(frozen=True)
class DoubtfulRow:
    """One row in doubt, by ids and days alone."""

    la_code: str
    doubt: Doubt
    table: str
    record_id: str
    child_id: str
    worker_id: str
    day: date | None
    other_day: date | None
    wrong: str


@dataclass(frozen=True)
class Quality:
    """Everything that is said of the data on one day."""

    as_at: date
    counted: tuple[Counted, ...]
    rows: tuple[DoubtfulRow, ...]
    coverage: tuple[Coverage, ...]
    teams: tuple[TeamReach, ...]
    reaches: tuple[Reach, ...]

    def of(self, la_code: str, doubt: Doubt) -> Counted:
        """One doubt of one council, all its tables together; cannot_tell where none could be told."""
        parts = [c for c in self.counted if c.la_code == la_code and c.doubt.id == doubt.id]
        told = [c for c in parts if c.status is Status.OK]
        why = "; ".join(dict.fromkeys(c.why for c in parts if c.why))
        if not told:
            return Counted(la_code, doubt, "", None, None, Status.CANNOT_TELL, why, Spoilt())
        spoilt = sum((c.spoilt for c in told if c.found), Spoilt())
        found, of = sum(c.found or 0 for c in told), sum(c.of or 0 for c in told)
        return Counted(la_code, doubt, "", found, of, Status.OK, why, spoilt)

    @property
    def councils(self) -> tuple[str, ...]:
        """The councils that something was said of."""
        return tuple(sorted({c.la_code for c in self.counted}))

    @property
    def grave(self) -> tuple[Counted, ...]:
        """The doubts that change who is counted or who is late, and that were found."""
        every = (self.of(la, d) for la in self.councils for d in DOUBTS if d.id in GRAVE)
        return tuple(c for c in every if c.found)


GRAVE: frozenset[str] = frozenset(d.id for d in DOUBTS if d.severity is Severity.RED)
"""The doubts that change who is counted or who is late."""
_EVERY = frozenset(d.id for d in DOUBTS)
_OF_COVERAGE = frozenset(d.id for d in (THIN_MONTH, THIN_TEAM, STOPS_EARLY))


def questioned(
    day: Day,
    deliveries: Sequence[Delivery] = (),
    *,
    doubts: frozenset[str] = _EVERY,
    listed: bool = True,
) -> Quality:
    """Every doubt, or these of them, on a day whose position is open.

    deliveries: what was read, for the rows that were set aside in reading; they are not in the record.
    listed: with the rows in doubt one by one, and not their numbers alone.
    """
    plan = compiled_looks(day.policy).on(days_of(day.as_at, day.policy))
    day.have(steps_needed(day.policy, doubts))
    if doubts & _OF_COVERAGE and not _has_table(day, "coverage_month"):
        day.tables.put("coverage_month", months_table(day.as_at, day.policy))
        day.tables.run_steps(plan.steps, lambda _: None, {name for q in plan.steps for name in q.needs})
    sql = {query.name: query.sql for query in plan.rules}
    councils = sorted({la for la, _ in day.delivered})
    counted, rows = _looks(day, sql, councils, doubts, listed=listed)
    if SET_ASIDE.id in doubts:
        counted += _set_aside(deliveries, councils)
        rows += _set_aside_rows(deliveries, councils) if listed else ()
    coverage, teams, reaches = _coverage(day, sql, councils) if doubts & _OF_COVERAGE else ([], [], [])
    counted += [c for c in _coverage_counted(day, councils, coverage, teams, reaches) if c.doubt.id in doubts]
    order = {d.id: place for place, d in enumerate(DOUBTS)}
    return Quality(
        day.as_at,
        tuple(sorted(_merged(counted), key=lambda c: (c.la_code, order[c.doubt.id]))),
        tuple(sorted(rows, key=lambda r: (r.la_code, order[r.doubt.id], r.table, r.record_id, r.child_id))),
        tuple(coverage),
        tuple(teams),
        tuple(reaches),
    )


def _looks(
    day: Day, sql: dict[str, str], councils: list[str], doubts: frozenset[str], *, listed: bool
) -> tuple[list[Counted], list[DoubtfulRow]]:
    """Each look counted, and its rows; nothing is asked that no council's files can tell."""
    missing = {
        name: {la: _missing(day, la, look.all_needs) for la in councils}
        for name, (doubt, look) in LOOKS.items()
        if doubt.id in doubts
    }
    asked = [name for name, absent in missing.items() if not all(absent.values())]
    counting = "SELECT la_code, count(*) FILTER (WHERE doubtful), count(*) FROM ({}) GROUP BY la_code"
    answers = day.tables.rows_of_each([counting.format(sql[name]) for name in asked])
    counts = {name: {la: (found, of) for la, found, of in a} for name, a in zip(asked, answers, strict=True)}
    counted = []
    for name, absent in missing.items():
        doubt, look = LOOKS[name]
        for la, why in absent.items():
            found, of = counts.get(name, {}).get(la, (0, 0))
            counted.append(_counted(la, doubt, look.table, found, of, why, spoilt_by(look)))
    rows: list[DoubtfulRow] = []
    for name in asked if listed else ():
        if any(found for found, _ in counts[name].values()):
            doubt, look = LOOKS[name]
            found_rows = _rows(day, sql[name], doubt, look.table)
            rows += [r for r in found_rows if not missing[name][r.la_code]]
    return counted, rows


def _has_table(day: Day, name: str) -> bool:
    sql = "SELECT count(*) FROM duckdb_tables() WHERE table_name = ? AND database_name = current_database()"
    [(found,)] = day.cursor.execute(sql, [name]).fetchall()
    return bool(found)


def _missing(day: Day, la_code: str, needs: tuple[str, ...]) -> str:
    """What a council's files do not tell of what is needed; a table that is not there says it for its columns."""
    absent = [n for n in needs if not is_told(la_code, n, day.delivered, day.untold)]
    tables = {n for n in absent if n == table_of(n)}
    said = [n for n in absent if n in tables or {table_of(part) for part in n.split("|")} - tables]
    return ", ".join(map(in_words, said))


def _rows(day: Day, sql: str, doubt: Doubt, table: str) -> Iterator[DoubtfulRow]:
    wanted = f"""
SELECT la_code, coalesce(record_id, ''), coalesce(child_id, ''), coalesce(worker_id, ''), day, other_day, wrong
FROM ({sql}) WHERE doubtful"""
    for la, *said in day.cursor.execute(wanted).fetchall():
        yield DoubtfulRow(la, doubt, table, *said)


def _counted(
    la_code: str, doubt: Doubt, table: str, found: int, of: int, missing: str, spoilt: Spoilt
) -> Counted:
    if missing:
        return Counted(la_code, doubt, table, None, None, Status.CANNOT_TELL, f"without {missing}", spoilt)
    return Counted(la_code, doubt, table, found, of, Status.OK, "", spoilt)


def _merged(counted: list[Counted]) -> list[Counted]:
    """Several looks at one table for one doubt are one line; what could be told of it stands."""
    groups: dict[tuple[str, str, str], list[Counted]] = defaultdict(list)
    for one in counted:
        groups[one.la_code, one.doubt.id, one.table].append(one)
    merged = []
    for parts in groups.values():
        told = [p for p in parts if p.status is Status.OK]
        first = parts[0]
        why = "; ".join(dict.fromkeys(p.why for p in parts if p.why))
        spoilt = sum((p.spoilt for p in parts if p.found or len(parts) == 1), Spoilt())
        if not told:
            merged.append(
                Counted(first.la_code, first.doubt, first.table, None, None, first.status, why, spoilt)
            )
            continue
        found, of = sum(p.found or 0 for p in told), sum(p.of or 0 for p in told)
        merged.append(Counted(first.la_code, first.doubt, first.table, found, of, Status.OK, why, spoilt))
    return merged


def _council_of(delivery: Delivery, councils: list[str]) -> str:
    return delivery.la_code or (councils[0] if len(councils) == 1 else "")


def _set_aside(deliveries: Sequence[Delivery], councils: list[str]) -> Iterator[Counted]:
    """Rows set aside of rows read; files that several councils share do not say whose a row was."""
    for delivery in deliveries:
        la = _council_of(delivery, councils)
        for count in delivery.counts:
            spoilt = resting_on(count.table)
            if la:
                yield _counted(la, SET_ASIDE, count.table, count.quarantined, count.read, "", spoilt)
            else:
                for each in councils:
                    yield _counted(each, SET_ASIDE, count.table, 0, 0, "a file for each council", spoilt)


def _set_aside_rows(deliveries: Sequence[Delivery], councils: list[str]) -> Iterator[DoubtfulRow]:
    for delivery in deliveries:
        la = _council_of(delivery, councils)
        for p in delivery.problems:
            if p.action is Action.QUARANTINED:
                where = f"{p.file}, row {p.row_number}" if p.row_number else p.file
                said = f"{where}: {p.field} {p.problem}".replace(":  ", ": ")
                yield DoubtfulRow(la, SET_ASIDE, p.table, p.record_id, "", "", None, None, said)


def _coverage(
    day: Day, sql: dict[str, str], councils: list[str]
) -> tuple[list[Coverage], list[TeamReach], list[Reach]]:
    months = {r["month"]: r["through"] for r in months_table(day.as_at, day.policy).to_pylist()}
    lines: list[Coverage] = []
    newest: dict[tuple[str, Event], date] = {}
    asked = [e for e in EVENTS if not all(_missing(day, la, e.needs) for la in councils)]
    for event, answer in zip(asked, day.tables.rows_of_each([sql[e.name] for e in asked]), strict=True):
        for la, month, team, children, rows, last in answer:
            if not _missing(day, la, event.needs):
                lines.append(Coverage(la, event, month, months[month], team, children, rows))
                if last:
                    newest[la, event] = max(last, newest.get((la, event), last))
    found: list[Coverage] = []
    teams: list[TeamReach] = []
    reaches: list[Reach] = []
    for la in councils:
        others = max((d for (council, _), d in newest.items() if council == la), default=None)
        for event in EVENTS:
            of_table = judged((c for c in lines if c.la_code == la and c.event == event), day.policy)
            found += of_table
            teams += by_team(of_table, day.policy)
            council = [c for c in of_table if c.team_id is None]
            far = reach(council, event, newest.get((la, event)), others, day.policy) if others else None
            reaches += [far] if far else []
    return found, teams, reaches


def _coverage_counted(
    day: Day,
    councils: list[str],
    coverage: Sequence[Coverage],
    teams: Sequence[TeamReach],
    reaches: Sequence[Reach],
) -> Iterator[Counted]:
    for la in councils:
        for event in EVENTS:
            missing, spoilt = _missing(day, la, event.needs), resting_on(event.table)
            months = [
                c for c in coverage if (c.la_code, c.event, c.team_id) == (la, event, None) and c.judged
            ]
            thin = [t.thin for t in teams if (t.la_code, t.event) == (la, event) and t.judged]
            stops = [r.stops for r in reaches if (r.la_code, r.event) == (la, event)]
            for doubt, marks in (
                (THIN_MONTH, [c.thin for c in months]),
                (THIN_TEAM, thin),
                (STOPS_EARLY, stops),
            ):
                yield _counted(la, doubt, event.table, sum(marks), len(marks), missing, spoilt)
