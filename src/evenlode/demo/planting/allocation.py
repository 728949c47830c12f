"""Children without a worker, with a worker who has left or is away, with a manager for a worker, or with too many workers."""

from __future__ import annotations

from functools import partial

from evenlode.demo.caseloads import add_spell
from evenlode.demo.dates import add_months, add_wd, on_working_day, wd_before
from evenlode.demo.expected import BREACH, CANNOT_TELL, FLAG, OVERDUE
from evenlode.demo.facts import Child, Family, Worker
from evenlode.demo.journeys import CIN, CLA, CP, DISABILITY, REFERRAL
from evenlode.demo.planting.ground import Ground, Test, lead_spell
from evenlode.demo.published import THREE_WORKERS
from evenlode.demo.workforce import ASSESSING, IN_CARE, MANAGER_TITLES, SAFEGUARDING, worker_at


def expect_unallocated(ground: Ground, child: Child, since: int, why: str) -> None:
    """AL-01, and AL-04 once two weeks have gone by."""
    ground.waiting[child.id] = since
    ground.expected.add("AL-01", child, "", BREACH, None, why)
    if since + 14 < ground.day:
        ground.expected.add("AL-04", child, "", OVERDUE, since + 14, why)


def held_by_leaver(ground: Ground) -> None:
    """A baby on a child protection plan, and another family, still held by a worker who has left."""
    team = ground.workforce.of_kind(SAFEGUARDING)[2]
    turns: tuple[tuple[str, float, Test], ...] = (
        (CP, 0.0, partial(_baby, ground)),
        (CIN, 0.004, partial(_led_for, ground, 45)),
    )
    for kind, share, fits in turns:
        for family in ground.take(kind, share, "held by a leaver", fits, team=team):
            leaver = ground.recruiter.hire(team, "Social Worker", (9.0, 11.0))
            leaver.left = wd_before(ground.day, ground.making.rng.randint(16, 30))
            if kind == CIN and team.manager is not None:
                # Two people of one name: the staff number tells them apart, the name never does.
                leaver.name = team.workers[1].name
            why = "planted: still allocated to a worker who has left"
            for child in family.children:
                lead_spell(child, ground.day).worker = leaver
                lead_spell(child, ground.day).team = team
                expect_unallocated(ground, child, leaver.left, why)
            ground.tell("held by a leaver", f"{family.children[0].id} ({leaver.name}, worker {leaver.id})")


def _baby(ground: Ground, family: Family) -> bool:
    """A baby on a plan, led by the same worker for some weeks."""
    return family.cast == "baby" and lead_spell(family.children[0], ground.day).start < ground.day - 45


def _led_for(ground: Ground, days: int, family: Family) -> bool:
    """Led by the same worker for some days; workers who were overloaded on purpose are to stay so."""
    spell = lead_spell(family.children[0], ground.day)
    return spell.worker is not None and not spell.worker.casts and spell.start < ground.day - days


def duty_team(ground: Ground) -> None:
    """Handed to the duty team, or to a team without any name: nobody's."""
    for share, named in ((0.012, True), (0.008, False)):
        for family in ground.take(CIN, share, "duty", partial(_led_for, ground, 60)):
            since = on_working_day(ground.day - ground.making.rng.randint(5, 40))
            for child in family.children:
                spell = lead_spell(child, ground.day)
                spell.end, spell.reason = since, "LEFTRL"
                worker = ground.workforce.duty if named else None
                add_spell(ground.making, child, worker, since, None, team=spell.team)
                why = (
                    "planted: held by 'Duty Team', which is nobody"
                    if named
                    else "planted: allocated to a team, with no worker named"
                )
                expect_unallocated(ground, child, since, why)


def never_allocated(ground: Ground) -> None:
    """A referral of some days ago that nobody has been given."""
    earlier = wd_before(ground.day, 4)
    for family in ground.take(REFERRAL, 0.10, "never allocated", partial(_known, ground)):
        for child in family.children:
            child.referral.day = min(child.referral.day, earlier)
            start = child.referral.day
            child.spells[:] = [spell for spell in child.spells if spell.end is not None]
            child.notes.clear()
            child.actions.clear()
            if add_wd(start, 1) < ground.day:
                expect_unallocated(ground, child, start, "planted: new referral given to nobody")


