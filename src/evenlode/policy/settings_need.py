"""What a council may set about children in need: meetings, reviews, minutes, orders, and who may hold."""

from __future__ import annotations

from evenlode.policy.setting import (
    LOCAL,
    NORM,
    ClockSetting,
    ListSetting,
    also_before,
    days,
    months,
    working_days,
)

NEED_CLOCKS: tuple[ClockSetting, ...] = (
    working_days("planning_meeting", 10, "The first meeting of a child in need plan.", NORM, "CIN-01"),
    months("cin_review", 3, "A child in need plan is reviewed this often.", NORM, "CIN-03"),
    days("not_alone_reported", 2, "A manager is told that a child was not seen alone.", NORM, "CIN-04"),
    working_days("not_alone_visit", 5, "... and the child is visited again by then.", NORM, "CIN-04"),
    working_days("review_minutes", 5, "The minutes of a review go out by then.", NORM, "CIN-06"),
    days("order_first_review", 28, "The first review after a supervision order.", LOCAL, "CIN-07"),
    months("order_later_review", 6, "The next review under a supervision order.", LOCAL, "CIN-07"),
    also_before(
        months("order_last_review", 1, "One review is held so long before the order ends,", LOCAL, "CIN-07")
    ),
    also_before(
        months("order_last_review_from", 2, "... and not sooner than so long before.", LOCAL, "CIN-07")
    ),
)

NEED_LISTS: tuple[ListSetting, ...] = (
    ListSetting(
        "supervision_orders",
        ("SUPERVISION ORDER", "INTERIM SUPERVISION ORDER"),
        "Legal statuses that are a supervision order; the national codes have none for a child at home.",
        "CIN-07",
    ),
)
