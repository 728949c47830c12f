"""Load by worker and week."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.web.charts.reading import SVG, drawing, texts

from evenlode.web.charts import Weeks, weeks_heatmap

DAY = date(2026, 11, 20)
WEEKS = [DAY - timedelta(weeks=n) for n in range(11, -1, -1)]


def test_the_number_in_the_cell_is_the_number_given():
    loads = (92, 120, 88, 100, 91, 115, 112, 114, 108, 97, 90, 106)
    chart = weeks_heatmap(WEEKS, [Weeks("Aisha", loads)], DAY)
    shown = [text for text in texts(chart) if text.isdigit()]
    assert shown == [str(load) for load in loads]
    assert chart.rows[0] == ("Aisha", *(f"{load}\u00a0%" for load in loads))
    assert chart.headings[0] == "Worker"
    assert chart.headings[-1] == "20\u00a0Nov"


def test_a_load_over_the_ceiling_is_bold_so_that_colour_is_never_alone():
    chart = weeks_heatmap(WEEKS[-3:], [Weeks("Aisha", (100, 101, 121))], DAY)
    weight = {node.text: node.get("font-weight") for node in drawing(chart).iter(f"{SVG}text")}
    assert (weight["100"], weight["101"], weight["121"]) == (None, "bold", "bold")


def test_a_week_that_is_not_known_is_a_question_and_not_a_nought():
    chart = weeks_heatmap(WEEKS[-2:], [Weeks("Aisha", (80, None))], DAY)
    assert "?" in texts(chart)
    assert "0" not in texts(chart)
    assert chart.rows[0][2] == "cannot tell"
    assert chart.sentence == (
        "In the week of 20\u00a0November 0 of 1 worker hold more than the ceiling; of 1 we cannot tell."
    )


def test_the_workers_stand_in_the_order_in_which_they_are_given_and_are_never_ranked():
    workers = [Weeks(name, (load,)) for name, load in (("Aisha", 90), ("Ben", 140), ("Carys", 60))]
    chart = weeks_heatmap(WEEKS[-1:], workers, DAY)
    assert [row[0] for row in chart.rows] == ["Aisha", "Ben", "Carys"]
    assert [text for text in texts(chart) if text.isalpha()] == [
        "Aisha",
        "Aisha",
        "Ben",
        "Ben",
        "Carys",
        "Carys",
    ]
    assert chart.sentence == "In the week of 20\u00a0November 1 of 3 workers holds more than the ceiling."


def test_a_worker_without_a_load_for_each_week_is_refused():
    with pytest.raises(ValueError, match="1 loads for 2 weeks: give one a week, None if unknown"):
        weeks_heatmap(WEEKS[-2:], [Weeks("Aisha", (80,))], DAY)


def test_without_any_worker_it_says_that_nothing_is_on_record():
    assert weeks_heatmap(WEEKS, [], DAY).sentence == "No week is on record."
