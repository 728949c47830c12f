"""What follows from the rows as they stand: late sign-offs, changes of worker, breakdowns, actions that drift; noted last."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from evenlode.demo.casemix import is_open
from evenlode.demo.dates import add_months, add_wd, age_on, on_working_day
from evenlode.demo.expected import BREACH, CANNOT_TELL, FLAG, OVERDUE
from evenlode.demo.facts import (
    CASE_DISCUSSION,
    CASE_SUPERVISION,
    Assessment,
    Care,
    Child,
    Family,
    Team,
    Worker,
)
from evenlode.demo.journeys import CIN, DISABILITY
from evenlode.demo.keeping.care_dates import in_care
from evenlode.demo.keeping.plan_dates import need_plan, open_children, own_plan
from evenlode.demo.keeping.work_dates import leads
from evenlode.demo.lives import add_assessment
from evenlode.demo.planting.ground import Ground
from evenlode.demo.workforce import ASSESSING, FRONT_DOOR

_UNPLANNED = {"ALLEG", "STAND", "CUSTOD", "APPRR", "CREQB", "CREQO", "CHILD", "LAREQ", "CLOSE"}
_FOR_GOOD = {"RC1", "RC2", "RC3", "RC4", "RC5", "RC6"}


def all_that_follows(ground: Ground) -> None:
    """Child by child, those of closed cases too."""
    for family in (*ground.families, *ground.closed):
        for child in family.children:
            if child.died is None and (child.leaver is None or child.leaver.in_touch != "DIED"):
                of_the_past(ground, child)
    for family in ground.families:
        for child in open_children(ground, family):
            _return_interviews(ground, child)
            _never_had_a_worker(ground, child)
            _changes_of_worker(ground, child)
            _actions(ground, child)
            _still_with_assessment(ground, child)
            _long_not_alone(ground, child)
            _assessed_again(ground, child)
    visits_not_happening(ground)
    for child, care in in_care(ground):
        _breakdowns(ground, child, care)
    _far_more_children(ground)


def of_the_past(ground: Ground, child: Child) -> None:
    """ASM-01 and CP-13: what is shown of things that are over."""
    _signed_late(ground, child)
    _closed_soon(ground, child)


def _signed_late(ground: Ground, child: Child) -> None:
    """ASM-01: assessments signed off in the last six months after more than 45 working days."""
    real = [a for a in child.assessments if a.authorised is None or a.authorised >= a.start]
    referred = {r.id: r.day for r in child.referrals}

    def first(row: Assessment) -> bool:
        """The first assessment of its referral."""
        same = [a for a in real if a.referral == row.referral]
        return row is min(same, key=lambda a: (a.start, int(a.id)))

    for row in real:
        if row.authorised is None or row.authorised > ground.day:
            continue
        counted_from = referred.get(row.referral, row.start) if first(row) else row.start
        if add_months(row.authorised, 6) > ground.day and row.authorised > add_wd(counted_from, 45):
            why = "published rate: length of assessments"
            ground.expected.add("ASM-01", child, row.id, FLAG, None, why)


def _closed_soon(ground: Ground, child: Child) -> None:
    """CP-13: closed less than three months after a protection plan ended, and less than three months ago."""
    if is_open(child, ground.day) or (child.born is not None and age_on(child.born, ground.day) >= 18):
        return
    ends = [
        p.end
        for p in child.cp_plans
        if p.end is not None and p.start <= p.end <= ground.day and not p.other_council
    ]
    if not ends:
        return
    ended = max(ends)
    for referral in child.referrals:
        close = referral.close
        if close is None or close > ground.day or close < referral.day or referral.reason in _FOR_GOOD:
            continue
        if ended <= close < add_months(ended, 3) and add_months(close, 3) > ground.day:
            why = "follows from how closed cases ended: three months of help at most after a plan"
            ground.expected.add("CP-13", child, referral.id, FLAG, None, why)


def _return_interviews(ground: Ground, child: Child) -> None:
    """CLA-M1: found in the last six months, and no interview was offered within three days."""
    for number, start, end, offered in child.missing:
        if offered == "N" and start <= end and end + 3 < ground.day < add_months(end, 6):
            why = "planted: no return interview offered"
            ground.expected.add("CLA-M1", child, number, BREACH, end + 3, why)


def _never_had_a_worker(ground: Ground, child: Child) -> None:
    """AL-08: no named worker since the referral."""
    if child.id not in ground.waiting:
        return
    first = child.referral.day
    named = [
        s
        for s in leads(child)
        if s.worker is not None and not s.worker.placeholder and (s.end is None or s.end > first)
    ]
    if not named:
        why = "planted: new referral given to nobody"
        ground.expected.add("AL-08", child, "", OVERDUE, add_wd(first, 1), why)


def _changes_of_worker(ground: Ground, child: Child) -> None:
    """CW-04: three changes of lead worker or more in twelve months; the first worker of an episode is none."""
    spells, changes = leads(child), 0
    for before, spell in pairwise(spells):
        if not ground.making.year_ago < spell.start <= ground.day or spell.start <= before.start:
            continue
        back = before.end is None or spell.start <= add_wd(before.end, 5)
        episode = child.referral.day
        new_episode = before.end is not None and before.end < episode <= spell.start
        changes += not (before.worker is spell.worker and back) and not new_episode
    if changes >= 3:
        why = child.why.get("CW-02", "follows from the changes of worker in the year")
        ground.expected.add("CW-04", child, "", BREACH, None, why)


def _actions(ground: Ground, child: Child) -> None:
    """ACT-03: open through more than three supervisions; DR-07: one that drifts, or half of what is open overdue."""
    talks = {
        note.day
        for note in child.notes
        if note.type in {CASE_SUPERVISION, CASE_DISCUSSION}
        and not note.state
        and child.referral.day <= note.day <= ground.day
    }
    undone = [action for action in child.actions if action.done is None]
    drifting = [action for action in undone if sum(day > action.day for day in talks) > 3]
    late = [a for a in undone if isinstance(a.target, int) and a.target < ground.day]
    for _ in drifting:
        ground.expected.add("ACT-03", child, "", FLAG, None, "planted: open through four supervisions")
    if undone and (drifting or 2 * len(late) >= len(undone)):
        ground.expected.add("DR-07", child, "", FLAG, None, "planted: actions stuck")


def homes_break_down(ground: Ground) -> None:
    """One child lost the last two homes because the carers asked for it."""
    for _, care in in_care(ground):
        ended = [
            home
            for place, home in enumerate(care.placements[:-1])
            if home.end is not None
            and not care.placements[place + 1].continues
            and not home.type.startswith("T")
            and add_months(home.end, 6) > ground.day
        ]
        if len(ended) >= 2:
            for home in ended:
                home.reason = "CREQB"
            return


def assessed_again(ground: Ground) -> None:
    """A child in need with two more assessments since the plan began, each signed off in time."""
    for family in ground.pick((CIN, DISABILITY), 0.005, partial(_long_in_need, ground)):
        for child in open_children(ground, family):
            for back in (230, 110):
                start = on_working_day(ground.day - back)
                row = add_assessment(ground.making, child, start, add_wd(start, 25))
                row.team, row.worker = child.assessments[0].team, child.assessments[0].worker


def _long_in_need(ground: Ground, family: Family) -> bool:
    """On a plan for nine months or more, and nothing else being assessed."""
    plan = need_plan(ground, family.children[0])
    settled = all(a.authorised is not None for child in family.children for a in child.assessments)
    return settled and plan is not None and (plan.start or ground.day) < ground.day - 270


def _breakdowns(ground: Ground, child: Child, care: Care) -> None:
    """CLA-R5 and CLA-S4: a home was lost unplanned and no review was held since; two were lost in six months."""
    held = [r.held for r in care.reviews if r.held is not None and not r.cancelled]
    ends: list[tuple[int, bool]] = []
    lately: list[bool] = []
    for place, home in enumerate(care.placements):
        following = care.placements[place + 1] if place + 1 < len(care.placements) else None
        goes_on = following is not None and following.continues
        if goes_on or home.end is None or not max(care.entered, home.start - 1) < home.end <= ground.day:
            continue
        if home.reason in {"PLACE", "CARPL"} or home.type.startswith("T"):
            continue
        if add_months(home.end, 6) > ground.day:
            lately.append(home.reason in _UNPLANNED)
        if not any(day >= home.end for day in held):
            ends.append((home.end, home.reason in _UNPLANNED))
    if len(lately) >= 2:
        status = BREACH if sum(lately) >= 2 else CANNOT_TELL
        why = "planted: two homes lost in six months"
        ground.expected.add("CLA-S4", child, care.id, status, None, why)
    known = min((day for day, unplanned in ends if unplanned), default=None)
    if known is not None and add_wd(known, 20) < ground.day:
        why = "planted: a home was lost, and no review since"
        ground.expected.add("CLA-R5", child, care.id, OVERDUE, add_wd(known, 20), why)
    elif ends and add_wd(min(ends)[0], 20) < ground.day:
        why = "planted: a home ended, nobody wrote down why"
        ground.expected.add("CLA-R5", child, care.id, CANNOT_TELL, None, why)


def _still_with_assessment(ground: Ground, child: Child) -> None:
    """AL-09: assessed, in need of more, and five working days later with an assessment team or with nobody."""
    signed = [a for a in child.assessments if a.authorised is not None and a.authorised <= ground.day]
    last = max(signed, key=lambda a: (a.authorised or 0, int(a.id)), default=None)
    if last is None or last.authorised is None or last.authorised < child.referral.day:
        return
    planned = child.open_cp_plan(ground.day) or child.open_cin_plan(ground.day) or child.open_care()
    if last.nfa and planned is None:
        return
    spell = child.lead(ground.day)
    worker = spell.worker if spell is not None else None
    named = worker is not None and worker.named(ground.day)
    due = add_wd(last.authorised, 5)
    since = ground.waiting.get(child.id)
    if named and spell is not None and spell.team.kind not in {ASSESSING, FRONT_DOOR}:
        return
    if due < ground.day and (since is None or since <= due):
        why = "planted: assessed, and not passed on to a long-term worker"
        ground.expected.add("AL-09", child, last.id, OVERDUE, due, why)


def _long_not_alone(ground: Ground, child: Child) -> None:
    """DR-10: nobody has seen the child alone for as long as three visits take."""
    old = child.born is None or age_on(child.born, ground.day) >= 4
    if child.expected is not None or not old:
        return
    every = [*child.cp_visits, *child.cin_visits, *(v for care in child.care for v in care.visits)]
    alone = max((v.day for v in every if v.alone == "Y" and v.day <= ground.day), default=0)
    perhaps = max((v.day for v in every if v.alone in {"Y", ""} and v.day <= ground.day), default=0)
    dues: list[int] = []
    maybes: list[int] = []
    for since, step in _intervals(ground, child):
        for last, found in ((alone, dues), (perhaps, maybes)):
            day = max(since, last)
            for _ in range(3):
                day = add_wd(day, step) if step < 42 else day + step
            found.append(day)
    if dues and min(dues) < ground.day:
        unsure = child.born is None or min(maybes) >= ground.day
        why = "planted: not seen alone for as long as three visits take"
        status, due = (CANNOT_TELL, None) if unsure else (FLAG, min(dues))
        ground.expected.add("DR-10", child, "", status, due, why)


def _intervals(ground: Ground, child: Child) -> list[tuple[int, int]]:
    """Since when each plan or period of care runs, and how often it asks for a visit: working days, or 42 days."""
    found: list[tuple[int, int]] = []
    plan = own_plan(ground, child)
    if plan is not None:
        found.append((plan.start, 10))
    found += [
        (p.start, 20)
        for p in child.cin_plans
        if p.start is not None and p.start <= ground.day and (p.end is None or p.end > ground.day)
    ]
    care = child.open_care()
    if care is not None:
        found.append((care.entered, 42))
    return found


def visits_not_happening(ground: Ground) -> None:
    """DR-09: a visit that is late by as long again; or nobody has seen the child for four weeks."""
    rows = list(ground.expected.findings)
    unseen = {(f.subject, f.record): f.due for f in rows if f.rule == "CP-08" and f.due is not None}
    children = {c.id: c for family in ground.families for c in family.children}
    told: set[tuple[str, str]] = set()
    for row in rows:
        if row.due is None or row.status != OVERDUE:
            continue
        again = _again(row.rule, row.due)
        key = (row.subject, row.record)
        if again is not None and again < ground.day:
            told.add(key)
            why = "planted: two visits missed one after another"
            ground.expected.add("DR-09", children[row.subject], row.record, FLAG, again, why)
    for key, due in unseen.items():
        if key not in told:
            why = "planted: seen by nobody for four weeks"
            ground.expected.add("DR-09", children[key[0]], key[1], FLAG, due, why)


def _again(rule: str, due: int) -> int | None:
    """When the next visit would have been due after one that was not made."""
    if rule in {"CP-05", "CIN-02"}:
        return add_wd(due, 10 if rule == "CP-05" else 20)
    if rule == "CLA-V4":
        return add_months(due, 3)
    days = {"CLA-V1": 42, "CLA-V2": 42, "CLA-V3": 42, "CLA-V7": 28}.get(rule)
    return due + days if days is not None else None


def _assessed_again(ground: Ground, child: Child) -> None:
    """DR-03a: assessed three times or more in two years."""
    lately = [
        a
        for a in child.assessments
        if (a.authorised is None or a.authorised >= a.start)
        and a.start <= ground.day < add_months(a.start, 24)
    ]
    if len(lately) >= 3:
        why = "follows from the referrals and plans of this child"
        ground.expected.add("DR-03a", child, "", FLAG, None, why)


def _far_more_children(ground: Ground) -> None:
    """DR-18a: a quarter more children than three in four of the team hold."""
    held: dict[Worker, int] = {}
    for family in ground.families:
        for child in family.children:
            gone = child.died is not None or (child.leaver is not None and child.leaver.in_touch == "DIED")
            spell = child.lead(ground.day)
            worker = spell.worker if spell is not None else None
            if gone or worker is None or not (is_open(child, ground.day) or child.leaver is not None):
                continue
            held[worker] = held.get(worker, 0) + 1
    teams: dict[Team, list[Worker]] = {}
    for worker in held:
        if not worker.placeholder:
            teams.setdefault(worker.team, []).append(worker)
    for workers in teams.values():
        caseloads = sorted(held[w] for w in workers)
        quartile = caseloads[-(-3 * len(caseloads) // 4) - 1]
        for worker in workers:
            if len(workers) >= 4 and 100 * held[worker] > 125 * quartile:
                why = f"follows from who holds whom: {held[worker]} children, three in four hold {quartile} at most"
                ground.expected.add_worker("DR-18a", worker, why, FLAG)
