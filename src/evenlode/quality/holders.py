"""Children led by somebody who has left, or by what is no person."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.position.context import CHILD, Context, beside, only
from evenlode.position.people import WORKER
from evenlode.quality.doubt import Doubt, Look, Sort, how_many, looked_at
from evenlode.rules.rule import Severity


def _led(at: Context) -> ir.Table:
    """Open children with a lead who is in the list of workers."""
    rows = only(at.step("lead").select(*CHILD, "worker_id", "since"), at.step("open_child"))
    worker = at.step("worker_now").select(*WORKER, "placeholder", "left", "leaving_date", "swe_number")
    words = at.record("worker", "worker_id", "name_words").distinct()
    rows = beside(rows, worker, words, keys=WORKER)
    return rows.filter(rows.placeholder.notnull())


def led_by_leavers(at: Context) -> ir.Table:
    """The lead worker's leaving date has come."""
    rows = _led(at)
    return looked_at(
        rows,
        rows.left,
        "the lead worker has left",
        record="child_id",
        worker="worker_id",
        day="since",
        other_day="leaving_date",
    )


def led_by_trays(at: Context) -> ir.Table:
    """The lead's name or id is a tray's, or somebody unregistered holds more than a person can."""
    rows = _led(at)
    held = how_many(rows, "child_id", WORKER, "children")
    rows = beside(rows, held, keys=WORKER)
    words = (*at.policy.lists["tray_words"], *at.policy.lists["placeholder_words"])
    named, by_id = _says(rows.name_words, words), _says(_id_words(rows.worker_id), words)
    many = rows.swe_number.isnull() & (rows.children >= int(at.policy.numbers["tray_children"]))
    said = ibis.cases(
        (rows.placeholder, "led by a placeholder: the rules count the child as unallocated"),
        (named | by_id, "led by what looks like a tray: add its word to placeholder_words"),
        else_=rows.children.cast("string").concat(" children under somebody without a registration number"),
    )
    return looked_at(
        rows,
        rows.placeholder | named | by_id | many,
        said,
        record="child_id",
        worker="worker_id",
        day="since",
    )


def _says(text: ir.StringValue, words: tuple[str, ...]) -> ir.BooleanValue:
    """Does a text of words with a space round each hold one of these, whole?  Mr Poole is no pool."""
    found: ir.BooleanValue = ibis.literal(False)
    for word in words:
        found = found | text.contains(f" {word.strip().lower()} ").fill_null(False)
    return found


def _id_words(worker_id: ir.StringValue) -> ir.StringValue:
    """The letters of an id as words: of DUTY_01 it is duty."""
    text = worker_id.lower()
    for sign in "0123456789_-./":
        text = text.replace(sign, " ")
    return ibis.literal(" ").concat(text, " ")


_LED = ("involvement", "worker")
HOLDER_DOUBTS: tuple[Doubt, ...] = (
    Doubt(
        "DQ-19",
        "Led by somebody who has left",
        "Which open children have a lead worker who has left?",
        Sort.HOLDERS,
        Severity.RED,
        "open children whose lead is in the list of workers",
        "The child counts as unallocated. Where the worker is still here, the staff list is wrong.",
        "The team manager: allocate the child; HR, where the leaving date is wrong.",
        (
            Look(
                "involvement",
                led_by_leavers,
                needs=("worker", "establishment.leaving_date"),
                spoils=_LED,
            ),
        ),
    ),
    Doubt(
        "DQ-20",
        "Led by a tray or a team",
        "Which open children are led by a duty desk, a tray or a name that is nobody?",
        Sort.HOLDERS,
        Severity.RED,
        "open children whose lead is in the list of workers",
        "Nobody holds the child. A tray that the placeholder words do not know hides an unallocated child.",
        "The team manager: allocate the child; the policy file, where a word is missing.",
        (Look("involvement", led_by_trays, needs=("worker",), spoils=_LED),),
        ("placeholder_words", "tray_words", "tray_children"),
        does_not_tell="A title is not looked at: a duty social worker is a person.",
    ),
)
