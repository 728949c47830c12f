"""What a council may set about core groups, reports to conference and the end of protection plans."""

from __future__ import annotations

from evenlode.policy.setting import (
    GUIDANCE,
    LOCAL,
    NORM,
    ClockSetting,
    DateSetting,
    ListSetting,
    NumberSetting,
    also_before,
    days,
    months,
    number,
    working_days,
)

PROTECTION_CLOCKS: tuple[ClockSetting, ...] = (
    days("cp_full_visit", 42, "A fuller visit, at home and alone, where a council has two.", NORM, "CP-05b"),
    working_days("first_core_group", 10, "The first core group meets by then.", GUIDANCE, "CP-01"),
    working_days("later_core_group", 30, "The next core group meets by then.", NORM, "CP-02"),
    days("cp_not_seen_by_any", 42, "... nor unseen by any agency for longer than this.", NORM, "CP-08"),
    months("step_down", 3, "Help goes on for so long after a protection plan.", NORM, "CP-13"),
    also_before(
        working_days(
            "report_first_conference",
            2,
            "A report is shared so long before a first conference.",
            NORM,
            "CP-14",
        )
    ),
    also_before(
        working_days(
            "report_review_conference",
            5,
            "A report is shared so long before a review conference.",
            NORM,
            "CP-14",
        )
    ),
    months("report_shown", 1, "A report that never came is shown for so long.", LOCAL, "CP-14"),
    working_days(
        "review_after_birth",
        10,
        "A review or core group meets so soon after the birth of a child on a plan; some allow 20 where "
        "the mother is not well enough.",
        NORM,
        "CP-15",
    ),
)

PROTECTION_DATES: tuple[DateSetting, ...] = (
    DateSetting(
        "lead_child_protection_practitioner",
        None,
        "From then a lead child protection practitioner of the multi-agency child protection team holds "
        "protection plans. The regulations are not made; set the day when they are.",
        LOCAL,
        "section 2.13",
    ),
)

PROTECTION_NUMBERS: tuple[NumberSetting, ...] = (
    number(
        "own_plan_intervals",
        "0",
        "1 where a shorter interval in the child's own plan goes before the council's (plan intervals).",
        NORM,
        "CP-05, CIN-02",
    ),
    number(
        "two_visit_clocks", "0", "1 where the council also asks for a fuller visit (CP-05b).", NORM, "CP-05b"
    ),
    number(
        "bedroom_visits", "2", "On one of so many visits the child's bedroom is to be seen.", NORM, "CP-07"
    ),
)

PROTECTION_LISTS: tuple[ListSetting, ...] = (
    ListSetting(
        "agency_did_not_see",
        ("not seen", "no access", "did not attend"),
        "Outcomes of a key date of the kind seen by another agency: the child was not seen after all.",
        "CP-08",
    ),
    ListSetting(
        "lead_child_protection_titles",
        ("Lead Child Protection Practitioner",),
        "Titles of people who hold protection plans once multi-agency child protection teams are there.",
        "section 2.13",
    ),
    ListSetting(
        "closed_for_good",
        ("RC1", "RC2", "RC3", "RC4", "RC5", "RC6"),
        "Reasons for closing that end the need for help from this council: adoption, death, a child "
        "arrangements or special guardianship order, another council, adult services.",
        "CP-13",
    ),
)
