"""Who holds a child, since when nobody does, and how many have: AL-01, AL-04, AL-12, CW-02, NQ-07."""

from .case import NOTHING, Case, breach, overdue
from .raw_rows import cin_plan, cp_plan, episode, involvement, person, referral, staff, worker

LEFT_ON_27_OCTOBER = (worker("4059", staff="CS7059"), staff("CS7059", left="2026-10-27", absent=""))
AWAY_FROM_11_OCTOBER = (worker("4060", staff="CS7060"), staff("CS7060", left="", absent="2026-10-11"))
FIRST_YEAR_FROM_13_JULY = (
    worker("4056", staff="CS7056"),
    staff("CS7056", first_year_from="2026-07-13", first_year_to="2027-07-13"),
)

AL_01 = [
    Case(
        "960001",
        "AL-01",
        breach("red"),
        rows=(
            cp_plan("51500001", start="2026-04-30", end=""),
            involvement("51100002", worker="4029", role="CW", start="2026-05-15", end="2026-11-09"),
            involvement("51100003", worker="", role="CW", start="2026-11-09", end=""),
            involvement.none(worker="!", end=""),
        ),
        sum="The last worker ended on 9 November, and the row since then names nobody. "
        "Red, because the child is on a protection plan.",
    ),
    Case(
        "960003",
        "AL-01",
        breach("amber"),
        rows=(
            cin_plan("51500002", start="2025-11-24", end=""),
            cp_plan.none(),
            episode.none(),
            involvement("51100008", worker="4028", start="2026-01-05", end="2026-11-06"),
            involvement("51100009", worker="", start="2026-11-06", end=""),
            involvement.none(worker="!", end=""),
        ),
        sum="Nobody is named since 6 November. In need, neither on a protection plan nor looked after: amber.",
    ),
    Case(
        "960072",
        "AL-01",
        breach("amber"),
        rows=(
            cp_plan.none(),
            episode.none(),
            involvement("51100173", worker="4059", role="CW", start="2025-12-12", end=""),
            involvement.exactly(1, end=""),
            *LEFT_ON_27_OCTOBER,
        ),
        sum="The involvement was never closed, but its worker left on 27 October, so nobody who is here holds the child.",
    ),
    Case(
        "960074",
        "AL-01",
        NOTHING,
        rows=(
            involvement("51100177", worker="4060", role="CW", start="2026-03-24", end=""),
            *AWAY_FROM_11_OCTOBER,
        ),
        sum="A worker who is away is still the child's named worker; that is asked by AL-12, not here.",
    ),
    Case(
        "999714",
        "AL-01",
        NOTHING,
        rows=(
            person.none(),
            referral.none(),
            cp_plan.none(),
            episode.none(),
            involvement("51100790", worker="4047", role="16PLUS", start="2026-02-25", end=""),
        ),
        sum="An involvement for somebody of whom there is no other row: no referral, no plan, no period of care. "
        "Nobody is open here, so nobody is without a worker.",
    ),
]

AL_04 = [
    Case(
        "960002",
        "AL-04",
        overdue("red", "2026-11-14", 6),
        rows=(
            referral("51400002", made="2023-11-29", closed=""),
            involvement("51100005", worker="4042", start="2024-01-02", end="2026-10-31"),
            involvement("51100006", worker="", start="2026-10-31", end=""),
            involvement.none(worker="!", end=""),
        ),
        sum="Nobody from 31 October on; 14 days later is 14 November, six days ago.",
    ),
    Case(
        "960072",
        "AL-04",
        overdue("red", "2026-11-10", 10),
        rows=(
            involvement("51100173", worker="4059", start="2025-12-12", end=""),
            involvement.exactly(1, end=""),
            *LEFT_ON_27_OCTOBER,
        ),
        sum="The wait begins with the day the worker left, 27 October; 14 days later is 10 November, ten days ago.",
    ),
    Case(
        "960003",
        "AL-04",
        NOTHING,
        rows=(
            involvement("51100008", worker="4028", end="2026-11-06"),
            involvement("51100009", worker="", start="2026-11-06", end=""),
        ),
        sum="Nobody from 6 November on; 14 days later is today, 20 November: late only from tomorrow.",
    ),
    Case(
        "960004",
        "AL-04",
        NOTHING,
        rows=(
            involvement("51100011", worker="4026", end="2026-11-07"),
            involvement("51100012", worker="", start="2026-11-07", end=""),
        ),
        sum="Nobody from 7 November on; 14 days later is tomorrow.",
    ),
]

