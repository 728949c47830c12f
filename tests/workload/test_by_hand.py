"""Loads with what was recorded by hand: every figure worked out by hand too."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from evenlode.policy import shipped_policy
from evenlode.workload.by_hand import (
    REASONS,
    CapacityKind,
    Hours,
    Weight,
    by_hand,
    capacity_lost,
    hours_lost,
    total,
    weighed,
)
from evenlode.workload.load import worker_load

TARIFF = shipped_policy().tariff
FULL = shipped_policy().numbers["full_time_hours"]
DAY = date(2026, 11, 20)
D = Decimal


def part(child, points, share="1", kind="led", entry="cin"):
    counted = D(points) * D(share)
    return {
        "child_id": child,
        "part": kind,
        "entry": entry,
        "points": points,
        "share": share,
        "counted": str(counted.normalize()),
    }


def load(points, *, fte="1", new=False, away=False):
    return worker_load(D(points), fte=D(fte), newly_qualified=new, away=away, tariff=TARIFF)


def lost(hours, *, new=False):
    return capacity_lost(D(hours), newly_qualified=new, tariff=TARIFF, full_time=FULL)


def test_hours_take_the_same_part_of_a_full_posts_points():
    assert lost("7.4") == D("17")  # 85 x 7.4 / 37


def test_an_hour_of_a_newly_qualified_worker_is_worth_what_it_is_in_their_own_capacity():
    assert lost("7.4", new=True) == D("15.3")  # 85 x 0.9 x 7.4 / 37


def test_capacity_that_does_not_come_out_even_is_rounded_to_three_places_so_that_the_sum_adds_up():
    assert lost("5") == D("11.486")  # 85 x 5 / 37 = 11.4864…


def test_fewer_hours_raise_the_share_of_the_ceiling_and_leave_the_points():
    changed = by_hand(load("68"), more_points=D(0), lost=lost("7.4"), tariff=TARIFF)
    assert (changed.points, changed.capacity, changed.utilisation) == (D("68"), D("68"), D("1"))
    assert changed.band == "amber"  # from 1.00


def test_more_points_raise_the_share_and_leave_the_capacity():
    changed = by_hand(load("66.3"), more_points=D("1.5"), lost=D(0), tariff=TARIFF)
    assert (changed.points, changed.capacity) == (D("67.8"), D("85"))
    assert changed.shown == "0.798"


def test_somebody_with_no_hours_left_has_no_capacity_and_never_nought_per_cent():
    changed = by_hand(load("40", fte="0.5"), more_points=D(0), lost=lost("18.5"), tariff=TARIFF)
    assert (changed.capacity, changed.utilisation, changed.band) == (0, None, "no capacity")


def test_somebody_who_is_away_stays_without_capacity():
    changed = by_hand(load("40", away=True), more_points=D(1), lost=lost("5"), tariff=TARIFF)
    assert (changed.points, changed.capacity, changed.utilisation) == (D("41"), 0, None)


def test_hours_count_from_their_first_day_to_their_last():
    held = [
        Hours(D("4"), date(2026, 11, 20), date(2026, 11, 30)),
        Hours(D("2.5"), date(2026, 11, 1), date(2026, 11, 20)),
        Hours(D("8"), date(2026, 11, 21), date(2026, 12, 1)),
    ]
    assert hours_lost(held, DAY) == D("6.5")


def test_a_child_who_weighs_more_counts_more_and_says_by_how_much():
    parts = weighed([part("1", "7"), part("2", "4")], {"1": D("1.5")}, {}, TARIFF)
    assert [(p["child_id"], p["points"], p["counted"], p.get("by_hand")) for p in parts] == [
        ("1", "8.5", "8.5", "1.5"),
        ("2", "4", "4", None),
    ]
    assert total(parts) == D("12.5")


def test_of_brothers_and_sisters_the_one_who_now_weighs_most_counts_in_full():
    # 7 and 5 of one family: 7 + 5 x 0.6 = 10. With 2 more on the one and 2 fewer on the other: 7 + 5 x 0.6.
    parts = [part("1", "7"), part("2", "5", "0.6")]
    moved = weighed(parts, {"1": D("-2"), "2": D("2")}, {"1": "F", "2": "F"}, TARIFF)
    assert [(p["child_id"], p["share"], p["counted"]) for p in moved] == [("2", "1", "7"), ("1", "0.6", "3")]
    assert total(moved) == D("10")


def test_of_brothers_and_sisters_who_weigh_the_same_the_lowest_id_counts_in_full():
    parts = [part("20", "7"), part("9", "5", "0.6")]
    moved = weighed(parts, {"9": D("2")}, {"20": "F", "9": "F"}, TARIFF)
    assert {p["child_id"]: p["share"] for p in moved} == {"9": "1", "20": "0.6"}


def test_a_child_of_another_family_keeps_the_share():
    parts = [part("1", "7"), part("2", "5", "0.6"), part("3", "4")]
    moved = weighed(parts, {"3": D("1")}, {"1": "F", "2": "F", "3": "G"}, TARIFF)
    assert {p["child_id"]: p["share"] for p in moved} == {"1": "1", "2": "0.6", "3": "1"}


def test_work_beside_a_lead_worker_counts_its_share_of_the_weight_as_it_was_moved():
    (moved,) = weighed([part("1", "8", "0.25", "co-worked")], {"1": D("2")}, {}, TARIFF)
    assert moved["counted"] == "2.5"


def test_a_weight_never_falls_below_nought():
    (moved,) = weighed([part("1", "1")], {"1": D("-2")}, {}, TARIFF)
    assert (moved["points"], moved["by_hand"], moved["counted"]) == ("0", "-1", "0")


def test_what_the_record_said_is_left_as_it_was():
    parts = [part("1", "7")]
    weighed(parts, {"1": D("2")}, {}, TARIFF)
    assert parts == [part("1", "7")]


@pytest.mark.parametrize("points", ["0", "2.5", "-2.5"])
def test_a_weight_moves_by_up_to_two_points_and_not_by_none(points):
    with pytest.raises(ValueError, match="up to 2 points"):
        Weight("1", D(points), DAY, DAY)


def test_what_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="before the first day"):
        Hours(D(1), DAY, date(2026, 11, 19))


def test_no_hours_are_refused():
    with pytest.raises(ValueError, match="more than 0"):
        Hours(D(0), DAY, DAY)


def test_the_duties_are_those_of_the_closed_list():
    assert REASONS[CapacityKind.DUTY] == (
        "court",
        "duty rota",
        "group work",
        "students",
        "cover for a colleague",
    )
