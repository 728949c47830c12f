"""The eleven lists of Annex A: every column, with the headings that are met for it.

The layout of August 2019 and the later one of list 9 that regional pipelines take, with the short headings
of the Standard Safeguarding Dataset's own Annex A script beside them (extract-formats.md section 3).
"""

from __future__ import annotations

from evenlode.record.columns import Column, Table
from evenlode.record.declare import date_of, identifier, table, text


def _date(name: str, meaning: str, *headings: str) -> Column:
    """A date cell; what cannot be read is judged where it fills the record."""
    return date_of(name, meaning, *headings, blank_if_unreadable=True)


def _needed(name: str, meaning: str, *headings: str) -> Column:
    return date_of(name, meaning, *headings, required=True, blank_if_unreadable=True)


CHILD = (
    identifier("child_id", "The child.", "Child Unique ID", "ChildUniqueID", "Child ID", required=True),
    text("gender", "Gender.", "Gender", "Sex"),
    text("ethnicity", "Ethnicity.", "Ethnicity"),
    date_of(
        "dob",
        "Date of birth; the expected one where the age is -1.",
        "Date of Birth",
        "DateOfBirth",
        "DOB",
        personal=True,
        blank_if_unreadable=True,
    ),
    text("age", "Age in years; -1 unborn.", "Age of Child (Years)", "Age", "Age of Child"),
)
DISABILITY = text(
    "disability", "Disabled.", "Does the Child have a Disability", "HasDisability", "Disability"
)
TEAM = text("team", "Team.", "Allocated Team", "AllocatedTeam")
WORKER = text("worker", "Worker, by name.", "Allocated Worker", "AllocatedWorker", personal=True)
UASC = text(
    "unaccompanied",
    "Came alone to seek asylum.",
    "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
    "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)",
    "UASC",
)


def _list(number: int, row: str, *columns: Column) -> Table:
    return table(f"annex_a_list_{number}", None, row, *columns)


