"""What a council may set: every interval, number and list that a rule uses, declared once.

Reference pages and the checks of a policy file are built from these declarations
(practice-standards.md, findings-contract.md section 3).
"""

from __future__ import annotations

from decimal import Decimal

from evenlode.policy.setting import (
    GUIDANCE,
    LOCAL,
    NORM,
    STATUTE,
    ClockSetting,
    DateSetting,
    ListSetting,
    NumberSetting,
    days,
    months,
    working_days,
)
from evenlode.policy.settings_care import CARE_CLOCKS, CARE_LISTS, CARE_NUMBERS
from evenlode.policy.settings_court import COURT_CLOCKS, COURT_LISTS
from evenlode.policy.settings_experience import (
    EXPERIENCE_CLOCKS,
    EXPERIENCE_DATES,
    EXPERIENCE_LISTS,
    EXPERIENCE_NUMBERS,
)
from evenlode.policy.settings_front_door import (
    FRONT_DOOR_CLOCKS,
    FRONT_DOOR_LISTS,
    FRONT_DOOR_NUMBERS,
)
from evenlode.policy.settings_handover import HANDOVER_CLOCKS, HANDOVER_LISTS, HANDOVER_NUMBERS
from evenlode.policy.settings_measures import MEASURES_DATES, MEASURES_NUMBERS
from evenlode.policy.settings_need import NEED_CLOCKS, NEED_LISTS
from evenlode.policy.settings_private_fostering import PRIVATE_FOSTERING_CLOCKS, PRIVATE_FOSTERING_LISTS
from evenlode.policy.settings_protection import (
    PROTECTION_CLOCKS,
    PROTECTION_DATES,
    PROTECTION_LISTS,
    PROTECTION_NUMBERS,
)
from evenlode.policy.settings_quality import QUALITY_LISTS, QUALITY_NUMBERS
from evenlode.policy.settings_supervision import (
    SUPERVISION_CLOCKS,
    SUPERVISION_LISTS,
    SUPERVISION_NUMBERS,
)

