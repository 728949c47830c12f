"""A small linear-programming solver in exact fractions: what a reader can work out from published sums.

No solver is among the locked packages, and floating point could not tell "one value" from "nearly one".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

Row = Mapping[str, int]


def smallest(goal: Row, sums: Sequence[tuple[Row, int]]) -> Fraction | None:
    """The least that the goal can be where every name stands for nought or more and every sum holds.

    None where it has no least.  Raises ValueError where no numbers satisfy the sums.
    """
    names = sorted({name for row, _ in sums for name in row} | set(goal))
    table = [
        [Fraction(row.get(name, 0)) * (1 if value >= 0 else -1) for name in names] + [Fraction(abs(value))]
        for row, value in sums
    ]
    many = len(names)
    for place, line in enumerate(table):  # one helper a sum, to begin with
        line[many:many] = [Fraction(int(place == other)) for other in range(len(table))]
    basis = [many + place for place in range(len(table))]
    helpers = [Fraction(0)] * many + [Fraction(1)] * len(table)
    if _descend(table, basis, helpers, many + len(table)) != 0:
        raise ValueError("no numbers satisfy these sums")
    for place, column in enumerate(basis):
        if column >= many:
            other = next((c for c in range(many) if table[place][c] != 0), None)
            if other is not None:
                _turn(table, basis, place, other)
    cost = [Fraction(goal.get(name, 0)) for name in names] + [Fraction(0)] * len(table)
    return _descend(table, basis, cost, many)


def _descend(
    table: list[list[Fraction]], basis: list[int], cost: list[Fraction], usable: int
) -> Fraction | None:
    """Bland's rule: the first column that lowers the cost, the first row that allows it; it always ends."""
    while True:
        gain = next(
            (
                c
                for c in range(usable)
                if cost[c] - sum(cost[b] * line[c] for b, line in zip(basis, table, strict=True)) < 0
            ),
            None,
        )
        if gain is None:
            return sum((cost[b] * line[-1] for b, line in zip(basis, table, strict=True)), Fraction(0))
        rows = [(line[-1] / line[gain], basis[p], p) for p, line in enumerate(table) if line[gain] > 0]
        if not rows:
            return None
        _turn(table, basis, min(rows)[2], gain)


def _turn(table: list[list[Fraction]], basis: list[int], place: int, column: int) -> None:
    pivot = table[place][column]
    table[place] = [v / pivot for v in table[place]]
    for other, line in enumerate(table):
        if other != place and line[column] != 0:
            factor = line[column]
            table[other] = [v - factor * w for v, w in zip(line, table[place], strict=True)]
    basis[place] = column


def between(goal: Row, sums: Sequence[tuple[Row, int]]) -> tuple[Fraction | None, Fraction | None]:
    """The least and the most that the goal can be; None: no end."""
    most = smallest({name: -n for name, n in goal.items()}, sums)
    return smallest(goal, sums), None if most is None else -most
