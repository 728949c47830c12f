"""Rows that cannot be true: ended before they began, or without a beginning. Of these nobody can tell anything."""

from __future__ import annotations

from evenlode.demo.care import new_placement
from evenlode.demo.dates import on_working_day
from evenlode.demo.expected import CANNOT_TELL
from evenlode.demo.facts import CareEpisode, Child, CinPlan, CpPlan, Family
from evenlode.demo.journeys import CIN, CLA
from evenlode.demo.lives import add_assessment, add_enquiry
from evenlode.demo.planting.ground import Ground
from evenlode.demo.planting.looked_after import care_of

_WHY = "planted: the row ends before it starts"


def _settled(ground: Ground, family: Family) -> bool:
    """A family with one child, known for some months."""
    return len(family.children) == 1 and family.children[0].referral.day < ground.day - 120


def impossible_rows(ground: Ground) -> None:
    """One impossible row of each table that has a clock, more in a larger council."""
    planters = (_assessment, _enquiry, _cp_plan, _cin_plan, _cin_plan_without_start)
    for planter in planters:
        for family in ground.take(CIN, 0.002, "impossible row", lambda f: _settled(ground, f)):
            planter(
                ground, family.children[0], on_working_day(ground.day - ground.making.rng.randint(40, 100))
            )
    for planter in (_placement, _episode):
        for family in ground.take(
            CLA, 0.004, "impossible row", lambda f: _settled(ground, f) and f.cast in {"", "settled", "years"}
        ):
            planter(
                ground, family.children[0], on_working_day(ground.day - ground.making.rng.randint(240, 300))
            )


def _fault(ground: Ground, table: str, record: str, column: str) -> None:
    """The load report names the row as well."""
    ground.expected.add_fault(
        table, record, column, "ends before it starts" if "start" not in column else "no start date"
    )


def _assessment(ground: Ground, child: Child, day: int) -> None:
    """ASM-04: authorised before it was begun."""
    row = add_assessment(ground.making, child, day, day - 9)
    ground.expected.add("ASM-04", child, row.id, CANNOT_TELL, None, _WHY)
    _fault(ground, "ssd_cin_assessments", row.id, "cina_assessment_auth_date")


def _enquiry(ground: Ground, child: Child, day: int) -> None:
    """S47-02: ended before it was begun."""
    row = add_enquiry(ground.making, child, day, day - 4, conference=False)
    ground.expected.add("S47-02", child, row.id, CANNOT_TELL, None, _WHY)
    _fault(ground, "ssd_s47_enquiry", row.id, "s47e_s47_end_date")


def _cp_plan(ground: Ground, child: Child, day: int) -> None:
    """CP-05: a child protection plan that ended before it began."""
    row = CpPlan(
        ground.making.ids.give("cp plan", "", 53000001), child.referral.id, "", day, day - 30, "Neglect"
    )
    child.cp_plans.append(row)
    ground.expected.add("CP-05", child, row.id, CANNOT_TELL, None, _WHY)
    _fault(ground, "ssd_cp_plans", row.id, "cppl_cp_plan_end_date")


def _cin_plan(ground: Ground, child: Child, day: int) -> None:
    """CIN-02: a child in need plan that ended before it began."""
    row = CinPlan(ground.making.ids.give("cin plan", "", 52000001), child.referral.id, day, day - 14)
    child.cin_plans.append(row)
    ground.expected.add("CIN-02", child, row.id, CANNOT_TELL, None, _WHY)
    _fault(ground, "ssd_cin_plans", row.id, "cinp_cin_plan_end_date")


def _cin_plan_without_start(ground: Ground, child: Child, day: int) -> None:
    """CIN-02: a child in need plan with neither start nor end; a second one, so that the day given is not needed."""
    del day
    row = CinPlan(ground.making.ids.give("cin plan", "", 52000001), child.referral.id, None, None)
    child.cin_plans.append(row)
    ground.expected.add(
        "CIN-02", child, row.id, CANNOT_TELL, None, "planted: the row has no start date and no end"
    )
    _fault(ground, "ssd_cin_plans", row.id, "cinp_cin_plan_start_date")


def _placement(ground: Ground, child: Child, day: int) -> None:
    """CLA-V1: a placement that ended before it began."""
    care = care_of(child)
    row = new_placement(ground.making, day, "U6")
    row.end = day - 20
    care.placements.insert(0, row)
    ground.expected.add("CLA-V1", child, row.id, CANNOT_TELL, None, _WHY)
    _fault(ground, "ssd_cla_placement", row.id, "clap_cla_placement_end_date")


def _episode(ground: Ground, child: Child, day: int) -> None:
    """CLA-R1 for the period of care, whose reviews and homes then say nothing more."""
    care = care_of(child)
    row = CareEpisode(
        ground.making.ids.give("care episode", "E", 71000001), care.placements[-1].id, day, "L", day - 7, "X1"
    )
    care.episodes.insert(0, row)
    child.why["CLA-S1"] = "silent"
    ground.expected.add("CLA-R1", child, care.id, CANNOT_TELL, None, _WHY)
    _fault(ground, "ssd_cla_episodes", row.id, "clae_cla_episode_ceased_date")
