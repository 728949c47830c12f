"""Dates about children in care and care leavers that the council writes down itself, every one of them in time."""

from __future__ import annotations

from evenlode.demo.dates import add_wd, age_on, birthday, date_of, day_of, on_working_day
from evenlode.demo.facts import Care, CareEpisode, CareLeaver, Child, LegalStatus, Placement, Visit
from evenlode.demo.journeys import DISABILITY
from evenlode.demo.keeping.kept import HealthCheck
from evenlode.demo.keeping.plan_dates import open_children
from evenlode.demo.planting.ground import Ground

PLAN, OFFICER, EARLY, ASKED = (
    "personal education plan",
    "reviewing officer named",
    "early review asked",
    "visit requested",
)
PROCEEDINGS, EXTENSION = "care proceedings", "court extension"
NEEDS, ADVISER, HOME = "needs assessment", "adviser visit", "new accommodation"
FIRST, LATER, DENTAL = "Initial health assessment", "Review health assessment", "Dental check"


def in_care(ground: Ground, *, whole: bool = True) -> list[tuple[Child, Care]]:
    """Everybody looked after today, with the period of care; where it is to be whole, none that cannot be."""
    found = []
    for family in ground.families:
        for child in open_children(ground, family):
            care = child.open_care()
            if care is not None and not (whole and child.why.get("CLA-S1") == "silent"):
                found.append((child, care))
    return found


def young(child: Child, day: int) -> bool:
    """Under five on a day."""
    return child.born is not None and day < birthday(child.born, 5)


def health(ground: Ground) -> None:
    """A first assessment in twenty working days, then one every six months while under five, every twelve after that."""
    dice = ground.making.dice
    for child, care in in_care(ground):
        rows = ground.kept.health.setdefault(child.id, [])
        day, kind = on_working_day(care.entered + dice.randint(10, 25)), FIRST
        while day <= ground.day:
            rows.append(HealthCheck(child.id, kind, day))
            kind = LATER
            day = on_working_day(
                day + (dice.randint(150, 178) if young(child, day) else dice.randint(320, 360))
            )
        if rows and not young(child, ground.day):
            rows.append(HealthCheck(child.id, DENTAL, rows[-1].day))


def schooling_from(child: Child, care: Care) -> int | None:
    """From when an education plan counts: entry to care, or the fourth birthday; nothing for younger children."""
    return max(care.entered, birthday(child.born, 4)) if child.born is not None else None


def schooling(ground: Ground) -> None:
    """An education plan in ten working days, and one in every term after that."""
    dice = ground.making.dice
    for child, care in in_care(ground):
        since = schooling_from(child, care)
        if since is None or since > ground.day:
            continue
        days = [add_wd(since, dice.randint(4, 9))]
        while days[-1] <= ground.day:
            days.append(on_working_day(days[-1] + dice.randint(80, 100)))
        for day in days[:-1]:
            ground.kept.date(PLAN, child.id, done=day)


