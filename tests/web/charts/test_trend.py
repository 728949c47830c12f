"""One figure over time."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from tests.web.charts.reading import shapes, texts

from evenlode.web.charts import Point, small_trend
from evenlode.web.charts.chart import steps

MONTHS = "Nov Dec Jan Feb Mar Apr May Jun Jul Aug Sep Oct".split()


def points(*values):
    return [Point(month, value) for month, value in zip(MONTHS, values, strict=False)]


def test_the_last_value_is_named_and_the_sentence_says_where_it_came_from():
    chart = small_trend("Visits in time", points(88, 89, 86, 90, 91, 90, 91, 92, 90, 87, 84, 82), unit="%")
    assert "82\u00a0%" in texts(chart)
    assert chart.sentence == "Visits in time: 82\u00a0% in Oct; it was 88\u00a0% in Nov."
    assert chart.rows[0] == ("Nov", "88\u00a0%")


def test_a_month_that_is_not_known_breaks_the_line_and_is_never_nought():
    chart = small_trend("Without a worker", points(9, 8, None, 7, 6))
    assert len(shapes(chart, "polyline")) == 2
    assert chart.rows[2] == ("Jan", "cannot tell")


def test_a_last_month_that_is_not_known_is_said_to_be_so():
    chart = small_trend("Without a worker", points(9, 8, None))
    assert "cannot tell" in texts(chart)
    assert chart.sentence == "Without a worker: 8 in Dec; it was 9 in Nov; Jan we cannot tell."


def test_with_no_figure_at_all_it_cannot_tell():
    assert small_trend("Without a worker", points(None, None)).sentence == "Without a worker: cannot tell."
    assert small_trend("Without a worker", []).rows == ()


def test_figures_that_stand_together_have_the_same_number_of_decimals():
    chart = small_trend("Caseload", points(Decimal("15.1"), 15, Decimal("15.2")))
    assert [cell for _, cell in chart.rows] == ["15.1", "15.0", "15.2"]


def test_the_page_can_give_a_better_sentence():
    chart = small_trend("X", points(4, 17), says="17 children have no worker; it was 4 in June.")
    assert chart.sentence == "17 children have no worker; it was 4 in June."


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [
        ([82, 92], 80, 100),  # two steps of 10, from a whole 10
        ([4, 17], 0, 20),
        ([Decimal("15.0"), Decimal("18.1")], 15, 20),
        ([4], 4, 6),
        ([-3, 5], -5, 5),
    ],
)
def test_the_scale_has_round_ends_that_hold_every_value(values, low, high):
    start, step = steps(values)
    assert (start, start + 2 * step) == (low, high)


def test_the_months_below_never_stand_over_one_another():
    chart = small_trend("X", points(*range(12)))
    places = sorted(
        float(text["x"])
        for text, words in zip(shapes(chart, "text"), texts(chart), strict=True)
        if words in MONTHS
    )
    assert len(places) > 2
    assert all(b - a > 40 for a, b in pairwise(places))
