"""The lists of the children in need census: the elements that stand many times, with their columns.

The same names head the columns of the flat files, one for each list, that some tools make of it
(extract-formats.md section 4).  Columns that only flat files have are the ids that those tools number.
"""

from __future__ import annotations

from evenlode.extracts.xml_documents import Repeated
from evenlode.record.columns import Column, Table
from evenlode.record.declare import date_of, identifier, table, text

CHILD_ID = identifier("child_id", "The child.", "LAchildID", required=True)
DETAILS_ID = text("details_number", "Which of the child's episodes (flat files).", "CINdetailsID")
REFERRAL = text("referral_date", "When the episode began.", "CINreferralDate")


def _date(name: str, meaning: str, *headings: str, personal: bool = False, required: bool = False) -> Column:
    """A date; what cannot be read is judged where it fills the record."""
    return date_of(name, meaning, *headings, personal=personal, required=required, blank_if_unreadable=True)


def _list(name: str, row: str, *columns: Column) -> Table:
    return table(f"cin_census_{name}", None, row, CHILD_ID, *columns)


CHILD = _list(
    "child",
    "One child of the census.",
    text("upn", "Pupil number.", "UPN"),
    text("former_upn", "The pupil number before.", "FormerUPN"),
    text("upn_unknown", "Why there is none.", "UPNunknown"),
    _date("dob", "Date of birth.", "PersonBirthDate", personal=True),
    _date("expected_dob", "Expected date of birth.", "ExpectedPersonBirthDate", personal=True),
    text("sex", "M, F or U; from 2024-25.", "Sex"),
    text("gender", "0, 1, 2 or 9; to 2023-24.", "GenderCurrent"),
    _date("death_date", "Date of death.", "PersonDeathDate"),
    text("ethnicity", "Ethnicity.", "Ethnicity"),
)
DISABILITY = _list(
    "disability",
    "One disability of a child.",
    text("disability", "Its code.", "Disability"),
)
DETAILS = _list(
    "details",
    "One episode of need.",
    DETAILS_ID,
    _date("referral_date", "Referred.", "CINreferralDate", required=True),
    text("source", "By whom.", "ReferralSource"),
    text("primary_need", "N1 to N9, N0.", "PrimaryNeedCode"),
    _date("close_date", "Closed.", "CINclosureDate"),
    text("close_reason", "RC1 to RC9.", "ReasonForClosure"),
    _date("conference_date", "Initial conference.", "DateOfInitialCPC"),
    text("no_further_action", "No further action.", "ReferralNFA"),
)
ASSESSMENT = _list(
    "assessment",
    "One assessment.",
    DETAILS_ID,
    REFERRAL,
    text("assessment_number", "Which assessment (flat files).", "AssessmentID"),
    _date("start_date", "Began.", "AssessmentActualStartDate", required=True),
    _date("reviewed_date", "Reviewed on the way.", "AssessmentInternalReviewDate"),
    _date("authorised_date", "Signed off.", "AssessmentAuthorisationDate"),
    text("factors", "Factors found.", "AssessmentFactors"),
)
PLAN = _list(
    "plan",
    "One child in need plan; from 2021-22.",
    DETAILS_ID,
    REFERRAL,
    _date("start_date", "Began.", "CINPlanStartDate", required=True),
    _date("end_date", "Ended.", "CINPlanEndDate"),
)
ENQUIRY = _list(
    "enquiry",
    "One section 47 enquiry.",
    DETAILS_ID,
    REFERRAL,
    _date("start_date", "Strategy discussion.", "S47ActualStartDate", required=True),
    _date("target_date", "Conference due.", "InitialCPCtarget"),
    _date("conference_date", "Conference held.", "DateOfInitialCPC"),
    text("conference_not_required", "No conference was needed.", "ICPCnotRequired"),
)
PROTECTION_PLAN = _list(
    "protection_plan",
    "One child protection plan.",
    DETAILS_ID,
    REFERRAL,
    text("plan_number", "Which plan (flat files).", "CPPID"),
    _date("start_date", "Began.", "CPPstartDate", required=True),
    _date("end_date", "Ended.", "CPPendDate"),
    text("first_category", "Category at first.", "InitialCategoryOfAbuse"),
    text("category", "Category now.", "LatestCategoryOfAbuse"),
    text("earlier_plans", "Plans before this one.", "NumberOfPreviousCPP"),
)
REVIEW = _list(
    "review",
    "One review of a child protection plan that was held.",
    DETAILS_ID,
    REFERRAL,
    text("plan_number", "Which plan (flat files).", "CPPID"),
    text("plan_start", "When the plan began.", "CPPstartDate"),
    _date("review_date", "Held.", "CPPreviewDate", required=True),
)
PRE_PROCEEDINGS = _list(
    "pre_proceedings",
    "Pre-proceedings and family group decision making; the newest layout.",
    DETAILS_ID,
    REFERRAL,
    _date("decision_date", "Began.", "PPStartDate", required=True),
    _date("letter_date", "Letter before proceedings.", "LBPSentDate"),
    text("group_offered", "A family group meeting was offered.", "FGDMMeetingOffer"),
    text("group_held", "A family group meeting was held.", "FGDMMeetingFac"),
    _date("first_meeting_date", "First meeting.", "InitialPPMeetingDate"),
    text("meetings", "Review meetings.", "ReviewMeetingsCount"),
    _date("end_date", "Decided to step down or issue.", "StepDecisionDate"),
    text("outcome", "Outcome.", "PPOutcome"),
    _date("application_date", "Application to court.", "CourtAppDate"),
    _date("issue_letter_date", "Letter of issue.", "LetterInitCPDate"),
)

