"""The page that holds Evenlode against OWASP ASVS: every requirement is on it, and everything that it names is there."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_found = importlib.util.spec_from_file_location("asvs_page", ROOT / "tools" / "asvs_page.py")
asvs = importlib.util.module_from_spec(_found)
sys.modules["asvs_page"] = asvs
_found.loader.exec_module(asvs)

ROWS = asvs.requirements()
OF_LEVEL_3 = {"1.2.10", "2.3.5", "5.2.4", "5.3.3", "6.3.8", "8.3.2", "14.2.6", "14.2.7", "14.2.8"}

# How many requirements of levels 1 and 2 each section of the standard has, read off OWASP's own table of 5.0.0.
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2,
    "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2,
    "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4,
    "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4,
    "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
    "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
    "9.1": 3, "9.2": 4,
    "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3,
    "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4,
    "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
    "14.1": 2, "14.2": 4, "14.3": 3,
    "15.1": 3, "15.2": 3, "15.3": 7,
    "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3,
}  # fmt: skip


def test_every_requirement_of_levels_1_and_2_stands_there_once():
    there = Counter(row.number.rsplit(".", 1)[0] for row in ROWS if row.level < 3)
    assert there == SECTIONS
    assert sum(SECTIONS.values()) == 246  # 253 of the standard less 7 of WebRTC
    assert len({row.number for row in ROWS}) == len(ROWS)
    for number, (_, ours, _) in asvs.CHAPTERS.items():
        assert sum(row.chapter == number and row.level < 3 for row in ROWS) == ours


def test_seventy_of_them_are_of_level_1():
    assert sum(row.level == 1 for row in ROWS) == 70


def test_the_nine_of_level_3_that_we_hold_ourselves_to_stand_there():
    assert {row.number for row in ROWS if row.level == 3} == OF_LEVEL_3


def test_numbers_stand_in_the_order_of_the_standard_and_leave_no_gap_but_for_level_3():
    in_order = [tuple(map(int, row.number.split("."))) for row in ROWS]
    assert in_order == sorted(in_order)


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r.number)
def test_a_requirement_says_how_it_stands_and_names_what_shows_it(row):
    assert row.asks
    assert row.state in asvs.STATES
    if row.state in {"none", "not met"}:
        assert row.says, "say why"
        assert not row.shown_by
    else:
        assert row.shown_by, "name a test, a setting or a page"
    if row.state == "test":
        assert all(one.startswith("tests/") for one in row.shown_by)


@pytest.mark.parametrize("said", sorted({one for row in ROWS for one in row.shown_by}))
def test_what_a_requirement_names_is_there(said):
    path, _, name = said.partition("::")
    assert (ROOT / path).is_file()
    text = (ROOT / path).read_text(encoding="utf-8")
    if name.startswith("test_"):
        assert re.search(rf"^def {name}\(", text, re.MULTILINE)
        assert not re.search(r"^pytestmark\b.*\b(skip|xfail|long)\b", text, re.MULTILINE), (
            "CI does not run it"
        )
        before = re.search(rf"((?:^@[^\n]*\n)*)^def {name}\(", text, re.MULTILINE).group(1)
        assert not re.search(r"@pytest\.mark\.(skip\b|xfail|long)", before), "CI does not run it"
    else:
        assert name in text


def test_the_page_is_what_the_table_gives():
    assert asvs.PAGE.read_text(encoding="utf-8") == asvs.page(), "run python tools/asvs_page.py"


def test_what_is_not_met_is_counted_at_the_head_and_listed_first():
    text = asvs.page()
    not_met = [row.number for row in ROWS if row.state == asvs.NOT_MET]
    assert f"**{len(not_met)} of 255 are not met.**" in text
    first = text.split("\n## ")[1]
    assert first.startswith("Not met")
    assert re.findall(r"^\| (\d+\.\d+\.\d+)", first, re.MULTILINE) == not_met
