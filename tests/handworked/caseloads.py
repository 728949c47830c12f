"""What a worker carries, child by child: points, capacity and utilisation, and the rules NQ-02 and DR-18 that ask about them.

Nobody in this council has a co-working role, so no sum holds a co-worker's share.
"""

from dataclasses import dataclass
from decimal import Decimal

from .case import NOTHING, Case, breach
from .raw_rows import Fact, staff, worker


@dataclass(frozen=True)
class Led:
    """A child in a worker's sum.

    entry: the highest line of the tariff that applies; it holds since `since`: the plan's start, the
    assessment's start, the court order's start, the day of entering care; for a care leaver, the birthday.
    share: 1, or 0.6 for a brother or sister of a child that scores as high or higher with the same worker.
    """

    child: str
    family: str
    entry: str
    since: str
    points: str
    share: str = "1"


@dataclass(frozen=True)
class Carried:
    """One worker's sum.  passed_over: children with an open involvement that do not count, and are in no file else."""

    worker: str
    staff: str
    fte: str
    factor: str
    led: tuple[Led, ...]
    points: str
    capacity: str
    utilisation: str | None
    band: str
    sum: str
    rows: tuple[Fact, ...]
    newly_qualified: bool = False
    passed_over: frozenset[str] = frozenset()

    def __str__(self):
        return f"worker {self.worker}"

    def added_up(self):
        return sum((Decimal(x.points) * Decimal(x.share) for x in self.led), Decimal(0))


IN_HER_FIRST_YEAR = Carried(
    "4056",
    "CS7056",
    fte="1.0",
    factor="0.9",
    newly_qualified=True,
    led=(
        Led("960027", "F0017", "cp_plan", "2025-11-11", "7"),
        Led("960028", "F0018", "cp_plan", "2026-03-23", "7"),
        Led("960029", "F0018", "cp_plan", "2026-08-03", "7", "0.6"),
        Led("960030", "F0019", "cp_plan", "2026-08-10", "7"),
        Led("960031", "F0020", "cp_plan", "2026-07-30", "7"),
        Led("960032", "F0020", "cp_plan", "2026-02-19", "7", "0.6"),
        Led("960033", "F0021", "cin", "2026-01-16", "4"),
        Led("960034", "F0022", "cin", "2026-09-16", "4"),
        Led("960035", "F0023", "cin", "2026-01-07", "4"),
        Led("960036", "F0024", "cin", "2026-07-13", "4"),
        Led("960037", "F0024", "cin", "2026-09-10", "4", "0.6"),
        Led("960038", "F0025", "cin", "2026-03-26", "4"),
        Led("960039", "F0025", "cin", "2026-08-14", "4", "0.6"),
        Led("960040", "F0026", "cin", "2026-09-04", "4"),
        Led("960041", "F0026", "cin", "2026-10-01", "4", "0.6"),
        Led("960042", "F0027", "cin", "2026-06-02", "4"),
        Led("960043", "F0028", "cin", "2026-05-15", "4"),
        Led("960044", "F0029", "cin", "2025-11-05", "4"),
        Led("960045", "F0029", "cin", "2026-05-28", "4", "0.6"),
        Led("960046", "F0030", "cin", "2026-05-21", "4"),
        Led("960047", "F0031", "cin", "2026-05-21", "4"),
        Led("960048", "F0031", "cin", "2026-04-23", "4", "0.6"),
    ),
    points="92.4",
    capacity="76.5",
    utilisation="1.208",
    band="red",
    rows=(staff("CS7056", first_year_from="2026-07-13", first_year_to="2027-07-13", left="", absent=""),),
    sum="Six on protection plans, the youngest plan (10 August) 102 days old and so past its first 90: 7 + 7 + 4.2 + 7 + 7 "
    "+ 4.2 = 36.4. Six children in need alone: 24. Five pairs in need: 5 x (4 + 2.4) = 32. 92.4 of 85 x 0.9 = 76.5.",
)

FIRST_YEAR_WITHOUT_CHILDREN = Carried(
    "4055",
    "CS7055",
    fte="1.0",
    factor="0.9",
    newly_qualified=True,
    led=(),
    points="0",
    capacity="76.5",
    utilisation="0.000",
    band="room",
    rows=(staff("CS7055", first_year_from="2026-09-17", first_year_to="2027-09-17"),),
    sum="Newly qualified since 17 September and holding nobody yet: 0 of 76.5.",
)

