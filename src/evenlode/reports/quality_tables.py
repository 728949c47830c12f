"""The tables of doubts about the data: each doubt, its rows, and coverage by month and team."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from evenlode.quality.answer import Counted, Quality
from evenlode.quality.book import DOUBTS
from evenlode.quality.coverage import Coverage, Reach, TeamReach
from evenlode.reports.sheets import Heading, Sheet, Value

DOUBT_HEADINGS = (
    Heading("la_code", width=9),
    Heading("doubt_id", width=9),
    Heading("name", width=34),
    Heading("question", width=50),
    Heading("sort", width=18),
    Heading("severity", width=9),
    Heading("status", width=12),
    Heading("found", "int", 9),
    Heading("of", "int", 9),
    Heading("counted", width=34),
    Heading("where", width=50),
    Heading("spoils", width=60),
    Heading("rules", width=40),
    Heading("measures", width=30),
    Heading("what_to_do", width=60),
    Heading("why", width=40),
    Heading("does_not_tell", width=40),
)
"""The columns of a file of doubts: one row a doubt and council."""

ROW_HEADINGS = (
    Heading("la_code", width=9),
    Heading("doubt_id", width=9),
    Heading("name", width=34),
    Heading("severity", width=9),
    Heading("table", width=16),
    Heading("record_id"),
    Heading("child_id"),
    Heading("worker_id"),
    Heading("day", "date", 12),
    Heading("other_day", "date", 12),
    Heading("wrong", width=60),
    Heading("what_to_do", width=60),
)
"""The columns of the list of rows in doubt: ids and days, never a name."""

COVERAGE_HEADINGS = (
    Heading("la_code", width=9),
    Heading("level", width=16),
    Heading("table", width=14),
    Heading("month", "date", 12),
    Heading("through", "date", 12),
    Heading("team_id"),
    Heading("beside", width=26),
    Heading("children", "int", 9),
    Heading("rows", "int", 9),
    Heading("rows_per_child", "decimal", 9),
    Heading("likely", "decimal", 9),
    Heading("newest", "date", 12),
    Heading("verdict", width=20),
)
"""The columns of coverage: a month, a team in a month, a team over all months, a whole table."""

THIN, ENOUGH, TOO_FEW, STOPS = "thin", "enough", "too few to say", "stops early"


def doubts_sheet(quality: Quality) -> Sheet:
    """One row a doubt and council: how many of how many, what it spoils, what to do."""
    rows = [_doubt(quality.of(la, doubt), quality) for la in quality.councils for doubt in DOUBTS]
    return Sheet("Data quality", DOUBT_HEADINGS, rows)


def _doubt(one: Counted, quality: Quality) -> tuple[Value, ...]:
    d = one.doubt
    tables = [
        f"{c.table} {c.found} of {c.of}"
        for c in quality.counted
        if c.la_code == one.la_code and c.doubt.id == d.id and c.found
    ]
    return (
        one.la_code,
        d.id,
        d.name,
        d.question,
        str(d.sort),
        str(d.severity),
        str(one.status),
        one.found,
        one.of,
        d.rows,
        "; ".join(tables),
        d.spoils,
        " ".join(one.spoilt.rules),
        " ".join(one.spoilt.measures),
        d.mend,
        one.why,
        d.does_not_tell,
    )


def doubtful_rows_sheet(quality: Quality) -> Sheet:
    """Every row in doubt, by its ids and days."""
    rows = [
        (
            r.la_code,
            r.doubt.id,
            r.doubt.name,
            str(r.doubt.severity),
            r.table,
            r.record_id,
            r.child_id,
            r.worker_id,
            r.day,
            r.other_day,
            r.wrong,
            r.doubt.mend,
        )
        for r in quality.rows
    ]
    return Sheet("Rows in doubt", ROW_HEADINGS, rows)


def coverage_sheet(quality: Quality) -> Sheet:
    """How far each table reaches, then each team over all months, then month by month."""
    rows = [
        *map(_table, quality.reaches),
        *map(_team, (t for t in quality.teams)),
        *map(_month, quality.coverage),
    ]
    return Sheet("Coverage", COVERAGE_HEADINGS, rows)


def _table(r: Reach) -> tuple[Value, ...]:
    verdict = STOPS if r.stops else ""
    beside = r.event.beside
    return (
        r.la_code, "table", r.event.table, None, r.others, "", beside, None, None, None,
        one_place(r.likely), r.newest, verdict,
    )  # fmt: skip


def _team(t: TeamReach) -> tuple[Value, ...]:
    return (
        t.la_code, "team", t.event.table, None, None, t.team_id, t.event.beside, t.children, t.rows, None,
        one_place(t.likely), None, verdict_of(t.judged, t.thin),
    )  # fmt: skip


def _month(c: Coverage) -> tuple[Value, ...]:
    level = "month" if c.team_id is None else "team in a month"
    rate = Fraction(c.rows, c.children) if c.children else None
    verdict = verdict_of(c.judged, c.thin) if c.likely is not None else ""
    return (
        c.la_code, level, c.event.table, c.month, c.through, c.team_id or "", c.event.beside, c.children, c.rows,
        two_places(rate), one_place(c.likely), None, verdict,
    )  # fmt: skip


def verdict_of(judged: bool, thin: bool) -> str:
    """In words whether rows enough are there."""
    return THIN if thin else ENOUGH if judged else TOO_FEW


def one_place(value: Fraction | None) -> Decimal | None:
    """To one decimal, half up."""
    return _rounded(value, Decimal("0.1"))


def two_places(value: Fraction | None) -> Decimal | None:
    """To two decimals, half up."""
    return _rounded(value, Decimal("0.01"))


def _rounded(value: Fraction | None, step: Decimal) -> Decimal | None:
    if value is None:
        return None
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(step, ROUND_HALF_UP)
