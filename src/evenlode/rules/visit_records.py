"""What is written of the last visits to each open child: purpose, the child's wishes, the second parent."""

from __future__ import annotations

from collections.abc import Callable

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import CHILD, Context, latest
from evenlode.rules.rule import GoesBy, Rule, Severity, Status, Who, answers


def _last_lacks(column: str) -> Callable[[Context], ir.Table]:
    def find(at: Context) -> ir.Table:
        rows = at.step("visit_written")
        rows = latest(rows, CHILD, newest=[rows.visit_date.desc()])
        if column == "wishes":
            rows = rows.filter(~rows.unborn)
        rows = rows.filter(rows[column].isnull() | (rows[column] != "Y"))
        return answers(
            rows,
            status=ibis.ifelse(rows[column] == "N", str(Status.FLAG), str(Status.CANNOT_TELL)),
            severity=Severity.NOTE,
            evidence={"visit_date": rows.visit_date, "recorded_as": rows[column]},
        )

    return find


def second_parent(at: Context) -> ir.Table:
    """VN-03: in none of the last visits, as many as the policy says, was a second parent seen."""
    rows = at.step("visit_written")
    many = int(at.policy.numbers["visits_without_parent"])
    place = ibis.row_number().over(
        ibis.window(group_by=[rows[c] for c in CHILD], order_by=[rows.visit_date.desc()])
    )
    rows = rows.mutate(place=place).filter(lambda t: t.place < many)
    rows = rows.group_by(*CHILD).agg(
        visits=rows.count(),
        first_visit=rows.visit_date.min(),
        last_visit=rows.visit_date.max(),
        seen=(rows.second_parent == "Y").fill_null(False).cast("int32").sum(),
        blank=rows.second_parent.isnull().cast("int32").sum(),
    )
    rows = rows.filter((rows.visits == many) & (rows.seen == 0))
    return answers(
        rows,
        status=ibis.ifelse(rows.blank > 0, str(Status.CANNOT_TELL), str(Status.FLAG)),
        severity=Severity.NOTE,
        evidence={
            "visits": rows.visits,
            "first_visit": rows.first_visit,
            "last_visit": rows.last_visit,
            "blank": rows.blank,
        },
    )


def _filled_in(column: str) -> GoesBy:
    return GoesBy("visit_written", f"any visit note with {column} filled in", column)


VISIT_RECORD_RULES = (
    Rule(
        "VN-01",
        "Visit without a purpose",
        "Whose last visit has no purpose on record?",
        Who.WORKER,
        Authority.LOCAL,
        (Severity.NOTE,),
        "seed row 10 (Waltham Forest); the reference gives this rule no id, VN-01 is ours",
        "child",
        "",
        (),
        ("visit_note.purpose",),
        _last_lacks("purpose"),
        "Whether the purpose came from the plan; visits of which no note was handed over.",
        _filled_in("purpose"),
    ),
    Rule(
        "VN-02",
        "The child's wishes not on record",
        "In whose last visit is nothing recorded of what the child said or wished?",
        Who.WORKER,
        Authority.LOCAL,
        (Severity.NOTE,),
        "seed rows 34 and 36 (Herefordshire); the reference gives this rule no id, VN-02 is ours",
        "child",
        "",
        (),
        ("visit_note.wishes",),
        _last_lacks("wishes"),
        "Whether the child could speak or was asked; what was heard and not written down.",
        _filled_in("wishes"),
    ),
    Rule(
        "VN-03",
        "Second parent not seen",
        "In which children's last visits was a father or second parent never seen?",
        Who.WORKER,
        Authority.LOCAL,
        (Severity.NOTE,),
        "seed row 16 (Waltham Forest); the reference gives this rule no id, VN-03 is ours",
        "child",
        "",
        ("visits_without_parent",),
        ("visit_note.second_parent",),
        second_parent,
        "Whether there is a second parent whom it is safe and right to see.",
        _filled_in("second_parent"),
    ),
)
