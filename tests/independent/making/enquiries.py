"""Assessments, section 47 enquiries and conferences on the edges of ASM-04 and S47-01/02."""

from datetime import timedelta


def make_assessments(s, child):
    D, (referral, received, _) = s.D, child.referrals[0]
    start = s.pick(
        (received, s.nudge(received), s.before_wd(45), s.ago(1, 120), s.before_days(14)), (3, 4, 4, 3, 2)
    )
    end = s.pick(("", s.ago(0, 60), D, D + timedelta(1), start - timedelta(1), start), (11, 3, 1, 2, 1.2, 1))
    if s.chance(0.35):  # move the referral itself so that its 45 days run out about D
        for row in s.rows["ssd_cin_episodes"]:
            if row["cine_referral_id"] == referral and not row["cine_close_date"]:
                row["cine_referral_date"] = s.before_wd(45)
                start = row["cine_referral_date"] + timedelta(days=s.between(0, 4))
                end = s.pick(("", D + timedelta(1)), (5, 1))
                break
    if s.chance(0.02):
        start = ""
    link = s.pick((referral, "", "nowhere", child.referrals[-1][0]), (9, 1, 1, 2))
    add_assessment(s, child, link, start, end)
    child.spans |= {14, 21} if start and not end else set()
    while s.chance(0.25):  # a later, a same-day or a reversed one of the same referral
        start2 = s.pick((start or D, s.before_wd(45), s.nudge(start or D)))
        add_assessment(s, child, link, start2, s.pick(("", s.ago(0, 30), start2 - timedelta(2)), (5, 3, 1)))


def add_assessment(s, child, referral, start, end):
    row = s.add(
        "ssd_cin_assessments",
        cina_assessment_id=s.new_id("assessment"),
        cina_person_id=child.id,
        cina_referral_id=referral,
        cina_assessment_start_date=start,
        cina_assessment_auth_date=end,
        cina_assessment_outcome_json='{"NFA_FLAG": "N"}',
        cina_assessment_team="T1",
    )
    if s.chance(0.02):
        s.again("ssd_cin_assessments", row, cina_assessment_auth_date=s.ago(1, 3))


def make_s47(s, child):
    D = s.D
    for _ in range(s.pick((1, 2), (5, 1))):
        identity = s.new_id("s47")
        start = s.pick((s.before_wd(15), s.ago(1, 90), D, D + timedelta(1)), (12, 4, 0.5, 0.5))
        if s.chance(0.02):
            start = ""
        end = s.pick(("", s.ago(0, 20), D, D + timedelta(1)), (8, 3, 1, 1))
        if start and s.chance(0.05):
            end = start - timedelta(days=s.between(1, 5))
        flag = s.pick(("Y", "N", "", "y", 1), (45, 35, 8, 4, 4))
        text = s.pick(
            (
                f'{{"NFA_FLAG": "N", "CP_CONFERENCE_FLAG": "{flag}", "COMMENTS": ""}}',
                '{"TOTAL_NO_OF_OUTCOMES": 0}',
                "",
            ),
            (10, 1, 1),
        )
        s.add(
            "ssd_s47_enquiry",
            s47e_s47_enquiry_id=identity,
            s47e_referral_id=child.referrals[0][0],
            s47e_person_id=child.id,
            s47e_s47_start_date=start,
            s47e_s47_end_date=end,
            s47e_s47_nfa=s.pick(("N", "Y", "", "y"), (14, 4, 3, 1)),
            s47e_s47_outcome_json=text,
            s47e_s47_completed_by_team="T1",
        )
        if s.chance(0.4):
            make_conference(s, child, identity, start or D)


def make_conference(s, child, s47, start, plan=""):
    """Held before, on or after the start, by D or not, naming this enquiry, another or none."""
    held = s.pick(
        (start, start - timedelta(1), start + timedelta(5), s.D, s.D + timedelta(1), ""), (3, 3, 3, 1, 2, 2)
    )
    identity = s.new_id("icpc")
    row = s.add(
        "ssd_initial_cp_conference",
        icpc_icpc_id=identity,
        icpc_s47_enquiry_id=s.pick((s47, "", "elsewhere"), (5, 2, 3)),
        icpc_person_id=child.id,
        icpc_cp_plan_id=plan,
        icpc_icpc_date=held,
        icpc_icpc_target_date=start + timedelta(21),
    )
    return identity, row
