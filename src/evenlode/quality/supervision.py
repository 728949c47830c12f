"""Supervision and visits whose record cannot be right or does not tell what a clock needs."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.position.context import CHILD, Context, beside, only
from evenlode.position.supervision import was_held
from evenlode.position.worker_supervision import with_worker
from evenlode.quality.doubt import Doubt, Look, Sort, key_of, looked_at, rows_of
from evenlode.rules.rule import Severity


def _case_sessions(at: Context) -> ir.Table:
    """Case supervision held by the day, with the worker whom it names by id."""
    rows = at.record("supervision", "child_id", "note_id", "note_type", "held_date", "state", "worker")
    rows = rows.filter((rows.held_date <= at.as_at) & at.listed(rows.note_type, "case_supervision_notes"))
    return with_worker(at, rows.filter(was_held(at, rows.state)))


def before_allocated(at: Context) -> ir.Table:
    """Held before the worker whom it names began with the child, or before anybody did."""
    rows = _case_sessions(at)
    rows = rows.filter(rows.child_id.notnull())
    rows = only(rows, at.step("open_child")).select(*CHILD, "note_id", "held_date", "worker_id")
    spells = at.record("involvement", "child_id", "worker_id", "start_date")
    spells = spells.filter(spells.worker_id.notnull() & spells.start_date.notnull())
    own = spells.group_by(*CHILD, "worker_id").agg(own_start=spells.start_date.min())
    anybody = spells.group_by(*CHILD).agg(first_start=spells.start_date.min())
    rows = beside(beside(rows, own, keys=(*CHILD, "worker_id")), anybody)
    began = ibis.ifelse(rows.worker_id.notnull(), rows.own_start, rows.first_start)
    stranger = rows.worker_id.notnull() & rows.own_start.isnull()
    rows = rows.mutate(began=began, stranger=stranger)
    rows = rows.filter(rows.began.notnull() | rows.stranger)
    said = ibis.cases(
        (rows.stranger, "the worker named has never had a part with this child"),
        (rows.worker_id.notnull(), "held before the child was allocated to that worker"),
        else_="held before the child had any worker",
    )
    return looked_at(
        rows,
        rows.stranger | (rows.held_date < rows.began),
        said,
        record="note_id",
        worker="worker_id",
        day="held_date",
        other_day="began",
    )


def joins_nobody(at: Context) -> ir.Table:
    """Case supervision without a child, and any whose worker is no id and no staff number of the list."""
    rows = at.record("supervision", "child_id", "note_id", "note_type", "held_date", "state", "worker")
    case = at.listed(rows.note_type, "case_supervision_notes")
    personal = at.listed(rows.note_type, "personal_supervision_notes")
    rows = rows.mutate(is_case=case)
    rows = rows.filter((rows.held_date <= at.as_at) & (case | personal) & was_held(at, rows.state))
    rows = with_worker(at, rows)
    no_child = rows.is_case & rows.child_id.isnull()
    said = ibis.cases(
        (no_child, "case supervision without a child"),
        (rows.worker.isnull(), "supervision without a worker"),
        else_="the worker is named by something that is no worker id and no staff number",
    )
    return looked_at(
        rows,
        no_child | rows.worker_id.isnull(),
        said,
        record="note_id",
        worker="worker_id",
        day="held_date",
    )


def _written_before(table: str, held: str, written: str = "recorded_date") -> Look:
    def find(at: Context) -> ir.Table:
        rows = rows_of(at, table, held, written)
        rows = rows.filter(rows[held].notnull() & rows[written].notnull())
        what = "signed" if written == "signed_date" else "written down"
        return looked_at(
            rows,
            rows[written] < rows[held],
            f"{what} before it took place",
            record=key_of(table),
            worker="worker_id",
            day=held,
            other_day=written,
        )

    return Look(table, find, needs=(f"{table}.{held}", f"{table}.{written}"), spoils=(f"{table}.{written}",))


def _not_said(table: str) -> Look:
    def find(at: Context) -> ir.Table:
        rows = rows_of(at, table, "visit_date", "seen")
        ago = at.as_at.delta(rows.visit_date, unit="day")
        rows = rows.filter((ago >= 0) & (ago < int(at.policy.numbers["quality_days"])))
        return looked_at(
            rows,
            rows.seen.isnull(),
            "the visit does not say whether the child was seen",
            record=key_of(table),
            day="visit_date",
        )

    return Look(table, find, needs=(f"{table}.seen",))


SUPERVISION_DOUBTS: tuple[Doubt, ...] = (
    Doubt(
        "DQ-26",
        "Supervision before the allocation",
        "Which case supervision is dated before the child was allocated to that worker?",
        Sort.SUPERVISION,
        Severity.AMBER,
        "case supervision of open children whose allocation is known",
        "A wrong date, or talk about another child: the supervision clock may run from a day that never was.",
        "The supervisor: correct the date, the child or the worker of the note.",
        (
            Look(
                "supervision",
                before_allocated,
                needs=("involvement", "involvement.start_date", "involvement:history"),
            ),
        ),
        ("case_supervision_notes",),
        does_not_tell="A worker named by name alone joins nobody: such a note is held against the child's "
        "first worker.",
    ),
    Doubt(
        "DQ-27",
        "Supervision that joins nobody",
        "Which supervision names no child, or no worker by id or staff number?",
        Sort.SUPERVISION,
        Severity.AMBER,
        "supervision held by the day",
        "Case supervision without a child restarts no clock. Without a worker's id no worker's own "
        "supervision can be judged.",
        "The performance team: put the worker's id or staff number into the export, not the name.",
        (
            Look(
                "supervision",
                joins_nobody,
                needs=("worker", "supervision.worker"),
                spoils=("supervision.worker",),
            ),
        ),
        ("case_supervision_notes", "personal_supervision_notes"),
    ),
    Doubt(
        "DQ-28",
        "Written down before it took place",
        "Which supervision, visits and entries were recorded or signed before their own date?",
        Sort.SUPERVISION,
        Severity.AMBER,
        "rows with both days",
        "One of the two days is wrong, so how late it was written down cannot be told.",
        "Whoever wrote it down: correct the day on which it took place.",
        (
            _written_before("supervision", "held_date"),
            _written_before("supervision", "held_date", "signed_date"),
            _written_before("visit_note", "visit_date"),
            _written_before("case_entry", "entry_date"),
        ),
    ),
    Doubt(
        "DQ-29",
        "Visit that does not say whether the child was seen",
        "Which visits leave it blank whether the child was seen?",
        Sort.SUPERVISION,
        Severity.AMBER,
        "visits of the last months",
        "Such a visit stops no clock. Where it would have, the rule says cannot tell.",
        "The visiting worker, on the visit's record; many at once: the performance team, in the extract.",
        (_not_said("cp_visit"), _not_said("cin_visit"), _not_said("care_visit")),
        ("quality_days",),
    ),
)