LIST_1 = _list(
    1,
    "One contact in the last six months.",
    *CHILD,
    _needed("contact_date", "Received.", "Date of Contact", "DateOfContact"),
    text("source", "From whom.", "Contact Source", "ContactSource"),
)
LIST_2 = _list(
    2,
    "One early help assessment or intervention.",
    *CHILD,
    _needed("start_date", "Began.", "Assessment start date", "AssessmentStartDate"),
    _date("completed_date", "Completed.", "Assessment completion date", "AssessmentCompletionDate"),
    text(
        "organisation", "Who led.", "Organisation completing assessment", "OrganisationCompletingAssessment"
    ),
)
LIST_3 = _list(
    3,
    "One referral in the last six months.",
    *CHILD,
    _needed("referral_date", "Referred.", "Date of referral", "ReferralDate"),
    text("source", "By whom.", "Referral Source", "ReferralSource"),
    text("no_further_action", "No further action.", "Referral NFA?", "ReferralNFA", "Referral NFA"),
    text(
        "referrals",
        "Referrals in twelve months.",
        "Number of Referrals in Last 12 Months",
        "ReferralsLast12Months",
    ),
    TEAM,
    WORKER,
)
LIST_4 = _list(
    4,
    "One statutory assessment in the last six months, or still open.",
    *CHILD,
    DISABILITY,
    _needed("start_date", "Began.", "Continuous Assessment Start Date", "ContinuousAssessmentStart"),
    text(
        "seen",
        "The child was seen.",
        "Child Seen During Continuous Assessment",
        "ContinuousAssessmentChildSeen",
    ),
    _date(
        "authorised_date",
        "Signed off.",
        "Continuous Assessment Date of Authorisation",
        "ContinuousAssessmentAuthDate",
    ),
    text(
        "support_needed",
        "Support was needed.",
        "Was the child assessed as requiring LA children's social care support?",
        "Was the child assessed as requiring LA children\u2019s social care support",
        "CSCSupportRequired",
        "Was the child assessed as being in need at assessment?",
    ),
    TEAM,
    WORKER,
)
LIST_5 = _list(
    5,
    "One section 47 enquiry in the last six months, or still open.",
    *CHILD,
    DISABILITY,
    _needed(
        "start_date",
        "Strategy discussion.",
        "Strategy discussion initiating Section 47 Enquiry Start Date",
        "StratDiscussionDate",
    ),
    text(
        "unnecessary",
        "No conference was needed.",
        "Was an Initial Child Protection Conference deemed unnecessary?",
        "InitialCPConfUnnecessary",
    ),
    _date(
        "conference_date",
        "Conference.",
        "Date of Initial Child Protection Conference",
        "InitialCPConfDate",
    ),
    text(
        "plan_agreed",
        "A plan came of it.",
        "Did the Initial Child Protection Conference Result in a Child Protection Plan",
        "CPConfResultInCPPlan",
    ),
    text(
        "enquiries",
        "In twelve months.",
        "Number of Section 47 Enquiries in the last 12 months",
        "NumberS47s12m",
    ),
    text("conferences", "In twelve months.", "Number of ICPCs in the last 12 months", "NumberICPCs12m"),
    TEAM,
    WORKER,
)
LIST_6 = _list(
    6,
    "One child open to social care now or in the last six months: the latest episode of need.",
    *CHILD,
    DISABILITY,
    _needed("start_date", "Episode of need began.", "CIN Start Date", "CINStartDate"),
    text("primary_need", "Primary need.", "Primary Need Code", "PrimaryNeedCode"),
    _date("last_seen", "Last seen.", "Date Child Was Last Seen", "DateChildLastSeen"),
    date_of(
        "close_date", "Closed.", "CIN Closure Date", "CINClosureDate", required=True, blank_if_unreadable=True
    ),
    text("close_reason", "Why it closed.", "Reason for Closure", "ReasonForClosure"),
    text("status", "Where the case stands.", "Case Status", "CaseStatus"),
    TEAM,
    WORKER,
)
LIST_7 = _list(
    7,
    "One child on a protection plan now or in the last six months.",
    *CHILD,
    DISABILITY,
    _needed("start_date", "Plan began.", "Child Protection Plan Start Date", "ChildProtectionPlanStartDate"),
    text("first_category", "First category.", "Initial Category of Abuse", "InitialCategoryOfAbuse"),
    text("category", "Latest category.", "Latest Category of Abuse", "LatestCategoryOfAbuse"),
    _date("visit_date", "Last visit.", "Date of the Last Statutory Visit", "DateOfLastStatutoryVisit"),
    text("seen_alone", "Seen alone.", "Was the Child Seen Alone?", "ChildSeenAlone"),
    _date("review_date", "Latest review.", "Date of latest review conference", "DateOfLatestReviewConf"),
    _date("end_date", "Plan ended.", "Child Protection Plan End Date", "ChildProtectionPlanEndDate"),
    text(
        "emergency",
        "Emergency protection or police powers.",
        "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)",
        "ProtectionLastSixMonths",
    ),
    text(
        "earlier_plans",
        "Earlier plans.",
        "Number of Previous Child Protection Plans",
        "NumberOfPreviousChildProtectionPlans",
    ),
    TEAM,
    WORKER,
)
LIST_8 = _list(
    8,
    "One child looked after now or in the last six months: the latest period of care.",
    *CHILD,
    UASC,
    DISABILITY,
    _needed(
        "start_date",
        "Period of care began.",
        "Date Started to be Looked After",
        "LoookedAfterStartDate",
        "LookedAfterStartDate",
    ),
    text("primary_need", "Category of need.", "Child's Category of Need", "ChildCategoryOfNeed"),
    text(
        "second_period",
        "A second period in twelve months.",
        "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)",
        "Is this a second or subsequent episode of being a Looked After Child within the last 12 months (Y/N)",
        "SubsequentLACEpisodeLast12Months",
    ),
    _date(
        "legal_start",
        "Legal status began.",
        "Start date of current legal status",
        "MostRecentLegalStatusStart",
    ),
    text("legal_status", "Legal status.", "Child's Legal Status", "LegalStatus"),
    _date("review_date", "Latest review.", "Date of Latest Statutory Review", "LatestStatutoryReviewDate"),
    _date("visit_date", "Last visit.", "Date of Last Social Work Visit", "LastSocialWorkVisitDate"),
    text("permanence", "Permanence plan.", "What is the permanence plan for this child?", "PermanencePlan"),
    _date(
        "iro_date",
        "Reviewing officer's last contact.",
        "Date of Last IRO Visit / Contact to the Child",
        "LastIROVisitDate",
    ),
    _date("health_date", "Health assessment.", "Date of Last Health Assessment", "LastHealthAssessmentDate"),
    _date("dental_date", "Dental check.", "Date of Last Dental Check", "LastDentalCheckDate"),
    text(
        "placements",
        "In twelve months.",
        "Number of Placements in the Last 12 months",
        "PlacementsLast12Months",
    ),
    _date("end_date", "Left care.", "Date Ceased to be Looked After", "CeasedLookedAfterDate"),
    text("end_reason", "Why.", "Reason Ceased to be Looked After", "ReasonCeasedLookedAfter"),
    _date(
        "placement_start",
        "Placement began.",
        "Start Date of Most Recent Placement",
        "MostRecentPlacementStartDate",
    ),
    text("placement_type", "Kind of placement.", "Placement Type", "PlacementType"),
    text("provider", "Provider.", "Placement Provider", "PlacementProvider"),
    text("postcode", "Postcode.", "Placement postcode", "PlacementPostcode", personal=True),
    text("provider_number", "Provider's number.", "URN of Placement", "PlacementURN"),
    text("location", "Inside the council or out.", "Placement Location", "PlacementLocation"),
    text("council", "Where.", "LA of Placement", "PlacementLA"),
    text(
        "missing",
        "Times missing in twelve months.",
        "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months",
        "EpisodesChildMissingFromPlacement",
    ),
    text(
        "absent",
        "Times absent in twelve months.",
        "Number of Episodes the Child has been 'Absent' from their Placement in the last 12 months",
        "EpisodesChildAbsentFromPlacement",
    ),
    text(
        "interview_offered",
        "Return interview offered.",
        "Was the child offered a Return Interview after their last missing episode (Y/N)?",
        "ChildOfferedReturnInterviewAfterLastMFH",
    ),
    text(
        "interview_accepted",
        "Return interview taken up.",
        "Did the child accept a Return Interview after their last missing episode (Y/N)?",
        "ChildAcceptedReturnInterviewAfterLastMFH",
    ),
    TEAM,
    WORKER,
)
LIST_9 = _list(
    9,
    "One young person receiving leaving care services now.",
    *CHILD,
    UASC,
    DISABILITY,
    TEAM,
    WORKER,
    text(
        "adviser",
        "Personal adviser.",
        "Allocated Personal Advisor",
        "AllocatedPersonalAdvisor",
        personal=True,
    ),
    identifier("eligibility", "Eligibility.", "Eligibility Category", "EligibilityCategory", required=True),
    _date("pathway_date", "Pathway plan.", "Latest Pathway Plan Review Date", "LatestPathwayPlan"),
    text("in_touch", "In touch.", "LA in Touch", "LAInTouch"),
    _date("contact_date", "Last contact.", "Latest Date of Contact", "LatestContact"),
    text("accommodation", "Where they live.", "Type of Accommodation", "TypeOfAccommodation"),
    text("suitable", "Suitable.", "Suitability of Accommodation", "SuitabilityOfAccommodation"),
    text("activity", "What they do.", "Activity Status", "ActivityStatus"),
)
LIST_10 = _list(
    10,
    "One child with adoption activity in the last twelve months.",
    *CHILD,
    identifier("family_id", "Family.", "Family identifier", "FamilyIdentifier"),
    DISABILITY,
    _date("entered_care", "Entered care.", "Date the Child Entered Care", "DateEnteredCare"),
    date_of(
        "decision_date",
        "Decision.",
        "Date of Decision that Child Should be Placed for Adoption",
        "DateOfDecision",
        required=True,
        blank_if_unreadable=True,
    ),
    _date("order_date", "Placement order.", "Date of Placement Order", "DateOfPlacementOrder"),
    _date("matched_date", "Matched.", "Date of Matching Child and Prospective Adopters", "DateOfMatching"),
    _date("placed_date", "Placed.", "Date Placed for Adoption", "DatePlacedForAdoption"),
    _date("adoption_date", "Adoption order.", "Date of Adoption Order", "DateOfAdoptionOrder"),
    _date(
        "reversed_date",
        "Decision reversed.",
        "Date of Decision that Child Should No Longer be Placed for Adoption",
        "DateOfReversal",
    ),
    text("reversed_reason", "Why.", "Reason Why Child No Longer Placed for Adoption", "ReasonForReversal"),
    _date(
        "ffa_date",
        "Placed in fostering for adoption.",
        "Date the child was placed for fostering in FFA or concurrent planning placement",
        "DateFFAPlacement",
    ),
)
LIST_11 = _list(
    11,
    "One adopter in process in the last twelve months.",
    identifier("adopter_id", "The adopter.", "Individual adopter identifier", "AdopterID", required=True),
    identifier("family_id", "Family.", "Family identifier", "FamilyIdentifier"),
    text("gender", "Gender.", "Gender"),
    text("ethnicity", "Ethnicity.", "Ethnicity"),
    text("disability", "Disabled.", "Disability"),
    text("ffa", "Fostering for adoption.", "Is the (prospective) adopter fostering for adoption?"),
    _date("enquiry_date", "Enquired.", "Date enquiry received"),
    _date("stage_1_start", "Stage 1 began.", "Date Stage 1 started"),
    _date("stage_1_end", "Stage 1 ended.", "Date Stage 1 ended"),
    _date("stage_2_start", "Stage 2 began.", "Date Stage 2 started"),
    _date("stage_2_end", "Stage 2 ended.", "Date Stage 2 ended"),
    _date("application_date", "Applied.", "Date application submitted"),
    _date("approved_date", "Approved.", "Date application approved"),
    _date("matched_date", "Matched.", "Date adopter matched with child(ren)"),
    _date("placed_date", "Placed.", "Date child/children placed with adopter(s)"),
    text("children_placed", "Children placed.", "No. of children placed"),
    _date("adoption_date", "Adoption order.", "Date of Adoption Order"),
    _date("leaving_date", "Left the process.", "Date of leaving adoption process"),
    text("leaving_reason", "Why.", "Reason for leaving adoption process"),
)
