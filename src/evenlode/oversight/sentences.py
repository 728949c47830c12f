"""Puts a finding into words: its sentence, what to do, its state, who says so and the sum behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from string import Formatter

from evenlode.calendar import Clock, Unit, WorkingCalendar
from evenlode.oversight.blanks import why_not
from evenlode.oversight.finding import Finding, Value
from evenlode.oversight.names import Id, Names
from evenlode.oversight.pattern import ONE_OR_MORE, PAST_OR_TO_COME, Pattern, Sum
from evenlode.oversight.patterns import PATTERN_BY_RULE
from evenlode.oversight.words import (
    KEPT_TOGETHER,
    STANDING,
    WHO_SAYS_SO,
    day_words,
    last_working_day,
    so_many,
)
from evenlode.policy import Authority, Policy
from evenlode.rules.book import RULE_BY_ID
from evenlode.rules.rule import Severity

NUMBER = re.compile(r"\d+(\.\d+)?")
ILLUSTRATIVE = "weights that are illustrative until the council has agreed its own"
"""Said beside a load while the shipped weights are in use: its finding is then a note."""

TIMES = {1: "once", 2: "twice"}
INTERVAL = re.compile(r"(\d+) (working day|day|month)s?")
UNITS = {"working day": Unit.WORKING_DAYS, "day": Unit.DAYS, "month": Unit.MONTHS}


class Shape(StrEnum):
    """How a state is drawn; the words beside it say the same."""

    OVER = "over"
    NEAR = "near"
    NOTE = "note"
    IN_TIME = "in time"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True)
class State:
    """What stands beside a sentence: "3 days over", "due 17 Nov"."""

    shape: Shape
    words: str
    when: str = ""


@dataclass(frozen=True)
class Said:
    """A finding in words.

    sum: the arithmetic, blank where none adds up: a due date is never shown with a sum that is not its own.
    act_by: the last working day on which one can still act; None where the day has gone by.
    """

    rule_id: str
    sentence: str
    do: str
    action: str
    state: State
    who_says_so: str
    sum: str
    act_by: date | None = None


@dataclass(frozen=True)
class Speaker:
    """Who is who and what the policy says on the day: all that words need beside a finding."""

    names: Names
    policy: Policy

    @property
    def as_at(self) -> date:
        """The day of which it speaks."""
        return self.names.as_at

    def say(
        self,
        finding: Finding,
        children: Sequence[Id] | None = None,
        *,
        aged: bool = False,
        together: bool = False,
    ) -> Said:
        """One finding in words.

        children: several of one family of whom the same is true; else the finding's own.
        aged: the age follows the name, as on Today.  together: the children are of several families of one worker.
        """
        pattern = PATTERN_BY_RULE[finding.rule_id]
        whom = tuple(children or (finding.subject,))
        values = self._values(finding, whom)
        filling = _Filling(self, finding, whom, values, aged=aged)
        if finding.unsure:
            sentence = filling.unsure(pattern)
            state, act_by, do = State(Shape.CANNOT_TELL, "Cannot tell"), None, ""
        else:
            sentence = filling.first((pattern.together, *pattern.says) if together else pattern.says)
            state, act_by = self._state(finding, pattern, filling)
            do = filling.whole(pattern.do, aged=False) or ""
        return Said(
            finding.rule_id,
            sentence,
            do,
            pattern.action,
            state,
            WHO_SAYS_SO[Authority(finding.kind)],
            "" if finding.unsure else self.sum_of(finding, pattern),
            act_by,
        )

    def sum_of(self, finding: Finding, pattern: Pattern) -> str:
        """The first of a rule's sums that adds up to the due date: "Due = last visit 3 Nov + 10 working days = 17 Nov"."""
        if finding.due_date is None:
            return ""
        for one in pattern.sums:
            text = self._added(finding, one)
            if text:
                return text
        return ""

    def _interval(self, finding: Finding, one: Sum) -> tuple[date, str] | None:
        """The day a sum counts from and its interval, where together they make the due date."""
        base, due = finding.evidence.get(one.base), finding.due_date
        if not isinstance(base, date) or due is None:
            return None
        if one.interval.startswith("setting:"):
            name = one.interval.removeprefix("setting:")
            interval, calendar = str(self.policy.clock(name)), self.policy.calendar_for(name)
        else:
            interval = _template(one.interval, finding)
            calendar = self._calendar(finding.rule_id)
        times = finding.evidence.get(one.times) if one.times else 1
        clock = clock_of(interval)
        if one.interval and (clock is None or not isinstance(times, int)):
            return None
        ends = base
        for _ in range(times if clock and isinstance(times, int) else 0):
            ends = clock.due(ends, calendar) if clock else ends
        return (base, f"{times} x {interval}" if one.times else interval) if ends == due else None

    def _added(self, finding: Finding, one: Sum) -> str:
        found = self._interval(finding, one)
        if found is None or finding.due_date is None:
            return ""
        counted, ends = (day_words(d, self.as_at, short=True) for d in (found[0], finding.due_date))
        return f"Due = {one.event} {counted}" + (f" + {found[1]} = {ends}" if one.interval else "")

    def _counted(self, finding: Finding) -> str | None:
        """How the due date was made, "3 months after 24 August", where a sum says so."""
        for one in PATTERN_BY_RULE[finding.rule_id].sums:
            found = self._interval(finding, one)
            if found:
                return f"{found[1]} after {day_words(found[0], self.as_at)}" if one.interval else None
        return None

    def _calendar(self, rule_id: str) -> WorkingCalendar:
        clocks = [name for name in RULE_BY_ID[rule_id].policy if name in self.policy.clocks]
        return self.policy.calendar_for(clocks[0] if clocks else "due_soon")

    def _state(self, finding: Finding, pattern: Pattern, filling: _Filling) -> tuple[State, date | None]:
        due, since = finding.due_date, finding.evidence.get(pattern.since)
        own = filling.whole(pattern.state, aged=False) if pattern.state else None
        if own:
            return State(_shape(finding), own), None
        if due is not None:
            return self._by_date(due, self._calendar(finding.rule_id))
        if isinstance(since, date):
            words = so_many((self.as_at - since).days, "day")
            return State(_shape(finding), words, f"since {day_words(since, self.as_at, short=True)}"), None
        return State(Shape.NOTE, "To look at"), None

    def _by_date(self, due: date, calendar: WorkingCalendar) -> tuple[State, date | None]:
        days = (self.as_at - due).days
        if days > 0:
            return State(
                Shape.OVER, f"{so_many(days, 'day')} over", f"due {day_words(due, self.as_at, short=True)}"
            ), None
        act_by = max(last_working_day(due, calendar), self.as_at)
        words = "Today" if days == 0 else f"{so_many(-days, 'day')} left"
        last = day_words(act_by, self.as_at, short=True, weekday=True)
        return State(Shape.NEAR, words, f"last day to act {last}"), act_by

    def _values(self, finding: Finding, whom: Sequence[Id]) -> dict[str, Value]:
        """What the evidence and the lookup give, blank where nothing is known."""
        names, la = self.names, finding.la_code
        worker = (la, finding.worker_id)
        left = names.workers[worker].left_on if worker in names.workers else None
        waiting = finding.evidence.get("waiting_since")
        owner = finding.evidence.get("owner")
        they, them, their = names.pronouns(whom)
        beside: dict[str, Value] = {
            "due": finding.due_date,
            "counted": self._counted(finding),
            "worker": names.worker(worker) or None,
            "worker_left": left if left is not None and left == waiting else None,
            "owner_name": (names.worker((la, owner)) if (la, owner) in names.workers else owner)
            if isinstance(owner, str)
            else None,
            "illustrative": ILLUSTRATIVE
            if "tariff" in finding.evidence and finding.severity == Severity.NOTE
            else None,
            "action": names.actions.get((la, finding.record_id)),
            "standing": STANDING.get(str(finding.evidence.get("status"))),
            "they": they,
            "them": them,
            "their": their,
        }
        if finding.subject_kind == "child":
            beside["child"] = names.together(whom)
        elif finding.subject_kind == "worker":
            beside["worker"] = names.worker(finding.subject) or f"worker {finding.subject_id}"
        elif finding.subject_kind == "team":
            beside["team"] = names.team(finding.subject)
        for name in ("child", "worker", "team"):
            if beside.get(name):
                beside[f"{name}'s"] = _owning(str(beside[name]))
        return {**finding.evidence, **beside}


