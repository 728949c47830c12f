"""What holds for every chart."""

from __future__ import annotations

import ast
import re
import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from tests.web.charts.reading import SVG, drawing, texts

from evenlode.oversight.timeline import Event
from evenlode.oversight.timeline_kinds import Lane, Mark
from evenlode.web import charts
from evenlode.web.charts import drawing as ink

HOME = Path(charts.__file__).parent
DAY = date(2026, 11, 20)
HOSTILE = "<script>alert('x')</script>&\"onload=1"


def made(name="Leila Teasel"):
    weeks = [DAY - timedelta(weeks=n) for n in range(3, -1, -1)]
    event = Event(
        Lane.ACTIONS, date(2026, 10, 1), None, f"Action: {name}", Mark.OPEN, name, "A1", ongoing=True
    )
    flag = charts.Flag(1, Lane.ACTIONS, date(2026, 11, 2), name, "A1")
    return {
        "load": charts.load_bar(name, 78, added=8),
        "load not known": charts.load_bar(name, None),
        "supervision": charts.supervision_line(
            name, [date(2026, 10, 7)], [charts.Late(date(2026, 11, 4), None)], DAY
        ),
        "weeks": charts.weeks_heatmap(weeks, [charts.Weeks(name, (80, 101, 130, None))], DAY),
        "trend": charts.small_trend(name, [charts.Point(name, 3), charts.Point("Oct", None)], unit=name),
        "others": charts.comparison_dots(
            charts.Others(name, Decimal("13.1"), 14, 12, 15, 13, region_name=name)
        ),
        "spread": charts.spread_strip(name, [charts.Team(name, 3), charts.Team("Heron", 5)]),
        "timeline": charts.timeline([event], DAY, flags=[flag]),
    }


every = pytest.mark.parametrize("kind", made())


@every
def test_a_chart_has_no_style_attribute_no_script_and_no_address(kind):
    for node in drawing(made()[kind]).iter():
        assert node.tag != f"{SVG}script"
        assert not {
            name for name in node.attrib if name == "style" or name.startswith("on") or "href" in name
        }


@every
def test_a_name_that_looks_like_mark_up_stays_a_name(kind):
    chart = made(HOSTILE)[kind]
    assert "<script" not in chart.svg
    assert not list(drawing(chart).iter(f"{SVG}script"))
    told = "".join(
        [chart.sentence, *texts(chart), *(cell for row in chart.rows for cell in row), *chart.headings]
    )
    assert HOSTILE in told


@every
def test_a_chart_is_one_picture_that_is_named_by_its_sentence(kind):
    chart = made()[kind]
    root = drawing(chart)
    assert root.attrib["role"] == "img"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == chart.sentence
    assert root[1].tag == f"{SVG}desc"


@every
def test_all_text_is_16_pixels_but_for_the_numbers_in_discs(kind):
    root = drawing(made()[kind])
    assert root.attrib["font-size"] == "16"
    assert {node.get("font-size") for node in root.iter(f"{SVG}text")} <= {None, "13"}
    assert int(root.attrib["width"]) == int(root.attrib["viewBox"].split()[2]), "drawn at its own size"


@every
def test_the_same_figures_stand_in_a_table(kind):
    chart = made()[kind]
    assert chart.rows
    assert all(len(row) == len(chart.headings) for row in chart.rows)
    assert chart.sentence.endswith(".")


def test_charts_lean_on_the_standard_library_and_on_oversight_alone():
    wrong = []
    for path in HOME.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            wrong += [
                f"{path.name}: {name}"
                for name in names
                if name.split(".")[0] not in sys.stdlib_module_names
                and not name.startswith(("evenlode.oversight", "evenlode.web.charts"))
            ]
    assert not wrong


def test_the_colours_of_the_charts_are_those_of_the_pages():
    css = (HOME.parent / "static" / "evenlode" / "evenlode.css").read_text(encoding="utf-8")
    pages = {value.upper() for value in re.findall(r"--[a-z-]+: (#[0-9A-Fa-f]{6})", css)}
    shared = {ink.INK, ink.SOFT, ink.BLUE, ink.BLUE_TINT, ink.OVER, ink.OVER_TINT, ink.NEAR, ink.NEAR_SHAPE}
    assert shared | {ink.TEAL, ink.TEAL_TINT, ink.IN_TIME, ink.BAND} <= pages


def test_the_hatch_stays_inside_its_box():
    for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", ink.hatched(10, 20, 33, 14)):
        assert 10 <= float(x) <= 43
        assert 20 <= float(y) <= 34


def test_a_label_that_is_too_long_is_cut_and_says_so():
    assert ink.cut("Dentist", 200) == "Dentist"
    short = ink.cut("School meeting with the head of year", 120)
    assert short.endswith("…")
    assert ink.how_wide(short) <= 120


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (82, "%", "82\u00a0%"),
        (Decimal("15.04"), "", "15"),
        (Decimal("15.05"), "", "15.1"),
        (1806, "", "1,806"),
        (None, "%", "cannot tell"),
        (0, "%", "0\u00a0%"),
    ],
)
def test_a_figure_has_one_decimal_at_most_and_a_missing_one_is_never_zero(value, unit, words):
    assert charts.in_figures(value, unit) == words
