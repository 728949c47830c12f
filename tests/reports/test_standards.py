"""The page that says where each practice standard is answered leaves none out and names only what there is."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from evenlode.measures.book import MEASURES
from evenlode.reports.standards import SETTINGS, STANDARDS
from evenlode.rules.book import RULES
from evenlode.rules.indicators import INDICATORS

REFERENCE = Path(__file__).parents[3] / "shared" / "reference" / "practice-standards.md"
ROW = re.compile(r"^\| ((?:[A-Z]{1,4}\d{0,2})-[A-Z]?\d+)\b", re.MULTILINE)


@pytest.mark.skipif(not REFERENCE.exists(), reason="the practice standards are not on this machine")
def test_every_id_of_the_practice_standards_is_on_the_page():
    wanted = set(ROW.findall(REFERENCE.read_text("utf-8")))
    assert len(wanted) > 190
    assert {s.id for s in STANDARDS} == wanted


def test_each_id_stands_there_once():
    ids = [s.id for s in STANDARDS]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("standard", STANDARDS, ids=lambda s: s.id)
def test_a_standard_is_answered_by_something_that_there_is(standard):
    assert standard.name
    assert standard.rules or standard.measures or standard.indicators or standard.where or standard.how
    assert set(standard.rules) <= {r.id for r in RULES}
    assert set(standard.measures) <= {m.id for m in MEASURES}
    assert set(standard.indicators) <= {i.id for i in INDICATORS}
    assert set(standard.settings) <= SETTINGS
    assert [m for m in standard.where if importlib.util.find_spec(m) is None] == []


def test_every_sign_of_drift_rests_on_rules_that_there_are():
    known = {r.id for r in RULES}
    assert {p.rule_id for i in INDICATORS for p in i.parts} <= known
