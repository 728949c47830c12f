"""Assessments without a signature, visits to children in need, and plans that go on for long: ASM-04, CIN-02, CIN-05."""

from .case import NOTHING, Case, flag, overdue
from .raw_rows import assessment, cin_plan, cin_visit, referral

ASM_04 = [
    Case(
        "960018",
        "ASM-04",
        overdue("red", "2026-10-05", 46),
        record="51300018",
        rows=(
            referral("51400018", made="2026-07-31", closed=""),
            assessment("51300018", referral="51400018", start="2026-08-03", signed_off=""),
            assessment.exactly(1),
        ),
        sum="Counted from the referral of Friday 31 July, since it is that referral's first assessment. Nine weeks are 45 "
        "weekdays, to Friday 2 October; Monday 31 August was a bank holiday, so Monday 5 October. 26 and 20: 46 days.",
    ),
    Case(
        "960014",
        "ASM-04",
        overdue("red", "2026-10-30", 21),
        record="51300014",
        rows=(
            referral("51400014", made="2026-08-27", closed=""),
            assessment("51300014", referral="51400014", start="2026-08-27", signed_off=""),
            assessment.exactly(1),
        ),
        sum="Nine weeks from Thursday 27 August are Thursday 29 October; the bank holiday of Monday 31 August makes it "
        "Friday 30 October. 1 day of October and 20 of November: 21 days.",
    ),
    Case(
        "960015",
        "ASM-04",
        overdue("red", "2026-11-03", 17),
        record="51300015",
        rows=(
            referral("51400015", made="2026-09-01", closed=""),
            assessment("51300015", referral="51400015", start="2026-09-02", signed_off=""),
            assessment.exactly(1),
        ),
        sum="Referred on Tuesday 1 September, the day after the bank holiday: nine whole weeks, to Tuesday 3 November. "
        "Counted from the referral; from the assessment's own start it would be the 4th.",
    ),
    Case(
        "960167",
        "ASM-04",
        NOTHING,
        rows=(
            referral("51400167", made="2026-10-02", closed=""),
            assessment("51300167", referral="51400167", start="2026-10-02", signed_off=""),
        ),
        sum="Not signed off, but nine weeks from Friday 2 October end on Friday 4 December.",
    ),
    Case(
        "960006",
        "ASM-04",
        NOTHING,
        rows=(
            referral("51400006", made="2026-05-04", closed=""),
            assessment("51300006", referral="51400006", start="2026-05-04", signed_off="2026-07-16"),
            assessment.exactly(1),
        ),
        sum="Due on Tuesday 7 July (nine weeks from Monday 4 May, and a day for the bank holiday of Monday 25 May) and signed "
        "off nine days late, on 16 July; but it is signed off, and this rule asks only for those that are not.",
    ),
]

CIN_02 = [
    Case(
        "960010",
        "CIN-02",
        overdue("amber", "2026-07-30", 113),
        record="51500009",
        rows=(
            cin_plan("51500009", start="2025-09-22", end=""),
            cin_visit("51200175", on="2026-07-02", seen="Y"),
            cin_visit.none(on=">2026-07-02"),
        ),
        sum="Last visit on Thursday 2 July. Friday 3 July is day 1, the weeks of 6, 13 and 20 July take us to day 16, Monday "
        "27 July to Thursday 30 July are days 17 to 20. 1, 31, 30, 31 and 20: 113 days.",
    ),
    Case(
        "960011",
        "CIN-02",
        overdue("amber", "2026-09-22", 59),
        record="51500010",
        rows=(
            cin_plan("51500010", start="2025-07-21", end=""),
            cin_visit("51200190", on="2026-08-24", seen="Y"),
            cin_visit.none(on=">2026-08-24"),
        ),
        sum="Last visit on Monday 24 August. Days 1 to 4 are the 25th to 28th; Monday 31 August is a bank holiday and is "
        "passed over; 1 to 4 September make 8, the weeks of 7 and 14 September 18, Monday 21 September 19 and Tuesday "
        "22 September 20. 8, 31 and 20: 59 days.",
    ),
    Case(
        "960274",
        "CIN-02",
        overdue("amber", "2026-11-18", 2),
        record="51500132",
        rows=(
            cin_plan("51500132", start="2026-06-26", end=""),
            cin_visit("51202696", on="2026-10-21", seen="Y"),
            cin_visit.none(on=">2026-10-21"),
        ),
        sum="Last visit on Wednesday 21 October. The 22nd and 23rd are days 1 and 2, the weeks of 26 October, 2 and 9 "
        "November take us to 17, and the 16th to 18th to 20: due on Wednesday 18 November.",
    ),
    Case(
        "960242",
        "CIN-02",
        NOTHING,
        rows=(
            cin_plan("51500121", start="2026-09-16", end=""),
            cin_visit("51202440", on="2026-10-23", seen="Y"),
            cin_visit.none(on=">2026-10-23"),
        ),
        sum="Last visit on Friday 23 October, four whole weeks ago: the next is due today, Friday 20 November, and is late "
        "only from tomorrow.",
    ),
    Case(
        "960318",
        "CIN-02",
        NOTHING,
        rows=(
            cin_plan("51500152", start="2026-02-11", end=""),
            cin_visit("51203083", on="2026-11-18", seen="Y"),
            cin_visit("51203076", on="2027-12-25", seen="Y"),
        ),
        sum="The visit dated Christmas Day 2027 has not happened and is left out of account. The visit of Wednesday 18 "
        "November stands, and four weeks from then is 16 December.",
    ),
]

CIN_05 = [
    Case(
        "960056",
        "CIN-05",
        flag("red", "2026-11-18", 2),
        record="51500044",
        rows=(referral("51400056", need="N5", closed=""), cin_plan("51500044", start="2025-11-18", end="")),
        sum="18 November 2025 and 12 months is 18 November 2026, two days ago.",
    ),
    Case(
        "960003",
        "CIN-05",
        flag("amber", "2026-08-24", 88),
        record="51500002",
        rows=(referral("51400003", need="N8", closed=""), cin_plan("51500002", start="2025-11-24", end="")),
        sum="12 months only on Tuesday 24 November, so 9 months is the highest reached, on 24 August. 7, 30, 31 and 20: 88.",
    ),
    Case(
        "960043",
        "CIN-05",
        flag("note", "2026-11-15", 5),
        record="51500031",
        rows=(referral("51400043", need="N3", closed=""), cin_plan("51500031", start="2026-05-15", end="")),
        sum="15 May and 6 months is 15 November, five days ago: a note.",
    ),
    Case(
        "960330",
        "CIN-05",
        flag("note", "2026-08-25", 87),
        record="51500155",
        rows=(referral("51400330", need="N2", closed=""), cin_plan("51500155", start="2026-02-25", end="")),
        sum="25 February and 6 months is 25 August (6, 30, 31 and 20: 87 days ago); 9 months come on Wednesday 25 November. "
        "With need N2, a child's disability, it stays a note even then.",
    ),
    Case(
        "960046",
        "CIN-05",
        NOTHING,
        rows=(referral("51400046", need="N1", closed=""), cin_plan("51500034", start="2026-05-21", end="")),
        sum="21 May and 6 months is 21 November: tomorrow, so nothing is said today.",
    ),
]

CASES = [*ASM_04, *CIN_02, *CIN_05]
