"""When a child was last talked about, and what was agreed: SUP-05 to SUP-09, ACT-02.

A talk is a case supervision or a case discussion. A manager's oversight is one only for SUP-09.
"""

from .case import NOTHING, Case, overdue
from .raw_rows import (
    A_TALK,
    action,
    assessment,
    care_leaver,
    cin_plan,
    cp_plan,
    episode,
    note,
    person,
    referral,
)

OVERSIGHT = "Management Oversight"

SUP_05 = [
    Case(
        "960001",
        "SUP-05",
        overdue("red", "2026-05-21", 183),
        rows=(
            referral("51400001", made="2026-03-26", closed=""),
            cp_plan("51500001", start="2026-04-30", end=""),
            note.none(),
        ),
        sum="Never talked about, so counted from the referral of 26 March. The plan came after: the earlier of 26 March + 56 "
        "days (21 May) and 30 April + 28 (28 May). Red from 14 days after that, 4 June. 10, 30, 31, 31, 30, 31, 20: 183.",
    ),
    Case(
        "960028",
        "SUP-05",
        overdue("amber", "2026-11-19", 1),
        rows=(
            referral("51400028", made="2026-02-23", closed=""),
            cp_plan("51500016", start="2026-03-23", end=""),
            note(on="2026-10-22", kind="Supervision - Case Discussion"),
            note.none(on=">2026-10-22"),
        ),
        sum="Talked about on 22 October; 28 days are 9 of October and 19 of November: due yesterday. Red only from 42 days, "
        "3 December.",
    ),
    Case(
        "960006",
        "SUP-05",
        overdue("red", "2026-11-06", 14),
        rows=(
            referral("51400006", made="2026-05-04", closed=""),
            cp_plan("51500005", start="2026-06-04", end=""),
            note(on="2026-10-09", kind="Supervision - Case Discussion"),
            note(on="2026-11-13", kind=OVERSIGHT),
            note.none(on=">2026-10-09", kind=A_TALK),
        ),
        sum="Talked about on 9 October: due 28 days later, on 6 November. The oversight of the 13th is no talk. Red from 42 "
        "days, which is today, that day included.",
    ),
    Case(
        "960029",
        "SUP-05",
        NOTHING,
        rows=(
            cp_plan("51500017", start="2026-08-03", end=""),
            note(on="2026-10-23", kind="Case Supervision"),
            note.none(on=">2026-10-23"),
        ),
        sum="Talked about on 23 October: 28 days later is today.",
    ),
]

SUP_06 = [
    Case(
        "960004",
        "SUP-06",
        overdue("red", "2026-02-19", 274),
        rows=(
            referral("51400004", made="2025-12-25", closed=""),
            cin_plan("51500003", start="2026-03-11", end=""),
            note.none(),
        ),
        sum="Never talked about, so counted from the referral of 25 December 2025: 56 days are 6 of December, 31 of January, "
        "19 of February, and that comes before 11 March + 56. 9, 31, 30, 31, 30, 31, 31, 30, 31 and 20: 274 days.",
    ),
    Case(
        "960116",
        "SUP-06",
        overdue("red", "2026-10-16", 35),
        rows=(
            referral("51400116", made="2026-08-21", closed=""),
            cin_plan("51500082", start="2026-10-12", end=""),
            note(on="2026-09-16", kind=OVERSIGHT),
            note(on="2026-10-23", kind=OVERSIGHT),
            note.none(kind=A_TALK),
        ),
        sum="Two oversights, but never a talk: counted from the referral of 21 August, 56 days are 10, 30 and 16: 16 October "
        "(12 October + 56 would be December). Red from 28 days after that, 13 November. 15 and 20: 35 days.",
    ),
    Case(
        "960374",
        "SUP-06",
        overdue("amber", "2026-11-18", 2),
        rows=(
            referral("51400374", made="2026-05-08", closed=""),
            cin_plan("51500171", start="2026-07-10", end=""),
            note(on="2026-09-23", kind="Supervision - Case Discussion"),
            note(on="2026-10-30", kind=OVERSIGHT),
            note.none(on=">2026-09-23", kind=A_TALK),
        ),
        sum="Talked about on 23 September; 56 days are 7, 31 and 18: 18 November. Red only from 84 days, 16 December.",
    ),
    Case(
        "960336",
        "SUP-06",
        overdue("amber", "2026-11-13", 7),
        rows=(
            referral("51400336", made="2026-08-24", closed=""),
            cin_plan("51500156", start="2026-10-27", end=""),
            note(on="2026-09-18", kind="Supervision - Case Discussion"),
            note(on="2026-10-23", kind=OVERSIGHT),
            note.exactly(2),
        ),
        sum="Talked about on 18 September, before the plan of 27 October: the earlier of 18 September + 56 (12, 31 and 13: "
        "13 November) and 27 October + 56. Red from 28 days after that, 11 December.",
    ),
    Case(
        "960046",
        "SUP-06",
        NOTHING,
        rows=(
            cin_plan("51500034", start="2026-05-21", end=""),
            note(on="2026-09-25", kind="Case Supervision"),
            note.none(on=">2026-09-25", kind=A_TALK),
        ),
        sum="Talked about on 25 September: 56 days, eight weeks, later is today.",
    ),
]

