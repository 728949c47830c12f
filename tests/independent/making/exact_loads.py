"""Workers whose points come to exactly 0.85, 1.00 or 1.10 of what they can carry."""

from datetime import timedelta
from fractions import Fraction

from .leads import COWORK, lead
from .people import Case, add_referral

WHOLE = {10: "court", 8: "new plan", 7: "s47", 5: "assessment", 4: "need"}


def make_exact_workers(s):
    for fte, new, share in (
        ("1.0", False, "1.10"),
        ("0.5", False, "1.10"),
        ("0.2", True, "1.10"),
        ("1.0", True, "1.00"),
        ("0.8", False, "1.00"),
        ("0.6", True, "1.00"),
        ("1", False, "0.85"),
        ("0.4", True, "1.10"),
    ):
        target = 85 * Fraction(fte) * (Fraction(9, 10) if new else 1) * Fraction(share)
        split = split_points(s, target)
        if split and s.chance(0.6):
            worker = exact_worker(s, fte, new)
            for points, siblings, beside in split:
                hold(s, worker, points, siblings, beside)


def split_points(s, target):
    """[(points, sibling points or None, co-worked?)] that sum to the target, or None."""
    for _ in range(4000):
        parts, rest = [], target
        for _ in range(s.between(0, 3)):
            points = s.pick(list(WHOLE))
            parts.append((points, None, True))
            rest -= Fraction(points, 4)
        for _ in range(s.between(0, 3)):
            first, second = s.pick((8, 10, 7)), s.pick((4, 5, 7))
            parts.append((first, second, False))
            rest -= first + second * Fraction(6, 10)
        while rest >= 4:
            points = s.pick([p for p in WHOLE if p <= rest])
            parts.append((points, None, False))
            rest -= points
        if rest == 0:
            return parts
    return None


def exact_worker(s, fte, new):
    identity, staff = s.new_id("worker"), "S" + s.new_id("staff")
    s.add(
        "ssd_professionals",
        prof_professional_id=identity,
        prof_staff_id=staff,
        prof_professional_name="Exact Load",
        prof_full_time_equivalency="0.9",
    )
    s.add(
        "hr",
        **{
            "Staff Number": staff,
            "Name": "Exact Load",
            "Post Title": "Social Worker",
            "FTE": fte,
            "ASYE Start": s.ago(20, 200) if new else "",
            "Start Date": s.ago(300, 900),
        },
    )
    s.fixed.add(staff)
    return identity


def hold(s, worker, points, siblings, beside):
    family = f"X{s.new_id('exact family')}"
    for own in (points, siblings):
        if own:
            child = scoring(s, own)
            s.add(
                "ssd_family", fami_table_id=s.new_id("family"), fami_family_id=family, fami_person_id=child.id
            )
            lead(s, child, worker, s.D - timedelta(9), "", *([COWORK] if beside else []))


def scoring(s, points):
    child = Case(s.new_id("person"), "exact", s.ago(800, 5000))
    s.add("ssd_person", pers_person_id=child.id, pers_dob=child.dob)
    start = s.ago(10, 30)
    add_referral(s, child, start)
    if points == 10:
        s.add(
            "ssd_legal_status",
            lega_legal_status_id=s.new_id("legal"),
            lega_person_id=child.id,
            lega_legal_status="C1",
            lega_legal_status_start_date=start,
        )
    elif points == 8:
        s.add(
            "ssd_cp_plans",
            cppl_cp_plan_id=s.new_id("cp_plan"),
            cppl_person_id=child.id,
            cppl_cp_plan_start_date=s.D - timedelta(days=s.pick((90, 30))),
        )
    elif points == 7:
        s.add(
            "ssd_s47_enquiry",
            s47e_s47_enquiry_id=s.new_id("s47"),
            s47e_person_id=child.id,
            s47e_s47_start_date=start,
        )
    elif points == 5:
        s.add(
            "ssd_cin_assessments",
            cina_assessment_id=s.new_id("assessment"),
            cina_person_id=child.id,
            cina_referral_id=child.referrals[0][0],
            cina_assessment_start_date=start,
        )
    return child
