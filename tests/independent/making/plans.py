"""Child protection and child in need plans, their visits and reviews."""

from datetime import timedelta

from ..reading.clocks import plus_months


def plan_start(s, tiers):
    return s.pick(
        (
            s.before_months(s.pick(tiers)),
            s.ago(20, 900),
            s.before_wd(10),
            s.before_days(90),
            s.before_days(28),
            s.before_days(56),
            s.before_months(3),
            s.D,
            s.D + timedelta(2),
        ),
        (10, 8, 3, 4, 2, 2, 2, 0.4, 0.4),
    )


def plan_end(s, start):
    D = s.D
    return s.pick(
        ("", s.ago(1, 60), D, D + timedelta(1), D - timedelta(1), start - timedelta(4)),
        (36, 2, 1.5, 2, 1, 2.2),
    )


def make_cp_plan(s, child, ola="N"):
    D = s.D
    start = plan_start(s, (9, 12, 15, 21, 24))
    if child.dob and child.kind == "newborn" and s.chance(0.5):
        start = child.dob - timedelta(days=s.between(1, 60))
    if s.chance(0.012):
        start = ""
    end = plan_end(s, start or D)
    plan, conference = s.new_id("cp_plan"), ""
    if s.chance(0.4):
        held = s.pick(
            (start or D, s.nudge(start or D), s.before_months(3), D + timedelta(1), ""), (4, 4, 3, 1, 1)
        )
        conference = s.new_id("icpc")
        s.add(
            "ssd_initial_cp_conference",
            icpc_icpc_id=conference,
            icpc_person_id=child.id,
            icpc_icpc_date=held,
            icpc_cp_plan_id=s.pick((plan, "")),
        )
        if s.chance(0.3) and s.rows["ssd_initial_cp_conference"][-1]["icpc_cp_plan_id"]:
            conference = ""  # linked from the conference's side only
    row = s.add(
        "ssd_cp_plans",
        cppl_cp_plan_id=plan,
        cppl_referral_id=child.referrals[0][0],
        cppl_icpc_id=conference,
        cppl_person_id=child.id,
        cppl_cp_plan_start_date=start,
        cppl_cp_plan_end_date=end,
        cppl_cp_plan_ola=ola,
    )
    if s.chance(0.02):
        s.again("ssd_cp_plans", row, cppl_cp_plan_start_date=s.ago(1, 50), cppl_cp_plan_end_date="")
    child.spans |= {28, 42} if start and not end else set()
    start = start or s.ago(50, 100)
    make_reviews(s, plan, child, start)
    cp_visits(s, child, plan, start)
    return start


def make_reviews(s, plan, child, start):
    D = s.D
    shape = s.pick(("none", "one", "several", "ahead"), (5, 5, 4, 1))
    held = []
    if shape in ("one", "several"):
        held.append(s.pick((s.before_months(6), s.ago(1, 200), start - timedelta(9), D), (8, 4, 1, 0.4)))
    if shape == "several":
        held += [held[0] - timedelta(days=s.between(20, 200)), s.before_months(6)]
    if shape == "ahead":
        held.append(D + timedelta(days=s.between(1, 4)))
    for on in held:
        row = s.add(
            "ssd_cp_reviews",
            cppr_cp_review_id=s.new_id("cp_review"),
            cppr_person_id=child.id,
            cppr_cp_plan_id=plan,
            cppr_cp_review_date=on,
            cppr_cp_review_due=s.pick((on, s.nudge(on), "", s.deadline())),
        )
        if s.chance(0.02):
            s.again("ssd_cp_reviews", row, cppr_cp_review_date=D)
    while s.chance(0.4):
        last = max(held) if held else start
        s.add(
            "ssd_cp_reviews",
            cppr_cp_review_id=s.new_id("cp_review"),
            cppr_person_id=child.id,
            cppr_cp_plan_id=plan,
            cppr_cp_review_date="",
            cppr_cp_review_due=s.pick(
                (s.deadline(), last, last + timedelta(1), s.deadline() + timedelta(90), ""), (6, 1, 1, 6, 1)
            ),
        )


def visit_days(s, start, last_choices):
    """A last visit near the deadline, some before it, some outside the plan or after D."""
    D = s.D
    days = []
    if s.chance(0.85):
        days.append(s.pick(last_choices))
        for _ in range(s.between(0, 3)):
            days.append(days[-1] - timedelta(days=s.between(0, 30)))
    if s.chance(0.25):
        days.append(s.pick((start, start - timedelta(1), start + timedelta(1), start - timedelta(20))))
    if s.chance(0.1):
        days.append(D + timedelta(days=s.between(1, 10)))
    return days


