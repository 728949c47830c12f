"""Points against capacity: the one sum behind every load (contract section 5)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.small_council import evaluation

from evenlode.errors import PolicyFault
from evenlode.policy import read_policy, shipped_policy
from evenlode.policy.tariff import presets, tariff_from
from evenlode.workload.load import worker_load

D = "2026-11-20"
STARTER = shipped_policy().tariff

points = st.decimals(0, 400, places=2)
hours = st.none() | st.decimals(0, 1, places=3)


def load(value, fte="1", *, newly_qualified=False, away=False):
    return worker_load(
        Decimal(value),
        fte=None if fte is None else Decimal(fte),
        newly_qualified=newly_qualified,
        away=away,
        tariff=STARTER,
    )


def council_load(**tables):
    """Worker to (children, points, FTE, capacity, shown, band, complete)."""
    return {
        w.worker_id: (
            w.children,
            w.load.points,
            w.fte,
            w.load.capacity,
            w.load.shown,
            w.load.band,
            w.load.complete,
        )
        for w in evaluation(D, **tables).loads
    }


@pytest.mark.parametrize(
    ("value", "shown", "band"),
    [
        # 85 points are full time.  0.85 x 85 = 72.25; 1.10 x 85 = 93.5.
        ("0", "0.000", "room"),
        ("72.24", "0.850", "room"),
        ("72.25", "0.850", "green"),
        ("84.99", "1.000", "green"),
        ("85", "1.000", "amber"),
        ("93.49", "1.100", "amber"),
        ("93.5", "1.100", "red"),
    ],
)
def test_a_load_on_a_boundary_belongs_to_the_worse_band_and_is_rounded_only_to_be_shown(value, shown, band):
    assert (load(value).shown, load(value).band) == (shown, band)


@pytest.mark.parametrize(
    ("given_as", "capacity", "complete"),
    [
        ({"fte": "1"}, "85", True),
        ({"fte": "0.6"}, "51.0", True),
        ({"fte": "1", "newly_qualified": True}, "76.5", True),
        ({"fte": "0.6", "newly_qualified": True}, "45.9", True),
        ({"fte": None}, "85", False),
        ({"fte": None, "newly_qualified": True}, "76.5", False),
    ],
)
def test_capacity_is_eighty_five_points_times_hours_and_a_tenth_less_when_newly_qualified(
    given_as, capacity, complete
):
    found = load("40", **given_as)
    assert (found.capacity, found.complete) == (Decimal(capacity), complete)


@pytest.mark.parametrize("given_as", [{"fte": "0"}, {"fte": "1", "away": True}, {"fte": None, "away": True}])
def test_a_worker_without_capacity_has_no_utilisation_and_never_nought_per_cent(given_as):
    found = load("12.5", **given_as)
    assert (found.points, found.capacity, found.utilisation, found.shown, found.band) == (
        Decimal("12.5"),
        Decimal(0),
        None,
        "",
        "no capacity",
    )


def test_utilisation_is_shown_to_three_places_half_up():
    # 0.25 / 85 = 0.00294...; 0.2125 / 85 = 0.0025 exactly, which goes up.
    assert (load("0.25").shown, load("0.2125").shown) == ("0.003", "0.003")


@given(points, points, hours, st.booleans())
def test_more_points_never_make_a_lighter_load(one, other, fte, newly_qualified):
    less, more = sorted((one, other))
    low, high = (
        worker_load(p, fte=fte, newly_qualified=newly_qualified, away=False, tariff=STARTER)
        for p in (less, more)
    )
    order = [b.name for b in STARTER.bands]
    if low.utilisation is None:
        assert high.utilisation is None
    else:
        assert low.utilisation <= high.utilisation
        assert order.index(low.band) <= order.index(high.band)


@given(points, st.decimals("0.001", 1, places=3), st.booleans())
def test_the_sum_is_the_one_that_exact_fractions_give(value, fte, newly_qualified):
    found = worker_load(value, fte=fte, newly_qualified=newly_qualified, away=False, tariff=STARTER)
    full = 85 * Fraction(fte) * (Fraction(9, 10) if newly_qualified else 1)
    exact = Fraction(value) / full
    thousandths = int(exact * 1000 + Fraction(1, 2))  # half up, as nothing here is negative
    assert Fraction(found.capacity) == full
    assert found.shown == f"{thousandths // 1000}.{thousandths % 1000:03d}"
    edges = (
        (Fraction(11, 10), "red"),
        (Fraction(1), "amber"),
        (Fraction(85, 100), "green"),
        (Fraction(0), "room"),
    )
    assert found.band == next(name for edge, name in edges if exact >= edge)


@given(points, hours, st.booleans())
def test_being_newly_qualified_never_makes_room(value, fte, newly_qualified):
    new, old = (
        worker_load(value, fte=fte, newly_qualified=n, away=False, tariff=STARTER) for n in (True, False)
    )
    assert new.capacity <= old.capacity
    assert new.points == old.points


CASELOADS = {
    "episode": "child_id | episode_id | referral_date\n"
    + "\n".join(f"{n} | {n} | 2026-01-05" for n in range(1, 9)),
    "involvement": "involvement_id | child_id | worker_id | role | start_date\n"
    + "\n".join(
        f"{n} | {n} | {w} | CW | 2026-01-05"
        for n, w in enumerate(
            ("full", "half", "unknown", "nought", "away", "left", "leaving", "desk"), start=1
        )
    ),
    "worker": """
        worker_id | staff_number | name             | title         | fte
        full      | S1           | Ann Reed         | Social Worker | 1.0
        half      | S2           | Ben Hall         | Social Worker | 1.0
        unknown   | S3           | Cat Ford         | Social Worker |
        nought    | S4           | Dan Shaw         |               | 0
        away      | S5           | Eve Pike         |               | 1.0
        left      | S6           | Fay Holt         |               | 1.0
        leaving   | S7           | Gil Nash         |               | 1.0
        desk      | S8           | Duty Desk        |               | 1.0
        left long | S9           | Hal Webb         |               | 1.0
        idle      | S10          | Ida Lord         |               | 0.8
        by name   |              | Ben Hall         |               | 0.5
    """,
    "establishment": """
        staff_number | name     | title       | fte | absent_from | leaving_date
        S1           |          | Senior      |     |             |
        S2           |          |             | 0.5 |             |
        S5           |          |             | 1.0 | 2026-11-20  |
        S6           |          |             | 1.0 |             | 2026-11-20
        S7           |          |             | 1.0 |             | 2026-11-21
        S9           |          |             | 1.0 |             | 2026-10-01
    """,
}


def test_there_is_one_row_a_worker_without_placeholders_and_with_leavers_only_while_they_lead():
    # 4 / 85 = 0.047; 4 / 42.5 = 0.094.  HR's hours stand before the case system's.
    four, none = (1, Decimal(4)), (0, Decimal(0))
    assert council_load(**CASELOADS) == {
        "full": (*four, Decimal(1), Decimal(85), "0.047", "room", True),
        "half": (*four, Decimal("0.5"), Decimal("42.5"), "0.094", "room", True),
        "unknown": (*four, None, Decimal(85), "0.047", "room", False),
        "nought": (*four, Decimal(0), Decimal(0), "", "no capacity", True),
        "away": (*four, Decimal(1), Decimal(0), "", "no capacity", True),
        "left": (*four, Decimal(1), Decimal(0), "", "no capacity", True),
        "leaving": (*four, Decimal(1), Decimal(85), "0.047", "room", True),
        "idle": (*none, Decimal("0.8"), Decimal(68), "0.000", "room", True),
        "by name": (*none, Decimal("0.5"), Decimal("42.5"), "0.000", "room", True),
    }


def test_a_workers_title_is_that_of_hr_else_of_the_case_system():
    roles = {w.worker_id: w.role for w in evaluation(D, **CASELOADS).loads}
    assert (roles["full"], roles["half"], roles["nought"]) == ("Senior", "Social Worker", "")


@pytest.mark.parametrize("preset", [p for p in presets() if p != "evenlode-starter"])
def test_a_scheme_that_nobody_has_published_in_full_refuses_to_score(tmp_path, preset):
    file = tmp_path / "policy.yaml"
    file.write_text(f"workload: {{preset: {preset}}}", encoding="utf-8")
    with pytest.raises(PolicyFault, match=rf"policy\.yaml, line 1: .*{preset}"):
        read_policy(file)


@pytest.mark.parametrize("gap", ["cin", "cp_plan", "care_leaver", "cla_tier_2"])
def test_one_missing_weight_is_enough_to_refuse_and_none_is_taken_as_nought(gap):
    starter = presets()["evenlode-starter"]
    with pytest.raises(PolicyFault, match=gap):
        tariff_from({**starter, "tariff": {**starter["tariff"], gap: None}})


WIRRAL = """
workload:
  preset: wirral-frame
  tariff: {assessment_open: 5, cin: 4, cp_plan: 7, cla_tier_2: 5, care_proceedings: 10, care_leaver: 4}
  sibling_share: 0.6
  co_working_share: 0.25
