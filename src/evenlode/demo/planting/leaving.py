"""Care leavers: pathway plans not reviewed, young people lost touch with, and dates that are not on the record."""

from __future__ import annotations

from functools import partial

from evenlode.demo.dates import add_months
from evenlode.demo.expected import CANNOT_TELL, OVERDUE
from evenlode.demo.facts import CareLeaver, Child, Family
from evenlode.demo.journeys import CLA, LEAVER
from evenlode.demo.planting.ground import Ground, talked_last


def _leaver(child: Child) -> CareLeaver:
    """The care-leaver row of a young person."""
    if child.leaver is None:
        raise ValueError(f"child {child.id} is no care leaver")
    return child.leaver


def _young(ground: Ground, family: Family) -> bool:
    """Under twenty-one, so that the care-leaver rules still ask."""
    born = family.children[0].born
    return born is not None and add_months(born, 12 * 21) > ground.day


def _young_and_closed(ground: Ground, family: Family) -> bool:
    """Under twenty-one, and the episode of need is over."""
    return _young(ground, family) and family.children[0].referral.close is not None


def pathway_plans(ground: Ground) -> None:
    """CL-04: plan reviewed more than six months ago; no date, or a date still to come, says nothing."""
    fits = partial(_young, ground)
    for family in ground.take(LEAVER, 0.10, "pathway plan", fits):
        child = family.children[0]
        reviewed = ground.day - ground.making.rng.randint(190, 330)
        _leaver(child).pathway = reviewed
        ground.expected.add(
            "CL-04",
            child,
            "",
            OVERDUE,
            add_months(reviewed, 6),
            "planted: pathway plan not reviewed in six months",
        )
    for ahead in (None, 21):
        for family in ground.take(LEAVER, 0.01, "pathway date", fits):
            child = family.children[0]
            _leaver(child).pathway = None if ahead is None else ground.day + ahead
            what = "no date" if ahead is None else "a date still to come"
            ground.expected.add(
                "CL-04", child, "", CANNOT_TELL, None, f"planted: {what} in the place of the last review"
            )


def keeping_in_touch(ground: Ground) -> None:
    """CL-07: no contact for more than eight weeks, whether or not the young person wants it; blank says nothing."""
    fits = partial(_young, ground)
    for in_touch, share in (("NO", 0.08), ("REFU", 0.02), ("NREQ", 0.01)):
        for family in ground.take(LEAVER, share, "out of touch", fits):
            child = family.children[0]
            contact = ground.day - ground.making.rng.randint(60, 150)
            _leaver(child).contact, _leaver(child).in_touch = contact, in_touch
            ground.expected.add(
                "CL-07", child, "", OVERDUE, contact + 56, "planted: no contact for more than eight weeks"
            )
    for family in ground.take(LEAVER, 0.01, "contact blank", fits):
        child = family.children[0]
        _leaver(child).contact = None
        ground.expected.add("CL-07", child, "", CANNOT_TELL, None, "planted: no contact date")


def supervision(ground: Ground) -> None:
    """SUP-08: not talked about for more than twelve weeks; and one never, whose case is closed, so that nobody can tell."""
    for family in ground.take(
        LEAVER, 0.08, "supervision", lambda f: _young(ground, f) and bool(f.children[0].notes)
    ):
        child = family.children[0]
        last = child.notes[-1]
        last.type = "Case Supervision"
        back = ground.day - ground.making.rng.randint(90, 150)
        talked_last(child, back)
        last.day = back
        child.notes.append(last)
        child.clock = None
        ground.expected.add(
            "SUP-08", child, "", OVERDUE, back + 84, "planted: care leaver not discussed in supervision"
        )
    for family in ground.take(LEAVER, 0.01, "never discussed", partial(_young_and_closed, ground)):
        child = family.children[0]
        child.notes.clear()
        child.actions.clear()
        ground.expected.add(
            "SUP-08", child, "", CANNOT_TELL, None, "planted: no supervision on record and no open episode"
        )


def a_death(ground: Ground) -> None:
    """No finding: a care leaver who has died stays on the list, and nothing more is asked."""
    if len(ground.kind(LEAVER)) < 12:
        return
    for family in ground.take(LEAVER, 0.0, "died", partial(_young, ground)):
        child = family.children[0]
        _leaver(child).in_touch, _leaver(child).contact, _leaver(child).pathway = "DIED", None, None
        talked_last(child, ground.day - 120)
        child.actions[:] = [action for action in child.actions if action.done is not None]


def eligible_plans(ground: Ground) -> None:
    """CL-04 for a looked-after child of sixteen or seventeen."""
    for family in ground.take(
        CLA, 0.01, "pathway plan", lambda f: any(c.leaver is not None for c in f.children), cast="sixteen"
    ):
        child = next(c for c in family.children if c.leaver is not None)
        reviewed = ground.day - ground.making.rng.randint(190, 280)
        _leaver(child).pathway = reviewed
        ground.expected.add(
            "CL-04",
            child,
            "",
            OVERDUE,
            add_months(reviewed, 6),
            "planted: eligible child's pathway plan not reviewed",
        )
