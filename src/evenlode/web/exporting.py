"""The tables that stand as they leave the service for Power BI: whole, or with codes in place of children and workers.

Pseudonymised is not anonymous (`evenlode.access.pseudonyms`): such a file is child-level data all the same.
Source of what stays behind: safety-bars.md P1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from evenlode.access.pseudonyms import FEWEST, OTHER, Codes
from evenlode.reports.sheets import Heading, Sheet, Value
from evenlode.web.models import Figures
from evenlode.web.standing_tables import TABLES, Asking, StandingTable

DAYS_A_WEEK = 7


@dataclass(frozen=True)
class Leaving:
    """How one column leaves: under which name, holding what, and how its value is changed."""

    heading: Heading
    change: Callable[[Value, Codes], Value]


def _as_it_is(name: str, holds: str = "text") -> Leaving:
    return Leaving(Heading(name, holds), lambda value, _: value)


def _code(name: str) -> Leaving:
    return Leaving(Heading(name), lambda value, codes: codes.code(str(value)) if value else "")


def _month(value: Value, _: Codes) -> Value:
    """A due date can be a birthday and some weeks: only its month leaves."""
    return f"{value:%Y-%m}" if isinstance(value, date) else None


def _weeks(value: Value, _: Codes) -> Value:
    return value // DAYS_A_WEEK if isinstance(value, int) else None


LEAVES: dict[str, dict[str, Leaving]] = {
    "findings": {
        **{n: _as_it_is(n) for n in ("rule_id", "subject_kind", "status", "kind", "severity")},
        **{n: _code(n) for n in ("subject_id", "record_id", "worker_id", "team_id")},
        "due_date": Leaving(Heading("due_month"), _month),
        "days_over": Leaving(Heading("weeks_over", "int"), _weeks),
    },
    "workload": {
        **{n: _code(n) for n in ("worker_id", "team_id")},
        "role": _as_it_is("role"),
        **{n: _as_it_is(n, "decimal") for n in ("fte", "points", "capacity", "utilisation")},
        **{n: _as_it_is(n, "bool") for n in ("newly_qualified", "complete")},
        "children": _as_it_is("children", "int"),
        "band": _as_it_is("band"),
    },
    "measures": {
        "unit_id": _code("unit_id"),
        **{n: _as_it_is(n) for n in ("la_code", "measure_id", "name", "level", "unit", "status")},
        **{n: _as_it_is(n, "date") for n in ("as_at", "period_from")},
        **{
            n: _as_it_is(n, "decimal")
            for n in ("numerator", "denominator", "value", "england", "region", "neighbours", "own_published")
        },
        "published_year": _as_it_is("published_year", "int"),
    },
    "rules": {h.name: _as_it_is(h.name, h.holds) for h in TABLES["rules"].headings},
}
"""What of each table leaves pseudonymised; whatever is not named here stays behind, evidence and sentences first."""
_OWN_WORDS = {("workload", "role")}
"""Columns in which a rare value may be somebody's own words, or point to one person."""

FIGURES_HEADINGS = (
    Heading("la_code"),
    Heading("as_at", "date"),
    Heading("manifest", "int"),
    Heading("loaded_at"),
    Heading("rules_version"),
    Heading("policy_fingerprint"),
    Heading("pseudonymised", "bool"),
)


@dataclass(frozen=True)
class Schema:
    """The columns of one file, plain and pseudonymised: for the page that documents them."""

    name: str
    in_words: str
    plain: tuple[Heading, ...]
    pseudonymised: tuple[Heading, ...] = field(default=())


def leaving_headings(table: StandingTable) -> tuple[Heading, ...]:
    """The columns of a pseudonymised file, in the order of the plain one."""
    return tuple(LEAVES[table.name][h.name].heading for h in table.headings if h.name in LEAVES[table.name])


def schemas() -> list[Schema]:
    """Every file of an export with its columns."""
    told = [Schema(t.name, t.in_words, t.headings, leaving_headings(t)) for t in TABLES.values()]
    return [*told, Schema("figures", "One row: the day of the figures and what made them.", FIGURES_HEADINGS)]


