"""The lists of the children's social work workforce census: workers and vacancies, with their columns.

Councils keep it as a spreadsheet with the same item names too (extract-formats.md section 5); the census
day then stands in a column of its own.
"""

from __future__ import annotations

from evenlode.extracts.xml_documents import Repeated
from evenlode.record.columns import Column, Kind
from evenlode.record.declare import date_of, table, text

DAY = (
    text("census_date", "The census day, 30 September.", "ReferenceDate", "Reference Date", "Census Date"),
    text("year", "The year of the census day.", "Year", "Census Year", "Collection Year"),
)


def _date(name: str, meaning: str, *headings: str, personal: bool = False) -> Column:
    """A date; what cannot be read is judged where it fills the record."""
    return date_of(name, meaning, *headings, personal=personal, blank_if_unreadable=True)


def _needed(name: str, meaning: str, *headings: str) -> Column:
    return Column(name, Kind.TEXT, meaning, headings, required=True)


WORKER = table(
    "csww_worker",
    None,
    "One post of one worker at the census day, or left in the year before it.",
    *DAY,
    _needed("agency", "1: not paid by the council.", "AgencyWorker", "Agency Worker"),
    _needed("swe_number", "Social Work England number.", "SWENo", "SWE No"),
    text("fte", "Full-time equivalent of the record.", "FTE"),
    _date("dob", "Date of birth.", "PersonBirthDate", personal=True),
    text("gender", "0, 1, 2 or 9.", "GenderCurrent"),
    text("sex", "M, F or U, should the census ask for it as that of children does.", "Sex"),
    text("ethnicity", "Ethnicity.", "Ethnicity"),
    text("institution", "Where they qualified.", "QualInst"),
    text("qualification_level", "Level of the qualification.", "QualLevel"),
    text("step_up", "Came through Step Up to Social Work.", "StepUpGrad"),
    text("role", "Organisational role, 1 to 6.", "OrgRole"),
    _date("role_start", "Started.", "RoleStartDate"),
    text("start_origin", "Where they came from.", "StartOrigin"),
    _date("role_end", "Left.", "RoleEndDate"),
    text("leaver_destination", "Where they went.", "LeaverDestination"),
    text("leaving_reason", "Why they left.", "ReasonLeave"),
    text("fte_on_day", "Full-time equivalent on the census day.", "FTE30"),
    text("cases", "Cases held on the census day.", "Cases30"),
    text("days_lost", "Working days lost to sickness.", "WorkingDaysLost"),
    text("contract_weeks", "Weeks of contract.", "ContractWeeks"),
    text("frontline", "Came through Frontline.", "FrontlineGrad"),
    text("absent", "Absent on the census day.", "Absat30Sept"),
    text("absence_reason", "Why.", "ReasonAbsence"),
    text("standing", "Knowledge and skills status, 1 to 4.", "CFKSSstatus"),
)
VACANCY = table(
    "csww_vacancy",
    None,
    "The council's vacancies at the census day.",
    *DAY,
    text("vacant_fte", "Vacant posts.", "NumberOfVacancies"),
    text("agency_fte", "Agency workers covering them.", "NoAgencyFTE"),
    text("agency_headcount", "The same, people.", "NoAgencyHeadcount"),
)

_ABOVE = ("ReferenceDate", "Year")
_SEVERAL = ("QualInst", "ContractWeeks", "Absat30Sept", "ReasonAbsence", "CFKSSstatus")

ELEMENTS: tuple[Repeated, ...] = (
    Repeated(
        VACANCY.name, "LALevelVacancies", ("NumberOfVacancies", "NoAgencyFTE", "NoAgencyHeadcount"), _ABOVE
    ),
    Repeated(
        WORKER.name,
        "CSWWWorker",
        tuple(c.source[0] for c in WORKER.columns if c not in DAY),
        _ABOVE,
        _SEVERAL,
    ),
)
"""Where each list stands in the XML, from Message on."""
