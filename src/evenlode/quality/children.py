"""Children whose own row cannot be right: no date of birth, an impossible one, a pupil number held twice."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.position.context import Context, only
from evenlode.quality.doubt import Doubt, Look, Sort, how_many, looked_at
from evenlode.rules.rule import Severity

_ON_THE_RECORD = "The child's worker or business support, on the child's record."


def _people(at: Context, *columns: str) -> ir.Table:
    """Everybody of whom something is open, and every care leaver, with columns of the child's row."""
    return only(at.record("child", "child_id", *columns), at.step("live")).distinct()


def no_birth(at: Context) -> ir.Table:
    """Neither a date of birth nor an expected one."""
    rows = _people(at, "dob", "expected_dob")
    doubtful = rows.dob.isnull() & rows.expected_dob.isnull()
    return looked_at(rows, doubtful, "no date of birth and no expected date", record="child_id")


def odd_birth(at: Context) -> ir.Table:
    """A birth too far ahead, or an expected date that has long passed without one."""
    rows = _people(at, "dob", "expected_dob")
    rows = rows.filter(rows.dob.notnull() | rows.expected_dob.notnull())
    due = ibis.coalesce(rows.dob, rows.expected_dob)
    far = due.delta(at.as_at, unit="day") > int(at.policy.numbers["pregnancy_days"])
    late = at.as_at.delta(rows.expected_dob, unit="day") > int(at.policy.numbers["birth_overdue_days"])
    passed = rows.dob.isnull() & late.fill_null(False)
    said = ibis.ifelse(
        far,
        "the birth lies further ahead than a pregnancy lasts",
        "the expected date has passed and there is no date of birth",
    )
    return looked_at(rows, far | passed, said, record="child_id")


def shared_pupil_number(at: Context) -> ir.Table:
    """One unique pupil number on several children."""
    rows = at.record("child", "child_id", "upn")
    rows = rows.filter(rows.upn.notnull()).distinct()
    held = how_many(rows, "child_id", ("la_code", "upn"), "children")
    rows = rows.inner_join(held, ["la_code", "upn"])
    return looked_at(rows, rows.children > 1, "another child has the same pupil number", record="child_id")


CHILD_DOUBTS: tuple[Doubt, ...] = (
    Doubt(
        "DQ-05",
        "No date of birth",
        "For which children with something open is neither a birth nor an expected date recorded?",
        Sort.CHILDREN,
        Severity.RED,
        "children of whom something is open, and care leavers",
        "The child counts as under 18 and of unknown age; seeing alone and leaving care cannot be judged.",
        _ON_THE_RECORD,
        (Look("child", no_birth, needs=("child.dob",)),),
    ),
    Doubt(
        "DQ-06",
        "Date of birth that cannot be",
        "Whose date of birth lies too far ahead, or has not been entered since the birth was due?",
        Sort.CHILDREN,
        Severity.RED,
        "children of whom something is open, and care leavers, with a birth or an expected date",
        "The child counts as unborn: any visit qualifies, and nobody need be seen alone.",
        _ON_THE_RECORD,
        (Look("child", odd_birth, needs=("child.dob|child.expected_dob",)),),
        ("pregnancy_days", "birth_overdue_days"),
    ),
    Doubt(
        "DQ-07",
        "One pupil number, several children",
        "Which children share a unique pupil number?",
        Sort.CHILDREN,
        Severity.AMBER,
        "children with a pupil number",
        "Two rows may be one child with the work split between them; a pupil number that two hold cannot tell "
        "which rows of another format belong to whom.",
        "The case system's administrator: merge the two records, or correct the number.",
        (Look("child", shared_pupil_number, needs=("child.upn",), spoils=("child.upn",)),),
    ),
)
