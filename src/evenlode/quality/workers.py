"""Workers whose own row cannot be relied on: hours, registration, qualification, two rows of one person."""

from __future__ import annotations

from decimal import Decimal

import ibis
import ibis.expr.types as ir

from evenlode.measures.book import FACTS, MEASURES
from evenlode.measures.workforce import WORKFORCE_MEASURES
from evenlode.position.context import CHILD, Context, beside, only
from evenlode.position.people import WORKER
from evenlode.quality.doubt import Doubt, Look, Sort, how_many, looked_at
from evenlode.rules.rule import Severity

_HR = "HR, in the staff list; else the case system's administrator, in the list of workers."


def _holding(at: Context, *columns: str, open_children: bool = False) -> ir.Table:
    """Named workers who lead somebody: an open child or a care leaver, or an open child alone."""
    held = at.step("lead").select(*CHILD, "worker_id")
    held = only(held, at.step("open_child")) if open_children else held
    held = how_many(held, "child_id", WORKER, "children")
    rows = at.step("worker_now")
    rows = rows.filter(~rows.placeholder & ~rows.left).select(*WORKER, *columns)
    rows = beside(rows, held, keys=WORKER)
    return rows.filter(rows.children > 0)


def no_hours(at: Context) -> ir.Table:
    """Who leads children and has no full-time equivalent, or nought."""
    rows = _holding(at, "fte")
    said = ibis.ifelse(
        rows.fte.isnull(),
        ibis.literal("leads ").concat(rows.children.cast("string"), " and has no FTE: 1.0 is taken"),
        ibis.literal("leads ").concat(rows.children.cast("string"), " with FTE 0: no capacity"),
    )
    none = rows.fte.isnull() | (rows.fte == Decimal(0))
    return looked_at(rows, none, said, record="worker_id", worker="worker_id")


def odd_hours(at: Context) -> ir.Table:
    """A full-time equivalent below nought or above what anybody works."""
    rows = at.step("worker_now")
    rows = rows.filter(~rows.placeholder & ~rows.left & rows.fte.notnull())
    high = at.policy.numbers["fte_highest"]
    wrong = (rows.fte < Decimal(0)) | (rows.fte > high)
    said = ibis.literal("FTE is ").concat(rows.fte.cast("float64").cast("string"))
    return looked_at(rows, wrong, said, record="worker_id", worker="worker_id")


def _repeated(at: Context, table: str, column: str, other: str) -> ir.Table:
    names = dict.fromkeys((column, other, *(("leaving_date",) if table == "establishment" else ())))
    rows = at.record(table, *names)
    if table == "establishment":
        rows = rows.filter(rows.leaving_date.isnull() | (rows.leaving_date > at.as_at))
    rows = rows.filter(rows[column].notnull() & rows[other].notnull())
    many = how_many(rows, other, ("la_code", column), "others")
    rows = rows.inner_join(many, ["la_code", column])
    said = f"the same {column.replace('_', ' ')} stands in several rows that are current"
    return looked_at(rows, rows.others > 1, said, record=other, worker="worker_id")


def two_workers(at: Context) -> ir.Table:
    """Several ids of the case system with one staff number."""
    return _repeated(at, "worker", "staff_number", "worker_id")


def two_registered(at: Context) -> ir.Table:
    """Several ids of the case system with one registration number."""
    return _repeated(at, "worker", "swe_number", "worker_id")


def two_posts(at: Context) -> ir.Table:
    """Several current staff rows with one registration number."""
    return _repeated(at, "establishment", "swe_number", "staff_number")


def not_registered(at: Context) -> ir.Table:
    """Who leads open children and has no registration number."""
    rows = _holding(at, "swe_number", open_children=True)
    said = ibis.literal("leads ").concat(
        rows.children.cast("string"), " and no registration number is recorded"
    )
    return looked_at(rows, rows.swe_number.isnull(), said, record="worker_id", worker="worker_id")


