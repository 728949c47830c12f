"""Dates about referrals, assessments and plans that the council writes down itself: meetings, looks, minutes, reports."""

from __future__ import annotations

from evenlode.demo.casemix import is_open
from evenlode.demo.dates import add_months, add_wd, age_on, on_working_day, wd_before
from evenlode.demo.facts import Child, CinPlan, CpPlan, Family, Visit
from evenlode.demo.journeys import CIN, DISABILITY
from evenlode.demo.planting.ground import Ground

DECISION, LOOK, STRATEGY = "referral decision", "assessment checkpoint", "strategy discussion"
CORE_GROUP, REPORT = "core group", "conference report"
SEEN_ELSEWHERE = "seen by another agency"
MEETING, REVIEW, MINUTES, TOLD = "planning meeting", "cin review", "review minutes", "not seen alone reported"
ORDER, ORDER_REVIEW = "supervision order", "supervision order review"


def open_children(ground: Ground, family: Family) -> list[Child]:
    """The children of a family who are open today."""
    return [child for child in family.children if is_open(child, ground.day)]


def front_door(ground: Ground) -> None:
    """Decisions within a working day, looks at running assessments by day 10 and day 25, strategy discussions at once."""
    for family in ground.families:
        turn = ground.making.dice.randint(0, 1)
        early, later = ground.making.dice.randint(5, 9), ground.making.dice.randint(18, 25)
        for child in open_children(ground, family):
            _done_by(ground, DECISION, child, child.referral.day, add_wd(child.referral.day, turn))
            for row in child.assessments:
                if row.authorised is None:
                    for days in (early, later):
                        _done_by(ground, LOOK, child, row.start, add_wd(row.start, days))
            for enquiry in child.enquiries:
                if ground.making.year_ago < enquiry.start <= ground.day:
                    _done_by(ground, STRATEGY, child, enquiry.start, enquiry.start)


def _done_by(ground: Ground, kind: str, child: Child, start: int, day: int) -> None:
    """A date that was done on a day, if that day has come."""
    if day <= ground.day:
        ground.kept.date(kind, child.id, start=start, done=day)


def own_plan(ground: Ground, child: Child) -> CpPlan | None:
    """The open child protection plan that is this council's own."""
    plan = child.open_cp_plan(ground.day) if is_open(child, ground.day) else None
    return plan if plan is not None and not plan.other_council else None


def protection(ground: Ground) -> None:
    """Core groups: the first within ten working days, the others within thirty, the next one planned; reports shared in time."""
    dice = ground.making.dice
    for family in ground.families:
        plan = own_plan(ground, family.children[0])
        if plan is None:
            continue
        days = [add_wd(plan.start, dice.randint(6, 10))]
        while days[-1] <= ground.day:
            days.append(add_wd(days[-1], dice.randint(22, 30)))
        for child in open_children(ground, family):
            for day in days[:-1]:
                ground.kept.date(CORE_GROUP, child.id, done=day)
            ground.kept.date(CORE_GROUP, child.id, due=days[-1])
            _reports(ground, child)


def sightings(ground: Ground) -> None:
    """Who is on a protection plan was seen by a school or health visitor last week or the week before, and months ago."""
    for family in ground.families:
        for child in open_children(ground, family):
            if own_plan(ground, child) is None or child.expected is not None:
                continue
            lately = wd_before(ground.day, 3 + int(child.id) % 7)
            for day in (wd_before(lately, 60), lately):
                if child.born is None or child.born <= day:
                    ground.kept.date(SEEN_ELSEWHERE, child.id, done=day)


def _reports(ground: Ground, child: Child) -> None:
    """Reports to the conferences of the last half year, and to the next review if it is near."""
    plan = own_plan(ground, child)
    if plan is None:
        return
    recent = add_months(ground.day, -6)
    if plan.start > recent:
        ground.kept.date(REPORT, child.id, start=plan.start, done=wd_before(plan.start, 3))
    for review in child.cp_reviews:
        if review.of == plan.id and review.held is not None and review.held > recent:
            ground.kept.date(REPORT, child.id, start=review.held, done=wd_before(review.held, 6))


