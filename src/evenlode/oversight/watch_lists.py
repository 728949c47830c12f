"""Watch lists: children who stay on a manager's mind whether or not a date has gone by; declared as data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenlode.oversight.finding import Finding, Value
from evenlode.oversight.names import ChildNamed, Id, Names
from evenlode.oversight.pattern import ONE_OR_MORE
from evenlode.oversight.today import team_of
from evenlode.oversight.words import STANDING, day_words, so_many
from evenlode.rules.evaluate import Day
from evenlode.rules.rule import Status


class Only(StrEnum):
    """Which of the children that the rules name are on a list."""

    EVERYBODY = "every child that the rules name"
    UNDER_ONE = "unborn children and those under one"
    LEFT_OR_TRAY = "children whose lead worker has left or stands for nobody"


@dataclass(frozen=True)
class Column:
    """One column: its heading, and the first of these that is filled in any finding or row of the child."""

    heading: str
    reads: tuple[str, ...]


@dataclass(frozen=True)
class WatchList:
    """One list: which rules' findings put a child on it, which rows of a step too, and how it reads.

    sentence: what stands above it; {n} is "3 children", `[has|have]` is for one child or several.  none: where it is empty.  since: what the days are
    counted from; the longest stands first.  step: SQL over shared steps, for children of whom nothing is late
    and who belong on the list all the same: la_code, child_id and columns.  needs: the steps that it reads.
    unsure: whether a child of whom a rule cannot tell is on the list too, marked so.
    """

    name: str
    title: str
    sentence: str
    none: str
    rules: tuple[str, ...]
    columns: tuple[Column, ...]
    since: tuple[str, ...]
    only: Only = Only.EVERYBODY
    unsure: bool = False
    step: str = ""
    needs: tuple[str, ...] = ()

    def sentence_of(self, number: int) -> str:
        """What stands above the list of so many children."""
        if not number:
            return self.none
        said = ONE_OR_MORE.sub(lambda m: m[1] if number == 1 else m[2], self.sentence)
        return said.format(n=so_many(number, "child/children"))


@dataclass(frozen=True)
class WatchRow:
    """One child of a list; cells stand in the order of its columns.

    days: how long, None where no day is known.  rules: the findings that put the child there; blank where
    only the arrangement itself does.  cannot_tell: the record does not tell of one of them.
    """

    child: Id
    name: str
    age: str
    worker: str
    team: str
    since: date | None
    days: int | None
    cells: tuple[str, ...]
    rules: tuple[str, ...]
    cannot_tell: bool


@dataclass(frozen=True)
class Watched:
    """One list as it stands on the day."""

    watch_list: WatchList
    rows: tuple[WatchRow, ...]

    @property
    def sentence(self) -> str:
        """What stands above the list."""
        return self.watch_list.sentence_of(len(self.rows))


DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
"""A day inside what a rule says, as the record writes it."""

STARTED = Column("Started", ("start_date", "plan_start", "since"))
STATUS = Column("Status", ("status",))

WATCH_LISTS: tuple[WatchList, ...] = (
    WatchList(
        "arrangements",
        "Unregistered and private arrangements",
        "{n} [lives|live] in a setting that should be registered and is not, or with somebody privately.",
        "No child is known to live in an unregistered setting or with somebody privately.",
        ("CLA-S3", "PF-01", "PF-02", "PF-03", "PF-05", "PF-05b", "PF-06"),
        (
            Column("Arrangement", ("arrangement",)),
            Column("Last looked at", ("last_look", "last_visit")),
            Column("Senior manager signed", ("signed_off_on",)),
            Column("Next due", ("due", "senior_review_by", "visit_by")),
        ),
        ("began", "aware_from", "since"),
        unsure=True,
        step="""SELECT la_code, child_id, 'unregistered setting' AS arrangement, start_date AS began,
  last_check AS last_look, signed_off_on FROM unregistered_now WHERE sure
