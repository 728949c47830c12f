"""Care leavers, case notes and the actions agreed in supervision."""

from datetime import timedelta

NOTES = (
    "Case Supervision",
    "case supervision",
    "Supervision - Case Discussion",
    "SUPERVISION - CASE DISCUSSION",
)
OVERSIGHT = ("Management Oversight", "management oversight")
OTHER = ("Personal Supervision", "Case Note", "Group Supervision")
SPANS = (14, 28, 56, 84, 21, 42, 126, 7, 35)


def make_leaver(s, child, pools):
    D = s.D
    advisers = [s.pick(pools["adviser"]), s.pick(pools["plain"]), "Ada Stanwick", "", "ghost1"]
    kind = s.pick(
        (
            "Eligible",
            "Relevant",
            "Former Relevant",
            "former relevant",
            "Qualifying",
            "No Current Eligibility",
            "",
        ),
        (5, 5, 12, 2, 1, 1, 0.5),
    )
    touch = s.pick(("YES", "NO", "REFU", "NREQ", "RHOM", "DIED", "refu"), (12, 4, 2, 1, 1, 0.8, 0.3))
    for _ in range(2 if s.chance(0.06) else 1):
        s.add(
            "ssd_care_leavers",
            clea_table_id=s.new_id("leaver"),
            clea_person_id=child.id,
            clea_care_leaver_eligibility=kind,
            clea_care_leaver_in_touch=touch,
            clea_care_leaver_latest_contact=s.pick(
                (s.before_days(56), s.ago(0, 120), "", D + timedelta(1)), (10, 4, 2, 0.8)
            ),
            clea_pathway_plan_review_date=s.pick(
                (s.before_months(6), s.ago(0, 300), "", D + timedelta(1)), (10, 4, 2, 0.8)
            ),
            clea_care_leaver_personal_advisor=s.pick(advisers, (5, 2, 3, 3, 1)),
            clea_care_leaver_allocated_team="T10",
            clea_care_leaver_worker_id=s.pick(advisers, (1, 5, 1, 4, 1)),
        )


def make_notes(s, child):
    D, start = s.D, child.start
    if child.kind == "leaver":
        spans = (84, 84, 126, 126, 200)
    else:
        # the shortest that applies is what counts, so mostly that one
        least = min(child.spans) if child.spans else 28
        spans = (least, least, least * 3 // 2) * 5 + SPANS
    for _ in range(s.pick((0, 1, 2, 3), (5, 8, 4, 2))):
        on = s.pick(
            (s.before_days(s.pick(spans)), s.nudge(start), s.ago(0, 150), D + timedelta(1), D),
            (12, 2, 3, 0.4, 0.4),
        )
        words = s.pick((NOTES, OVERSIGHT, OTHER), (10, 5, 2))
        row = s.add(
            "note",
            **{
                "Person ID": child.id,
                "Case Note Type": s.pick(words),
                "Date of Note": on,
                "Author": "Somebody",
                "Next Supervision Due": on + timedelta(28),
            },
        )
        if s.chance(0.02):
            s.again("note", row)


def make_actions(s, child):
    D = s.D
    for _ in range(s.between(1, 3)):
        agreed = s.pick((s.ago(1, 120), D, D + timedelta(1)), (14, 1, 1))
        target = s.pick(
            (s.deadline(), "ASAP", "", "ongoing", "31/02/2026", agreed), (14, 1.5, 1.5, 1, 0.3, 0.6)
        )
        done = s.pick(("", D, D + timedelta(1), s.ago(0, 40)), (10, 1, 1.5, 4))
        row = s.add(
            "action",
            **{
                "Person ID": child.id,
                "Supervision Date": agreed,
                "Agreed Action": s.pick(("Visit weekly", "Ring school", "", "  "), (8, 8, 1.5, 0.5)),
                "Target Date": target,
                "Completed Date": done,
            },
        )
        if s.chance(0.05):
            s.again("action", row)  # wholly identical: once
        elif s.chance(0.05):
            s.again("action", row, **{"Target Date": s.deadline()})  # not identical: twice