_CLOCKS = (
    months("rereferral", 12, "A referral this soon after an earlier one is a re-referral.", NORM, "REF-02"),
    working_days("next_step", 10, "A new referral has a next step by then.", NORM, "OPN-01"),
    working_days("assessment", 45, "An assessment is signed off by then.", GUIDANCE, "ASM-01"),
    working_days("first_conference", 15, "The initial conference is held by then.", GUIDANCE, "S47-01"),
    months("cp_first_review", 3, "The first review conference is held by then.", GUIDANCE, "CP-03"),
    months("cp_later_review", 6, "The next review conference is held by then.", GUIDANCE, "CP-04"),
    working_days("cp_visit", 10, "A child on a protection plan is seen this often.", NORM, "CP-05"),
    days("cp_not_seen", 28, "No child on a protection plan goes unseen for longer.", NORM, "CP-08"),
    months("cp_long_note", 9, "A protection plan this old is noted.", NORM, "CP-10"),
    months("cp_long_amber", 12, "A protection plan this old is looked at by its chair.", NORM, "CP-10"),
    months("cp_long_red", 15, "A protection plan this old needs a full report.", NORM, "CP-10"),
    months("cp_long_limit", 21, "The longest a protection plan should run.", NORM, "CP-10"),
    months("cp_two_years", 24, "A protection plan of two years or more.", NORM, "CP-11"),
    months("second_plan", 24, "An earlier plan that ended this recently counts for more.", NORM, "CP-12"),
    working_days("cin_visit", 20, "A child in need is seen this often.", NORM, "CIN-02"),
    months("cin_long_note", 6, "A child in need plan this old is noted.", LOCAL, "CIN-05"),
    months("cin_long_amber", 9, "A child in need plan this old is looked at by a manager.", LOCAL, "CIN-05"),
    months(
        "cin_long_red", 12, "A child in need plan this old is looked at by a senior manager.", LOCAL, "CIN-05"
    ),
    days("care_first_visit", 7, "A child is visited in a new placement by then.", STATUTE, "CLA-V1"),
    days("care_visit", 42, "A looked-after child is visited this often.", STATUTE, "CLA-V2"),
    months("care_visit_settled", 3, "A child settled for good is visited this often.", STATUTE, "CLA-V4"),
    months("care_first_year", 12, "A placement's first year.", STATUTE, "CLA-V2"),
    days(
        "care_visit_weekly",
        7,
        "A child with parents under an interim care order is visited this often until a review.",
        STATUTE,
        "CLA-V7",
    ),
    days("care_visit_after_review", 28, "The same, once a review has been held.", STATUTE, "CLA-V7"),
    working_days("care_first_review", 20, "The first review is held by then.", STATUTE, "CLA-R1"),
    months("care_second_review", 3, "The second review is held by then.", STATUTE, "CLA-R2"),
    months("care_later_review", 6, "The next review is held by then.", STATUTE, "CLA-R3"),
    months("pathway_review", 6, "A pathway plan is reviewed this often.", STATUTE, "CL-04"),
    days("keep_in_touch", 56, "The council is in touch this often.", NORM, "CL-07"),
    working_days("allocation_grace", 1, "A new child has a worker by then.", NORM, "AL-08"),
    days("waiting_limit", 14, "Nobody waits for a worker longer than this.", NORM, "AL-04"),
    working_days(
        "cover_protected",
        3,
        "A child on a protection plan or looked after has cover by then.",
        LOCAL,
        "AL-12",
    ),
    working_days("cover_other", 10, "Any other child has cover by then.", LOCAL, "AL-12"),
    days("supervision_cp", 28, "Case supervision of a child on a protection plan.", LOCAL, "SUP-05"),
    days("supervision_cin", 56, "Case supervision of a child in need.", LOCAL, "SUP-06"),
    days("supervision_care", 56, "Case supervision of a looked-after child.", LOCAL, "SUP-07"),
    days("supervision_care_leaver", 84, "Case supervision of a care leaver.", LOCAL, "SUP-08"),
    days("supervision_assessment", 14, "Case supervision during an assessment or enquiry.", LOCAL, "SUP-09"),
    days(
        "supervision_longest",
        56,
        "The longest between two case supervisions when a child's status has changed since the last.",
        LOCAL,
        "SUP-06",
    ),
    months(
        "programme", 12, "How long the first-year programme lasts where no end is recorded.", NORM, "NQ-01"
    ),
    months(
        "programme_early_career",
        24,
        "How long the early career development programme lasts where no end is recorded.",
        NORM,
        "section 2.13",
    ),
    months(
        "allowance_early_career",
        12,
        "How long a worker in the early career development programme counts as newly qualified; what the "
        "programme entitles them to is not published.",
        LOCAL,
        "section 2.13",
    ),
    months(
        "programme_first_half",
        6,
        "How long a newly qualified worker should not lead a "
        "protection plan without an experienced co-worker.",
        NORM,
        "NQ-07",
    ),
    working_days("due_soon", 5, "How soon is soon.", LOCAL, "G-07"),
    months("adult", 216, "From this birthday nobody is an open child.", STATUTE, "contract 2"),
    months("alone_from_age", 48, "From this age, in months, a child is to be seen alone.", NORM, "CP-06"),
    months("care_leaver_limit", 252, "From this birthday the care-leaver rules stop.", NORM, "contract 2"),
    months("care_new", 12, "A child is new to care for so long.", LOCAL, "contract 5"),
    days("cp_plan_new", 90, "A protection plan is new for so long.", LOCAL, "contract 5"),
)

_NUMBERS = (
    NumberSetting("placements_in_window", Decimal(3), "So many placements are too many.", NORM, "CLA-S1"),
    NumberSetting("placement_window_months", Decimal(12), "... within so many months.", NORM, "CLA-S1"),
    NumberSetting("workers_in_window", Decimal(3), "So many lead workers are too many.", NORM, "CW-02"),
    NumberSetting("worker_window_months", Decimal(12), "... within so many months.", NORM, "CW-02"),
    NumberSetting(
        "rereferral_window_months", Decimal(12), "Re-referrals of so many months are shown.", NORM, "REF-02"
    ),
    NumberSetting(
        "recent_moves", Decimal(2), "So many placements begun are a recent move.", LOCAL, "contract 5"
    ),
    NumberSetting("recent_moves_months", Decimal(6), "... within so many months.", LOCAL, "contract 5"),
    NumberSetting(
        "newly_qualified_utilisation",
        Decimal("1.00"),
        "Above this a newly qualified worker is over the ceiling.",
        NORM,
        "NQ-02",
    ),
    NumberSetting(
        "overload_utilisation", Decimal("1.10"), "From this a worker is overloaded.", LOCAL, "DR-18"
    ),
    NumberSetting(
        "full_time_hours",
        Decimal(37),
        "The hours of a full week's work: by this, hours recorded by hand count against capacity.",
        LOCAL,
        "our own assumption",
    ),
)

