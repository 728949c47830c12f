"""Who leads which family today, and who led it before: every child allocated, nobody too full, at most two workers in a year."""

from __future__ import annotations

from evenlode.demo import published
from evenlode.demo.casemix import family_load, points
from evenlode.demo.dates import age_on
from evenlode.demo.facts import Child, Family, Spell, Team, Worker
from evenlode.demo.journeys import ASSESSMENT, CIN, CP, LEAVER, REFERRAL
from evenlode.demo.making import Making
from evenlode.demo.workforce import (
    ASSESSING,
    IN_CARE,
    MANAGER_TITLES,
    SAFEGUARDING,
    TEAM_OF_KIND,
    TEENAGERS,
    Recruiter,
    Workforce,
    worker_at,
)

OVERLOADED, OVERLOADED_NOVICE, JOINT = "overloaded", "overloaded novice", "joint worker"


def team_kind(family: Family, as_at: int) -> str:
    """The kind of team that a family's present status belongs to; teenagers in need have a team of their own."""
    teenagers = all(c.born is not None and age_on(c.born, as_at) >= 13 for c in family.children)
    if family.kind == CIN and (family.cast == "teen" or teenagers):
        return TEENAGERS
    return TEAM_OF_KIND[family.kind]


class Caseloads:
    """Gives each family a worker in the right kind of team, the least busy one who may have it."""

    def __init__(self, making: Making, workforce: Workforce, recruiter: Recruiter, *, fixed: bool) -> None:
        """Remember who may be given work; `fixed` means that nobody more may be hired."""
        self.making, self.workforce, self.recruiter, self.fixed = making, workforce, recruiter, fixed
        self._staff: dict[str, list[Worker]] = {}
        for team in workforce.teams:
            self._staff.setdefault(team.kind, []).extend(w for w in team.workers if self._may_lead(w))

    def _may_lead(self, worker: Worker) -> bool:
        """Current staff who hold cases: no managers, placeholders or leavers."""
        return worker.left is None and not worker.placeholder and worker.title not in MANAGER_TITLES

    def _fits(self, worker: Worker, family: Family, load: int, *, strict: bool) -> bool:
        """May this worker have this family: experience, time in post, and room."""
        day = self.making.as_at
        novice = worker.newly_qualified(day)
        strong = worker.team.kind == SAFEGUARDING and worker.team is self.workforce.of_kind(SAFEGUARDING)[0]
        if (novice and family.kind == CP) or (family.cast and strong):
            return False
        if family.cast == "drifting" and worker.team not in self.workforce.of_kind(SAFEGUARDING)[2:]:
            return False
        if worker.started > family.handover and family.handover > self.making.year_ago:
            return False
        if worker.started > day - 12 and worker.started > family.handover:
            return False
        capacity = worker.capacity(day)
        return not strict or (worker.load + load) * 100 <= capacity * worker.target

    def _choose(self, family: Family, kind: str, load: int) -> Worker:
        """The least busy worker who may have the family; if nobody has room, somebody new or the least busy of all."""
        staff = self._staff[kind]
        for strict in (True, False):
            able = [w for w in staff if self._fits(w, family, load, strict=strict)]
            if able:
                day = self.making.as_at
                return min(able, key=lambda w: (w.load / (w.capacity(day) * w.target), w.id))
            if strict and not self.fixed:
                team = min(self.workforce.of_kind(kind), key=lambda t: (len(t.workers), t.id))
                title = "Personal Adviser" if family.kind == LEAVER else "Social Worker"
                new = self.recruiter.hire(team, title, (9.0, 12.0))
                staff.append(new)
                return new
        return staff[0]

    def allocate(self, families: list[Family]) -> None:
        """Give every family its worker, the overloaded workers of the story first, and write down the spells."""
        day = self.making.as_at
        waiting = [f for f in families if not f.cast.startswith("novice")]
        self.making.rng.shuffle(waiting)
        novices = [f for f in families if f.cast.startswith("novice")]
        for family in novices:
            self._give_to_novice(family)
        for worker in self._cast_overloaded(families):
            kind, taken = worker.team.kind, []
            for family in waiting:
                if worker.load * 100 >= worker.capacity(day) * worker.target:
                    break
                if (
                    team_kind(family, self.making.as_at) == kind
                    and family.cast != "waiting"
                    and self._fits(worker, family, 0, strict=False)
                ):
                    self._give(family, worker)
                    taken.append(family)
            waiting = [family for family in waiting if family not in taken]
        for family in waiting:
            load = family_load([points(child, day) for child in family.children])
            self._give(family, self._choose(family, team_kind(family, self.making.as_at), load))

    def _cast_overloaded(self, families: list[Family]) -> list[Worker]:
        """The workers whom the story overloads: one or more in each failing team, a newly qualified one among them."""
        rng, day, chosen = self.making.rng, self.making.as_at, []
        for kind, place in ((ASSESSING, 0), (SAFEGUARDING, 2)):
            team = self.workforce.of_kind(kind)[place]
            many = sum(1 for f in families if team_kind(f, day) == kind)
            able = [w for w in team.workers if self._may_lead(w) and w.fte_tenths >= 8]
            novices = sorted((w for w in able if w.newly_qualified(day)), key=lambda w: w.started)
            if kind == ASSESSING and many >= 18:
                for worker in novices[:1]:
                    worker.target, worker.casts = 107, OVERLOADED_NOVICE
                    chosen.append(worker)
            tried = [w for w in able if w not in novices and w.started < day - 200]
            if many >= 35:
                for worker in tried[-1 - many // 400 :]:
                    worker.target, worker.casts = rng.randint(117, 140), OVERLOADED
                    chosen.append(worker)
        return chosen

    def _give_to_novice(self, family: Family) -> None:
        """The story's newly qualified workers who lead child protection plans, some of them with a joint worker."""
        day = self.making.as_at
        novices = [
            w for t in self.workforce.of_kind(SAFEGUARDING)[2:] for w in t.workers if w.newly_qualified(day)
        ]
        if not novices:
            family.cast = "settled"
            self._give(family, self._choose(family, SAFEGUARDING, 0))
            return
        worker = min(novices, key=lambda w: (w.load / w.capacity(day), w.started, w.id))
        family.handover = min(max(family.handover, worker.started + 1), day)
        self._give(family, worker)
        if family.cast == "novice-joint":
            helper = next(w for w in worker.team.workers if self._may_lead(w) and not w.newly_qualified(day))
            helper.casts = helper.casts or JOINT
            for child in family.children:
                add_spell(
                    self.making, child, helper, family.handover, None, role="CO-WORKER", reason="OTHERS"
                )
                helper.load += points(child, day) // 4

    def _give(self, family: Family, worker: Worker) -> None:
        """Make a worker the lead for every child of a family, with the spells that went before."""
        worker.load += family_load([points(child, self.making.as_at) for child in family.children])
        write_spells(self.making, self.workforce, family, worker)


def add_spell(
    making: Making,
    child: Child,
    worker: Worker | None,
    start: int,
    end: int | None,
    *,
    role: str = "CW",
    reason: str = "",
    team: Team | None = None,
) -> Spell:
    """One involvement row."""
    where = team if team is not None or worker is None else worker.team
    if where is None:
        raise ValueError("a spell needs a team")
    spell = Spell(
        making.ids.give("involvement", "", 33000001),
        worker,
        role,
        where,
        start,
        end,
        reason,
        child.referral.id,
    )
    child.spells.append(spell)
    return spell


def write_spells(making: Making, workforce: Workforce, family: Family, lead: Worker) -> None:
    """The whole line of workers of a family: assessment, then whoever has it now, with one more long ago where needed."""
    if family.kind == LEAVER:
        _write_leaver_spells(making, workforce, family, lead)
        return
    start, handover = family.children[0].referral.day, family.handover
    before: list[tuple[Worker, int, int]] = []
    if family.kind not in {REFERRAL, ASSESSMENT} and handover > start:
        before.append((worker_at(making, workforce, ASSESSING, start, handover), start, handover))
    if lead.started > handover:
        moved = min(lead.started + making.rng.randint(1, 10), making.as_at)
        before.append((worker_at(making, workforce, lead.team.kind, handover, moved), handover, moved))
        handover = moved
    for child in family.children:
        for worker, begin, end in before:
            add_spell(making, child, worker, begin, end, reason=_reason(making))
        add_spell(making, child, lead, handover, None)
        write_past_spells(making, workforce, child, before[0][0] if before else lead)


def _write_leaver_spells(making: Making, workforce: Workforce, family: Family, adviser: Worker) -> None:
    """A social worker until eighteen and a personal adviser from some months before."""
    child = family.children[0]
    care, leaver = child.care[0], child.leaver
    eighteen = care.episodes[-1].end
    if eighteen is None or leaver is None:
        return
    worker = worker_at(making, workforce, IN_CARE, care.entered, eighteen)
    add_spell(making, child, worker, care.entered, eighteen, reason="TSPROC")
    add_spell(
        making, child, adviser, min(max(family.handover, adviser.started), making.as_at), None, role="16PLUS"
    )
    leaver.adviser, leaver.team = adviser, adviser.team


def write_past_spells(making: Making, workforce: Workforce, child: Child, assessor: Worker | None) -> None:
    """Workers of the closed episodes; where one is recent, the family came back to the same assessment worker."""
    for referral in child.referrals:
        if referral.close is None or referral.close <= referral.day:
            continue
        recent = referral.close > making.year_ago
        if recent and assessor is not None and assessor.started <= referral.day:
            worker = assessor
        else:
            worker = worker_at(making, workforce, ASSESSING, referral.day, referral.close)
        middle = referral.close
        if child.cp_plans or child.cin_plans:
            begun = [plan.start for plan in child.cp_plans if plan.referral == referral.id]
            begun += [
                plan.start
                for plan in child.cin_plans
                if plan.referral == referral.id and plan.start is not None
            ]
            middle = min([*begun, referral.close])
        spell = add_spell(making, child, worker, referral.day, middle, reason=_reason(making))
        spell.referral = referral.id
        if middle < referral.close:
            long_term = worker_at(making, workforce, SAFEGUARDING, middle, referral.close)
            add_spell(making, child, long_term, middle, referral.close).referral = referral.id


def _reason(making: Making) -> str:
    """Why a worker changed: mostly at the usual point of transfer."""
    return making.rng.choice(("TSPROC", "TSPROC", "TSPROC", "FCONTA", "MANAGE", "LEFTRL"))


def posts_needed(families: list[Family], as_at: int) -> dict[str, int]:
    """Case-holding posts for each kind of team, at about four fifths of what a worker can hold; more room for teenagers."""
    loads: dict[str, int] = {}
    for family in families:
        kind = team_kind(family, as_at)
        loads[kind] = loads.get(kind, 0) + family_load([points(child, as_at) for child in family.children])
    usual = 85 * 100 * published.FULL_TIME_SHARE * 0.8
    return {
        kind: max(1, round(load / usual * (1.7 if kind == TEENAGERS else 1))) for kind, load in loads.items()
    }
