"""The files of the SSDA903 return of children looked after: every column that is read, with its headings.

Headings tell a file, not its name (extract-formats.md section 6).  The XML form calls two of them
otherwise, CHILDID, and PL for PLACE; what stands once for a child has no element of its own there.
"""

from __future__ import annotations

from dataclasses import replace

from evenlode.extracts.xml_documents import Document, Repeated
from evenlode.record.columns import Column, Table
from evenlode.record.declare import date_of, identifier, table, text


def _date(name: str, meaning: str, heading: str, *, required: bool = False) -> Column:
    """A date cell; what cannot be read is judged where it fills the record."""
    return date_of(name, meaning, heading, required=required, blank_if_unreadable=True)


def _text(name: str, meaning: str, *headings: str, required: bool = False, personal: bool = False) -> Column:
    declared = text(name, meaning, *headings, personal=personal)
    return Column(
        declared.name, declared.kind, declared.meaning, declared.source, required=required, personal=personal
    )


CHILD_ID = identifier("child_id", "The child.", "CHILD", "CHILDID", required=True)
DOB = date_of("dob", "Date of birth.", "DOB", personal=True, blank_if_unreadable=True)


def _list(name: str, row: str, *columns: Column) -> Table:
    return table(f"ssda903_{name}", None, row, CHILD_ID, *columns)


IN_TOUCH = (
    _text("in_touch", "YES, NO, DIED, REFU, NREQ or RHOM.", "IN_TOUCH", required=True),
    _text("activity", "Code; 0 where not known.", "ACTIV"),
    _text("accommodation", "Letter, then 1 suitable or 2 not; 0 where not known.", "ACCOM"),
)
ADOPTION = (
    _date("decision_date", "Decided that adoption is in the child's interest.", "DATE_INT", required=True),
    _date("matched_date", "Matched.", "DATE_MATCH", required=True),
    _text("foster_carer", "1: adopted by a former foster carer.", "FOSTER_CARE"),
    _text("adopters", "How many adopters.", "NB_ADOPTR"),
    _text("adopter_sex", "Their sex.", "SEX_ADOPTR"),
    _text("adopter_legal_status", "Their legal status.", "LS_ADOPTR"),
)
CEASED = _date("ceased", "Ceases to be one; mostly the eighteenth birthday.", "DUC", required=True)


def _in_header(column: Column) -> Column:
    """A column that only the XML form has in its header."""
    return replace(column, required=False)


