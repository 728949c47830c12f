"""Visits to children on protection plans, and plans that go on for long: CP-05, CP-08, CP-10."""

from .case import NOTHING, Case, flag, overdue
from .raw_rows import cin_visit, cla_visit, cp_plan, cp_visit

CP_05 = [
    Case(
        "960382",
        "CP-05",
        overdue("red", "2026-11-19", 1),
        record="51500173",
        rows=(
            cp_plan("51500173", start="2025-09-01", end="", other_council="N"),
            cp_visit("51203586", plan="51500173", on="2026-11-05", seen="Y"),
            cp_visit("51203587", plan="51500173", on="2026-11-16", seen="N"),
            cp_visit.none(on=">2026-11-05", seen="Y"),
        ),
        sum="Last seen on Thursday 5 November; at the call of the 16th the child was not seen, so it does not count. "
        "Friday 6 November is day 1, Monday 9 November to Friday 13 November are days 2 to 6, Monday 16 November to "
        "Thursday 19 November days 7 to 10: due on the 19th, yesterday.",
    ),
    Case(
        "960249",
        "CP-05",
        overdue("red", "2026-11-17", 3),
        record="51500124",
        rows=(
            cp_plan("51500124", start="2026-05-22", end="", other_council="N"),
            cp_visit("51202574", on="2026-11-03", seen="Y"),
            cp_visit("51202575", on="2026-11-12", seen="N"),
            cp_visit.none(on=">2026-11-03", seen="Y"),
        ),
        sum="Last seen on Tuesday 3 November. The 4th, 5th and 6th are days 1 to 3, Monday 9 November to Friday 13 "
        "November days 4 to 8, Monday 16 November day 9: due on Tuesday 17 November, three days ago.",
    ),
    Case(
        "960005",
        "CP-05",
        overdue("red", "2026-10-12", 39),
        record="51500004",
        rows=(
            cp_plan("51500004", start="2026-01-06", end="", other_council="N"),
            cp_visit("51200085", on="2026-09-28", seen="Y"),
            cp_visit.none(on=">2026-09-28"),
        ),
        sum="Last seen on Monday 28 September. The rest of that week is days 1 to 4, Monday 5 October to Friday 9 October "
        "days 5 to 9: due on Monday 12 October. 19 days are left of October and 20 of November have gone: 39 days.",
    ),
    Case(
        "960008",
        "CP-05",
        overdue("red", "2026-10-02", 49),
        record="51500007",
        rows=(
            cp_plan("51500007", start="2026-03-26", end="", other_council="N"),
            cp_visit("51200133", on="2026-09-18", seen="Y"),
            cp_visit.none(on=">2026-09-18"),
        ),
        sum="Last seen on Friday 18 September; the two whole weeks from Monday 21 September and Monday 28 September are "
        "ten working days: due on Friday 2 October. 29 days of October and 20 of November: 49 days.",
    ),
    Case(
        "960027",
        "CP-05",
        NOTHING,
        rows=(
            cp_plan("51500015", start="2025-11-11", end="", other_council="N"),
            cp_visit("51200356", on="2026-11-09", seen="Y"),
        ),
        sum="Seen on Monday 9 November. The 10th to 13th are days 1 to 4, Monday 16 November to Friday 20 November days "
        "5 to 9: the next visit is due on Monday 23 November, so nothing is late.",
    ),
]

CP_08 = [
    Case(
        "960005",
        "CP-08",
        overdue("red", "2026-10-26", 25),
        record="51500004",
        rows=(
            cp_plan("51500004", start="2026-01-06", end=""),
            cp_visit("51200085", on="2026-09-28", seen="Y"),
            cp_visit.none(on=">2026-09-28"),
            cin_visit.none(),
            cla_visit.none(),
        ),
        sum="Last seen by anybody on 28 September, whatever the kind of visit. 28 days on is 26 October; "
        "5 days of October and 20 of November: 25 days.",
    ),
    Case(
        "960007",
        "CP-08",
        overdue("red", "2026-11-02", 18),
        record="51500006",
        rows=(
            cp_plan("51500006", start="2025-11-19", end=""),
            cp_visit("51200118", on="2026-10-05", seen="Y"),
            cp_visit.none(on=">2026-10-05"),
            cin_visit.none(),
            cla_visit.none(),
        ),
        sum="Last seen by anybody on 5 October; 26 days bring us to 31 October, 28 to 2 November, 18 days ago.",
    ),
    Case(
        "960070",
        "CP-08",
        NOTHING,
        rows=(
            cp_plan("51500058", start="2026-05-14", end=""),
            cp_visit("51200777", on="2026-10-28", seen="Y"),
            cp_visit("51200778", on="2026-11-12", seen="N"),
        ),
        sum="Not seen on 12 November, but seen on 28 October, and 28 days from then is 25 November. "
        "The visit itself is late under CP-05; this longer clock is not.",
    ),
]

CP_10 = [
    Case(
        "960238",
        "CP-10",
        flag("red", "2026-11-20", 0),
        record="51500117",
        rows=(cp_plan("51500117", start="2025-08-20", end=""), cp_plan.exactly(1)),
        sum="20 August 2025 and 15 months is 20 November 2026: the plan is 15 months old today, and the day itself counts.",
    ),
    Case(
        "960340",
        "CP-10",
        flag("amber", "2026-08-21", 91),
        record="51500157",
        rows=(cp_plan("51500157", start="2025-08-21", end=""), cp_plan.exactly(1)),
        sum="One day younger than the last: 15 months only tomorrow, so 12 months is the highest reached, on 21 August. "
        "10 days of August, 30, 31 and 20: 91 days ago.",
    ),
    Case(
        "960007",
        "CP-10",
        flag("amber", "2026-11-19", 1),
        record="51500006",
        rows=(cp_plan("51500006", start="2025-11-19", end=""), cp_plan.exactly(1)),
        sum="19 November 2025 and 12 months is 19 November 2026, yesterday.",
    ),
    Case(
        "960032",
        "CP-10",
        flag("note", "2026-11-19", 1),
        record="51500020",
        rows=(cp_plan("51500020", start="2026-02-19", end=""), cp_plan.exactly(1)),
        sum="19 February and 9 months is 19 November, yesterday: the first step of the ladder, a note.",
    ),
    Case(
        "960074",
        "CP-10",
        NOTHING,
        rows=(cp_plan("51500062", start="2026-03-02", end=""), cp_plan.exactly(1)),
        sum="2 March and 9 months is 2 December: no step of the ladder has been reached.",
    ),
]

CASES = [*CP_05, *CP_08, *CP_10]
