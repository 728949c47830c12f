"""What a council may set about privately fostered children."""

from __future__ import annotations

from evenlode.policy.setting import LOCAL, STATUTE, ClockSetting, ListSetting, days, months, working_days

PRIVATE_FOSTERING_CLOCKS: tuple[ClockSetting, ...] = (
    working_days(
        "fostering_first_visit", 7, "A privately fostered child is visited by then.", STATUTE, "PF-01"
    ),
    days("fostering_visit", 42, "... and this often in the first year.", STATUTE, "PF-02"),
    days("fostering_later_visit", 84, "... and this often after it.", STATUTE, "PF-03"),
    working_days(
        "fostering_report",
        5,
        "The report on such a visit is written by then; the law asks for one and names no day.",
        LOCAL,
        "PF-05",
    ),
    months("fostering_first_year", 12, "The first year of a private arrangement.", STATUTE, "PF-02"),
    months(
        "fostering_age", 192, "From this age, in months, only a disabled child is privately fostered.",
        STATUTE, "PF-06",
    ),
)  # fmt: skip

PRIVATE_FOSTERING_LISTS: tuple[ListSetting, ...] = (
    ListSetting(
        "fostering_seen_alone",
        ("alone", "seen alone"),
        "Outcomes of a private fostering visit: the child was spoken to alone.",
        "PF-05",
    ),
    ListSetting(
        "fostering_not_alone",
        ("not alone", "not seen alone", "not seen"),
        "Outcomes of a private fostering visit: the child was not spoken to alone.",
        "PF-05",
    ),
    ListSetting("not_disabled", ("NONE",), "Disability codes that mean that the child has none.", "PF-06"),
)
