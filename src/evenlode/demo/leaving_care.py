"""Young people who have left care: their past in care, their pathway plan and the adviser who keeps in touch."""

from __future__ import annotations

from evenlode.demo import names, published
from evenlode.demo.care import make_care
from evenlode.demo.dates import birthday, wd_before
from evenlode.demo.facts import CareLeaver, Clock, Family
from evenlode.demo.journeys import CLA, LEAVER, Journey
from evenlode.demo.lives import add_assessment, add_referral
from evenlode.demo.making import Making
from evenlode.demo.people import new_child

_IN_TOUCH, _IN_TOUCH_WEIGHTS = ("YES", "NO", "REFU", "NREQ"), (92, 4, 2, 2)
_HOMES, _HOME_WEIGHTS = ("U", "K", "Z", "B", "E", "T", "X", "S"), (34, 14, 16, 12, 8, 10, 4, 2)
_DAYS, _DAY_WEIGHTS = ("F1", "F2", "P2", "F4", "F5", "P5", "G4", "G5", "G6"), (6, 20, 6, 6, 16, 6, 12, 22, 6)


def leaver_family(making: Making) -> Family:
    """One young person of 18 to 24 who left care, in touch and with a reviewed plan."""
    rng, as_at = making.rng, making.as_at
    age_days = rng.randint(6590, 7640) if rng.random() < 0.82 else rng.randint(7700, 9000)
    child = new_child(making, rng.choice(names.CHILD_SURNAMES), as_at - age_days)
    child.adult = True
    eighteen = birthday(as_at - age_days, 18)
    entered = wd_before(eighteen - rng.randint(400, 2400), 0)
    referral = add_referral(making, child, wd_before(entered - rng.randint(2, 60), 0), None, "N1")
    add_assessment(making, child, referral.day, min(entered, referral.day + 40))
    make_care(making, child, Journey(CLA, "", referral.day, entered=entered), eighteen)
    if rng.random() < 0.5:
        referral.close, referral.reason = min(eighteen + rng.randint(0, 60), as_at - 1), "RC7"
    in_touch = rng.choices(_IN_TOUCH, _IN_TOUCH_WEIGHTS)[0]
    child.leaver = CareLeaver(
        id=making.ids.give("leaver", "CL", 21000001),
        eligibility="Former Relevant",
        in_touch=in_touch,
        contact=as_at - rng.randint(0, 50),
        pathway=as_at - rng.randint(3, 170),
        adviser=None,
        team=None,
        accommodation=rng.choices(_HOMES, _HOME_WEIGHTS)[0],
        suitable="1" if rng.random() < published.SUITABLE else "2",
        activity=rng.choices(_DAYS, _DAY_WEIGHTS)[0],
    )
    child.clock = Clock("SUP-08", 84, eighteen)
    family = Family(making.ids.give("family", "FAM", 20001), LEAVER, [child])
    family.handover = max(eighteen - rng.randint(30, 400), entered + 30)
    return family