AWAY = Carried(
    "4060",
    "CS7060",
    fte="1",
    factor="0",
    led=(
        Led("960074", "F0047", "cp_plan", "2026-03-02", "7"),
        Led("960075", "F0048", "cp_plan", "2026-04-16", "7"),
    ),
    points="14",
    capacity="0",
    utilisation=None,
    band="no capacity",
    rows=(staff("CS7060", absent="2026-10-11", left=""),),
    sum="Two children on protection plans, of two families: 14. Away since 11 October, so no capacity and nothing to divide by.",
)

GONE = Carried(
    "4059",
    "CS7059",
    fte="1",
    factor="0",
    led=(
        Led("960072", "F0046", "cin", "2025-12-12", "4"),
        Led("960073", "F0046", "cin", "2026-06-12", "4", "0.6"),
    ),
    points="6.4",
    capacity="0",
    utilisation=None,
    band="no capacity",
    rows=(staff("CS7059", left="2026-10-27"),),
    sum="Left on 27 October, but two children in need, of one family, were never handed on: 4 + 2.4. No capacity.",
)

PART_TIME_AND_FAR_OVER = Carried(
    "4058",
    "CS7058",
    fte="0.6",
    factor="1",
    led=(
        Led("960049", "F0032", "cin", "2026-09-03", "4"),
        Led("960050", "F0033", "cin", "2026-03-11", "4"),
        Led("960051", "F0033", "cin", "2026-03-25", "4", "0.6"),
        Led("960052", "F0034", "cin", "2026-09-07", "4"),
        Led("960053", "F0035", "cin", "2026-10-29", "4"),
        Led("960054", "F0035", "cin", "2026-01-28", "4", "0.6"),
        Led("960055", "F0036", "cin", "2026-10-02", "4"),
        Led("960056", "F0037", "cin", "2025-11-18", "4"),
        Led("960057", "F0037", "cin", "2026-01-09", "4", "0.6"),
        Led("960058", "F0037", "cin", "2025-11-25", "4", "0.6"),
        Led("960059", "F0038", "cin", "2026-08-18", "4"),
        Led("960060", "F0039", "cin", "2025-12-03", "4"),
        Led("960061", "F0039", "cin", "2026-04-21", "4", "0.6"),
        Led("960062", "F0040", "cin", "2026-06-02", "4"),
        Led("960063", "F0041", "cin", "2025-12-08", "4"),
        Led("960064", "F0042", "cin", "2025-12-05", "4"),
        Led("960065", "F0042", "cin", "2026-03-18", "4", "0.6"),
        Led("960066", "F0043", "cin", "2026-03-09", "4", "0.6"),
        Led("960067", "F0043", "cp_plan", "2025-09-25", "7"),
        Led("960068", "F0044", "cp_plan", "2026-05-08", "7"),
        Led("960069", "F0044", "cp_plan", "2025-07-18", "7", "0.6"),
        Led("960070", "F0045", "cp_plan", "2026-05-14", "7"),
        Led("960071", "F0045", "cp_plan", "2026-03-02", "7", "0.6"),
    ),
    points="90.2",
    capacity="51",
    utilisation="1.769",
    band="red",
    rows=(staff("CS7058", first_year_from="", left="", absent=""),),
    sum="Six in need alone: 24. Four pairs in need: 25.6. Three in need: 4 + 2.4 + 2.4 = 8.8. In family F0043 the child on a "
    "plan scores higher and counts whole: 7 + 2.4 = 9.4. Two pairs on plans: 22.4. 90.2 of 85 x 0.6 = 51.",
)

PART_TIME_WITH_ROOM = Carried(
    "4025",
    "CS7025",
    fte="0.6",
    factor="1",
    led=(
        Led("960079", "F0051", "cp_plan", "2025-08-06", "7"),
        Led("960081", "F0051", "cp_plan", "2025-10-09", "7", "0.6"),
        Led("960222", "F0141", "cp_plan", "2025-09-30", "7"),
        Led("960225", "F0143", "cin", "2026-08-28", "4"),
        Led("960252", "F0161", "cp_plan", "2026-01-28", "7"),
        Led("960345", "F0221", "cin", "2025-11-14", "4"),
    ),
    points="33.2",
    capacity="51",
    utilisation="0.651",
    band="room",
    rows=(staff("CS7025", left="", absent=""),),
    sum="7 + 4.2 for one family, 7 + 4 + 7 + 4 for four children of four others: 33.2 of 51.",
)

