"""Children looked after and care leavers: CLA-R1, CLA-R3, CLA-S1, CLA-V3, CL-04, CL-07."""

from .case import NOTHING, Case, breach, overdue
from .raw_rows import care_leaver, cla_review, cla_visit, episode, legal, person, placement

CLA_R = [
    Case(
        "960026",
        "CLA-R1",
        overdue("red", "2026-06-15", 158),
        record="P51000096",
        rows=(
            episode("E51700012", period="P51000096", start="2026-05-15", end="", entered="2026-05-15"),
            cla_review("R51600046", period="P51000096", due="2026-06-15", held=""),
            cla_review.exactly(1, period="P51000096"),
        ),
        sum="Entered care on Friday 15 May, and no review has been held. 18 to 22 May are days 1 to 5; Monday 25 May is a "
        "bank holiday; 26 to 29 May make 9, the weeks of 1 and 8 June 19: due on Monday 15 June. "
        "15, 31, 31, 30, 31 and 20: 158 days.",
    ),
    Case(
        "960395",
        "CLA-R1",
        NOTHING,
        rows=(
            episode.exactly(3, period="P51001503", entered="2026-03-31"),
            cla_review("R51600591", period="P51001503", held="2026-04-28", cancelled="N"),
        ),
        sum="Entered care on Tuesday 31 March. With Good Friday and Easter Monday passed over, the twentieth working day was "
        "Thursday 30 April; the first review was held on the 28th.",
    ),
    Case(
        "960024",
        "CLA-R3",
        overdue("red", "2026-05-28", 176),
        record="P51000086",
        rows=(
            episode("E51700009", period="P51000086", end="", entered="2024-02-07"),
            cla_review("R51600037", period="P51000086", held="2025-11-28", cancelled="N"),
            cla_review("R51600038", period="P51000086", due="2026-06-02", held=""),
            cla_review.exactly(5, period="P51000086", held="!"),
            cla_review.none(period="P51000086", held=">2025-11-28"),
        ),
        sum="Five reviews held, the last on 28 November 2025: the next was due six months later, on 28 May, whatever date the "
        "office wrote down for it. 3, 30, 31, 31, 30, 31 and 20: 176 days.",
    ),
    Case(
        "960025",
        "CLA-R3",
        overdue("red", "2026-06-10", 163),
        record="P51000091",
        rows=(
            episode("E51700011", period="P51000091", end="", entered="2023-08-18"),
            cla_review("R51600044", period="P51000091", held="2025-12-10", cancelled="N"),
            cla_review.exactly(6, period="P51000091", held="!"),
            cla_review.none(period="P51000091", held=">2025-12-10"),
        ),
        sum="Six reviews held, the last on 10 December 2025: due again on 10 June. 20, 31, 31, 30, 31 and 20: 163 days.",
    ),
    Case(
        "960358",
        "CLA-R3",
        NOTHING,
        rows=(
            episode("E51700158", period="P51001365", end="", entered="2025-01-31"),
            cla_review("R51600536", period="P51001365", held="2026-05-22", cancelled="N"),
            cla_review.exactly(4, period="P51001365", held="!"),
        ),
        sum="Last reviewed on 22 May: six months later is Sunday 22 November, the day after tomorrow.",
    ),
]

CLA_S1 = [
    Case(
        "960395",
        "CLA-S1",
        breach("amber"),
        record="P51001503",
        rows=(
            placement("L51800172", start="2026-03-31", end="2026-05-20", kind="K2", provider=""),
            placement("L51800173", start="2026-05-20", end="2026-07-25", kind="U6", provider=""),
            placement("L51800174", start="2026-07-25", end="", kind="U3", provider=""),
            placement.exactly(3),
        ),
        sum="Three placements since March, none of a kind that is left out. No provider is given, so none of them can be "
        "taken for the same home.",
    ),
    Case(
        "960089",
        "CLA-S1",
        breach("amber"),
        record="P51000337",
        rows=(
            placement("L51800020", start="2025-04-25", end="2026-07-15", kind="U4", provider=""),
            placement("L51800021", start="2026-07-15", end="2026-09-23", kind="U3", provider=""),
            placement("L51800022", start="2026-09-23", end="", kind="U3", provider=""),
            placement.exactly(3),
        ),
        sum="The first began long ago but lasted until this July, within the last twelve months: three.",
    ),
    Case(
        "960169",
        "CLA-S1",
        NOTHING,
        rows=(
            placement("L51800077", start="2025-08-19", end="2025-11-12", kind="U3", provider=""),
            placement("L51800078", start="2025-11-12", end="2025-12-11", kind="U3", provider=""),
            placement("L51800079", start="2025-12-11", end="", kind="K2", provider=""),
            placement.exactly(3),
        ),
        sum="Three in all, but the first ended on 12 November 2025, and the twelve months begin on the 21st: two.",
    ),
    Case(
        "960143",
        "CLA-S1",
        NOTHING,
        rows=(
            placement("L51800061", start="2024-08-23", end="2025-09-08", kind="U4", provider=""),
            placement("L51800062", start="2025-09-08", end="2025-12-12", kind="U6", provider=""),
            placement("L51800063", start="2025-12-12", end="", kind="K2", provider=""),
            placement.exactly(3),
        ),
        sum="The first ended in September 2025: two placements in the last twelve months.",
    ),
]