def sheets(at: Asking, codes: Codes | None) -> list[Sheet]:
    """Every table as it leaves; codes: those of this export, where it is pseudonymised."""
    made = [sheet_of(table, at, codes) for table in TABLES.values()]
    return [*made, _figures(at.figures, pseudonymised=codes is not None)]


def sheet_of(table: StandingTable, at: Asking, codes: Codes | None) -> Sheet:
    """One table as it leaves; codes: those of this export, where it is pseudonymised."""
    rows = table.tell(at, table.rows(at))
    if codes is None:
        return Sheet(table.name, table.headings, rows)
    told = LEAVES[table.name]
    kept = [(place, told[h.name]) for place, h in enumerate(table.headings) if h.name in told]
    frequent = {
        place: _frequent(row[place] for row in rows)
        for place, h in enumerate(table.headings)
        if (table.name, h.name) in _OWN_WORDS
    }
    changed = [tuple(_value(row, place, leaving, codes, frequent) for place, leaving in kept) for row in rows]
    if table.name not in {"rules", "measures"}:
        changed.sort(key=str)  # the order of the codes: the plain file's order would tell who is who
    return Sheet(table.name, leaving_headings(table), changed)


def _value(
    row: tuple[Value, ...], place: int, leaving: Leaving, codes: Codes, frequent: dict[int, set[Value]]
) -> Value:
    value = row[place]
    if place in frequent and value and value not in frequent[place]:
        return OTHER
    return leaving.change(value, codes)


def _frequent(values: Iterable[Value]) -> set[Value]:
    return {value for value, n in Counter(values).items() if n >= FEWEST}


def _figures(figures: Figures, *, pseudonymised: bool) -> Sheet:
    row = (
        figures.la_code,
        figures.as_at,
        figures.manifest,
        figures.loaded_at.isoformat(),
        figures.rules_version,
        figures.policy_fingerprint,
        pseudonymised,
    )
    return Sheet("figures", FIGURES_HEADINGS, [row])


PLAIN_WORDS = (
    "`evenlode export --out FOLDER` writes each table as CSV and as Parquet, from the figures that stand. "
    "The JSON service under `/api/v1` has the same columns. Children whose record is closed to most staff are "
    "in no file. Blank means not known or not applicable, never nought.\n"
)
CODED_WORDS = (
    "With `--pseudonymised` a code stands where an id stood: the same within one export, another in the next, "
    "and the key that makes it is kept nowhere. Names, evidence, sentences and notes stay behind; of a due date "
    "the month leaves and of days the full weeks, since both together could tell a birthday. "
    "It is child-level data all the same: rare combinations can still point to a child.\n"
)


def exports_page(made: str) -> str:
    """The page that documents the files: docs/reference/exports.md."""
    lines = [
        f"{made}# Files for Power BI and other tools\n",
        PLAIN_WORDS,
        CODED_WORDS,
    ]
    for one in schemas():
        lines += [f"## {one.name}\n", f"{one.in_words}\n"]
        lines += ["| column | holds | pseudonymised |", "|---|---|---|"]
        left = LEAVES.get(one.name)
        for heading in one.plain:
            leaving = None if left is None else left.get(heading.name)
            said = (
                "as it is"
                if left is None
                else "stays behind"
                if leaving is None
                else _in_words(one, heading, leaving)
            )
            lines.append(f"| `{heading.name}` | {heading.holds} | {said} |")
        lines.append("")
    return "\n".join(lines)


def _in_words(one: Schema, heading: Heading, leaving: Leaving) -> str:
    if leaving.heading.name != heading.name:
        return f"as `{leaving.heading.name}` ({leaving.heading.holds})"
    if heading.name.endswith("_id") and heading.name not in {"rule_id", "measure_id"}:
        return "a code"
    return (
        f"as it is; in fewer than {FEWEST} rows: {OTHER}"
        if (one.name, heading.name) in _OWN_WORDS
        else "as it is"
    )
