"""What a council may set about referrals, strategy discussions and assessments."""

from __future__ import annotations

from evenlode.policy.setting import (
    GUIDANCE,
    LOCAL,
    NORM,
    ClockSetting,
    ListSetting,
    NumberSetting,
    months,
    number,
    working_days,
)

FRONT_DOOR_CLOCKS: tuple[ClockSetting, ...] = (
    working_days("referral_decision", 1, "A manager decides on a referral by then.", GUIDANCE, "REF-01"),
    months(
        "late_assessment_shown", 6, "A late sign-off is shown for so long after it happened.", LOCAL, "ASM-01"
    ),
    working_days("first_checkpoint", 10, "A manager first looks at an assessment by then.", LOCAL, "ASM-02"),
    working_days("second_checkpoint", 25, "... and a second time by then.", LOCAL, "ASM-02"),
    working_days("assessment_seen", 5, "A child under assessment is seen by then.", NORM, "ASM-03"),
    working_days("assessment_seen_enquiry", 1, "... and by then where an enquiry is open.", NORM, "ASM-03"),
    working_days("strategy_discussion", 1, "A strategy discussion is held by then.", NORM, "STR-01"),
    months("repeat_assessments", 24, "Assessments begun this recently are counted.", LOCAL, "DR-03"),
)

FRONT_DOOR_NUMBERS: tuple[NumberSetting, ...] = (
    number("assessments_too_many", "3", "So many assessments in that time are repeat work.", LOCAL, "DR-03"),
)

FRONT_DOOR_LISTS: tuple[ListSetting, ...] = (
    ListSetting(
        "key_dates_dropped",
        ("cancelled", "not needed", "withdrawn"),
        "Outcomes of a key date that mean that it is no longer awaited.",
        "practice-standards 2.1 to 2.8",
    ),
)