UNION ALL SELECT la_code, child_id, 'private fostering', start_date, last_visit, NULL FROM fostering_now""",
        needs=("unregistered_now", "fostering_now"),
    ),
    WatchList(
        "long_plans",
        "Long plans",
        "{n} [has|have] been on a plan for longer than most. Is it moving, and is it the right plan?",
        "No plan has run long.",
        ("CP-10", "CP-11", "CIN-05"),
        (STARTED, Column("Months reached", ("tier",))),
        ("start_date",),
    ),
    WatchList(
        "second_plans",
        "Second plans",
        "{n} [is|are] on a child protection plan again. What is different this time?",
        "No child is on a second protection plan.",
        ("CP-12",),
        (
            STARTED,
            Column("Earlier plan ended", ("earlier_end",)),
            Column("Earlier plans", ("earlier_plans",)),
        ),
        ("start_date",),
    ),
    WatchList(
        "new_workers",
        "Newly qualified workers with complex work",
        "{n} with complex needs [is|are] led by somebody in the first year of practice without an experienced co-worker.",
        "No child with complex needs is led by a newly qualified worker alone.",
        ("NQ-07", "NQ-08", "NQ-09", "NQ-10", "DR-17"),
        (
            Column("Work", ("work", "complexity_markers")),
            Column("First year began", ("programme_start",)),
            Column("Agreed until", ("override_until",)),
        ),
        ("since", "plan_start"),
    ),
    WatchList(
        "leavers_and_trays",
        "Led by leavers or trays",
        "{n} [is|are] in the name of a worker who has left, or of nobody.",
        "No child is in the name of a worker who has left, or of nobody.",
        ("AL-01",),
        (STATUS, Column("In the name of", ("in_name_of",)), Column("Left on", ("worker_left",))),
        ("waiting_since",),
        only=Only.LEFT_OR_TRAY,
    ),
    WatchList(
        "out_of_touch",
        "Care leavers out of touch",
        "{n} who left care [has|have] not been in touch with the council for eight weeks, or we cannot tell.",
        "The council is in touch with every care leaver.",
        ("CL-07",),
        (Column("Last in touch", ("latest_contact",)), Column("Was due by", ("due",))),
        ("latest_contact",),
        unsure=True,
    ),
    WatchList(
        "babies",
        "Under-ones with late assessments",
        "{n} under one [is|are] waiting for an assessment that is late.",
        "No child under one is waiting for a late assessment.",
        ("ASM-04", "ASM-03"),
        (
            Column("Referred", ("referral_date", "counted_from")),
            Column("Was due by", ("due",)),
            Column("Child seen", ("child_seen",)),
        ),
        ("referral_date", "counted_from"),
        only=Only.UNDER_ONE,
    ),
    WatchList(
        "waiting",
        "Waiting for a worker",
        "{n} [has|have] no named worker. Those who have waited longest stand first.",
        "Every open child has a named worker.",
        ("AL-01", "AL-03", "AL-04", "AL-05", "AL-06", "AL-07"),
        (
            STATUS,
            Column("Last looked at by a manager", ("last",)),
            Column("Last seen", ("last_seen",)),
            Column("Two weeks up on", ("two_weeks",)),
        ),
        ("waiting_since",),
    ),
)
"""Every watch list."""


def watched(
    watch_list: WatchList, findings: Iterable[Finding], *, names: Names, day: Day | None = None
) -> Watched:
    """Who is on a list, the longest first?

    findings: those of the reader's scope.  day: needed for a list that reads steps; without it only
    children of whom something is found are on it.
    """
    of: dict[Id, list[Finding]] = {}
    for f in findings:
        if f.rule_id in watch_list.rules and f.subject_kind == "child" and _told(f, watch_list):
            of.setdefault(f.subject, []).append(f)
    stepped = dict(_step_rows(watch_list, day)) if day else {}
    rows = (
        _row(watch_list, child, of.get(child, []), stepped.get(child, {}), names)
        for child in dict.fromkeys([*of, *stepped])
        if _is_on(watch_list.only, child, of.get(child, []), names)
    )
    return Watched(
        watch_list, tuple(sorted(rows, key=lambda r: (r.since is None, r.since or date.max, r.child)))
    )


def _told(f: Finding, watch_list: WatchList) -> bool:
    return f.status != Status.DUE_SOON and (watch_list.unsure or not f.unsure)


def _is_on(only: Only, child: Id, theirs: Sequence[Finding], names: Names) -> bool:
    if only is Only.UNDER_ONE:
        return names.under_one(child)
    if only is Only.LEFT_OR_TRAY:
        return any(
            (of := names.workers.get((child[0], f.worker_id))) and (of.placeholder or of.left_on)
            for f in theirs
        )
    return True


def _step_rows(watch_list: WatchList, day: Day) -> Iterator[tuple[Id, dict[str, Value]]]:
    if not watch_list.step:
        return
    day.have(watch_list.needs)
    found = day.cursor.execute(watch_list.step)
    columns = [column[0] for column in found.description or ()]
    for values in found.fetchall():
        row = dict(zip(columns, values, strict=True))
        yield (row["la_code"], row["child_id"]), row


def _row(
    watch_list: WatchList, child: Id, theirs: Sequence[Finding], stepped: dict[str, Value], names: Names
) -> WatchRow:
    values = dict(stepped)
    for f in theirs:
        beside = {**f.evidence, "due": f.due_date, **_holder(f, names)}
        if f.rule_id == "AL-04":
            beside["two_weeks"] = f.due_date
        values.update({name: value for name, value in beside.items() if values.get(name) is None})
    since = next((d for name in watch_list.since if isinstance(d := values.get(name), date)), None)
    of = names.children.get(child, ChildNamed())
    head = theirs[0] if theirs else None
    return WatchRow(
        child,
        names.together([child]),
        names.age(child),
        names.worker((child[0], head.worker_id if head else of.worker_id)),
        team_of(head, names) if head else of.team_id,
        since,
        None if since is None else (names.as_at - since).days,
        tuple(_cell(values, column, names.as_at) for column in watch_list.columns),
        tuple(dict.fromkeys(f.rule_id for f in theirs)),
        any(f.unsure for f in theirs),
    )


def _holder(f: Finding, names: Names) -> dict[str, Value]:
    of = names.workers.get((f.la_code, f.worker_id))
    return {"in_name_of": of.name, "worker_left": of.left_on} if of else {}


def _cell(values: dict[str, Value], column: Column, as_at: date) -> str:
    value = next((values[name] for name in column.reads if values.get(name) is not None), None)
    if value is None:
        return ""
    if isinstance(value, date):
        return day_words(value, as_at, short=True)
    said = STANDING.get(str(value), str(value))
    return DAY.sub(lambda m: day_words(date.fromisoformat(m[0]), as_at, short=True), said)