CLA_V3 = [
    Case(
        "960024",
        "CLA-V3",
        overdue("red", "2026-11-19", 1),
        record="L51800009",
        rows=(
            placement("L51800009", start="2025-09-03", end="", kind="U6"),
            legal("51000087", status="C1", start="2024-02-07", end=""),
            cla_visit("V51200289", on="2026-10-08", seen="Y"),
            cla_visit.none(on=">2026-10-08"),
        ),
        sum="Last visit on 8 October, more than a year into the placement, which is not a long-term kind. 42 days: 23 to the "
        "end of October and 19 of November: due yesterday. Under an interim order, but not placed with parents.",
    ),
    Case(
        "960002",
        "CLA-V3",
        NOTHING,
        rows=(
            placement("L51800001", start="2023-12-08", end="", kind="K2"),
            cla_visit("V51200044", on="2026-10-09", seen="Y"),
            cla_visit.none(on=">2026-10-09"),
        ),
        sum="Last visit on 9 October: 42 days later is today, so it is late only from tomorrow.",
    ),
]

CL_04 = [
    Case(
        "960076",
        "CL-04",
        overdue("red", "2026-08-18", 94),
        rows=(
            person("960076", born="2006-01-07", died=""),
            care_leaver("51000281", eligibility="Former Relevant", in_touch="NO", review="2026-02-18"),
        ),
        sum="Aged 20. The pathway plan was reviewed on 18 February: due again on 18 August. 13, 30, 31 and 20: 94 days.",
    ),
    Case(
        "960078",
        "CL-04",
        overdue("red", "2026-08-11", 101),
        rows=(
            person("960078", born="2008-08-28", died=""),
            care_leaver("51000293", eligibility="Former Relevant", in_touch="NO", review="2026-02-11"),
        ),
        sum="Aged 18 since August. Reviewed on 11 February: due again on 11 August. 20, 30, 31 and 20: 101 days.",
    ),
    Case(
        "960077",
        "CL-04",
        NOTHING,
        rows=(
            person("960077", born="2005-05-01", died=""),
            care_leaver("51000287", eligibility="Former Relevant", in_touch="NO", review="2026-02-12"),
        ),
        sum="Would have been due on 12 August, but turned 21 on 1 May, and the rule is for those under 21.",
    ),
    Case(
        "960329",
        "CL-04",
        NOTHING,
        rows=(person("960329", born="2006-04-22", died=""), care_leaver("51001268", review="2026-06-03")),
        sum="Aged 20. Reviewed on 3 June: due on 3 December.",
    ),
]

CL_07 = [
    Case(
        "960076",
        "CL-07",
        overdue("amber", "2026-07-24", 119),
        rows=(
            person("960076", born="2006-01-07"),
            care_leaver("51000281", eligibility="Former Relevant", in_touch="NO", contact="2026-05-29"),
        ),
        sum="Last contact on 29 May. 56 days: 2 of May, 30 of June, 24 of July. 7, 31, 30, 31 and 20: 119 days. Amber, since "
        "being out of touch is not the same as having refused.",
    ),
    Case(
        "960078",
        "CL-07",
        overdue("amber", "2026-09-09", 72),
        rows=(
            person("960078", born="2008-08-28"),
            care_leaver("51000293", eligibility="Former Relevant", in_touch="NO", contact="2026-07-15"),
        ),
        sum="Last contact on 15 July. 56 days: 16 of July, 31 of August, 9 of September. 21, 31 and 20: 72 days.",
    ),
    Case(
        "960077",
        "CL-07",
        NOTHING,
        rows=(
            person("960077", born="2005-05-01"),
            care_leaver("51000287", in_touch="NO", contact="2026-07-13"),
        ),
        sum="Nobody has spoken with them since 13 July, but they turned 21 on 1 May, and the rule is for those under 21.",
    ),
    Case(
        "960146",
        "CL-07",
        NOTHING,
        rows=(
            person("960146", born="2006-10-31"),
            care_leaver("51000572", in_touch="YES", contact="2026-10-09"),
        ),
        sum="Aged 20. Last contact on 9 October; 56 days are 22 of October, 30 of November, 4 of December: due on 4 December.",
    ),
]

CASES = [*CLA_R, *CLA_S1, *CLA_V3, *CL_04, *CL_07]