def cp_visits(s, child, plan, start):
    others = [s.before_wd(10), s.before_wd(10), s.before_days(28), s.ago(0, 60)]
    if child.dob and child.kind == "newborn":
        others.append(s.nudge(child.dob))
    mood = s.pick((0.9, 0.6, 0.0))  # some children are seldom seen alone
    seen_share = s.pick((0.9, 0.6, 0.0), (10, 4, 0.4))
    taken = set()
    for on in visit_days(s, start, others):
        if on in taken and not s.doubtful:
            continue  # two on one day would leave "the last two" open
        taken.add(on)
        link = s.pick((plan, "", "other-plan"), (12, 2, 1))
        row = s.add(
            "ssd_cp_visits",
            cppv_cp_visit_id=s.new_id("cp_visit"),
            cppv_person_id=child.id,
            cppv_cp_plan_id=link,
            cppv_cp_visit_date=on,
            cppv_cp_visit_seen=s.flag(seen_share, 0.08),
            cppv_cp_visit_seen_alone=s.flag(mood, 0.15),
        )
        if s.chance(0.01):
            s.again("ssd_cp_visits", row, cppv_cp_visit_date=s.ago(0, 9))
    while s.chance(0.3):  # a blank-seen visit that may or may not cure
        on = s.pick((s.before_wd(10), s.before_days(28), s.ago(0, 20)))
        if on not in taken or s.doubtful:
            taken.add(on)
            s.add(
                "ssd_cp_visits",
                cppv_cp_visit_id=s.new_id("cp_visit"),
                cppv_person_id=child.id,
                cppv_cp_plan_id=plan,
                cppv_cp_visit_date=on,
                cppv_cp_visit_seen="",
                cppv_cp_visit_seen_alone=s.flag(0.4, 0.3),
            )


def make_cp(s, child):
    start = make_cp_plan(s, child, s.pick(("N", "Y", "", "y"), (20, 3, 2, 0.5)))
    while s.chance(0.3):  # an earlier plan, about 24 months before, or the same day
        end = s.pick(
            (s.nudge(plus_months(start, -24)), start - timedelta(30), "", plus_months(start, -24), start),
            (4, 2, 0.6, 3, 1),
        )
        before = s.pick((start, start - timedelta(1), plus_months(start, -36)), (1, 1, 5))
        if end and end < before:
            before = end - timedelta(days=s.pick((100, 0, -3), (8, 1, 1)))
        s.add(
            "ssd_cp_plans",
            cppl_cp_plan_id=s.new_id("cp_plan"),
            cppl_person_id=child.id,
            cppl_cp_plan_start_date=before,
            cppl_cp_plan_end_date=end,
            cppl_cp_plan_ola=s.pick("NY", (4, 1)),
        )
    if s.chance(0.06):
        make_cp_plan(s, child)


def make_cin(s, child):
    start = plan_start(s, (6, 9, 12))
    if child.dob and child.kind == "newborn" and s.chance(0.5):
        start = child.dob - timedelta(days=s.between(1, 60))
    end = plan_end(s, start)
    if s.chance(0.012):
        start, end = "", s.pick(("", s.D + timedelta(3), s.D))
    row = s.add(
        "ssd_cin_plans",
        cinp_cin_plan_id=s.new_id("cin_plan"),
        cinp_person_id=child.id,
        cinp_referral_id=child.referrals[0][0],
        cinp_cin_plan_start_date=start,
        cinp_cin_plan_end_date=end,
    )
    if s.chance(0.02):
        s.again("ssd_cin_plans", row, cinp_cin_plan_end_date=s.ago(1, 5))
    child.spans |= {56, 84} if start and not end else set()
    start = start or s.ago(50, 100)
    if s.chance(0.08):
        s.add(
            "ssd_cin_plans",
            cinp_cin_plan_id=s.new_id("cin_plan"),
            cinp_person_id=child.id,
            cinp_cin_plan_start_date=s.nudge(start),
            cinp_cin_plan_end_date=s.pick(("", s.ago(0, 9))),
        )
    others = [s.before_wd(20), s.before_wd(20), s.ago(0, 60)]
    if child.dob and child.kind == "newborn":
        others.append(s.nudge(child.dob))
    days = visit_days(s, start, others)
    if s.chance(0.25):
        days.append(s.before_wd(20))
    for on in days:
        s.add(
            "ssd_cin_visits",
            cinv_cin_visit_id=s.new_id("cin_visit"),
            cinv_person_id=child.id,
            cinv_cin_visit_date=on,
            cinv_cin_visit_seen=s.flag(0.7, 0.2),
            cinv_cin_visit_seen_alone=s.flag(),
        )
