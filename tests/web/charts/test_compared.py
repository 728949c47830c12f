"""Ours beside others, and teams beside one another."""

from __future__ import annotations

from decimal import Decimal

from tests.web.charts.reading import SVG, drawing, shapes, texts

from evenlode.web.charts import Others, Team, comparison_dots, comparison_key, spread_strip

FIVE = Others(
    "Agency workers",
    Decimal("13.1"),
    Decimal("14.2"),
    Decimal("12.1"),
    Decimal("14.9"),
    Decimal("13.0"),
    unit="%",
    region_name="South West",
    neighbours_name="ten neighbours",
)


def test_each_of_the_five_has_a_shape_of_its_own():
    drawn = [node.tag.removeprefix(SVG) for node in drawing(comparison_dots(FIVE))][3:]
    assert drawn == ["line", "path", "rect", "circle", "circle"], "England, region, neighbours, before, now"
    assert len(comparison_key("now", "before", "ten neighbours", "South West")) == 5


def test_the_sentence_and_the_table_name_every_figure():
    chart = comparison_dots(FIVE)
    assert chart.sentence == (
        "Agency workers: ours now 13.1\u00a0%; ours a year before 14.2\u00a0%; ten neighbours 12.1\u00a0%; "
        "South West 14.9\u00a0%; England 13.0\u00a0%."
    )
    assert ("England", "13.0\u00a0%") in chart.rows


def test_the_lowest_figure_stands_left_and_the_highest_right():
    chart = comparison_dots(FIVE)
    (neighbours,) = shapes(chart, "rect")
    assert float(neighbours["x"]) + float(neighbours["width"]) / 2 == 24
    # ours: (13.1 - 12.1) of (14.9 - 12.1) of 282 pixels
    assert round(float(shapes(chart, "circle")[1]["cx"])) == round(24 + 282 / 2.8)


def test_what_was_not_published_is_said_and_not_drawn():
    chart = comparison_dots(Others("Vacant posts", 18))
    assert ("England", "not published") in chart.rows
    assert ("ours a year before", "cannot tell") in chart.rows
    assert len(shapes(chart, "circle")) == 1


def test_with_no_figure_at_all_it_cannot_tell():
    assert "ours: cannot tell" in texts(comparison_dots(Others("Vacant posts", None)))


def test_only_the_two_ends_of_a_spread_are_named():
    teams = [Team("Avocet", 19), Team("Bittern", 18), Team("Egret", 15), Team("Fulmar", 21)]
    chart = spread_strip("Average caseload", teams)
    assert texts(chart) == ["middle 18.5", "Egret 15", "Fulmar 21"]
    assert chart.sentence == "Average caseload: from Egret 15 to Fulmar 21; middle 18.5."


def test_the_teams_keep_the_order_of_their_names_in_the_table():
    chart = spread_strip("Average caseload", [Team("Avocet", 19), Team("Bittern", 30), Team("Curlew", 2)])
    assert [row[0] for row in chart.rows] == ["Avocet", "Bittern", "Curlew"]


def test_teams_that_share_an_end_are_both_named_and_more_than_two_are_counted():
    two = [Team("Avocet", 0), Team("Bittern", 0), Team("Curlew", 6)]
    assert "Avocet and Bittern 0" in texts(spread_strip("X", two))
    assert "3 teams 0" in texts(spread_strip("X", [*two, Team("Dunlin", 0)]))


def test_teams_with_the_same_figure_are_each_a_dot():
    chart = spread_strip("X", [Team("Avocet", 0), Team("Bittern", 0), Team("Curlew", 6)])
    assert len({(dot["cx"], dot["cy"]) for dot in shapes(chart, "circle")}) == 3


def test_a_team_that_cannot_be_told_is_counted_and_not_drawn():
    chart = spread_strip("X", [Team("Avocet", 3), Team("Bittern", 6), Team("Curlew", None)])
    assert len(shapes(chart, "circle")) == 2
    assert chart.sentence == "X: from Avocet 3 to Bittern 6; middle 4.5; for 1 team we cannot tell."
    assert ("Curlew", "cannot tell") in chart.rows


def test_teams_that_are_all_alike_are_said_to_be():
    assert spread_strip("X", [Team("A", 4), Team("B", 4), Team("C", 4)]).sentence == "X: 3 teams 4."


def test_no_team_with_a_figure_is_nothing_that_can_be_told():
    assert spread_strip("X", [Team("A", None)]).sentence == "X: cannot tell for any team."
