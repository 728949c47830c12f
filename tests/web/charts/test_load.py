"""The load bar."""

from __future__ import annotations

from decimal import Decimal

from tests.web.charts.reading import shapes, texts

from evenlode.web.charts import load_bar, scale_for


def test_the_bar_says_what_one_more_child_would_make_of_the_load():
    chart = load_bar("her", Decimal("78.0"), added=Decimal("8.2"))
    assert chart.sentence == "This takes her from 78\u00a0% to 86\u00a0% of the ceiling."
    assert texts(chart) == ["78\u00a0%", "86\u00a0%"]
    assert chart.rows == (("Now", "78\u00a0%"), ("With this child", "86\u00a0%"))


def test_the_length_of_the_bar_is_the_load_on_the_scale():
    # 298 pixels are 120 %, so 60 % ends at 1 + 149.
    filled = shapes(load_bar("Leila Teasel", 60), "rect")[1]
    assert float(filled["x"]) + float(filled["width"]) == 150


def test_a_worker_over_the_scale_widens_the_scale():
    assert scale_for([78, None, 99]) == 120
    assert scale_for([78, 171]) == 180
    over, far = load_bar("A", 121), load_bar("B", 171)
    # 140 and 180 per cent: the ceiling stands further left on the wider scale.
    assert [round(float(shapes(chart, "line")[0]["x1"])) for chart in (over, far)] == [214, 167]
    assert "The scale ends at 180 per cent." in far.svg
    assert all(float(rect["x"]) + float(rect["width"]) <= 300 for rect in shapes(far, "rect"))


def test_bars_that_stand_together_share_one_scale():
    low = load_bar("A", 60, scale=scale_for([60, 171]))
    assert round(float(shapes(low, "line")[0]["x1"])) == 167


def test_what_is_above_the_ceiling_is_hatched_and_not_only_coloured():
    assert shapes(load_bar("A", 121), "path")
    assert not shapes(load_bar("A", 100), "path")


def test_a_worker_without_hours_is_never_shown_at_nothing_per_cent():
    chart = load_bar("Ines Wintergreen", None, instead="No hours to hold children in")
    assert chart.sentence == "Ines Wintergreen: no hours to hold children in."
    assert "%" not in chart.svg
    assert chart.rows == (("Now", "No hours to hold children in"),)


def test_numbers_under_the_bar_stay_inside_the_drawing():
    for load in (0, 2, 100, 119, 300):
        chart = load_bar("A", load, added=1)
        assert all(40 <= float(text["x"]) <= 300 for text in shapes(chart, "text"))