def not_dated(at: Context) -> ir.Table:
    """Registered, and neither the qualification nor the first registration has a date."""
    rows = _holding(at, "swe_number", "qualified_date", "registered_from")
    rows = rows.filter(rows.swe_number.notnull())
    blank = rows.qualified_date.isnull() & rows.registered_from.isnull()
    said = "no date of qualification and none of first registration"
    return looked_at(rows, blank, said, record="worker_id", worker="worker_id")


_FTE = "worker.fte|establishment.fte"
_SWE = "worker.swe_number|establishment.swe_number"
_BY_HOURS = tuple(m.id for m in MEASURES if m.id == "WL-02" or any(FACTS[f].of_hours for f in m.facts))
_BY_REGISTRATION = tuple(m.id for m in WORKFORCE_MEASURES)
_LOADED = ("NQ-02", "DR-18")
WORKER_DOUBTS: tuple[Doubt, ...] = (
    Doubt(
        "DQ-21",
        "Holds children, no hours",
        "Which workers lead children and have no full-time equivalent?",
        Sort.WORKERS,
        Severity.RED,
        "named workers who lead children",
        "Without an FTE full time is taken and the load looks lighter than it is; with nought there is no figure.",
        _HR,
        (
            Look(
                "worker",
                no_hours,
                needs=(_FTE,),
                spoils=("worker.fte",),
                also_rules=_LOADED,
                also_measures=_BY_HOURS,
            ),
        ),
    ),
    Doubt(
        "DQ-22",
        "Hours that cannot be",
        "Whose full-time equivalent is below nought or above what anybody works?",
        Sort.WORKERS,
        Severity.RED,
        "named workers with a full-time equivalent",
        "Capacity is wrong by as much: 37 hours read as FTE 37 makes an overloaded worker look free.",
        _HR,
        (
            Look(
                "worker",
                odd_hours,
                needs=(_FTE,),
                spoils=("worker.fte",),
                also_rules=_LOADED,
                also_measures=_BY_HOURS,
            ),
        ),
        ("fte_highest",),
    ),
    Doubt(
        "DQ-23",
        "One worker, several current rows",
        "Which staff or registration numbers stand in several current rows?",
        Sort.WORKERS,
        Severity.AMBER,
        "current rows with such a number",
        "One person's children are split over two loads, or two people share one number and one leaving date.",
        _HR,
        (
            Look("worker", two_workers, needs=("worker.staff_number",)),
            Look("worker", two_registered, needs=("worker.swe_number",)),
            Look(
                "establishment",
                two_posts,
                needs=("establishment.swe_number", "establishment.staff_number"),
            ),
        ),
    ),
    Doubt(
        "DQ-24",
        "Holds children, no registration number",
        "Which workers lead open children and have no Social Work England number on record?",
        Sort.WORKERS,
        Severity.AMBER,
        "named workers who lead open children",
        "They are left out of the workforce measures, and whether they may hold a child in need is not known.",
        _HR,
        (
            Look(
                "worker",
                not_registered,
                needs=(_SWE,),
                spoils=("worker.swe_number", "establishment.swe_number"),
                also_measures=_BY_REGISTRATION,
            ),
        ),
        does_not_tell="Personal advisers and family support workers have none; advisers who lead care leavers "
        "alone are not looked at.",
    ),
    Doubt(
        "DQ-25",
        "Not known since when qualified",
        "Of which social workers with children is neither the qualification nor the registration dated?",
        Sort.WORKERS,
        Severity.NOTE,
        "named and registered workers who lead children",
        "How experienced they are cannot be told, so no guard for new workers can speak of them.",
        _HR,
        (
            Look(
                "establishment",
                not_dated,
                needs=("establishment.qualified_date|establishment.registered_from", "worker"),
                spoils=("establishment.qualified_date", "establishment.registered_from"),
            ),
        ),
    ),
)