SUP_07 = [
    Case(
        "960002",
        "SUP-07",
        overdue("red", "2024-01-24", 1031),
        rows=(
            referral("51400002", made="2023-11-29", closed=""),
            episode("E51700001", period="P51000009", start="2023-12-08", end="", entered="2023-12-08"),
            note.none(),
        ),
        sum="Never talked about in the files we hold: 29 November 2023 + 56 days (1, 31 and 24) is 24 January 2024, before "
        "8 December + 56. Two years with a leap day, 731, and then 7, 28, 31, 30, 31, 30, 31, 31, 30, 31 and 20: 1,031.",
    ),
    Case(
        "960133",
        "SUP-07",
        overdue("red", "2026-10-23", 28),
        rows=(
            episode("E51700054", period="P51000516", end="", entered="2025-06-12"),
            note(on="2026-08-28", kind="Supervision - Case Discussion"),
            note.none(on=">2026-08-28", kind=A_TALK),
            note.exactly(2, on=">2026-08-28", kind=OVERSIGHT),
        ),
        sum="Talked about on 28 August: due eight weeks later, on 23 October. Two oversights since do not count. "
        "Red from twelve weeks, which is today.",
    ),
    Case(
        "960221",
        "SUP-07",
        overdue("amber", "2026-11-19", 1),
        rows=(
            episode("E51700102", period="P51000861", end="", entered="2022-11-22"),
            note(on="2026-09-24", kind="Supervision - Case Discussion"),
            note.none(on=">2026-09-24", kind=A_TALK),
        ),
        sum="Talked about on Thursday 24 September: eight weeks later is Thursday 19 November, yesterday.",
    ),
    Case(
        "960217",
        "SUP-07",
        NOTHING,
        rows=(
            episode("E51700101", period="P51000846", end="", entered="2024-05-03"),
            note(on="2026-09-25", kind="Case Supervision"),
            note.none(on=">2026-09-25", kind=A_TALK),
        ),
        sum="Talked about on Friday 25 September: eight weeks later is today.",
    ),
]

SUP_08 = [
    Case(
        "960078",
        "SUP-08",
        overdue("red", "2026-09-18", 63),
        rows=(
            person("960078", born="2008-08-28"),
            care_leaver("51000293", eligibility="Former Relevant"),
            note(on="2026-06-26", kind="Case Supervision"),
            note.none(on=">2026-06-26", kind=A_TALK),
            note.exactly(4, on=">2026-06-26", kind=OVERSIGHT),
        ),
        sum="18 in August, so asked as a care leaver. Talked about on Friday 26 June: twelve weeks later is Friday 18 "
        "September. Red from eighteen weeks, 30 October. 12, 31 and 20: 63 days.",
    ),
    Case(
        "960373",
        "SUP-08",
        overdue("amber", "2026-11-03", 17),
        rows=(
            person("960373", born="2007-01-29"),
            care_leaver("51001431", eligibility="Former Relevant"),
            note(on="2026-08-11", kind="Supervision - Case Discussion"),
            note.none(on=">2026-08-11", kind=A_TALK),
        ),
        sum="Talked about on Tuesday 11 August: twelve weeks later is Tuesday 3 November. Red only from 15 December.",
    ),
    Case(
        "960276",
        "SUP-08",
        NOTHING,
        rows=(
            person("960276", born="2004-12-15"),
            care_leaver("51001068", eligibility="Former Relevant"),
            note(on="2026-06-25", kind="Case Supervision"),
            note.none(on=">2026-06-25", kind=A_TALK),
        ),
        sum="Not talked about since 25 June, but 21 since December 2025, and the rule is for those under 21.",
    ),
    Case(
        "960076",
        "SUP-08",
        NOTHING,
        rows=(
            person("960076", born="2006-01-07"),
            care_leaver("51000281", eligibility="Former Relevant"),
            note(on="2026-10-07", kind="Case Supervision"),
        ),
        sum="Aged 20, talked about on 7 October: twelve weeks later is 30 December.",
    ),
]