HEADER = _list(
    "header",
    "One child looked after at any time in the year.",
    _text("upn", "Unique pupil number, or UN1 to UN10 where there is none.", "UPN"),
    _text("sex", "1 or M boy, 2 or F girl, U not known.", "SEX", required=True),
    DOB,
    _text("ethnicity", "Four-letter code.", "ETHNIC", required=True),
    _text("unaccompanied", "1 where the child came alone; DUC tells until when.", "UASC"),
    *map(_in_header, (CEASED, *IN_TOUCH, *ADOPTION)),
    _text("mother", "1 where she is a mother.", "MOTHER"),
    date_of(
        "mother_child_dob", "Her child's date of birth.", "MC_DOB", personal=True, blank_if_unreadable=True
    ),
)
EPISODES = _list(
    "episodes",
    "One looked-after episode: a new row for each change of placement or legal status.",
    _date("start_date", "Began.", "DECOM", required=True),
    _text("start_reason", "S, L, P, T, B or U.", "RNE", required=True),
    _text("legal_status", "Legal status.", "LS", required=True),
    _text("primary_need", "N1 to N8.", "CIN"),
    _text("placement_type", "Placement.", "PLACE", "PL", required=True),
    _text("postcode", "Where the child lives.", "PL_POST", personal=True),
    _text("home_postcode", "Home; it fills no table.", "HOME_POST", personal=True),
    _text("provider_number", "Ofsted number of the provider.", "URN"),
    _text("provider", "PR0 to PR5.", "PLACE_PROVIDER"),
    _date("end_date", "Ended; blank while current.", "DEC", required=True),
    _text("end_reason", "X1 goes on; E codes left care.", "REC", required=True),
    _text("change_reason", "Why the placement ended.", "REASON_PLACE_CHANGE"),
)
REVIEWS = _list(
    "reviews",
    "One review held.",
    DOB,
    _date("held_date", "Held.", "REVIEW", required=True),
    _text("participation", "PN0 to PN7.", "REVIEW_CODE"),
)
MISSING = _list(
    "missing",
    "One time a child was missing (M) or away (A).",
    DOB,
    _text("missing_type", "M or A.", "MISSING"),
    _date("start_date", "From.", "MIS_START", required=True),
    _date("end_date", "To; blank while missing.", "MIS_END"),
)
OC2 = _list(
    "oc2",
    "One child's health in the year.",
    DOB,
    _text("score", "Strengths and difficulties score.", "SDQ_SCORE", required=True),
    _text("reason", "Why there is none.", "SDQ_REASON"),
    _text("convicted", "1: convicted or cautioned in the year.", "CONVICTED"),
    _text("health_check", "1: checks of a child under five are up to date.", "HEALTH_CHECK"),
    _text("immunisations", "1: up to date.", "IMMUNISATIONS"),
    _text("teeth_check", "1: seen by a dentist in the year.", "TEETH_CHECK"),
    _text("health_assessment", "1: assessed in the year.", "HEALTH_ASSESSMENT"),
    _text("substance_misuse", "1: misuse was found.", "SUBSTANCE_MISUSE"),
    _text("intervention", "1: help was received.", "INTERVENTION_RECEIVED"),
    _text("intervention_offered", "1: help was offered.", "INTERVENTION_OFFERED"),
)
OC3 = _list(
    "oc3",
    "One care leaver about a birthday, 17 to 21.",
    DOB,
    *IN_TOUCH,
)
SOCIAL_WORKERS = _list(
    "social_workers",
    "One spell of a social worker with a child, from 2023-24 on.",
    DOB,
    identifier("worker_id", "SW and digits; XX where not registered.", "SW_ID", required=True),
    _date("start_date", "From.", "SW_DECOM", required=True),
    _date("end_date", "To; blank while current.", "SW_DEC"),
    _text("change_reason", "Why the worker changed.", "SW_REASON"),
)
LIBERTY = _list(
    "liberty",
    "One order that deprives a child of liberty, from 2026-27 on.",
    DOB,
    _date("start_date", "From.", "DOLO_START", required=True),
    _date("end_date", "To.", "DOLO_END"),
)
UNACCOMPANIED = _list(
    "unaccompanied",
    "One child who came alone to seek asylum.",
    _text("sex", "As in the header.", "SEX"),
    DOB,
    CEASED,
)
ADOPTED = _list(
    "adopted",
    "One child adopted in the year.",
    DOB,
    *ADOPTION,
)
TO_BE_ADOPTED = _list(
    "to_be_adopted",
    "One decision that a child should be placed for adoption.",
    DOB,
    _date("decision_date", "Decided.", "DATE_PLACED", required=True),
    _date("reversed_date", "Decided otherwise, or placed no longer.", "DATE_PLACED_CEASED"),
    _text("reversed_reason", "RD1 to RD4.", "REASON_PLACED_CEASED"),
)
EARLIER_PERMANENCE = _list(
    "earlier_permanence",
    "What permanence a child had before coming into care; Z1 for none.",
    DOB,
    _text("option", "P1 to P4, or Z1.", "PREV_PERM", required=True),
    _text("council", "Council.", "LA_PERM"),
    _text("order_date", "Date, parts of it zz where not known.", "DATE_PERM"),
)

_ABOVE = ("CHILDID", "DOB")


def _stands(of: Table, path: str) -> Repeated:
    cells = tuple(c.source[-1] for c in of.columns if c.source[-1] not in _ABOVE)
    return Repeated(of.name, path, cells, _ABOVE)


_HEADER = Repeated(
    HEADER.name,
    "CHILD",
    tuple(f"HEADER/{c.source[-1]}" for c in HEADER.columns),
)
DOCUMENT = Document(
    "EXPSSDA903",
    (
        _HEADER,
        _stands(EPISODES, "CHILD/EPISODE"),
        _stands(REVIEWS, "CHILD/HEADER/AREVIEW"),
        _stands(MISSING, "CHILD/HEADER/AMISSING"),
        _stands(OC2, "CHILD/HEADER/OC2"),
        _stands(TO_BE_ADOPTED, "CHILD/HEADER/AD_PLACED"),
        _stands(EARLIER_PERMANENCE, "CHILD/HEADER/PERMANENCE"),
    ),
)
"""Where each list stands in the XML form, from the outermost element on."""
