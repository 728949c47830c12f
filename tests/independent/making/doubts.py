"""Rows on which AMBIGUOUS.md says that two readings are possible; only with doubtful=True."""

from datetime import timedelta

from .care import episode, place
from .enquiries import add_assessment
from .leads import lead
from .people import Case, add_referral


def plain_child(s, pools, dob=None, known=True):
    child = Case(s.new_id("person"), "ordinary", dob or s.ago(2000, 4000))
    if known:
        s.add("ssd_person", pers_person_id=child.id, pers_dob=child.dob)
    add_referral(s, child, s.ago(100, 300))
    child.start = s.D - timedelta(90)
    lead(s, child, s.pick(pools["plain"]), child.start)
    return child


def leaver(s, child, kind, touch, contact="", review=""):
    s.add(
        "ssd_care_leavers",
        clea_table_id=s.new_id("leaver"),
        clea_person_id=child.id,
        clea_care_leaver_eligibility=kind,
        clea_care_leaver_in_touch=touch,
        clea_care_leaver_latest_contact=contact,
        clea_pathway_plan_review_date=review,
    )


def cp_plan(s, child, start, end, ola):
    s.add(
        "ssd_cp_plans",
        cppl_cp_plan_id=s.new_id("cp_plan"),
        cppl_person_id=child.id,
        cppl_cp_plan_start_date=start,
        cppl_cp_plan_end_date=end,
        cppl_cp_plan_ola=ola,
    )


def add_doubts(s, pools):
    D, back = s.D, lambda n: s.D - timedelta(days=n)
    for _ in range(6):
        plain_child(s, pools, known=False)  # records, but nobody in the person table
        leaver(s, plain_child(s, pools), "Qualifying", "DIED")
        two = plain_child(s, pools, back(6900))
        leaver(s, two, "Eligible", "YES", back(90), back(300))
        leaver(s, two, "Former Relevant", "REFU", D + timedelta(9), D + timedelta(9))
        cp_plan(s, plain_child(s, pools), back(40), back(50), "Y")
        cp_plan(s, plain_child(s, pools), D + timedelta(9), back(50), "N")
        care = plain_child(s, pools)
        first, second = s.new_id("period"), s.new_id("period")
        episode(s, care, first, back(400), "", "", back(400))
        episode(s, care, second, back(200), "", "", back(200))
        for n in (400, 300, 100):
            place(s, care, first, back(n), back(n - 90), "U6", "")
        place(s, care, second, back(5), "", "U6", "")
        place(s, care, first, back(5), "", "U4", "")  # as late as the other
        twice = plain_child(s, pools)
        faulty = s.new_id("period")
        episode(s, twice, faulty, back(20), back(30), "", back(20))
        episode(s, twice, faulty, back(10), back(30), "", back(10))
        changed = plain_child(s, pools)
        for n, pool in ((500, "manager"), (60, "left")):
            lead(s, changed, s.pick(pools[pool]), back(n), back(n + 9))
        add_assessment(s, plain_child(s, pools), "", D + timedelta(4), back(4))
        s.add(
            "action",
            **{
                "Person ID": care.id,
                "Supervision Date": "",
                "Agreed Action": "Call",
                "Target Date": back(3),
                "Completed Date": "",
            },
        )
        same_day = plain_child(s, pools)
        cp_plan(s, same_day, back(60), "", "N")
        s.add(
            "ssd_s47_enquiry",
            s47e_s47_enquiry_id=s.new_id("s47"),
            s47e_person_id=same_day.id,
            s47e_s47_start_date=back(60),
            s47e_s47_outcome_json='{"CP_CONFERENCE_FLAG": "Y"}',
        )
        for n, seen, alone in ((30, "Y", "N"), (20, "Y", "N"), (9, "", "Y"), (8, "", "N"), (7, "", "N")):
            s.add(
                "ssd_cp_visits",
                cppv_cp_visit_id=s.new_id("cp_visit"),
                cppv_person_id=same_day.id,
                cppv_cp_visit_date=back(n),
                cppv_cp_visit_seen=seen,
                cppv_cp_visit_seen_alone=alone,
            )
        elsewhere = plain_child(s, pools)
        episode(s, elsewhere, s.new_id("period"), back(300), "", "", back(300))
        place(s, elsewhere, s.new_id("period"), back(200), "", "U6", "")
        breaks = plain_child(s, pools)
        episode(s, breaks, s.new_id("period"), back(100), "", "", back(100))
        for code in ("V4", "C2"):  # two legal statuses from one day
            s.add(
                "ssd_legal_status",
                lega_legal_status_id=s.new_id("legal"),
                lega_person_id=breaks.id,
                lega_legal_status=code,
                lega_legal_status_start_date=back(100),
                lega_legal_status_end_date="",
            )