def need_plan(ground: Ground, child: Child) -> CinPlan | None:
    """The open child in need plan of an open child."""
    return child.open_cin_plan(ground.day) if is_open(child, ground.day) else None


def meeting_base(child: Child, plan: CinPlan) -> int:
    """From when the first meeting counts: the assessment of this referral before the plan, else the plan's start."""
    start = plan.start or 0
    signed = [
        a.authorised
        for a in child.assessments
        if a.referral == plan.referral and a.authorised is not None and a.authorised <= start
    ]
    return max(signed, default=start)


def need(ground: Ground) -> None:
    """A first meeting in ten working days, a review every three months, its minutes in a week, the next one planned."""
    dice = ground.making.dice
    for family in ground.families:
        plan = need_plan(ground, family.children[0])
        if plan is None or plan.start is None:
            continue
        first = dice.randint(5, 10)
        reviews = [on_working_day(plan.start + dice.randint(70, 88))]
        while reviews[-1] <= ground.day:
            reviews.append(on_working_day(reviews[-1] + dice.randint(70, 88)))
        sent = dice.randint(1, 5)
        for child in open_children(ground, family):
            mine = need_plan(ground, child)
            if mine is None:
                continue
            _done_by(
                ground, MEETING, child, meeting_base(child, mine), add_wd(meeting_base(child, mine), first)
            )
            for day in reviews[:-1]:
                ground.kept.date(REVIEW, child.id, done=day)
                _done_by(ground, MINUTES, child, day, add_wd(day, sent))
            ground.kept.date(REVIEW, child.id, due=reviews[-1])
            _seen_alone_last(ground, child, mine)


def last_need_visit(ground: Ground, child: Child, plan: CinPlan) -> Visit | None:
    """The last visit under a child in need plan, to a child who is old enough to be seen alone."""
    if child.born is None or age_on(child.born, ground.day) < 4 or plan.start is None:
        return None
    since = max(plan.start, child.born)
    visits = [visit for visit in child.cin_visits if since <= visit.day <= ground.day]
    return max(visits, key=lambda visit: (visit.day, visit.alone), default=None)


def _seen_alone_last(ground: Ground, child: Child, plan: CinPlan) -> None:
    """Seen alone at the last visit; or not yet, and then a manager was told at once and there is time to go again."""
    visit = last_need_visit(ground, child, plan)
    if visit is None:
        return
    for earlier in child.cin_visits:
        if ground.making.year_ago < earlier.day < visit.day and (earlier.seen, earlier.alone) == ("Y", "N"):
            ground.kept.date(TOLD, child.id, start=earlier.day, done=earlier.day)
    if visit.seen != "Y" or visit.alone == "Y":
        return
    if add_wd(visit.day, 5) >= ground.day:
        ground.kept.date(TOLD, child.id, start=visit.day, done=visit.day)
    else:
        visit.alone = "Y"


def supervision_orders(ground: Ground) -> None:
    """A few children in need under a supervision order, reviewed within four weeks of it."""
    plans = [
        (plan.start, family)
        for family in ground.families
        if family.kind in {CIN, DISABILITY}
        for plan in [need_plan(ground, family.children[0])]
        if plan is not None and plan.start is not None
    ]
    plans.sort(key=lambda pair: (pair[0], pair[1].id))
    for start, family in plans[: max(2, len(plans) // 30)]:
        made = on_working_day(max(start, ground.day - ground.making.dice.randint(110, 150)))
        for child in open_children(ground, family):
            ground.kept.date(ORDER, child.id, start=made, due=add_months(made, 12))
            _done_by(ground, ORDER_REVIEW, child, made, made + 27)
