"""Half a dozen faults of the data itself, which the load report should name and which change no finding."""

from __future__ import annotations

from evenlode.demo.caseloads import add_spell
from evenlode.demo.facts import Child, Visit
from evenlode.demo.journeys import CIN
from evenlode.demo.planting.ground import Ground, lead_spell


def data_faults(ground: Ground) -> None:
    """A repeated child and worker, rows that belong to nobody, a visit in the future, spells and closures that run backwards."""
    quiet = [
        f
        for f in ground.closed
        if f.children[0].spells
        and (f.children[0].referral.close or ground.day) < ground.making.year_ago - 400
    ]
    if len(quiet) < 4:
        return
    child = quiet[0].children[0]
    ground.repeated_children.append(child)
    ground.expected.add_fault(
        "ssd_person", child.id, "pers_person_id", "the same person twice; the first row counts"
    )
    _orphans(ground, quiet[1].children[0])
    spell = quiet[2].children[0].spells[0]
    spell.end = spell.start - 11
    ground.expected.add_fault(
        "ssd_involvements", spell.id, "invo_involvement_end_date", "ends before it starts"
    )
    referral = quiet[3].children[0].referral
    referral.close = referral.day - 2
    ground.expected.add_fault(
        "ssd_cin_episodes", referral.id, "cine_close_date", "closed before it was received; taken as not open"
    )
    for family in ground.free(CIN)[:1]:
        family.touched = "future visit"
        visited = family.children[0]
        visited.cin_visits.append(Visit(ground.day + 12))
        ground.expected.add_fault(
            "ssd_cin_visits", f"(child {visited.id})", "cinv_cin_visit_date", "after the day of the extract"
        )
    worker = next(w for w in ground.workforce.workers if w.left is not None)
    ground.repeated_workers.append(worker)
    ground.expected.add_fault(
        "ssd_professionals", worker.id, "prof_professional_id", "the same worker twice; the first row counts"
    )


def _orphans(ground: Ground, kin: Child) -> None:
    """An involvement of a child who is not in the extract, and a visit under a plan that is not."""
    ghost = Child("599999999", "", "", "", "", None)
    ghost.referrals = kin.referrals
    lead = next(
        (
            lead_spell(f.children[0], ground.day).worker
            for f in ground.families
            if f.children[0].lead(ground.day)
        ),
        None,
    )
    if lead is None:
        return
    spell = add_spell(ground.making, ghost, lead, ground.day - 400, ground.day - 300)
    ghost.referrals = []
    spell.referral = ""
    ghost.cp_visits.append(Visit(ground.day - 350, plan="53999999"))
    ground.ghosts.append(ghost)
    ground.expected.add_fault("ssd_involvements", spell.id, "invo_person_id", "no such child in the extract")
    ground.expected.add_fault(
        "ssd_cp_visits",
        f"(child {ghost.id})",
        "cppv_person_id",
        "no such child and no such plan in the extract",
    )
