"""The sample council's own files, read as plainly as can be.  Nothing in here comes from the product.

A fact says how many rows of a file meet some conditions, and is checked against the file:

    cp_visit("51203586", on="2026-11-05", seen="Y")    there is one such row, with that id
    cp_visit.none(on=">2026-11-05", seen="Y")          there is no such row
    involvement.exactly(3)                             there are three rows

Where a file has a column for the child, the child of the case is meant unless the fact names one.
A condition may begin with `!` (is not), `>`, `<` or `<=`; dates are written year first.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
MADE_HERE = SHARED / "data" / "ssd" / "made-here"
EXPECTED = SHARED / "data" / "ssd" / "made-here-expected"


def plain(cell):
    """The cell without blanks around it; a date year first, whichever way the system writes it."""
    cell = cell.strip()
    if day := re.fullmatch(r"(\d{4}-\d\d-\d\d) 00:00:00\.000", cell):
        return day[1]
    if day := re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", cell):
        return f"{day[3]}-{day[2]}-{day[1]}"
    return cell


@cache
def rows_of(file):
    with (MADE_HERE / file).open(encoding="utf-8-sig", newline="") as handle:
        return tuple({name: plain(cell) for name, cell in row.items()} for row in csv.DictReader(handle))


def meets(cell, wanted):
    for sign, holds in (
        ("!", lambda v: cell != v),
        ("<=", lambda v: "" < cell <= v),
        ("<", lambda v: "" < cell < v),
        (">", lambda v: cell > v),
    ):
        if wanted.startswith(sign):
            return holds(wanted[len(sign) :])
    return cell == wanted


@dataclass(frozen=True)
class Fact:
    table: "RawTable"
    count: int
    conditions: dict[str, str]

    def rows(self, child=None):
        """The rows that the fact speaks of."""
        wanted = dict(self.conditions)
        if child and "child" in self.table.columns:
            wanted.setdefault("child", child)
        columns = self.table.columns
        return [
            row
            for row in rows_of(self.table.file)
            if all(meets(row[columns[word]], value) for word, value in wanted.items())
        ]

    def __str__(self):
        said = ", ".join(f"{word} {value or 'blank'}" for word, value in self.conditions.items())
        return f"{self.count} of {self.table.file} with {said or 'anything'}"


@dataclass(frozen=True)
class RawTable:
    """One file, with a short word for each column that the cases speak of."""

    file: str
    columns: dict[str, str]

    def __call__(self, own_id=None, **facts):
        return Fact(self, 1, facts if own_id is None else {"id": own_id, **facts})

    def none(self, **conditions):
        return Fact(self, 0, conditions)

    def exactly(self, count, **conditions):
        return Fact(self, count, conditions)


def _ssd(name, prefix, **columns):
    return RawTable(f"ssd/ssd_{name}.csv", {word: f"{prefix}_{column}" for word, column in columns.items()})


person = _ssd("person", "pers", id="person_id", child="person_id", born="dob", died="death_date")
family = _ssd("family", "fami", child="person_id", family="family_id")
referral = _ssd(
    "cin_episodes",
    "cine",
    id="referral_id",
    child="person_id",
    made="referral_date",
    closed="close_date",
    need="cin_primary_need_code",
)
assessment = _ssd(
    "cin_assessments",
    "cina",
    id="assessment_id",
    child="person_id",
    referral="referral_id",
    start="assessment_start_date",
    signed_off="assessment_auth_date",
)
s47 = _ssd(
    "s47_enquiry", "s47e", id="s47_enquiry_id", child="person_id", start="s47_start_date", end="s47_end_date"
)
cin_plan = _ssd(
    "cin_plans",
    "cinp",
    id="cin_plan_id",
    child="person_id",
    start="cin_plan_start_date",
    end="cin_plan_end_date",
)
cin_visit = _ssd(
    "cin_visits", "cinv", id="cin_visit_id", child="person_id", on="cin_visit_date", seen="cin_visit_seen"
)
cp_plan = _ssd(
    "cp_plans",
    "cppl",
    id="cp_plan_id",
    child="person_id",
    start="cp_plan_start_date",
    end="cp_plan_end_date",
    other_council="cp_plan_ola",
)
cp_visit = _ssd(
    "cp_visits",
    "cppv",
    id="cp_visit_id",
    child="person_id",
    plan="cp_plan_id",
    on="cp_visit_date",
    seen="cp_visit_seen",
    alone="cp_visit_seen_alone",
)
episode = _ssd(
    "cla_episodes",
    "clae",
    id="cla_episode_id",
    child="person_id",
    period="cla_id",
    start="cla_episode_start_date",
    end="cla_episode_ceased_date",
    ended_by="cla_episode_ceased_reason",
    entered="entered_care_date",
)
placement = _ssd(
    "cla_placement",
    "clap",
    id="cla_placement_id",
    child="person_id",
    start="cla_placement_start_date",
    end="cla_placement_end_date",
    kind="cla_placement_type",
    provider="cla_placement_urn",
)
legal = _ssd(
    "legal_status",
    "lega",
    id="legal_status_id",
    child="person_id",
    status="legal_status",
    start="legal_status_start_date",
    end="legal_status_end_date",
)
cla_review = _ssd(
    "cla_reviews",
    "clar",
    id="cla_review_id",
    period="cla_id",
    due="cla_review_due_date",
    held="cla_review_date",
    cancelled="cla_review_cancelled",
)
cla_visit = _ssd(
    "cla_visits", "clav", id="cla_visit_id", child="person_id", on="cla_visit_date", seen="cla_visit_seen"
)
care_leaver = _ssd(
    "care_leavers",
    "clea",
    id="table_id",
    child="person_id",
    eligibility="care_leaver_eligibility",
    in_touch="care_leaver_in_touch",
    contact="care_leaver_latest_contact",
    review="pathway_plan_review_date",
)
involvement = _ssd(
    "involvements",
    "invo",
    id="involvements_id",
    child="person_id",
    worker="professional_id",
    role="professional_role_id",
    start="involvement_start_date",
    end="involvement_end_date",
)
worker = _ssd("professionals", "prof", id="professional_id", staff="staff_id", title="professional_job_title")

staff = RawTable(
    "local/hr_establishment_export.csv",
    {
        "id": "Staff Number",
        "title": "Post Title",
        "fte": "FTE",
        "left": "Leaving Date",
        "absent": "Absent From",
        "first_year_from": "ASYE Start",
        "first_year_to": "ASYE End",
    },
)
note = RawTable(
    "local/supervision_case_notes_export.csv",
    {"child": "Person ID", "kind": "Case Note Type", "on": "Date of Note"},
)
action = RawTable(
    "local/supervision_actions_export.csv",
    {
        "child": "Person ID",
        "agreed": "Supervision Date",
        "target": "Target Date",
        "done": "Completed Date",
        "text": "Agreed Action",
    },
)

A_TALK = "!Management Oversight"
"""The kind of a note that counts as case supervision here: these files know three kinds, and the other two do."""
