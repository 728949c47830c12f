"""The published rates of seven measures come out of the published counts, by the very formulas that we use.

Every council-year of the Department's files is recomputed.  The counts are published to one decimal, so
a rate agrees where it is the published one for some true counts that round to those published.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest

from evenlode.measures.book import MEASURE_BY_ID
from evenlode.measures.measure import working_days_in_year
from evenlode.published import Figure, read_published

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "dfe-workforce"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the published workforce files do not lie beside this repository"
)

NEWEST = "csww_indicators_2017_to_2025.csv"
OLDER = "csww_headline_measures_2017_to_2022.csv"
HALF_A_DIGIT = Decimal("0.05")
WHOLE = {"cases"}

# Council-years compared in the newest edition, and how many of them agree to the digit without any
# allowance for the rounding of the counts. Counted by a separate script that knows none of our code.
COMPARED = {
    "WF-05": (1350, 1320),
    "WF-06": (1341, 1287),
    "WF-07": (1353, 1313),
    "WF-08": (1345, 1234),
    "WF-09a": (1292, 1170),
    "WF-09b": (1303, 1170),
    "WF-10": (1336, 1328),
}

# Regions and England only: the rate was made with councils whose counts are held back from the total.
LONDON = {"E12000007": {"E13000001", "E13000002"}}
TOTALS_THAT_DIFFER = {
    "WF-05": set(),
    "WF-06": {
        (2023, "England"),
        (2023, "London"),
        (2023, "Outer London"),
        (2024, "England"),
        (2024, "West Midlands"),
    },
    "WF-07": set(),
    "WF-08": {(2022, "England"), (2022, "North East"), (2024, "England"), (2024, "North East")},
    "WF-09a": {
        (2017, "England"),
        (2017, "London"),
        (2017, "Outer London"),
        (2017, "South East"),
        (2023, "England"),
        (2023, "London"),
        (2023, "Outer London"),
        (2024, "England"),
        (2024, "West Midlands"),
    },
    "WF-09b": {
        (2017, "England"),
        (2017, "London"),
        (2017, "Outer London"),
        (2017, "South East"),
        (2018, "England"),
        (2018, "London"),
        (2018, "Outer London"),
        (2024, "England"),
        (2024, "West Midlands"),
    },
    "WF-10": {
        (2023, "East of England"),
        (2023, "England"),
        (2023, "North West"),
        (2024, "England"),
        (2024, "South West"),
        (2024, "West Midlands"),
    },
}


@pytest.fixture(scope="module")
def figures() -> list[Figure]:
    return [f for f in read_published(FOLDER).figures if f.indicator in COMPARED]


def of(figures: list[Figure], measure: str, file: str, *levels: str) -> list[Figure]:
    """The figures whose counts are all published."""
    return [
        f
        for f in figures
        if (f.indicator, f.file) == (measure, file)
        and f.level in levels
        and f.value is not None
        and ours(f) is not None
    ]


def ours(figure: Figure) -> Decimal | None:
    """Our measure's own formula on the published counts."""
    formula = MEASURE_BY_ID[figure.indicator].formula
    return formula.of(figure.parts, year_ends=date(figure.year, 9, 30)).value


def agrees(figure: Figure) -> bool:
    """Is the published rate ours for some counts that are published as these?"""
    formula = MEASURE_BY_ID[figure.indicator].formula
    choices = []
    for name, count in figure.parts.items():
        slack = Decimal(0) if name in WHOLE else HALF_A_DIGIT
        choices.append([(name, max(Decimal(0), count - slack)), (name, count + slack)])
    values = [
        formula.of(dict(corner), year_ends=date(figure.year, 9, 30)).value for corner in product(*choices)
    ]
    known = [v for v in values if v is not None]
    return min(known) <= figure.value <= max(known)


@pytest.mark.parametrize("measure", COMPARED)
def test_every_published_council_rate_comes_out_of_its_published_counts(figures, measure):
    rows = of(figures, measure, NEWEST, "council")
    exact = sum(ours(f) == f.value for f in rows)
    assert [(f.year, f.name, f.value, ours(f)) for f in rows if not agrees(f)] == []
    assert (len(rows), exact) == COMPARED[measure]


@pytest.mark.parametrize("measure", COMPARED)
def test_the_older_edition_comes_out_too(figures, measure):
    rows = of(figures, measure, OLDER, "council")
    assert [(f.year, f.name, f.value, ours(f)) for f in rows if not agrees(f)] == []
    assert len(rows) > 850


@pytest.mark.parametrize("measure", COMPARED)
def test_totals_of_regions_and_england_come_out_but_where_councils_held_counts_back(figures, measure):
    rows = of(figures, measure, NEWEST, "region", "england")
    assert len(rows) > 105
    assert {(f.year, f.name) for f in rows if not agrees(f)} == TOTALS_THAT_DIFFER[measure]


@pytest.mark.parametrize("measure", COMPARED)
def test_where_a_total_differs_a_council_of_that_area_held_a_count_back(figures, measure):
    for f in of(figures, measure, NEWEST, "region", "england"):
        if agrees(f):
            continue
        inside = LONDON.get(f.area, {f.area})
        councils = [
            c
            for c in figures
            if (c.indicator, c.file, c.year, c.level) == (measure, NEWEST, f.year, "council")
            and (f.level == "england" or c.region in inside)
        ]
        assert any(None in (c.value, *c.parts.values()) for c in councils), (f.year, f.name)


def test_at_least_a_hundred_council_years_stand_behind_each_rate():
    assert min(rows for rows, _ in COMPARED.values()) >= 100
    assert len(COMPARED) == 7


def test_the_year_of_the_absence_rate_has_a_working_day_more_where_february_has():
    assert [working_days_in_year(date(y, 9, 30)) for y in (2019, 2020, 2021, 2024, 2025)] == [
        253,
        254,
        253,
        254,
        253,
    ]
    assert working_days_in_year(date(2024, 2, 29)) == 254
    assert working_days_in_year(date(2025, 2, 28)) == 254
    assert working_days_in_year(date(2025, 3, 1)) == 253
