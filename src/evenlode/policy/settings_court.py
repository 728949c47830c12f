"""What a council may set about court, pre-proceedings and permanence."""

from __future__ import annotations

from evenlode.policy.setting import LOCAL, NORM, STATUTE, ClockSetting, ListSetting, days, months

COURT_CLOCKS: tuple[ClockSetting, ...] = (
    days("care_proceedings", 182, "Care proceedings end by then unless the court allows more.", STATUTE, "CT-01"),
    days("pre_proceedings", 112, "Pre-proceedings end by then.", NORM, "CT-02"),
    days("pre_proceedings_review", 56, "Pre-proceedings are reviewed by then.", NORM, "CT-02"),
    days("letter_before_proceedings", 5, "The letter goes out so soon after the decision.", NORM, "CT-03"),
    days("meeting_before_proceedings", 7, "The meeting is held so soon after the letter.", NORM, "CT-03"),
    months(
        "accommodation_without_plan", 6,
        "A child accommodated by agreement has a decision about permanence by then.", LOCAL, "CT-04",
    ),
)  # fmt: skip

COURT_LISTS: tuple[ListSetting, ...] = (
    ListSetting(
        "by_agreement_statuses", ("V2",), "Legal statuses of a child accommodated by agreement.", "CT-04"
    ),
)