AL_12 = [
    Case(
        "960074",
        "AL-12",
        overdue("red", "2026-10-14", 37),
        rows=(
            cp_plan("51500062", start="2026-03-02", end=""),
            involvement("51100177", worker="4060", start="2026-03-24", end=""),
            involvement.exactly(1, end=""),
            *AWAY_FROM_11_OCTOBER,
        ),
        sum="On a protection plan: cover within three working days. Away from Sunday 11 October: Monday 12 October, Tuesday "
        "13 October, Wednesday 14 October. Nobody else is involved. 17 and 20: 37 days.",
    ),
    Case(
        "960075",
        "AL-12",
        overdue("red", "2026-10-14", 37),
        rows=(
            cp_plan("51500063", start="2026-04-16", end=""),
            involvement("51100179", worker="4060", start="2026-05-20", end=""),
            involvement.exactly(1, end=""),
            *AWAY_FROM_11_OCTOBER,
        ),
        sum="The same worker's other child, also on a plan: a clock of its own, the same three working days.",
    ),
    Case(
        "960072",
        "AL-12",
        NOTHING,
        rows=(involvement("51100173", worker="4059", end=""), *LEFT_ON_27_OCTOBER),
        sum="This worker is not away but gone, so the child has no named worker at all: AL-01 says so, and this rule is silent.",
    ),
]

