"""Involvements: who led the child, when, in which role; gaps, overlaps and reversed rows."""

from datetime import timedelta

from ..reading.clocks import plus_months

LEAD = ("CW", "cw", "Allocated Case Worker", "SOCIAL WORKER", "Social Worker")
COWORK = ("CO-WORKER", "Co Worker", "joint worker", "JOINT WORKER")
ADVISER = ("16PLUS", "Personal Adviser", "PERSONAL ADVISOR", "16plus")
OTHER = ("IRO", "FSW", "CW2", "")


def somebody(s, pools, kinds):
    kind = s.pick(list(kinds), list(kinds.values()))
    return s.pick(pools[kind]) if pools[kind] else ""


ORDINARY = {
    "plain": 55,
    "left": 7,
    "absent": 13,
    "manager": 3,
    "new": 17,
    "placeholder": 5,
    "orphan": 2,
    "adviser": 3,
}


def lead(s, child, worker, start, end="", roles=LEAD):
    row = s.add(
        "ssd_involvements",
        invo_involvements_id=s.new_id("involvement"),
        invo_professional_id=worker,
        invo_professional_role_id=s.pick(roles),
        invo_professional_team=s.pick(("T1", "T2", "T10", "")),
        invo_person_id=child.id,
        invo_involvement_start_date=start,
        invo_involvement_end_date=end,
        invo_referral_id=child.referrals[0][0] if child.referrals else "",
    )
    if child.kind != "exact" and s.chance(0.03):
        s.again(
            "ssd_involvements",
            row,
            invo_involvement_end_date=s.pick(("", s.ago(0, 40))),
            invo_professional_team="T2",
        )
    return row


def make_leads(s, child, pools):  # noqa: PLR0912 - one branch a shape
    D, start = s.D, child.start
    shape = s.pick(("led", "never", "gap", "blank", "ahead", "overlap", "tied"), (70, 6, 9, 4, 1, 7, 4))
    if child.kind == "leaver" and s.chance(0.35):
        shape = "never"
    begin = s.pick((start, s.nudge(start), s.ago(0, 300)), (5, 4, 4))
    now = somebody(s, pools, ORDINARY)
    if shape == "led":
        lead(s, child, now, begin, s.pick(("", D + timedelta(1)), (15, 1)))
    elif shape == "gap":  # waiting fourteen days, about
        lead(s, child, now, min(begin, D - timedelta(30)), s.before_days(14))
    elif shape == "blank":
        lead(s, child, "", s.pick((begin, s.before_days(14))))
        if s.chance(0.5):
            lead(s, child, now, D - timedelta(60), s.pick((s.before_days(14), "")))
    elif shape == "ahead":
        lead(s, child, now, D + timedelta(1))
    elif shape == "overlap":
        lead(s, child, somebody(s, pools, ORDINARY), min(begin, D - timedelta(40)))
        lead(s, child, now, s.ago(0, 30), s.pick(("", s.ago(0, 10)), (4, 1)))
    elif shape == "tied":
        lead(s, child, somebody(s, pools, ORDINARY), begin)
        lead(s, child, now, begin)
    if s.chance(0.34):
        make_changes(s, child, pools)
    if s.chance(0.22):  # beside the lead
        lead(
            s,
            child,
            somebody(s, pools, {**ORDINARY, "new": 30, "absent": 20}),
            s.ago(0, 90),
            s.pick(("", s.ago(0, 5), D), (9, 2, 1)),
            COWORK,
        )
    if s.chance(0.04):
        lead(s, child, now, s.ago(0, 90), "", COWORK)  # co-works their own case
    if s.chance(0.6 if child.kind == "leaver" else 0.02):
        lead(
            s,
            child,
            somebody(s, pools, {"adviser": 8, "plain": 4, "left": 1}),
            s.ago(0, 300),
            s.pick(("", D), (8, 1)),
            ADVISER,
        )
    if s.chance(0.06):
        lead(s, child, somebody(s, pools, ORDINARY), s.ago(0, 50), "", OTHER)


def make_changes(s, child, pools):
    """Leads that ended about the first day of the twelve months, and reversed ones."""
    edge = plus_months(s.D, -12)
    for _ in range(s.between(1, 3)):
        worker = somebody(s, pools, ORDINARY)
        end = s.pick((edge, edge + timedelta(1), edge + timedelta(2), s.ago(0, 300)), (2, 3, 4, 5))
        begin = end - timedelta(days=s.pick((0, 1, 40, 200), (1, 2, 5, 5)))
        if s.chance(0.12):  # the reversed ones all fall within the year
            begin = s.ago(0, 120)
            end = begin - timedelta(days=s.between(1, 40))
        lead(s, child, worker, begin, end)
