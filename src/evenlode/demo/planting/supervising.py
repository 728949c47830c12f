"""Supervision that stopped, was missed, or agreed on things that nobody did."""

from __future__ import annotations

from functools import partial

from evenlode.demo.dates import on_working_day, wd_before
from evenlode.demo.expected import BREACH, OVERDUE
from evenlode.demo.facts import CASE_SUPERVISION, Action, Child, Family, Note
from evenlode.demo.journeys import ASSESSMENT, CIN, CLA, CP, DISABILITY
from evenlode.demo.planting.ground import Ground, expect_talk, lead_spell, talked_last
from evenlode.demo.workforce import IN_CARE, SAFEGUARDING


def absent_manager(ground: Ground) -> None:
    """A team manager has been away for weeks and supervision stopped on that day: SUP-05 and SUP-06 all over the team."""
    team = ground.workforce.of_kind(SAFEGUARDING)[1]
    manager = team.manager
    if manager is None:
        return
    away = wd_before(ground.day - 72, 0)
    manager.absent_from, manager.absence_reason = away, "Sickness"
    late = 0
    for family in ground.families:
        if (
            family.children[0].lead(ground.day) is None
            or lead_spell(family.children[0], ground.day).team is not team
        ):
            continue
        if family.kind not in {CP, CIN} or family.children[0].died is not None:
            continue
        family.touched = family.touched or "manager absent"
        for child in family.children:
            talked_last(child, away)
            late += expect_talk(
                ground, child, f"planted: {team.name} has had no manager present, and supervision stopped"
            )
    ground.tell(
        "absent manager",
        f"{manager.name} of {team.name}; {late} children are past their date for supervision",
    )


def missed(ground: Ground) -> None:
    """SUP-05, 06, 07 and 09: single families who were not talked about in time."""
    for kind, share, days in (
        (CP, 0.05, 28),
        (CIN, 0.05, 56),
        (DISABILITY, 0.05, 56),
        (CLA, 0.05, 56),
        (ASSESSMENT, 0.06, 14),
    ):
        for family in ground.take(kind, share, "supervision missed", partial(_long_enough, ground, days)):
            most = days + 60 if days > 14 else 24
            last = on_working_day(ground.day - ground.making.rng.randint(days + 4, most))
            for child in family.children:
                _not_since(ground, child, last)
                expect_talk(ground, child, "planted: not discussed in case supervision in time")


def _long_enough(ground: Ground, days: int, family: Family) -> bool:
    """Open, and in its present status, for longer than the gap to be made."""
    child = family.children[0]
    clock = child.clock
    if clock is None or family.cast in {"other-council", "unborn", "waiting"}:
        return False
    since = max(child.referral.day, clock.since)
    return since < ground.day - (days + 62 if days > 14 else 26)


def _not_since(ground: Ground, child: Child, last: int) -> None:
    """The last talk was on a day, and neither supervision nor oversight came after it."""
    talked_last(child, last)
    child.notes[:] = [note for note in child.notes if note.day < last]
    spell = lead_spell(child, ground.day)
    manager = spell.team.manager.name if spell.team.manager is not None else ""
    days = child.clock.days if child.clock is not None else 28
    worker = spell.worker.name if spell.worker is not None else ""
    child.notes.append(Note(last, CASE_SUPERVISION, manager, worker, last + days))


def actions_never_closed(ground: Ground) -> None:
    """ACT-02: agreed in supervision, past the date, and still open; one team does it most."""
    willow, heron = ground.workforce.of_kind(SAFEGUARDING)[2], ground.workforce.of_kind(IN_CARE)[1]
    for family in ground.families:
        spell = family.children[0].lead(ground.day)
        if spell is None or spell.team is ground.strong_team or family.children[0].died is not None:
            continue
        likely = 0.35 if spell.team is willow else 0.15 if spell.team is heron else 0.05
        if ground.making.rng.random() < likely:
            for child in family.children:
                _left_open(ground, child)
    for family in ground.closed[: max(1, len(ground.closed) // 150)]:
        _left_open(ground, family.children[0], "planted: action still open though the case was closed")


def _left_open(
    ground: Ground, child: Child, why: str = "planted: action past its date and never closed"
) -> None:
    """One to three actions of one child were never ticked off."""
    if child.leaver is not None and child.leaver.in_touch == "DIED":
        return
    due = [
        a
        for a in child.actions
        if isinstance(a.target, int) and a.target < ground.day and a.done is not None and a.text
    ]
    for action in due[-ground.making.rng.randint(1, 3) :]:
        action.done = None
        if isinstance(action.target, int):
            ground.expected.add("ACT-02", child, "", OVERDUE, action.target, why)


def actions_without_dates(ground: Ground) -> None:
    """SQ-07: actions to be done "ASAP", at no date, or without a word on what is to be done."""
    turns: tuple[tuple[str, str | None], ...] = (
        ("Arrange next core group", "ASAP"),
        ("Chase school", None),
        ("", "dated"),
        ("Visit", "ongoing"),
    )
    for kind, share in ((CIN, 0.02), (CP, 0.04), (CLA, 0.02)):
        for turn, family in enumerate(
            ground.take(kind, share, "no date", lambda f: bool(f.children[0].notes))
        ):
            text, target = turns[(turn + len(kind)) % len(turns)]
            child = family.children[0]
            day = child.notes[-1].day
            child.actions.append(Action(day, text, ground.day + 14 if target == "dated" else target))
            what = "without a word" if not text else "without a real date"
            ground.expected.add("SQ-07", child, "", BREACH, None, f"planted: open action {what}")
