"""Settings for waiting, allocation, hand-over and changes of worker (sections 2.9 and 2.10)."""

from __future__ import annotations

from evenlode.policy.setting import (
    LOCAL,
    NORM,
    ClockSetting,
    ListSetting,
    NumberSetting,
    days,
    months,
    number,
    working_days,
)

HANDOVER_CLOCKS: tuple[ClockSetting, ...] = (
    days("waiting_review", 7, "A manager looks at each waiting child this often.", NORM, "AL-03"),
    days("waiting_seen", 28, "A waiting child is seen this often.", NORM, "AL-05"),
    working_days("waiting_risk", 5, "The risk of waiting is assessed and signed by then.", LOCAL, "AL-06"),
    working_days("waiting_told", 5, "The family is told whom to contact by then.", LOCAL, "AL-07"),
    working_days(
        "long_term_worker", 5, "After an assessment the next worker is named by then.", LOCAL, "AL-09"
    ),
    working_days("plan_handover", 10, "A new protection plan has its own worker by then.", NORM, "AL-10"),
    months("care_handover", 3, "The second review, by when a looked-after child has theirs.", NORM, "AL-11"),
    working_days("same_worker_back", 5, "The same worker back by then is no change.", LOCAL, "CW-05"),
    working_days("gap_limit", 5, "A gap between two workers longer than this is red.", LOCAL, "CW-08"),
    days(
        "handover_visit_before", 28, "A hand-over visit may come so long before the change.", LOCAL, "CW-07"
    ),
    working_days("handover_visit", 10, "After a change the hand-over visit is made by then.", LOCAL, "CW-07"),
    months("handover_visit_shown", 3, "A change without such a visit is shown so long.", LOCAL, "CW-07"),
)

HANDOVER_NUMBERS: tuple[NumberSetting, ...] = (
    number("changes_in_window", "3", "So many changes of worker are too many.", LOCAL, "CW-04"),
)

HANDOVER_LISTS: tuple[ListSetting, ...] = (
    ListSetting(
        "short_term_teams",
        ("assessment", "duty", "mash", "front door", "referral"),
        "Whole words in a team's name that show that it passes children on.",
        "AL-09",
    ),
    ListSetting(
        "changes_not_counted",
        (
            "Maternity return",
            "Return from maternity leave",
            "Return from parental leave",
            "Return from absence",
        ),
        "Reasons for a change of worker that do not make it one: somebody is back.",
        "CW-05",
    ),
)