"""


def test_a_frame_scores_once_the_council_has_entered_its_own_weights(tmp_path):
    file = tmp_path / "policy.yaml"
    file.write_text(WIRRAL, encoding="utf-8")
    tariff = read_policy(file).tariff
    # Practice-standards 7.4: 15 stable points + 75 of cases and extras = 90 of 100, and 90 of 90.
    full = worker_load(Decimal(75), fte=Decimal(1), newly_qualified=False, away=False, tariff=tariff)
    new = worker_load(Decimal(75), fte=Decimal(1), newly_qualified=True, away=False, tariff=tariff)
    assert [(x.points, x.capacity, x.shown) for x in (full, new)] == [(90, 100, "0.900"), (90, 90, "1.000")]


def test_a_scheme_of_four_to_ten_points_refuses_a_weight_outside(tmp_path):
    file = tmp_path / "policy.yaml"
    entries = "s47_open: 7, cp_plan: {cp}, cla_tier_1: 8, cla_tier_2: 5, cin: 4"
    file.write_text(
        f"workload:\n  preset: berkshire-frame\n  tariff: {{{entries.format(cp=11)}}}\n  sibling_share: 1\n"
        "  co_working_share: 0\n  ceiling_per_fte: 85\n  newly_qualified_factor: 1\n"
        "  bands: [{name: room, from: 0}]\n",
        encoding="utf-8",
    )
    with pytest.raises(PolicyFault, match=r"4 to 10.*cp_plan is 11"):
        read_policy(file)


def test_the_worked_example_of_three_siblings_on_a_plan():
    # Practice-standards 7.4 without the travel of which no extract knows: 7 + 4.2 + 4.2 = 15.4 of 76.5.
    found = load("15.4", newly_qualified=True)
    assert (found.capacity, found.shown) == (Decimal("76.5"), "0.201")


def held(**tables):
    """Worker to (children, points)."""
    return {w.worker_id: (w.children, w.load.points) for w in evaluation(D, **tables).loads}


def test_co_working_adds_nothing_to_the_number_of_children_and_ends_with_the_involvement():
    # 0.25 x 7 = 1.75; the ended one and the closed child add nothing.
    assert held(
        worker="worker_id | name\nW1 | Ann Reed\nW2 | Ben Hall",
        cp_plan="""
            child_id | plan_id | start_date
            shared   | 1       | 2026-01-05
            ended    | 2       | 2026-01-05
        """,
        episode="child_id | episode_id | referral_date | close_date\nclosed | 1 | 2026-01-05 | 2026-11-01",
        involvement="""
            involvement_id | child_id | worker_id | role      | start_date | end_date
            1              | shared   | W1        | CW        | 2026-01-05 |
            2              | shared   | W2        | CO-WORKER | 2026-01-05 |
            3              | ended    | W1        | CW        | 2026-01-05 |
            4              | ended    | W2        | CO-WORKER | 2026-01-05 | 2026-11-20
            5              | closed   | W2        | CO-WORKER | 2026-01-05 |
        """,
    ) == {"W1": (2, 14), "W2": (0, Decimal("1.75"))}


def test_only_the_lead_worker_of_today_carries_a_child_and_an_adviser_carries_care_leavers_of_any_age():
    assert held(
        worker="worker_id | name\nW1 | Ann Reed\nW2 | Ben Hall\nPA | Pat Adams",
        child="child_id | dob\nleaver 19 | 2007-03-01\nleaver 24 | 2002-03-01\nby table | 2003-03-01",
        episode="child_id | episode_id | referral_date\nchild | 1 | 2026-01-05",
        care_leaver="""
            care_leaver_id | child_id  | eligibility     | adviser
            1              | leaver 19 | Former Relevant |
            2              | leaver 24 | Former Relevant |
            3              | by table  | Former Relevant | PA
        """,
        involvement="""
            involvement_id | child_id  | worker_id | role   | start_date
            1              | child     | W1        | CW     | 2026-01-05
            2              | child     | W2        | CW     | 2026-03-05
            3              | child     | PA        | 16PLUS | 2026-05-05
            4              | leaver 19 | PA        | 16PLUS | 2026-01-05
            5              | leaver 24 | PA        | 16PLUS | 2026-01-05
        """,
    ) == {"W1": (0, 0), "W2": (1, 4), "PA": (3, 12)}