SUP_09 = [
    Case(
        "960321",
        "SUP-09",
        overdue("red", "2026-11-11", 9),
        rows=(
            referral("51400321", made="2026-10-26", closed=""),
            assessment("51300321", start="2026-10-28", signed_off=""),
            note.none(),
        ),
        sum="Never talked about. The assessment began two days after the referral: the earlier of 26 October + 56 and 28 "
        "October + 14 is 11 November. Red from 7 days after that, 18 November.",
    ),
    Case(
        "960375",
        "SUP-09",
        overdue("amber", "2026-11-18", 2),
        rows=(
            referral("51400375", made="2026-11-03", closed=""),
            assessment("51300375", start="2026-11-04", signed_off=""),
            note.none(),
        ),
        sum="Never talked about. The assessment began on 4 November, a day after the referral: 14 days later is the 18th. "
        "Red only from the 25th.",
    ),
    Case(
        "960014",
        "SUP-09",
        overdue("red", "2026-11-12", 8),
        rows=(
            referral("51400014", made="2026-08-27", closed=""),
            assessment("51300014", start="2026-08-27", signed_off=""),
            note(on="2026-10-29", kind=OVERSIGHT),
            note.none(on=">2026-10-29"),
        ),
        sum="In an assessment an oversight counts too: 29 October + 14 days is 12 November. Red from 21 days, 19 November.",
    ),
    Case(
        "960263",
        "SUP-09",
        overdue("red", "2026-11-05", 15),
        rows=(
            person.exactly(2, id="960263", born="2012-07-12"),
            referral("51400263", made="2026-10-05", closed=""),
            assessment("51300263", start="2026-10-07", signed_off=""),
            note(on="2026-10-22", kind="Supervision - Case Discussion"),
            note.exactly(1),
        ),
        sum="The child stands twice in the list of children and is counted once. Talked about on 22 October: due 14 days "
        "later, on 5 November; red from 21 days, 12 November.",
    ),
    Case(
        "960016",
        "SUP-09",
        NOTHING,
        rows=(
            assessment("51300016", start="2026-08-25", signed_off=""),
            note(on="2026-11-06", kind=OVERSIGHT),
        ),
        sum="An oversight on 6 November: 14 days later is today.",
    ),
]

ACT_02 = [
    Case(
        "960010",
        "ACT-02",
        overdue("amber", "2026-06-01", 172)
        + overdue("amber", "2026-08-03", 109)
        + overdue("amber", "2026-09-29", 52),
        rows=(
            action(agreed="2026-05-11", target="2026-06-01", done=""),
            action(agreed="2026-07-13", target="2026-08-03", done=""),
            action(agreed="2026-09-08", target="2026-09-29", done=""),
            action(agreed="2026-11-12", target="2026-12-03", done=""),
            action.exactly(2, done="!"),
        ),
        sum="Six actions: two done, one not due until December, three open past their date. 1 June: 29, 31, 31, 30, 31, 20 "
        "make 172. 3 August: 28, 30, 31, 20 make 109. 29 September: 1, 31, 20 make 52.",
    ),
    Case(
        "960137",
        "ACT-02",
        overdue("amber", "2026-11-19", 1),
        rows=(
            action(agreed="2026-10-29", target="2026-11-19", done=""),
            action.exactly(4, done="!"),
            action.exactly(5),
        ),
        sum="Four of five actions are done, some of them late; the fifth was due yesterday.",
    ),
    Case(
        "960077",
        "ACT-02",
        overdue("amber", "2026-11-17", 3),
        rows=(
            person("960077", born="2005-05-01", died=""),
            action(agreed="2026-10-27", target="2026-11-17", done=""),
            action.exactly(1, done=""),
        ),
        sum="Due on 17 November. The young person is 21, but what was agreed about them is still owed.",
    ),
    Case(
        "960072",
        "ACT-02",
        overdue("amber", "2026-04-17", 217),
        rows=(
            action(agreed="2026-03-27", target="2026-04-17", done=""),
            action(agreed="2026-06-25", target="2026-07-16", done="2026-08-04"),
            action.exactly(1, done=""),
            action.exactly(7),
        ),
        sum="One of seven was never done: due on 17 April, 13, 31, 30, 31, 31, 30, 31 and 20 make 217 days. Two were done "
        "late, and are done.",
    ),
    Case(
        "960373",
        "ACT-02",
        NOTHING,
        rows=(action(agreed="2026-10-22", target="2026-11-12", done="2026-11-20"), action.none(done="")),
        sum="Due on 12 November and done today: done is done.",
    ),
    Case(
        "960008",
        "ACT-02",
        NOTHING,
        rows=(action(agreed="2026-10-30", target="2026-11-20", done=""), action.exactly(1, done="")),
        sum="The one action that is not done is due today: late only from tomorrow.",
    ),
]

CASES = [*SUP_05, *SUP_06, *SUP_07, *SUP_08, *SUP_09, *ACT_02]