def reviewing(ground: Ground) -> None:
    """A reviewing officer named within a week; a few early reviews that were held, and visits that were made when asked for."""
    dice = ground.making.dice
    everybody = in_care(ground)
    for child, care in everybody:
        named = add_wd(care.entered, dice.randint(1, 5))
        if named <= ground.day:
            ground.kept.date(OFFICER, child.id, start=care.entered, done=named)
    reviewed = [
        (child, [r.held for r in care.reviews if r.held and not r.cancelled]) for child, care in everybody
    ]
    for child, held in [pair for pair in reviewed if len(pair[1]) > 1][: max(1, len(reviewed) // 25)]:
        ground.kept.date(EARLY, child.id, start=held[-1] - 12, done=held[-1])
    for child, care in everybody[: max(1, len(everybody) // 20)]:
        day = max((v.day for v in care.visits if v.seen == "Y"), default=None)
        if day is not None:
            ground.kept.date(ASKED, child.id, start=day, done=day)


def in_court(ground: Ground) -> None:
    """Proceedings from the interim order to the full one; where they take longer than 26 weeks the court has allowed it."""
    for child, _ in in_care(ground):
        orders = [s for s in child.legal if s.status == "C1"]
        for order in orders[-1:]:
            ground.kept.date(PROCEEDINGS, child.id, start=order.start, done=order.end)
            if order.end is None and order.start + 182 < ground.day:
                ground.kept.date(EXTENSION, child.id, due=ground.day + ground.making.dice.randint(20, 70))


def short_breaks(ground: Ground) -> None:
    """A few disabled children in a series of short breaks, visited as often as their own plan says."""
    give, dice = ground.making.ids.give, ground.making.dice
    families = [f for f in ground.families if f.kind == DISABILITY and f.touched != "died"]
    for family in families[: max(1, len(families) // 4)]:
        child = family.children[0]
        since = on_working_day(max(child.referral.day, ground.day - dice.randint(150, 400)))
        child.legal.append(LegalStatus(give("legal", "LS", 31000001), "V4", since, None))
        home = Placement(
            give("placement", "L", 81000001), since, None, "U6", give("provider", "SC", 100001), "PR1"
        )
        care = Care(
            give("care", "P", 61000001), since, child.referral.id, child.referral.need, short_break=True
        )
        care.placements.append(home)
        care.episodes.append(CareEpisode(give("care episode", "E", 71000001), home.id, since, "S"))
        every = dice.choice((60, 90))
        day = since + dice.randint(20, 50)
        while day <= ground.day:
            care.visits.append(Visit(on_working_day(day), "Y", "Y"))
            day += dice.randint(every - 25, every - 5)
        child.care.append(care)
        ground.kept.visit_every[child.id] = every


def leavers(ground: Ground) -> list[tuple[Child, CareLeaver]]:
    """Care leavers and eligible young people under 21 who are alive."""
    found = []
    for family in ground.families:
        for child in family.children:
            row = child.leaver
            if row is None or row.in_touch == "DIED" or child.died is not None or child.born is None:
                continue
            if birthday(child.born, 21) > ground.day:
                found.append((child, row))
    return found


def leaving(ground: Ground) -> None:
    """Needs assessed at sixteen; advisers' visits to the day of the last contact, every six weeks; homes visited at once."""
    dice = ground.making.dice
    for child, care in in_care(ground, whole=False):
        if child.born is None or age_on(child.born, ground.day) < 16:
            continue
        done = max(care.entered, birthday(child.born, 16)) + dice.randint(30, 60)
        if done <= ground.day:
            ground.kept.date(NEEDS, child.id, done=done)
    young_people = leavers(ground)
    for child, row in young_people:
        if child.adult and child.born is not None:
            ground.kept.date(NEEDS, child.id, done=birthday(child.born, 16) + dice.randint(30, 60))
        day = row.contact if row.contact is not None else ground.day - dice.randint(5, 40)
        for turn in range(4):
            ground.kept.date(ADVISER, child.id, done=day - 42 * turn)
    moved = [
        (child, row)
        for child, row in young_people
        if row.pathway is not None and row.contact is not None and row.pathway < row.contact <= ground.day
    ]
    for child, row in moved[: max(1, len(moved) // 12)]:
        home = row.pathway or 0
        ground.kept.date(HOME, child.id, start=home)
        ground.kept.date(ADVISER, child.id, done=home + 3 if home + 3 <= ground.day else home)


def next_term_end(day: int) -> int:
    """The end of the term after the one that a day falls in; terms end on 15 April, 31 August and 31 December."""
    year = date_of(day).year
    ends = [
        day_of(date_of(day).replace(year=year + ahead, month=month, day=last))
        for ahead in (0, 1)
        for month, last in ((4, 15), (8, 31), (12, 31))
    ]
    later = [end for end in ends if end >= day]
    return later[1]


def eligible_on(child: Child, care: Care) -> int | None:
    """When a young person of this one period of care became entitled: thirteen weeks since fourteen, at sixteen."""
    if child.born is None or len([c for c in child.care if not c.short_break]) > 1:
        return None
    return max(max(care.entered, birthday(child.born, 14)) + 91, birthday(child.born, 16))