A_PLAN_IN_ITS_FIRST_90_DAYS = Carried(
    "4026",
    "CS7026",
    fte="0.8",
    factor="1",
    led=(
        Led("960008", "F0006", "cp_plan", "2026-03-26", "7"),
        Led("960111", "F0071", "cp_plan", "2026-06-16", "7"),
        Led("960120", "F0078", "cin", "2026-08-19", "4"),
        Led("960196", "F0127", "cp_plan_first_90_days", "2026-08-28", "8"),
        Led("960242", "F0153", "cin", "2026-09-16", "4"),
        Led("960249", "F0159", "cp_plan", "2026-05-22", "7"),
        Led("960273", "F0175", "cin", "2026-04-09", "4"),
        Led("960304", "F0195", "cin", "2026-06-30", "4"),
        Led("960370", "F0234", "cp_plan", "2026-06-09", "7"),
    ),
    points="52",
    capacity="68",
    utilisation="0.765",
    band="room",
    rows=(staff("CS7026", left="", absent=""),),
    sum="The plan of 28 August is in its first 90 days until 26 November: 8. Four older plans: 28. Four in need: 16. Nine "
    "families, so no shares. 52 of 85 x 0.8 = 68.",
)

SIX_IN_COURT = Carried(
    "4037",
    "CS7037",
    fte="0.8",
    factor="1",
    led=(
        Led("960026", "F0017", "care_proceedings", "2026-05-15", "10"),
        Led("960094", "F0061", "care_proceedings", "2025-07-16", "10"),
        Led("960154", "F0102", "care_proceedings", "2023-01-25", "10"),
        Led("960157", "F0104", "cla_tier_2", "2024-10-01", "5"),
        Led("960169", "F0113", "cla_tier_2", "2025-08-19", "5"),
        Led("960193", "F0124", "cla_tier_2", "2024-01-12", "5"),
        Led("960244", "F0155", "care_proceedings", "2024-08-14", "10"),
        Led("960294", "F0189", "cla_tier_2", "2025-07-10", "5"),
        Led("960341", "F0219", "cla_tier_2", "2025-02-11", "5"),
        Led("960344", "F0220", "care_proceedings", "2025-04-08", "10"),
        Led("960395", "F0253", "care_proceedings", "2026-03-31", "10"),
    ),
    points="85",
    capacity="68",
    utilisation="1.250",
    band="red",
    rows=(staff("CS7037", left="", absent=""),),
    sum="Six under an interim care order: 60. Five others looked after for more than a year and not moved twice in six months: "
    "25. Family F0017's other child has another worker, so it counts whole here. 85 of 68.",
)

JUST_UNDER_THE_OVERLOAD = Carried(
    "4041",
    "CS7041",
    fte="1",
    factor="1",
    led=(
        Led("960024", "F0015", "care_proceedings", "2024-02-07", "10"),
        Led("960118", "F0077", "care_proceedings", "2025-11-25", "10"),
        Led("960127", "F0084", "cla_tier_2", "2023-09-27", "5"),
        Led("960132", "F0087", "cla_tier_1", "2026-01-16", "8"),
        Led("960165", "F0110", "cla_tier_2", "2024-11-07", "5"),
        Led("960188", "F0121", "cla_tier_2", "2023-08-30", "5"),
        Led("960214", "F0138", "cla_tier_2", "2025-11-06", "5"),
        Led("960247", "F0158", "cla_tier_1", "2026-05-05", "8", "0.6"),
        Led("960248", "F0158", "care_proceedings", "2023-10-13", "10"),
        Led("960313", "F0200", "cla_tier_2", "2025-08-20", "5"),
        Led("960337", "F0215", "care_proceedings", "2024-11-22", "10"),
        Led("960372", "F0236", "cla_tier_2", "2025-03-07", "5"),
        Led("960384", "F0245", "care_proceedings", "2023-07-12", "10"),
    ),
    points="92.8",
    capacity="85",
    utilisation="1.092",
    band="amber",
    rows=(staff("CS7041", left="", absent=""),),
    sum="Five under an interim care order: 50. One in care since January: 8. Six in care for a year or more, one of "
    "them only by two weeks: 30. In family F0158 the child in court, one of the five, counts whole, and the other, in "
    "care since May, 0.6 of 8 = 4.8. 92.8 of 85: over, but under 1.10.",
)