def _known(ground: Ground, family: Family) -> bool:
    """Known for some days; or known from this referral alone, so that it may have come some days earlier."""
    alone = all(len(child.referrals) == 1 for child in family.children)
    return _led_for(ground, 3, family) or (alone and _led_for(ground, -1, family))


def absent_workers(ground: Ground) -> None:
    """AL-12: a worker off sick whose children nobody covers; one whose children are covered; one only just away."""
    teams = ground.workforce.of_kind(SAFEGUARDING)[1:]
    staff = [w for team in teams for w in team.workers if _usual(ground, w)]
    held = _families_by_worker(ground)
    able = [w for w in staff if len(held.get(w, [])) >= 2]
    able.sort(key=lambda w: (-sum(f.kind == CP for f in held[w]), w.id))
    away = able[: 3 + len(staff) // 60]
    helpers = sorted(
        (w for w in staff if w not in away), key=lambda w: (w.load / w.capacity(ground.day), w.id)
    )
    for turn, worker in enumerate(away):
        covered, just_away = turn == 1, turn == 2
        worker.absent_from = wd_before(ground.day, 2 if just_away else ground.making.rng.randint(13, 30))
        worker.absence_reason = ground.making.rng.choice(("Sickness", "Sickness", "Maternity leave"))
        for family in held[worker]:
            family.touched = family.touched or "worker absent"
            if covered and helpers:
                _cover(ground, family, worker, helpers[0])
            else:
                _expect_absence(ground, family, worker.absent_from)
        if not covered and not just_away:
            ground.tell("absent worker", f"{worker.name} (worker {worker.id})")


def _usual(ground: Ground, worker: Worker) -> bool:
    """An experienced social worker who is in post and has no other part in the story."""
    return (
        worker.title in {"Social Worker", "Senior Practitioner"}
        and worker.left is None
        and worker.absent_from is None
        and not worker.casts
        and not worker.newly_qualified(ground.day)
    )


def _families_by_worker(ground: Ground) -> dict[Worker, list[Family]]:
    """Each worker's families today."""
    held: dict[Worker, list[Family]] = {}
    for family in ground.families:
        spell = family.children[0].lead(ground.day)
        if spell is not None and spell.worker is not None:
            held.setdefault(spell.worker, []).append(family)
    return held


def _cover(ground: Ground, family: Family, absent: Worker, helper: Worker) -> None:
    """Somebody present works alongside, so the children are not left alone."""
    for child in family.children:
        start = max(absent.absent_from or ground.day, lead_spell(child, ground.day).start)
        add_spell(ground.making, child, helper, start, None, role="CO-WORKER", reason="ABSENC")


def _expect_absence(ground: Ground, family: Family, away: int) -> None:
    """Three working days for children on plans or in care, ten for others."""
    for child in family.children:
        if child.died is not None:
            continue
        high = child.open_cp_plan(ground.day) is not None or child.open_care() is not None
        due = add_wd(away, 3 if high else 10)
        if due < ground.day:
            ground.expected.add(
                "AL-12", child, "", OVERDUE, due, "planted: lead worker absent and nobody covers"
            )


def led_by_manager(ground: Ground) -> None:
    """AL-14: the team manager holds a child's case."""
    for kind, share in ((CIN, 0.008), (DISABILITY, 0.03)):
        for family in ground.take(kind, share, "led by a manager", partial(_manager_fits, ground)):
            for child in family.children:
                spell = lead_spell(child, ground.day)
                if spell.team.manager is not None:
                    spell.worker = spell.team.manager
                ground.expected.add(
                    "AL-14", child, "", FLAG, None, "planted: the team manager is the allocated worker"
                )


def _manager_fits(ground: Ground, family: Family) -> bool:
    """The manager is at work (and is not the one who will be away) and was already there when the spell began."""
    spell = lead_spell(family.children[0], ground.day)
    manager = spell.team.manager
    if spell.team is ground.workforce.of_kind(SAFEGUARDING)[1]:
        return False
    return manager is not None and manager.present(ground.day) and manager.started <= spell.start


def many_workers(ground: Ground) -> None:
    """CW-02: three or more workers in a year, as often as England's children in care have it, and at short notice elsewhere."""
    heron = ground.workforce.of_kind(IN_CARE)[1]
    # A change of worker goes with any other problem, so these families need not be untouched.
    cared_for = ground.kind(CLA)
    able = [
        family for family in cared_for if lead_spell(family.children[0], ground.day).start < ground.day - 110
    ]
    share = THREE_WORKERS * _children(cared_for) / max(1, _children(able))
    for family in able:
        often = 1.35 if lead_spell(family.children[0], ground.day).team is heron else 0.8
        if ground.making.rng.random() < share * often:
            _pass_around(
                ground,
                family,
                "published rate: 27 % of looked-after children had three or more workers, la_cla_swcount 2024",
            )
    for kind in (CIN, CP):
        for family in ground.take(kind, 0.02, "short notice", partial(_led_for, ground, 110)):
            _pass_around(ground, family, "planted: workers changed at short notice")
            ground.tell("short notice", family.children[0].id)


def _children(families: list[Family]) -> int:
    """How many children these families have."""
    return sum(len(family.children) for family in families)


def _pass_around(ground: Ground, family: Family, why: str) -> None:
    """Two other workers held the family for some weeks in the last twelve months, before it came back."""
    first = lead_spell(family.children[0], ground.day)
    begin = max(first.start, add_months(ground.day, -12)) + ground.making.rng.randint(20, 40)
    middle = on_working_day(begin + ground.making.rng.randint(12, 30))
    end = on_working_day(middle + ground.making.rng.randint(10, 28))
    begin = on_working_day(begin)
    others: list[Worker] = []
    kind = first.team.kind if first.team.kind != ASSESSING else SAFEGUARDING
    for _ in range(40):
        worker = worker_at(ground.making, ground.workforce, kind, begin, end)
        if worker not in others and worker is not first.worker and worker.title not in MANAGER_TITLES:
            others.append(worker)
        if len(others) == 2:
            break
    if len(others) < 2:
        return
    for child in family.children:
        spell = lead_spell(child, ground.day)
        spell.end, spell.reason = begin, "LEFTRL"
        add_spell(ground.making, child, others[0], begin, middle, reason="ABSENC")
        add_spell(ground.making, child, others[1], middle, end, reason="LEFTRL")
        add_spell(ground.making, child, spell.worker, end, None, team=spell.team)
        child.why["CW-02"] = why


def reversed_lead(ground: Ground) -> None:
    """CW-02 cannot tell: two workers in the year, and a third whose spell ends before it starts."""
    for family in ground.take(
        CIN, 0.006, "reversed spell", lambda f: _two_in_year(ground, f.children[0]) == 2
    ):
        child = family.children[0]
        start = on_working_day(ground.day - 60)
        others = {s.worker for s in child.spells}
        team = lead_spell(child, ground.day).team
        third = next(
            w
            for w in ground.workforce.workers
            if w not in others and w.team.kind == team.kind and w.started < start
        )
        spell = add_spell(ground.making, child, third, start, start - 12, reason="ABSENC")
        ground.expected.add(
            "CW-02", child, "", CANNOT_TELL, None, "planted: a third worker's spell ends before it starts"
        )
        ground.expected.add_fault(
            "ssd_involvements", spell.id, "invo_involvement_end_date", "ends before it starts"
        )


def workers_in_year(child: Child, year_ago: int, as_at: int) -> set[Worker]:
    """The different lead workers on any whole day of the twelve months to the day of the extract."""
    return {
        s.worker
        for s in child.spells
        if s.worker is not None
        and s.role == "CW"
        and s.start <= as_at
        and (s.end is None or max(s.start, year_ago + 1) < s.end)
    }


def _two_in_year(ground: Ground, child: Child) -> int:
    """How many lead workers the child had in the year."""
    return len(workers_in_year(child, ground.making.year_ago, ground.day))
