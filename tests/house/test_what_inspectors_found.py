"""The page that maps inspectors' findings to rules and measures names only what there is."""

import re
from pathlib import Path

from evenlode.measures.book import MEASURES
from evenlode.rules.book import RULES

PAGE = Path(__file__).parents[2] / "docs" / "what-inspectors-found.md"
ID = re.compile(r"\b[A-Z]{1,4}\d{0,2}-[A-Z]?\d+[a-z]?\d?W?\b")


def rows():
    for line in PAGE.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
        if cells[0].isdigit():
            whole = [cell.strip() for cell in line.strip().strip("|").split("|")]
            yield int(whole[0]), whole[2], whole[3]


def test_every_finding_of_inspectors_stands_on_the_page_once():
    assert [number for number, _, _ in rows()] == list(range(1, 117))


def test_every_finding_is_shown_by_something_or_says_what_is_to_come():
    assert [number for number, shown, later in rows() if not shown and not later] == []


def test_every_rule_and_measure_that_the_page_names_exists():
    known = {r.id for r in RULES} | {m.id for m in MEASURES}
    missing = {
        (number, name) for number, shown, _ in rows() for name in ID.findall(shown) if name not in known
    }
    assert not missing
