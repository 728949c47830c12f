"""What a region shows: measures by council, and no number that a reader could work out again."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.exact_solver import between, smallest

from evenlode.measures.measure import Level
from evenlode.measures.region import REGION, folded
from evenlode.measures.release import SMALL, held_back
from evenlode.measures.tally import Count, Tally

Table = dict[str, dict[str, int]]
"""Fact to how many in each council."""


def counted(table: Table) -> Tally:
    """The councils' own tally, as it is before it is put together."""
    result = Tally(councils=tuple(sorted({la for row in table.values() for la in row})))
    for fact, row in table.items():
        for la, people in row.items():
            result.counts[la, fact, Level.COUNCIL, la] = Count(Decimal(people), people)
    return result


def hidden(table: Table) -> set[tuple[str, str]]:
    """(Fact, council or region) pairs that are not shown."""
    return {(fact, unit) for _, fact, _, unit in held_back(folded(counted(table)), from_units=True)}


def hidden_of(**row: int) -> set[str]:
    return {unit for _, unit in hidden({"referrals": {f"L{name}": n for name, n in row.items()}})}


def test_a_small_number_of_one_council_is_hidden_with_two_more_so_that_each_of_the_three_cannot_tell():
    """4 + 9 + 20 are 33: the council of 9 would know that the other two are 24 together, and no more."""
    assert hidden_of(a=4, b=9, c=20, d=30) == {"La", "Lb", "Lc"}


def test_of_two_councils_the_region_is_hidden_too_since_either_knows_its_own_number():
    assert hidden_of(a=4, b=90) == {"La", "Lb", REGION}


def test_others_that_are_six_together_hide_one_another_and_fewer_do_not():
    """Without b's own 20, a and c are 3 + 3: six, so it is enough.  With 3 + 2 a fourth is hidden."""
    assert hidden_of(a=3, b=20, c=3, d=30) == {"La", "Lb", "Lc"}
    assert hidden_of(a=3, b=20, c=2, d=30) == {"La", "Lb", "Lc", "Ld"}


def test_numbers_over_five_and_nought_are_shown():
    assert hidden_of(a=6, b=0, c=7) == set()


def test_one_small_band_hides_every_band_of_every_council_and_of_the_region():
    bands = {f"assessments_ASM-01c{n}": {"La": a, "Lb": b} for n, (a, b) in enumerate([(3, 10), (10, 10)])}
    found = hidden({"assessments_timed": {"La": 33, "Lb": 40}, **bands})
    assert {(fact, unit) for fact in bands for unit in ("La", "Lb", REGION)} <= found
    assert not any(fact == "assessments_timed" for fact, _ in found)


def sums_known(
    table: Table, shut: set[tuple[str, str]], reader: str | None, *, bands: bool = False
) -> list[tuple[dict[str, int], int]]:
    """Every sum that a reader of the table has: totals, parts of wholes, and a council's own numbers.

    The facts of a table stand in order, each a part of the next; bands: the first is the sum of the others.
    """
    sums: list[tuple[dict[str, int], int]] = []
    for fact, row in table.items():
        together = {f"{fact} {la}": 1 for la in row}
        sums.append(({**together, f"{fact} {REGION}": -1}, 0))
        everything = {**row, REGION: sum(row.values())}
        sums += [
            ({f"{fact} {unit}": 1}, n)
            for unit, n in everything.items()
            if (fact, unit) not in shut or unit == reader
        ]
    if bands:
        total, *others = table
        sums += [({f"{total} {la}": -1, **{f"{band} {la}": 1 for band in others}}, 0) for la in table[total]]
        return put_in(sums)
    for part, whole in pairwise(table):
        sums += [({f"{whole} {la}": 1, f"{part} {la}": -1, f"{part} rest {la}": -1}, 0) for la in table[part]]
    return put_in(sums)