PERSONAL_ADVISER = Carried(
    "4047",
    "CS7047",
    fte="0.8",
    factor="1",
    led=(
        Led("960078", "F0050", "care_leaver", "2008-08-28", "4"),
        Led("960140", "F0093", "care_leaver", "2006-07-07", "4"),
        Led("960203", "F0131", "care_leaver", "2008-07-11", "4"),
        Led("960328", "F0210", "care_leaver", "2006-07-28", "4"),
        Led("960400", "F0257", "care_leaver", "2007-01-10", "4"),
    ),
    passed_over=frozenset({"999714"}),
    points="20",
    capacity="68",
    utilisation="0.294",
    band="room",
    rows=(staff("CS7047", title="Personal Adviser", left="", absent=""),),
    sum="Five care leavers: 20 of 85 x 0.8 = 68. The sixth open involvement is of somebody in no other file, and is not counted.",
)

ADVISER_OF_ONE_WHO_IS_21 = Carried(
    "4049",
    "CS7049",
    fte="1",
    factor="1",
    led=(
        Led("960076", "F0049", "care_leaver", "2006-01-07", "4"),
        Led("960113", "F0073", "care_leaver", "2005-09-16", "4"),
        Led("960146", "F0096", "care_leaver", "2006-10-31", "4"),
        Led("960254", "F0163", "care_leaver", "2004-12-22", "4"),
        Led("960317", "F0201", "care_leaver", "2005-11-04", "4"),
    ),
    points="20",
    capacity="85",
    utilisation="0.235",
    band="room",
    rows=(staff("CS7049", title="Personal Adviser", left="", absent=""),),
    sum="Five care leavers, three of them 21 already: at any age a care leaver is 4 points. 20 of 85.",
)

IN_ASSESSMENT = Carried(
    "4006",
    "CS7006",
    fte="1.0",
    factor="1",
    led=(
        Led("960121", "F0079", "assessment_open", "2026-10-05", "5"),
        Led("960136", "F0090", "assessment_open", "2026-10-26", "5"),
        Led("960259", "F0165", "assessment_open", "2026-11-13", "5"),
        Led("960269", "F0173", "assessment_open", "2026-11-09", "5"),
    ),
    points="20",
    capacity="85",
    utilisation="0.235",
    band="room",
    rows=(staff("CS7006", left="", absent=""),),
    sum="Four assessments not yet signed off, 5 each: 20 of 85.",
)

CARRIED = [
    IN_HER_FIRST_YEAR,
    FIRST_YEAR_WITHOUT_CHILDREN,
    AWAY,
    GONE,
    PART_TIME_AND_FAR_OVER,
    PART_TIME_WITH_ROOM,
    A_PLAN_IN_ITS_FIRST_90_DAYS,
    SIX_IN_COURT,
    JUST_UNDER_THE_OVERLOAD,
    PERSONAL_ADVISER,
    ADVISER_OF_ONE_WHO_IS_21,
    IN_ASSESSMENT,
]


def _asked(carried, rule, says, words):
    rows = (worker(carried.worker, staff=carried.staff), *carried.rows)
    return Case(carried.worker, rule, says, words, rows)


CASES = [
    _asked(
        IN_HER_FIRST_YEAR,
        "NQ-02",
        breach("note"),
        "92.4 of 76.5 is more than 1.00 in a first year. Only a note, since the weights are ours and not agreed.",
    ),
    _asked(FIRST_YEAR_WITHOUT_CHILDREN, "NQ-02", NOTHING, "Newly qualified, and holding nobody."),
    _asked(PART_TIME_AND_FAR_OVER, "NQ-02", NOTHING, "Far over, but not newly qualified."),
    _asked(IN_HER_FIRST_YEAR, "DR-18", breach("note"), "92.4 of 76.5 is 1.208, which is 1.10 or more."),
    _asked(PART_TIME_AND_FAR_OVER, "DR-18", breach("note"), "90.2 of 51 is 1.769."),
    _asked(SIX_IN_COURT, "DR-18", breach("note"), "85 of 68 is 1.25."),
    _asked(JUST_UNDER_THE_OVERLOAD, "DR-18", NOTHING, "92.8 of 85 is 1.092: 0.7 of a point under 1.10."),
    _asked(
        AWAY,
        "DR-18",
        NOTHING,
        "Without capacity there is no utilisation to be over; AL-12 asks about the children.",
    ),
]
