"""Dates that cannot be: ends before starts, events before birth or after the day, work that outlives its referral."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.extracts.doubts import NEEDED_DATES, SPANS
from evenlode.position.context import CHILD, Context, active, only
from evenlode.quality.doubt import Doubt, Look, Sort, in_words, key_of, looked_at, rows_of
from evenlode.record.after_the_day import ENDS
from evenlode.record.newest import HAPPENED
from evenlode.rules.rule import Severity

BEFORE_BIRTH_TOO = frozenset(
    "contact episode assessment enquiry conference cin_plan cp_plan cin_visit cp_visit cp_review involvement "
    "supervision action audit visit_note case_entry attendance early_help".split()
)
"""Work that may begin in a pregnancy; what else is dated before a birth is dated wrongly."""


def _reversed(table: str) -> Look:
    start, end = SPANS[table]

    def find(at: Context) -> ir.Table:
        rows = rows_of(at, table, start, end)
        rows = rows.filter(rows[start].notnull() & rows[end].notnull())
        said = f"{in_words(end)} is before {in_words(start)}"
        return looked_at(
            rows,
            rows[end] < rows[start],
            said,
            record=key_of(table),
            worker="worker_id",
            day=start,
            other_day=end,
        )

    return Look(table, find, needs=(f"{table}.{start}", f"{table}.{end}"))


def _undated(table: str, column: str) -> Look:
    def find(at: Context) -> ir.Table:
        rows = rows_of(at, table, column)
        said = f"{in_words(column)} is blank"
        return looked_at(rows, rows[column].isnull(), said, record=key_of(table), worker="worker_id")

    return Look(table, find, needs=(f"{table}.{column}",))


_UNDATED = {
    **NEEDED_DATES,
    "episode": "referral_date",
    "cin_plan": "start_date",
    "cp_plan": "start_date",
    "care_episode": "start_date",
    "placement": "start_date",
    "involvement": "start_date",
}


def _before_birth(table: str, column: str) -> Look:
    def find(at: Context) -> ir.Table:
        rows = rows_of(at, table, column)
        born = at.record("child", "child_id", "dob")
        born = born.filter(born.dob.notnull()).group_by(*CHILD).agg(dob=lambda t: t.dob.min())
        rows = rows.inner_join(born, list(CHILD))
        rows = rows.filter(rows[column].notnull())
        early = rows.dob.delta(rows[column], unit="day")
        allowed = int(at.policy.numbers["pregnancy_days"]) if table in BEFORE_BIRTH_TOO else 0
        so = "longer before the birth than a pregnancy lasts" if allowed else "before the birth"
        return looked_at(
            rows,
            early > allowed,
            f"{in_words(column)} is {so}",
            record=key_of(table),
            worker="worker_id",
            day=column,
        )

    return Look(table, find, needs=("child.dob", f"{table}.{column}"))


def _after_the_day(table: str, column: str) -> Look:
    def find(at: Context) -> ir.Table:
        rows = rows_of(at, table, column)
        rows = rows.filter(rows[column].notnull())
        said = f"{HAPPENED[table, column]} that has not happened yet"
        return looked_at(
            rows,
            rows[column] > at.as_at,
            said,
            record=key_of(table),
            worker="worker_id",
            day=column,
        )

    return Look(table, find, needs=(f"{table}.{column}",))


_STARTED = tuple((table, column) for table, column in HAPPENED if column not in ENDS)


def _outlives(table: str, column: str = "episode_id") -> Look:
    """Rows that run on the day under a referral that was closed by it."""
    start, end = SPANS[table]

    def find(at: Context) -> ir.Table:
        rows = rows_of(at, table, column, start, end)
        rows = rows.filter(active(rows[start], rows[end], at.as_at))
        closed = at.record("episode", "episode_id", "close_date")
        closed = closed.select(e_la="la_code", e_id="episode_id", closed="close_date").distinct()
        rows = rows.inner_join(closed, [rows.la_code == closed.e_la, rows[column] == closed.e_id])
        return looked_at(
            rows,
            rows.closed <= at.as_at,
            "open although its referral is closed",
            record=key_of(table),
            worker="worker_id",
            day=start,
            other_day="closed",
        )

    return Look(table, find, needs=("episode", "episode.close_date", f"{table}.{column}", f"{table}.{end}"))


def _no_outcome(
    table: str, *columns: str, ended: str, spoils: tuple[str, ...] = (), also_rules: tuple[str, ...] = ()
) -> Look:
    """Rows that ended, and of which no column says how."""

    def find(at: Context) -> ir.Table:
        rows = rows_of(at, table, ended, *columns)
        rows = rows.filter(rows[ended] <= at.as_at)
        blank: ir.BooleanValue = ibis.literal(True)
        for column in columns:
            blank = blank & rows[column].isnull()
        words = " or ".join(in_words(c) for c in columns)
        return looked_at(
            rows, blank, f"ended without {words}", record=key_of(table), worker="worker_id", day=ended
        )

    needs = ("|".join(f"{table}.{c}" for c in columns), f"{table}.{ended}")
    return Look(table, find, needs, spoils, also_rules)


def moved_without_reason(at: Context) -> ir.Table:
    """Placements that another followed on the same day, and that do not say why they ended."""
    rows = rows_of(at, "placement", "start_date", "end_date", "change_reason")
    later = rows.select(*CHILD, end_date="start_date").distinct()
    rows = only(rows.filter(rows.end_date <= at.as_at), later, (*CHILD, "end_date"))
    return looked_at(
        rows, rows.change_reason.isnull(), "a move without a reason", record="placement_id", day="end_date"
    )


DATE_DOUBTS: tuple[Doubt, ...] = (
    Doubt(
        "DQ-08",
        "End before start",
        "Which rows end before they begin?",
        Sort.DATES,
        Severity.RED,
        "rows with a start and an end",
        "Such a row never counts as open: a plan, a placement or a worker's spell is lost.",
        "The child's worker or business support: correct the wrong one of the two dates.",
        tuple(map(_reversed, SPANS)),
    ),
    Doubt(
        "DQ-09",
        "Before the child was born",
        "What is dated before the child's birth, or longer before it than a pregnancy lasts?",
        Sort.DATES,
        Severity.AMBER,
        "dated rows of children with a date of birth",
        "Either the birth or the event is wrong; ages, and how long things have run, are wrong with it.",
        "The child's worker or business support: correct the date of birth or the event.",
        tuple(_before_birth(table, column) for table, column in _STARTED),
        ("pregnancy_days",),
        does_not_tell="Work with an unborn child is no fault: plans, visits and meetings may come first.",
    ),
    Doubt(
        "DQ-10",
        "After the as-at date",
        "What is dated after the day that everything is judged on?",
        Sort.DATES,
        Severity.RED,
        "dated rows of what happened",
        "It does not count: a visit or supervision typed into the wrong year leaves the child looking unseen.",
        "Whoever wrote it down: correct the date. Many at once: the extract is newer than the as-at date.",
        tuple(_after_the_day(table, column) for table, column in _STARTED),
        does_not_tell="An end that lies ahead is often planned and is left alone.",
    ),
    Doubt(
        "DQ-11",
        "Open after the referral was closed",
        "Which plans, assessments, enquiries and spells still run although their referral is closed?",
        Sort.DATES,
        Severity.RED,
        "open rows whose referral is in the files",
        "Either the child is not really open, or the closing is wrong: clocks run on for closed work.",
        "The team manager: end the plan and the involvement, or reopen the referral.",
        (
            _outlives("cin_plan"),
            _outlives("cp_plan"),
            _outlives("assessment"),
            _outlives("enquiry"),
            _outlives("involvement"),
            _outlives("care_episode", "referral_id"),
        ),
    ),
    Doubt(
        "DQ-12",
        "Ended without saying how",
        "Which ended rows do not say what came of them?",
        Sort.DATES,
        Severity.AMBER,
        "rows that ended by the day; of placements those that another followed",
        "An enquiry without an outcome asks for no conference; a care episode without a reason may be one "
        "that goes on; a placement without one hides a breakdown.",
        "The child's worker or business support: enter the outcome or the reason.",
        (
            _no_outcome("enquiry", "outcome", "no_further_action", ended="end_date", spoils=("enquiry",)),
            _no_outcome("care_episode", "end_reason", ended="end_date"),
            Look(
                "placement",
                moved_without_reason,
                needs=("placement.end_date", "placement.change_reason"),
                spoils=("placement.change_reason",),
            ),
            _no_outcome(
                "assessment",
                "outcome",
                "no_further_action",
                ended="authorised_date",
                spoils=("assessment.no_further_action",),
                also_rules=("AL-09",),
            ),
            _no_outcome(
                "episode",
                "close_reason",
                ended="close_date",
                spoils=("episode.close_reason",),
                also_rules=("CP-13",),
            ),
        ),
    ),
    Doubt(
        "DQ-13",
        "No date at all",
        "Which rows have no date, so that they count for nothing?",
        Sort.DATES,
        Severity.RED,
        "rows that need a date",
        "A visit, supervision or plan without its date is as if it had never been.",
        "Whoever wrote it down, or the performance team where the extract leaves the date out.",
        tuple(_undated(table, column) for table, column in _UNDATED.items()),
    ),
)
