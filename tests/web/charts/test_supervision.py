"""The line of supervision over half a year."""

from __future__ import annotations

from datetime import date

from tests.web.charts.reading import shapes

from evenlode.web.charts import Late, supervision_line
from evenlode.web.charts.supervision import six_months_before

DAY = date(2026, 11, 20)


def test_each_session_of_the_last_six_months_is_a_dot_where_its_day_is():
    # 20 May to 20 November is 184 days; 20 August is day 92, the middle of 8 to 292.
    chart = supervision_line(
        "Chidi Harebell", [date(2026, 8, 20), date(2026, 5, 20), date(2026, 4, 1)], [], DAY
    )
    assert [float(dot["cx"]) for dot in shapes(chart, "circle")] == [8, 150]
    assert chart.sentence == "Chidi Harebell: supervision held twice from 20\u00a0May to 20\u00a0November."


def test_what_is_past_due_is_hatched_from_its_due_date_to_the_day_it_was_held():
    late = Late(date(2026, 8, 20), date(2026, 9, 30))
    chart = supervision_line("Chidi Harebell", [date(2026, 9, 30)], [late], DAY)
    (stretch,) = shapes(chart, "rect")
    assert float(stretch["x"]) == 150
    assert "past due 20\u00a0August to 30\u00a0September." in chart.sentence
    assert ("Past due", "20\u00a0August to 30\u00a0September") in chart.rows


def test_what_is_still_not_held_is_past_due_since_its_date():
    chart = supervision_line("Ines Wintergreen", [], [Late(date(2026, 11, 5), None)], DAY)
    assert chart.sentence == (
        "Ines Wintergreen: no supervision is on record from 20\u00a0May to 20\u00a0November; "
        "past due since 5\u00a0November."
    )
    (stretch,) = shapes(chart, "rect")
    assert round(float(stretch["x"]) + float(stretch["width"])) == 292


def test_a_due_date_that_is_still_to_come_is_not_past_due():
    chart = supervision_line("A", [date(2026, 11, 4)], [Late(date(2026, 12, 2), None)], DAY)
    assert not shapes(chart, "rect")
    assert "past due" not in chart.sentence


def test_six_months_before_the_end_of_august_is_the_end_of_february():
    assert six_months_before(date(2026, 8, 31)) == date(2026, 2, 28)
    assert six_months_before(date(2026, 5, 15)) == date(2025, 11, 15)
