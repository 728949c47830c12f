"""Settings of children looked after and young people leaving care, beyond the contract's own.

Intervals and lists of practice-standards.md 2.4, 2.5 and 2.7.
"""

from __future__ import annotations

from evenlode.policy.setting import (
    GUIDANCE,
    LOCAL,
    NORM,
    STATUTE,
    ListSetting,
    days,
    months,
    number,
    working_days,
)

CARE_CLOCKS = (
    months(
        "care_visit_seldom",
        6,
        "A child in a formal long-term foster home, whose plan says so, is visited this often.",
        STATUTE,
        "CLA-V5",
    ),
    days("visit_requested", 7, "A visit that was asked for is made by then.", LOCAL, "CLA-V10"),
    working_days("care_plan", 10, "A care plan is made by then.", STATUTE, "CLA-P1"),
    working_days(
        "early_care_review",
        20,
        "An early review that the reviewing officer asked for is held by then.",
        LOCAL,
        "CLA-R4",
    ),
    working_days(
        "unplanned_end_review", 20, "An unplanned end of a placement is reviewed by then.", LOCAL, "CLA-R5"
    ),
    working_days("reviewing_officer", 5, "A reviewing officer is named by then.", NORM, "CLA-R6"),
    working_days(
        "first_health_assessment", 20, "The first health assessment is made by then.", STATUTE, "CLA-H1"
    ),
    months(
        "health_before_care",
        3,
        "A health assessment so shortly before a child became looked after counts as the first.",
        LOCAL,
        "CLA-H1",
    ),
    months("health_assessment_young", 6, "A young child's health is assessed this often.", STATUTE, "CLA-H2"),
    months("health_assessment", 12, "An older child's health is assessed this often.", STATUTE, "CLA-H2"),
    months(
        "young_child", 60, "A child is young, for health assessments, until so many months.", LOCAL, "CLA-H2"
    ),
    working_days(
        "first_education_plan", 10, "The first personal education plan is made by then.", GUIDANCE, "CLA-E1"
    ),
    months(
        "education_plan_age",
        48,
        "From this age, in months, a child has a personal education plan.",
        LOCAL,
        "CLA-E1",
    ),
    months("unplanned_window", 6, "An unplanned end of a placement counts for so long.", LOCAL, "CLA-S4"),
    days("return_interview", 3, "A return interview is held by then (72 hours).", GUIDANCE, "CLA-M1"),
    months("return_interview_window", 6, "A missed return interview is shown for so long.", LOCAL, "CLA-M1"),
    days(
        "unregistered_visit", 7, "A child in an unregistered setting is visited this often.", LOCAL, "CLA-S3"
    ),
    days(
        "unregistered_review",
        7,
        "A senior manager looks at a child in an unregistered setting this often.",
        LOCAL,
        "CLA-S3",
    ),
    months("fourteen", 168, "Time in care counts towards leaving care from this birthday.", STATUTE, "CL-01"),
    months("sixteen", 192, "The duties of leaving care begin on this birthday.", STATUTE, "CL-01"),
    months(
        "needs_assessment", 3, "The assessment before leaving care is finished by then.", STATUTE, "CL-02"
    ),
    days("new_accommodation_visit", 7, "The adviser visits a new accommodation by then.", STATUTE, "CL-05"),
    months("adviser_visit", 2, "The adviser visits this often.", STATUTE, "CL-06"),
    working_days(
        "pathway_change_review", 20, "A pathway plan is reviewed for a change by then.", LOCAL, "CL-09"
    ),
)

CARE_NUMBERS = (
    number("unplanned_ends", "2", "So many unplanned ends of placements are too many.", LOCAL, "CLA-S4"),
    number("eligible_days", "91", "So many days in care make a young person eligible.", STATUTE, "CL-01"),
    number("birthday_before", "3", "Months before a birthday in which contact counts.", NORM, "CL-08"),
    number("birthday_after", "1", "Months after a birthday in which contact counts.", NORM, "CL-08"),
)

CARE_LISTS = (
    ListSetting(
        "seldom_visited_placements",
        (),
        "Placement types in which visits may drop to every six months where the child's own plan says how "
        "often; none as shipped, so that every three months stands.",
        "CLA-V5",
    ),
    ListSetting("full_care_orders", ("C2",), "Legal statuses that are a full care order.", "CLA-V8"),
    ListSetting(
        "unplanned_change_reasons",
        ("ALLEG", "STAND", "CUSTOD", "APPRR", "CREQB", "CREQO", "CHILD", "LAREQ", "CLOSE"),
        "Reasons of a placement's end that nobody had planned.",
        "CLA-R5",
    ),
    ListSetting(
        "planned_change_reasons",
        ("CARPL",),
        "Reasons of a placement's end that were planned; what is on neither list does not tell.",
        "CLA-R5",
    ),
    ListSetting(
        "no_move_reasons", ("PLACE",), "Reasons with which only a placement's status changed.", "CLA-R5"
    ),
    ListSetting(
        "health_assessment_words",
        ("health assessment",),
        "Words in the kind of a health check that make it a health assessment.",
        "CLA-H1",
    ),
    ListSetting(
        "health_not_done",
        ("Cancelled", "Declined", "Did not attend", "DNA", "Not completed", "Planned", "Refused"),
        "States of a health check that was not made.",
        "CLA-H1",
    ),
    ListSetting(
        "school_term_ends",
        ("12-31", "04-15", "08-31"),
        "The last day, as month and day, of each school term with the holiday after it.",
        "CLA-E1",
    ),
    ListSetting(
        "registered_placements",
        ("K1", "K2"),
        "Placement types whose settings must be registered.",
        "CLA-S3",
    ),
    ListSetting(
        "supported_placements",
        ("K3", "H5"),
        "Placement types whose settings must be registered since 28 October 2023.",
        "CLA-S3",
    ),
    ListSetting(
        "from_sixteen_placements",
        ("K3", "H5", "P2"),
        "Placement types in which no child under 16 may live since 9 September 2021.",
        "CLA-S3",
    ),
    ListSetting("away_types", ("Away", "A"), "Kinds of absence after which no interview is due.", "CLA-M1"),
    ListSetting(
        "provided_accommodation",
        ("C", "D", "E", "T", "V", "W"),
        "Kinds of a care leaver's accommodation that the council is taken to provide.",
        "CL-06",
    ),
    ListSetting(
        "not_in_touch",
        ("NO", "REFU", "NREQ", "RHOM"),
        "In-touch codes with which accommodation and activity need not be known.",
        "CL-08",
    ),
    ListSetting("unknown_accommodation", ("R",), "Accommodation codes that mean not known.", "CL-08"),
)