_DETAILS_PATH = "Children/Child/CINdetails"
_ABOVE = ("LAchildID", "CINreferralDate")


def _one(
    of: Table, element: str, *cells: str, above: tuple[str, ...] = _ABOVE, several: tuple[str, ...] = ()
) -> Repeated:
    return Repeated(of.name, f"{_DETAILS_PATH}/{element}", cells, above, several)


ELEMENTS: tuple[Repeated, ...] = (
    Repeated(
        CHILD.name,
        "Children/Child",
        (
            *(
                f"ChildIdentifiers/{name}"
                for name in (
                    "LAchildID",
                    "UPN",
                    "FormerUPN",
                    "UPNunknown",
                    "PersonBirthDate",
                    "ExpectedPersonBirthDate",
                    "GenderCurrent",
                    "Sex",
                    "PersonDeathDate",
                )
            ),
            "ChildCharacteristics/Ethnicity",
        ),
    ),
    Repeated(
        DISABILITY.name, "Children/Child/ChildCharacteristics/Disabilities/Disability", (".",), ("LAchildID",)
    ),
    Repeated(
        DETAILS.name,
        _DETAILS_PATH,
        (
            "CINreferralDate",
            "ReferralSource",
            "PrimaryNeedCode",
            "CINclosureDate",
            "ReasonForClosure",
            "DateOfInitialCPC",
            "ReferralNFA",
        ),
        ("LAchildID",),
        with_list=CHILD.name,
    ),
    _one(
        ASSESSMENT,
        "Assessments",
        "AssessmentActualStartDate",
        "AssessmentInternalReviewDate",
        "AssessmentAuthorisationDate",
        "FactorsIdentifiedAtAssessment/AssessmentFactors",
        several=("AssessmentFactors",),
    ),
    _one(PLAN, "CINPlanDates", "CINPlanStartDate", "CINPlanEndDate"),
    _one(
        ENQUIRY,
        "Section47",
        "S47ActualStartDate",
        "InitialCPCtarget",
        "DateOfInitialCPC",
        "ICPCnotRequired",
    ),
    _one(
        PROTECTION_PLAN,
        "ChildProtectionPlans",
        "CPPstartDate",
        "CPPendDate",
        "InitialCategoryOfAbuse",
        "LatestCategoryOfAbuse",
        "NumberOfPreviousCPP",
    ),
    _one(REVIEW, "ChildProtectionPlans/Reviews/CPPreviewDate", ".", above=(*_ABOVE, "CPPstartDate")),
    _one(
        PRE_PROCEEDINGS,
        "PreProceedingsandFGDM",
        "PPStartDate",
        "LBPSentDate",
        "FGDMMeetingOffer",
        "FGDMMeetingFac",
        "InitialPPMeetingDate",
        "ReviewMeetingsCount",
        "StepDecisionDate",
        "PPOutcome",
        "CourtAppDate",
        "LetterInitCPDate",
    ),
)
"""Where each list stands in the XML, from Message on."""