class _Filling:
    """Fills patterns for one finding."""

    def __init__(
        self, speaker: Speaker, finding: Finding, whom: Sequence[Id], values: dict[str, Value], *, aged: bool
    ) -> None:
        self.speaker, self.finding, self.whom, self.values, self.aged = speaker, finding, whom, values, aged
        due = finding.due_date
        self.past = due is None or due < speaker.as_at

    def first(self, texts: Iterable[str]) -> str:
        """The first sentence that can be filled whole."""
        for text in texts:
            filled = self.whole(text, aged=self.aged)
            if filled:
                return filled[0].upper() + filled[1:] if self.finding.subject_kind != "worker" else filled
        subject = self.values.get(self.finding.subject_kind) or "The council"
        return f"{subject}: {RULE_BY_ID[self.finding.rule_id].name}."

    def unsure(self, pattern: Pattern) -> str:
        """What is said where the record does not tell (the look, "cannot_tell")."""
        why = why_not(self.finding.evidence, self.speaker.as_at)
        matter = self.whole(pattern.matter, aged=False) if self.finding.subject_kind != "council" else None
        if matter is None:
            return f'We cannot answer "{RULE_BY_ID[pattern.rule_id].question}": {why}.'
        worker = self.values.get("worker") if self.finding.subject_kind == "child" else None
        ask = f"Ask {worker}, or mend it in the record." if worker else "Mend it in the record."
        return f"We cannot say whether {matter}: {why}. {ask}"

    def whole(self, text: str, *, aged: bool) -> str | None:
        """The text with every name filled; None where one of them is blank."""
        several = len(self.whom) > 1
        text = ONE_OR_MORE.sub(lambda m: m[2] if several else m[1], text)
        text = PAST_OR_TO_COME.sub(lambda m: m[1] if self.past else m[2], text)
        parts: list[str] = []
        for plain, name, spec, _ in Formatter().parse(text):
            parts.append(plain)
            if name is None:
                continue
            value = self.values.get(name)
            if value is None:
                return None
            told = self._written(name, value, spec or "")
            if told is None:
                return None
            parts.append(told)
            if name == "child" and aged:
                parts.append(AGE)
        return self._with_age("".join(parts))

    def _written(self, name: str, value: Value, spec: str) -> str | None:
        as_at = self.speaker.as_at
        if isinstance(value, bool):
            return None
        if isinstance(value, date):
            return day_words(value, as_at, weekday=name == "due" and value >= as_at)
        if spec == "percent":
            return (
                f"{Decimal(str(value)) * 100:.0f}{KEPT_TOGETHER}%" if NUMBER.fullmatch(str(value)) else None
            )
        if isinstance(value, int):
            if spec == "times":
                return TIMES.get(value, f"{value} times")
            return so_many(value, spec) if spec else f"{value:,}"
        return str(value)

    def _with_age(self, text: str) -> str:
        """Puts the age after the first mention of the child, between commas."""
        before, mark, after = text.partition(AGE)
        if not mark:
            return text
        after = after.replace(AGE, "")
        age = self.speaker.names.ages(self.whom)
        if not age:
            return before + after
        return f"{before}, {age}{after if after[:1] in ',.:;' else ',' + after}"


AGE = "\0"
"""Marks where an age may stand until the sentence is whole."""


def clock_of(interval: str) -> Clock | None:
    """An interval as the evidence writes it, "10 working days"; None where it is something else."""
    found = INTERVAL.fullmatch(interval.removesuffix(", the first day counted"))
    if not found or int(found[1]) < 1:
        return None
    return Clock(int(found[1]), UNITS[found[2]], interval.endswith("counted"))


def _template(text: str, finding: Finding) -> str:
    """An interval's template filled from the evidence: "{tier} months"."""
    parts = []
    for plain, name, _, _ in Formatter().parse(text):
        parts.append(plain + (str(finding.evidence.get(name) or "") if name else ""))
    return "".join(parts)


def _owning(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _shape(finding: Finding) -> Shape:
    return (
        Shape.OVER if finding.severity == "red" else Shape.NEAR if finding.severity == "amber" else Shape.NOTE
    )
