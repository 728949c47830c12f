"""How a rule is declared, and the one shape in which every rule gives its answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import Context


class Severity(StrEnum):
    """How much a finding presses; never a judgement on a person."""

    RED = "red"
    AMBER = "amber"
    NOTE = "note"


class Status(StrEnum):
    """What a finding says about its date (contract 3; `due_soon` from practice-standards G-07)."""

    OVERDUE = "overdue"
    BREACH = "breach"
    FLAG = "flag"
    CANNOT_TELL = "cannot_tell"
    DUE_SOON = "due_soon"


RUNNING = "running"
"""What a rule says of a clock: whether it is overdue, soon or in time is decided in one place."""


IN_TIME = "in_time"
"""What becomes of a running clock that is neither late nor soon; counted, never written out."""


class Who(StrEnum):
    """Who can put a finding right."""

    WORKER = "social worker"
    MANAGER = "team manager"
    HEAD = "head of service"
    CHAIR = "conference chair"
    REVIEWING_OFFICER = "reviewing officer"


@dataclass(frozen=True)
class GoesBy:
    """What a council must hold before a rule says anything of it: a shared step with a row of its own.

    words: what such a row is.  column: which must not be blank in it, where that matters: a council
    whose column is there and never filled in is told so once.
    """

    step: str
    words: str
    column: str = ""


@dataclass(frozen=True)
class InForce:
    """The first and the last day on which a rule is asked; None: as far back, or on, as anybody looks.

    first_set_by: the date setting that holds the first day, where that is not fixed by law yet.
    """

    first: date | None = None
    last: date | None = None
    first_set_by: str = ""


ALWAYS = InForce()


@dataclass(frozen=True)
class Rule:
    """One rule: what it asks in plain words, who says so, and where its answer comes from.

    question: what a manager would ask.  does_not_tell: where the answer misleads.
    policy: the settings it uses.  needs: the record tables without which it cannot tell.
    subject: child, worker, team or council.  find: builds the answers, made with `answers`.
    goes_by: what must be there of the council before the rule says anything of it; a council whose
    notes join to no worker cannot be judged by them.  in_force: the days on which it is asked at all.
    """

    id: str
    name: str
    question: str
    who_acts: Who
    kind: Authority
    severities: tuple[Severity, ...]
    source: str
    subject: str
    record: str
    policy: tuple[str, ...]
    needs: tuple[str, ...]
    find: Callable[[Context], ir.Table]
    does_not_tell: str = ""
    goes_by: GoesBy | None = None
    in_force: InForce = ALWAYS


Evidence = dict[str, "ir.Value | str | int"]


def answers(
    rows: ir.Table,
    *,
    subject: str = "child_id",
    record: str | None = None,
    due: str | None = None,
    status: ir.StringValue | Status | str = RUNNING,
    severity: ir.StringValue | Severity,
    evidence: Evidence,
) -> ir.Table:
    """The rows of one rule in the shape that all rules share.

    subject, record and due name columns; evidence names the dates, numbers and policy values that
    the answer rests on.  A row whose status is `cannot_tell` has no due date (contract 2).
    """
    due_date = rows[due] if due else ibis.null("date")
    if isinstance(status, ir.Value):
        said = status
        if due:
            due_date = ibis.ifelse(said == str(Status.CANNOT_TELL), ibis.null("date"), due_date)
    else:
        said = ibis.literal(str(status))
        due_date = ibis.null("date") if status == Status.CANNOT_TELL else due_date
    return rows.select(
        "la_code",
        subject_id=rows[subject],
        record_id=rows[record].fill_null("") if record else ibis.literal(""),
        said=said,
        severity=severity if isinstance(severity, ir.Value) else ibis.literal(str(severity)),
        due_date=due_date,
        evidence=as_json(evidence),
    )


IN_JSON = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"))
"""How the characters that JSON cannot hold as they are, and an extract can, are written in it."""


def as_json(evidence: Evidence) -> ir.StringValue:
    """The evidence as JSON text, put together by the engine itself.

    All pieces go into one join: joined two by two, SQL Server's text would double with each.
    """
    pieces: list[ir.StringValue] = []
    words = "{"
    for place, (name, value) in enumerate(evidence.items()):
        words += f'{", " if place else ""}"{name}": '
        if isinstance(value, int):
            words += str(value)
        elif isinstance(value, str):
            words += json.dumps(value, ensure_ascii=False)
        else:
            pieces += [ibis.literal(words), _json_value(value)]
            words = ""
    pieces.append(ibis.literal(words + "}"))
    return pieces[0].concat(*pieces[1:]) if len(pieces) > 1 else pieces[0]


def _json_value(value: ir.Value) -> ir.StringValue:
    kind = value.type()
    if kind.is_boolean():
        return ibis.cases((value, "true"), (~value, "false"), else_="null")
    text = value.cast("string")
    if kind.is_string():
        for plain, written in IN_JSON:
            text = text.replace(plain, written)
    if kind.is_string() or kind.is_date():
        text = ibis.literal('"').concat(text, '"')
    return text.fill_null("null")
