"""The records of case supervision gone wrong: called off, written down late, a question left out, not signed."""

from __future__ import annotations

from functools import partial

from evenlode.demo.casemix import is_open
from evenlode.demo.dates import add_wd, on_working_day, working_days_between
from evenlode.demo.expected import BREACH, FLAG, OVERDUE
from evenlode.demo.facts import CASE_SUPERVISION, ELEMENTS, Child, Family, Note
from evenlode.demo.journeys import ASSESSMENT, CIN, CLA, CP
from evenlode.demo.keeping.sessions import last_talk
from evenlode.demo.planting.ground import Ground

_KINDS = (CIN, CP, CLA, ASSESSMENT)
_RULES = ("SQ-01", "SQ-02", "SQ-03", "SQ-04", "SQ-05", "SQ-06", "SQ-08", "SQ-09")
_WORDS = (
    "earlier actions not reviewed", "nothing about progress against the plan", "nothing of the child's voice", "risk not looked at",
    "no reflection", "no reason given for a decision", "not asked whether the plan is moving", "next dates not looked at",
)  # fmt: skip


def _talked(ground: Ground, least: int, most: int, family: Family) -> bool:
    """Every child was last talked about so many days ago."""
    for child in family.children:
        note = last_talk(ground, child)
        if note is None or not is_open(child, ground.day) or not least <= ground.day - note.day <= most:
            return False
    return True


def _last(ground: Ground, child: Child) -> Note:
    """The last case supervision of a child known to have had one."""
    note = last_talk(ground, child)
    if note is None:
        raise ValueError(f"child {child.id} was never talked about")
    return note


def called_off(ground: Ground) -> None:
    """SUP-13: two sessions cancelled since the last one that was held, which itself is not too long ago."""
    for family in ground.pick((CIN,), 0.02, partial(_talked, ground, 16, 50)):
        for child in family.children:
            last = _last(ground, child)
            first = on_working_day(last.day + 7)
            for day in (first, on_working_day(ground.day - 2)):
                child.notes.append(Note(day, CASE_SUPERVISION, last.author, last.worker, state="Cancelled"))
            ground.expected.add(
                "SUP-13", child, "", FLAG, None, "planted: case supervision cancelled twice running"
            )


def written_down_late(ground: Ground) -> None:
    """SUP-11: held within the last four weeks and written down more than five working days later."""
    for family in ground.pick(_KINDS, 0.02, partial(_talked, ground, 13, 27)):
        for child in family.children:
            note = _last(ground, child)
            days = min(working_days_between(note.day, ground.day), 6 + ground.making.dice.randint(0, 4))
            if days > 5:
                note.recorded = add_wd(note.day, days)
                ground.expected.add(
                    "SUP-11",
                    child,
                    note.id,
                    FLAG,
                    add_wd(note.day, 5),
                    "planted: supervision written down late",
                )


def elements_missing(ground: Ground) -> None:
    """SQ-01 to SQ-09: the last record leaves one thing out."""
    for place, rule in enumerate(_RULES):
        for family in ground.pick(_KINDS, 0.008, partial(_complete, ground)):
            for child in family.children:
                note = _last(ground, child)
                note.holds = tuple("N" if at == place else "Y" for at in range(len(ELEMENTS)))
                ground.expected.add(rule, child, note.id, BREACH, None, f"planted: {_WORDS[place]}")


def _complete(ground: Ground, family: Family) -> bool:
    """Nothing is left out of any child's last record so far."""
    return _talked(ground, 0, 60, family) and all("N" not in _last(ground, c).holds for c in family.children)


def not_signed(ground: Ground) -> None:
    """SQ-11: not signed by both within five working days; or only later."""
    dice = ground.making.dice
    for turn, family in enumerate(ground.pick(_KINDS, 0.02, partial(_talked, ground, 14, 60))):
        for child in family.children:
            note = _last(ground, child)
            due = add_wd(note.day, 5)
            late = add_wd(due, dice.randint(1, 3))
            signed = turn % 3 == 2 and late <= ground.day
            note.signed = late if signed else None
            why = "signed late" if signed else "never signed"
            ground.expected.add(
                "SQ-11", child, note.id, FLAG if signed else OVERDUE, due, f"planted: supervision {why}"
            )