_LISTS = (
    ListSetting(
        "lead_roles",
        ("CW", "ALLOCATED CASE WORKER", "SOCIAL WORKER"),
        "Roles that make somebody a child's lead worker.",
        "contract 2",
    ),
    ListSetting(
        "adviser_roles",
        ("16PLUS", "PERSONAL ADVISER", "PERSONAL ADVISOR"),
        "Roles that lead for a care leaver who is not an open child.",
        "contract 2",
    ),
    ListSetting(
        "co_working_roles",
        ("CO-WORKER", "CO WORKER", "JOINT WORKER"),
        "Roles that share the work with the lead worker.",
        "NQ-07",
    ),
    ListSetting(
        "placeholder_words",
        ("duty", "unallocated", "vacant", "team"),
        "Whole words of a name that show that it is nobody.",
        "contract 2",
    ),
    ListSetting(
        "manager_titles",
        ("Team Manager", "Service Manager", "Head of Service"),
        "Titles of people who should not hold children.",
        "AL-14",
    ),
    ListSetting(
        "case_supervision_notes",
        ("Case Supervision", "Supervision - Case Discussion"),
        "Kinds of note that are case supervision.",
        "contract 2",
    ),
    ListSetting(
        "oversight_notes",
        ("Management Oversight",),
        "Kinds of note that are management oversight.",
        "contract 2",
    ),
    ListSetting("settled_placements", ("U1", "U4"), "Placement types meant to last to 18.", "CLA-V4"),
    ListSetting(
        "temporary_placements",
        ("T0", "T1", "T2", "T3", "T4"),
        "Placement types that never count as a move.",
        "CLA-S1",
    ),
    ListSetting("with_parents_placements", ("P1",), "Placement types with parents.", "CLA-V7"),
    ListSetting("interim_orders", ("C1",), "Legal statuses that are an interim care order.", "CLA-V7"),
    ListSetting("short_break_statuses", ("V3", "V4"), "Legal statuses of short breaks.", "contract 2"),
    ListSetting(
        "no_provider_numbers", ("XXXXXXX", "9999999"), "Provider numbers that name none.", "contract 2"
    ),
    ListSetting(
        "care_leaver_eligibility",
        ("Eligible", "Relevant", "Former Relevant"),
        "Who is a care leaver.",
        "contract 2",
    ),
    ListSetting(
        "not_yet_left_eligibility", ("Eligible",), "Care leavers who are still looked after.", "CL-07"
    ),
    ListSetting(
        "will_not_be_reached",
        ("REFU", "NREQ", "RHOM"),
        "In-touch codes of people who do not want or need contact.",
        "CL-07",
    ),
    ListSetting("died_codes", ("DIED",), "In-touch codes of people who have died.", "contract 2"),
    ListSetting("always_noted_needs", ("N2",), "Primary needs whose long plans are only noted.", "CIN-05"),
    ListSetting(
        "done_actions", ("done", "complete", "completed", "closed"), "Action states that mean done.", "ACT-01"
    ),
    ListSetting(
        "ended_actions",
        ("superseded", "withdrawn", "cancelled"),
        "Action states that end an action without its being done.",
        "ACT-01",
    ),
)

CLOCKS: tuple[ClockSetting, ...] = (
    *_CLOCKS,
    *FRONT_DOOR_CLOCKS,
    *PROTECTION_CLOCKS,
    *NEED_CLOCKS,
    *PRIVATE_FOSTERING_CLOCKS,
    *COURT_CLOCKS,
    *SUPERVISION_CLOCKS,
    *CARE_CLOCKS,
    *EXPERIENCE_CLOCKS,
    *HANDOVER_CLOCKS,
)
NUMBERS: tuple[NumberSetting, ...] = (
    *_NUMBERS,
    *FRONT_DOOR_NUMBERS,
    *PROTECTION_NUMBERS,
    *SUPERVISION_NUMBERS,
    *CARE_NUMBERS,
    *EXPERIENCE_NUMBERS,
    *HANDOVER_NUMBERS,
    *QUALITY_NUMBERS,
    *MEASURES_NUMBERS,
)
LISTS: tuple[ListSetting, ...] = (
    *_LISTS,
    *FRONT_DOOR_LISTS,
    *PROTECTION_LISTS,
    *NEED_LISTS,
    *PRIVATE_FOSTERING_LISTS,
    *COURT_LISTS,
    *SUPERVISION_LISTS,
    *CARE_LISTS,
    *EXPERIENCE_LISTS,
    *HANDOVER_LISTS,
    *QUALITY_LISTS,
)
DATES: tuple[DateSetting, ...] = (*PROTECTION_DATES, *EXPERIENCE_DATES, *MEASURES_DATES)
"""All of them; themes with many settings keep theirs in a module of their own (`settings_*`)."""
