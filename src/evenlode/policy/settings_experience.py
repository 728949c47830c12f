"""Settings for complexity against experience, the guards, agency workers and teams (section 5)."""

from __future__ import annotations

from datetime import date

from evenlode.policy.setting import (
    GUIDANCE,
    LOCAL,
    NORM,
    ClockSetting,
    DateSetting,
    ListSetting,
    NumberSetting,
    days,
    months,
    number,
    working_days,
)

EXPERIENCE_CLOCKS: tuple[ClockSetting, ...] = (
    months("experience_half_year", 6, "The first band of experience ends then.", NORM, "NQ-12"),
    months("experience_one_year", 12, "From then a worker counts as experienced.", NORM, "NQ-12"),
    months(
        "experience_two_years", 24, "Until then a worker counts as new in the team's share.", NORM, "NQ-12"
    ),
    months("experience_five_years", 60, "The last band of experience begins then.", NORM, "NQ-12"),
    months("agency_experience", 36, "An agency worker has at least so much.", GUIDANCE, "section 2.12"),
    months(
        "marker_enquiry", 3, "An enquiry this recent marks a child's work as complex.", LOCAL, "section 5"
    ),
    months("marker_factors", 24, "Factors found in an assessment this recent count.", LOCAL, "section 5"),
    months("marker_missing", 6, "A time missing this recent counts.", LOCAL, "section 5"),
    months("marker_infant", 12, "Until this birthday a child counts as a baby.", LOCAL, "section 5"),
    months(
        "marker_risk_conference", 12, "A conference on domestic abuse this recent counts.", LOCAL, "section 5"
    ),
    months(
        "marker_not_engaged",
        6,
        "Meetings of so long that the family stayed away from count.",
        LOCAL,
        "section 5",
    ),
    days("override_limit", 28, "The longest that an override of a guard runs.", LOCAL, "NQ-14"),
    months(
        "programme_review", 3, "A newly qualified worker's progress is reviewed this often.", NORM, "NQ-04"
    ),
    days("protected_time", 7, "Half a day is kept for development this often.", NORM, "NQ-03"),
    days("protected_time_lost", 28, "Development time missed for so long presses more.", LOCAL, "NQ-03"),
    months("first_observation", 4, "The first of three observations is done by then.", LOCAL, "NQ-05"),
    months("second_observation", 8, "The second is done by then.", LOCAL, "NQ-05"),
    working_days("manager_gap", 20, "No team goes without a manager for longer.", LOCAL, "section 8"),
)

EXPERIENCE_DATES: tuple[DateSetting, ...] = (
    DateSetting(
        "early_career_standards",
        date(2027, 4, 1),
        "From then the early career standards apply; until then the knowledge and skills statement.",
        GUIDANCE,
        "section 2.13",
    ),
    DateSetting(
        "early_career_programme",
        date(2027, 9, 1),
        "A programme that begins from then on is the early career development programme, unless the staff "
        "list says otherwise; before, it is the ASYE. Only the month is published.",
        GUIDANCE,
        "section 2.13",
    ),
)

EXPERIENCE_NUMBERS: tuple[NumberSetting, ...] = (
    number(
        "markers_too_many", "4", "So many complexity markers are too many for a new worker.", LOCAL, "DR-17"
    ),
    number("marker_siblings", "4", "So many brothers and sisters under 18 are a marker.", LOCAL, "section 5"),
    number("marker_placements", "3", "So many placements in the window are a marker.", LOCAL, "section 5"),
    number(
        "marker_distance", "20", "A placement more miles than this from home is a marker.", LOCAL, "section 5"
    ),
    number("marker_changes", "3", "So many changes of worker are a marker.", LOCAL, "section 5"),
    number(
        "marker_meetings", "2", "So many meetings missed, and none kept, are a marker.", LOCAL, "section 5"
    ),
    number("new_share_percent", "40", "So many in a hundred of a team newly qualified.", LOCAL, "NQ-11"),
    number("small_team_fte", "5", "Below this a team is shown in people, not in shares.", LOCAL, "section 8"),
    number("supervisees", "7", "A manager supervises no more people than this.", LOCAL, "section 8"),
    number(
        "newly_qualified_counts_as",
        "0.6",
        "The part of a post that a newly qualified worker counts as in measure NQ-06.",
        LOCAL,
        "NQ-06",
    ),
    number(
        "newly_qualified_children",
        "0",
        "A newly qualified worker leads no more children than this; 0: there is no such number.",
        LOCAL,
        "NQ-06",
    ),
    number(
        "above_team_percent", "25", "So much above the team's upper quartile is far above.", LOCAL, "DR-18"
    ),
    number("above_team_holders", "4", "Teams of fewer who hold children are not compared.", LOCAL, "DR-18"),
    number("observations", "3", "Direct observations in the programme.", NORM, "NQ-05"),
)

EXPERIENCE_LISTS: tuple[ListSetting, ...] = (
    ListSetting(
        "markers_off", (), "Complexity markers that this council does not use, by their ids.", "section 5"
    ),
    ListSetting("sexual_abuse_categories", ("SAB",), "Plan categories of sexual abuse.", "section 5"),
    ListSetting(
        "sexual_abuse_factors", ("19A", "19B", "19C"), "Assessment factors of sexual abuse.", "section 5"
    ),
    ListSetting(
        "exploitation_factors",
        ("11A", "12A", "13A", "24A"),
        "Assessment factors of exploitation: sexual, trafficking, gangs, criminal.",
        "section 5",
    ),
    ListSetting("missing_factors", ("10A",), "Assessment factors of going missing.", "section 5"),
    ListSetting(
        "domestic_abuse_factors", ("3A", "3B", "3C"), "Assessment factors of domestic abuse.", "section 5"
    ),
    ListSetting(
        "complex_health_disabilities",
        ("CON", "INC", "PC"),
        "Disability codes that come with complex health: consciousness, incontinence, personal care.",
        "section 5",
    ),
    ListSetting(
        "family_attendance",
        ("family", "parent", "parents", "mother", "father"),
        "Words of the attendance list that mean the family.",
        "section 5",
    ),
    ListSetting(
        "complex_ratings",
        ("complex", "high", "very high"),
        "Local ratings that mean too complex for a new worker, whatever the markers say.",
        "section 5",
    ),
    ListSetting(
        "settled_ratings",
        ("low",),
        "Local ratings that make a count of markers a note; a breached guard stays as it is.",
        "section 5",
    ),
    ListSetting(
        "unregistered_titles",
        (
            "Student Social Worker",
            "Social Work Student",
            "Family Support Worker",
            "Support Worker",
            "Early Help Worker",
            "Social Work Assistant",
            "Lead Practitioner",
            "Family Help Lead Practitioner",
            "Personal Adviser",
            "Personal Advisor",
        ),
        "Titles of people who are not registered social workers, whole and without regard to case.",
        "NQ-13, CIN-08",
    ),
    ListSetting(
        "early_career_words",
        ("ECDP", "Early Career Development Programme"),
        "What the staff list calls the early career development programme.",
        "section 2.13",
    ),
    ListSetting(
        "first_year_words",
        ("ASYE", "Assessed and Supported Year in Employment"),
        "What the staff list calls the assessed and supported year.",
        "section 2.13",
    ),
    ListSetting("agency_contracts", ("Agency",), "Contracts of agency workers.", "section 2.12"),
)