CW_02 = [
    Case(
        "960020",
        "CW-02",
        breach("amber"),
        rows=(
            involvement("51100037", worker="4018", start="2025-10-20", end="2025-12-11"),
            involvement("51100038", worker="4033", start="2025-12-11", end="2026-04-02"),
            involvement("51100039", worker="4028", start="2026-04-02", end="2026-06-08"),
            involvement("51100040", worker="4030", start="2026-06-08", end="2026-08-20"),
            involvement("51100041", worker="4034", start="2026-08-20", end="2026-09-23"),
            involvement("51100042", worker="4032", start="2026-09-23", end=""),
            involvement.exactly(6, role="CW"),
        ),
        sum="Six workers since 21 November 2025; the first still held the child for three weeks of it.",
    ),
    Case(
        "960132",
        "CW-02",
        breach("amber"),
        rows=(
            involvement("51100294", worker="4017", start="2025-11-26", end="2026-01-22"),
            involvement("51100295", worker="4038", start="2026-01-22", end="2026-01-27"),
            involvement("51100296", worker="4041", start="2026-01-27", end=""),
            involvement.exactly(3, role="CW"),
        ),
        sum="Three workers since 21 November 2025. The second held the child for five days of January, and that counts.",
    ),
    Case(
        "960047",
        "CW-02",
        breach("amber"),
        rows=(
            involvement("51100120", worker="4007", start="2026-04-24", end="2026-06-29"),
            involvement("51100121", worker="4023", start="2026-06-29", end="2026-07-13"),
            involvement("51100122", worker="4056", start="2026-07-13", end=""),
            involvement.exactly(3, role="CW"),
        ),
        sum="Three workers in seven months, all of them in the last twelve.",
    ),
    Case(
        "960155",
        "CW-02",
        NOTHING,
        rows=(
            involvement("51100341", worker="4011", start="2025-07-11", end="2025-08-20"),
            involvement("51100342", worker="4028", start="2025-08-20", end="2026-07-16"),
            involvement("51100343", worker="4034", start="2026-07-16", end=""),
            involvement.exactly(3),
        ),
        sum="Three in all, but the first ended in August 2025, before the last twelve months began: two.",
    ),
    Case(
        "960004",
        "CW-02",
        NOTHING,
        rows=(
            involvement("51100010", worker="4015", start="2025-12-25", end="2026-02-13"),
            involvement("51100011", worker="4026", start="2026-02-13", end="2026-11-07"),
            involvement("51100012", worker="", start="2026-11-07", end=""),
            involvement.exactly(3),
        ),
        sum="Three rows, but the last of them names nobody: two workers.",
    ),
    Case(
        "960382",
        "CW-02",
        NOTHING,
        rows=(
            involvement("51100755", worker="4011", start="2025-08-06", end="2025-09-12"),
            involvement("51100756", worker="4024", start="2025-09-12", end="2025-11-22"),
            involvement("51100757", worker="4024", start="2025-11-22", end=""),
            involvement.exactly(3),
        ),
        sum="Two rows of the last twelve months, both of the same worker: one.",
    ),
    Case(
        "960116",
        "CW-02",
        NOTHING,
        rows=(
            involvement("51100262", worker="4017", start="2026-09-25", end="2026-08-21"),
            involvement("51100263", worker="4029", start="2026-09-25", end=""),
            involvement.exactly(2),
        ),
        sum="One row ends before it starts. Even if it were put right there would be two workers, not three, "
        "so there is nothing that cannot be told.",
    ),
    Case(
        "960371",
        "CW-02",
        NOTHING,
        rows=(
            involvement("51100736", worker="4010", start="2025-10-15", end="2025-08-20"),
            involvement("51100737", worker="4029", start="2025-10-15", end="2026-08-24"),
            involvement("51100738", worker="4029", start="2026-08-24", end=""),
            involvement.exactly(3),
        ),
        sum="The same worker twice, and a row that ends before it starts: at most two, so nothing is left in doubt.",
    ),
]

NQ_07 = [
    Case(
        "960030",
        "NQ-07",
        breach("red"),
        record="51500018",
        rows=(
            cp_plan("51500018", start="2026-08-10", end=""),
            involvement("51100077", worker="4056", role="CW", start="2026-08-18", end=""),
            involvement.exactly(1, end=""),
            *FIRST_YEAR_FROM_13_JULY,
        ),
        sum="Led by a worker in the first six months of the first year (13 July to 13 January), with nobody beside them: red.",
    ),
    Case(
        "960032",
        "NQ-07",
        breach("red"),
        record="51500020",
        rows=(
            cp_plan("51500020", start="2026-02-19", end=""),
            involvement("51100082", worker="4056", role="CW", start="2026-07-13", end=""),
            involvement.exactly(1, end=""),
            *FIRST_YEAR_FROM_13_JULY,
        ),
        sum="A plan from before the worker's first day, taken over on that day, without a second worker: red.",
    ),
    Case(
        "960033",
        "NQ-07",
        NOTHING,
        rows=(
            cp_plan.none(),
            cin_plan("51500021", start="2026-01-16", end=""),
            involvement("51100085", worker="4056", start="2026-07-13", end=""),
        ),
        sum="The same newly qualified worker, but the child is in need and on no protection plan.",
    ),
    Case(
        "960067",
        "NQ-07",
        NOTHING,
        rows=(
            cp_plan("51500055", start="2025-09-25", end=""),
            involvement("51100163", worker="4058", start="2025-10-30", end=""),
            worker("4058", staff="CS7058"),
            staff("CS7058", first_year_from="", first_year_to=""),
        ),
        sum="On a protection plan, but led by a worker who is not newly qualified.",
    ),
]

CASES = [*AL_01, *AL_04, *AL_12, *CW_02, *NQ_07]
