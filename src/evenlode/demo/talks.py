"""Case supervision on children's records, in time, and the actions that were agreed in it."""

from __future__ import annotations

from evenlode.demo.dates import on_working_day
from evenlode.demo.facts import (
    CASE_DISCUSSION,
    CASE_SUPERVISION,
    OVERSIGHT,
    Action,
    Child,
    Clock,
    Family,
    Note,
    Spell,
)
from evenlode.demo.making import Making

ACTIONS = (
    "Complete visit and update chronology",
    "Convene family network meeting",
    "Refer to parenting support",
    "Seek legal advice",
    "Update plan and share with family",
    "See the child alone and record wishes and feelings",
    "Agree safety plan with both parents",
    "Chase health and school reports",
    "Invite father to the next meeting",
    "Complete direct work on worries and hopes",
)
TWO_YEARS = 730


def talk_days(making: Making, start: int, end: int, clock: Clock) -> list[int]:
    """Days of case supervision, never further apart than the child's status allows."""
    rng, days = making.rng, []
    day = start + rng.randint(1, 11)
    while day <= end:
        held = max(on_working_day(day), start)
        days.append(held)
        early = 14 if held < start + 45 else 28
        interval = clock.days if held >= clock.since else min(early, clock.days)
        day = held + max(4, int(rng.randint(interval * 6 // 10, interval) / making.note_pace))
    return days


def led_by(spells: list[Spell], day: int) -> Spell | None:
    """The spell of whoever led the child on a day."""
    found = None
    for spell in spells:
        if (
            spell.worker is not None
            and spell.start <= day
            and (spell.end is None or spell.end >= day)
            and spell.role != "CO-WORKER"
        ):
            found = spell
    return found


def write_talks(making: Making, child: Child, days: list[int], clock: Clock, end: int) -> None:
    """Notes and actions for the days on which a child was talked about."""
    rng = making.rng
    spells = sorted(child.spells, key=lambda s: s.start)
    for day in days:
        spell = led_by(spells, day)
        worker = spell.worker if spell is not None else None
        manager = spell.team.manager.name if spell is not None and spell.team.manager is not None else ""
        name = worker.name if worker is not None else ""
        kind = CASE_SUPERVISION if rng.random() < 0.5 else CASE_DISCUSSION
        child.notes.append(Note(day, kind, manager, name, day + clock.days))
        if rng.random() < 0.2:
            later = day + rng.randint(1, 9)
            if later <= end:
                child.notes.append(Note(later, OVERSIGHT, manager, name))
        if rng.random() < 0.5:
            child.actions.append(agreed_action(making, day, end))


def agreed_action(making: Making, day: int, end: int) -> Action:
    """An action with a date, done by that date or (seldom) a little late; one that is not yet due may still be open."""
    rng = making.rng
    target = day + rng.choice((14, 21, 28, 42))
    action = Action(day, rng.choice(ACTIONS), target)
    if target < end:
        late = rng.random() < 0.12
        action.done = min(end, target + rng.randint(1, 9)) if late else max(day, target - rng.randint(0, 9))
    elif rng.random() < 0.35:
        action.done = max(day, end - rng.randint(0, 5))
    return action


def talk_about_family(making: Making, family: Family) -> None:
    """Supervise an open family (or a care leaver): brothers and sisters on the same days."""
    child = family.children[0]
    clock = child.clock or Clock("", 14, child.referral.day)
    start = max(child.referral.day, making.as_at - TWO_YEARS)
    if child.adult:
        start = max(clock.since, making.as_at - TWO_YEARS)
    days = talk_days(making, start, making.as_at, clock)
    for sibling in family.children:
        write_talks(making, sibling, days, clock, making.as_at)


def talk_about_closed(making: Making, family: Family) -> None:
    """Supervise a family of the past, from its last referral to the day of closing; everything agreed was done."""
    referral = family.children[0].referral
    if referral.close is None or referral.close - referral.day < 10:
        return
    clock = Clock("", 42, referral.day + 45)
    days = talk_days(making, referral.day, referral.close, clock)
    for child in family.children:
        write_talks(making, child, days, clock, referral.close)
        for action in child.actions:
            if action.done is None:
                action.done = referral.close