def put_in(sums: list[tuple[dict[str, int], int]]) -> list[tuple[dict[str, int], int]]:
    """The same with each number that is plainly known put into the other sums: the solver has less to do."""
    known: dict[str, int] = {}
    while alone := [(name, value // n) for row, value in sums if len(row) == 1 for name, n in row.items()]:
        known |= dict(alone)
        sums = [
            (
                {name: n for name, n in row.items() if name not in known},
                value - sum(known.get(name, 0) * n for name, n in row.items()),
            )
            for row, value in sums
        ]
    return [({name: 1}, value) for name, value in known.items()] + [(row, v) for row, v in sums if row]


def span(name: str, sums: list[tuple[dict[str, int], int]], known: dict[str, int]):
    """The least and the most that a number can be; one that is plainly known needs no solver."""
    if name in known:
        return known[name], known[name]
    return between({name: 1}, [(row, value) for row, value in sums if len(row) > 1])


def given_away(table: Table, shut: set[tuple[str, str]], *, bands: bool = False) -> list[str]:
    """What somebody can work out: a hidden number, or that a number or a rest is one to five."""
    found = []
    councils = list(next(iter(table.values())))
    for reader in (None, *councils):
        sums = sums_known(table, shut, reader, bands=bands)
        known = {name: value for row, value in sums if len(row) == 1 for name in row}
        for fact, la in sorted(shut):
            if la in {reader, REGION}:
                continue
            low, high = span(f"{fact} {la}", sums, known)
            if low == high or (table[fact][la] in range(1, SMALL + 1) and high is not None and high <= SMALL):
                found.append(f"{reader} knows that {fact} of {la} is {low} to {high}")
        for part, whole in [] if bands else pairwise(table):
            for la in councils:
                rest = table[whole][la] - table[part][la]
                if la == reader or rest not in range(1, SMALL + 1):
                    continue
                low, high = span(f"{part} rest {la}", sums, known)
                if high is not None and high <= SMALL:
                    found.append(f"{reader} knows that {whole} without {part} of {la} is {low} to {high}")
    return found


@pytest.mark.parametrize(
    ("goal", "sums", "expected"),
    [
        # x + y = 7, x >= 3 by a slack: x - s = 3.
        ({"x": 1}, [({"x": 1, "y": 1}, 7), ({"x": 1, "s": -1}, 3)], (3, 7)),
        # x + y = 7 and x - y = 1: x is 4 and nothing else.
        ({"x": 1}, [({"x": 1, "y": 1}, 7), ({"x": 1, "y": -1}, 1)], (4, 4)),
        # Nothing holds x back.
        ({"x": 1}, [({"x": 1, "y": -1}, 2)], (2, None)),
        # Two equations that say the same.
        ({"y": 1}, [({"x": 1, "y": 1}, 5), ({"x": 2, "y": 2}, 10)], (0, 5)),
    ],
)
def test_the_solver_finds_the_least_and_the_most(goal, sums, expected):
    assert between(goal, sums) == expected


def test_the_solver_says_where_no_numbers_fit():
    with pytest.raises(ValueError, match="no numbers"):
        smallest({"x": 1}, [({"x": 1}, 2), ({"x": 1}, 3)])


def test_the_solver_recovers_a_number_that_is_hidden_alone():
    """The test below can fail: with only the small number hidden, the total gives it away."""
    table = {"referrals": {"La": 4, "Lb": 9, "Lc": 20}}
    assert given_away(table, {("referrals", "La")})[0] == "None knows that referrals of La is 4 to 4"
    # With two hidden, an outsider cannot tell, and the second council can.
    assert given_away(table, {("referrals", "La"), ("referrals", "Lb")}) == [
        "La knows that referrals of Lb is 9 to 9",
        "Lb knows that referrals of La is 4 to 4",
    ]


@pytest.mark.parametrize(
    "table",
    [
        # Whoever knows L0's own 4 of 10 would see that L1 and L2 together are as many as their wholes.
        {
            "unallocated": {"L0": 4, "L1": 8, "L2": 9, "L3": 0},
            "open_children": {"L0": 10, "L1": 8, "L2": 9, "L3": 0},
        },
        # The parts that are shown would be the least of the hidden wholes, and leave one too little room.
        {
            "unallocated": {"L0": 8, "L1": 0, "L2": 8, "L3": 6},
            "open_children": {"L0": 8, "L1": 1, "L2": 12, "L3": 6},
        },
        # Nought out of nought hides nothing.
        {
            "unallocated": {"L0": 0, "L1": 1, "L2": 5},
            "open_children": {"L0": 0, "L1": 6, "L2": 6},
        },
        # What lies between two that are shown.
        {
            "cases": {"L0": 0, "L1": 6},
            "cases_held": {"L0": 0, "L1": 6},
            "children_held": {"L0": 0, "L1": 7},
        },
    ],
)
def test_tables_that_gave_a_number_away_once_do_not_any_more(table):
    assert given_away(table, hidden(table)) == []


numbers = st.one_of(st.just(0), st.integers(0, 8), st.integers(0, 12), st.integers(0, 60))


def tables(*facts: str) -> st.SearchStrategy[Table]:
    """Tables of these facts, each a part of the next, for two to five councils."""

    def row(steps: list[int]) -> list[int]:
        return [sum(steps[: n + 1]) for n in range(len(facts))]

    councils = st.lists(st.lists(numbers, min_size=len(facts), max_size=len(facts)), min_size=2, max_size=5)
    return councils.map(
        lambda found: {
            fact: {f"L{n}": row(steps)[place] for n, steps in enumerate(found)}
            for place, fact in enumerate(facts)
        }
    )


@settings(max_examples=80, deadline=None)
@given(tables("referrals"))
def test_no_reader_can_work_out_a_hidden_number_from_the_sums(table):
    assert given_away(table, hidden(table)) == []


@settings(max_examples=80, deadline=None)
@given(tables("unallocated", "open_children"))
def test_no_reader_can_work_it_out_from_a_rate_and_what_it_is_a_part_of_either(table):
    assert given_away(table, hidden(table)) == []


@settings(max_examples=40, deadline=None)
@given(tables("cases", "cases_held", "children_held"))
def test_nor_where_two_measures_share_a_number(table):
    assert given_away(table, hidden(table)) == []


def in_bands(table: Table) -> Table:
    """The same numbers as bands, with their sum in front."""
    names = [f"conferences_S47-01c{n}" for n in range(len(table))]
    bands = dict(zip(names, table.values(), strict=True))
    councils = next(iter(table.values()))
    return {"conferences_timed": {la: sum(row[la] for row in bands.values()) for la in councils}, **bands}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(numbers, min_size=4, max_size=4), min_size=2, max_size=3))
def test_nor_from_bands_that_add_up_to_a_total_that_is_shown(found):
    """A council with no conference at all has none in any band, and everybody may know it."""
    table = in_bands({f"band {n}": {f"L{c}": row[n] for c, row in enumerate(found)} for n in range(4)})
    shut = hidden(table)
    nothing = {la for la, n in table["conferences_timed"].items() if n == 0}
    told = given_away(table, {(fact, unit) for fact, unit in shut if unit not in nothing}, bands=True)
    assert told == []


@settings(max_examples=80, deadline=None)
@given(tables("unallocated", "open_children"))
def test_no_small_number_and_no_small_rest_is_shown(table):
    shut = hidden(table)
    for fact, row in table.items():
        for unit, n in {**row, REGION: sum(row.values())}.items():
            assert (fact, unit) in shut or n not in range(1, SMALL + 1)
