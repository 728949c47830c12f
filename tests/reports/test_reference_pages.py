"""The reference pages say what the declarations say."""

from __future__ import annotations

from pathlib import Path

import pytest

from evenlode.measures.book import FACTS, MEASURES
from evenlode.published import INDICATORS
from evenlode.record.tables import TABLES
from evenlode.reports.reference_pages import PAGES
from evenlode.rules.book import RULE_BY_ID, RULES

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
CONTRACT = (
    "REF-02 OPN-01 ASM-04 S47-01 S47-02 CP-03 CP-04 CP-05 CP-06 CP-08 CP-10 CP-11 CP-12 CIN-02 CIN-05 CLA-V1 "
    "CLA-V2 CLA-V3 CLA-V4 CLA-V7 CLA-R1 CLA-R2 CLA-R3 CLA-S1 CL-04 CL-07 AL-01 AL-04 AL-12 AL-14 CW-02 SUP-05 "
    "SUP-06 SUP-07 SUP-08 SUP-09 ACT-02 SQ-07 NQ-02 NQ-07 DR-18"
).split()


@pytest.mark.parametrize("name", PAGES)
def test_a_reference_page_is_as_the_declarations_are(name):
    assert (FOLDER / name).read_text("utf-8") == PAGES[name](), (
        "run: python -m evenlode.reports.reference_pages docs/reference"
    )


def test_every_rule_of_the_contract_is_declared_once():
    assert set(CONTRACT) <= set(RULE_BY_ID)
    assert len(RULES) == len(RULE_BY_ID)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_a_rule_says_what_it_asks_who_acts_and_who_says_so(rule):
    assert rule.question.endswith("?")
    assert rule.name
    assert rule.source
    assert rule.needs
    assert rule.severities


@pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m.id)
def test_a_measure_says_what_it_asks_what_it_is_made_of_and_what_it_does_not_tell(measure):
    assert measure.question.endswith("?")
    assert measure.source
    assert measure.traps
    assert set(measure.facts) <= set(FACTS)
    assert {name for name, _ in measure.beside} <= set(FACTS)


def test_every_measure_and_every_count_is_declared_once():
    assert len({m.id for m in MEASURES}) == len(MEASURES)
    columns = {f"{t.name}.{c.name}" for t in TABLES.values() for c in t.columns}
    known = {*TABLES, *columns, *(f"{t}:history" for t in TABLES)}
    assert {need for f in FACTS.values() for need in f.needs} <= known
    used = {name for m in MEASURES for name in (*m.facts, *(fact for fact, _ in m.beside))}
    assert set(FACTS) == used


def test_every_published_figure_stands_beside_a_measure_and_names_its_counts_as_we_do():
    ids = {m.id for m in MEASURES}
    assert ids >= INDICATORS


def test_every_workforce_measure_of_the_reference_is_declared():
    assert {m.id.rstrip("ab") for m in MEASURES} >= {f"WF-{n:02}" for n in range(1, 11)}
