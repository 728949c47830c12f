"""Which measures have risen for so long and by so much that it is said before anybody asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from evenlode.policy import Policy

Point = tuple[date, Decimal | None]

RISES: dict[str, str] = {
    "WF-05": "rise_caseload",
    "WF-06": "rise_agency",
    "WL-02": "rise_utilisation",
    "AL-13a": "rise_unallocated",
    "AL-13b": "rise_waiting_days",
    "NQ-11": "rise_newly_qualified",
    "CP-11": "rise_long_plans",
}
"""The measures whose rise is said, each with the setting that says by how much."""


@dataclass(frozen=True)
class Rise:
    """A measure that rose in each of the last months, oldest month end first.

    least: by how much it had to rise in all, the council's own setting.
    """

    measure_id: str
    months: tuple[tuple[date, Decimal], ...]
    least: Decimal

    @property
    def by(self) -> Decimal:
        """How much it rose in all."""
        return self.months[-1][1] - self.months[0][1]

    @property
    def since(self) -> date:
        """The month end from which it has risen."""
        return self.months[0][0]


def risen(measure_id: str, points: Sequence[Point], policy: Policy) -> Rise | None:
    """Has a measure risen month on month for so long, and by so much in all, that it is said?

    points: its values at month ends, oldest first; None where it cannot be told, which is no rise.
    Source: local (settings `rise_months` and the measure's own).  It does not tell why it rose.
    """
    setting = RISES.get(measure_id)
    months = int(policy.numbers["rise_months"])
    last = [(day, value) for day, value in points[-(months + 1) :] if value is not None]
    if setting is None or len(last) <= months or months < 1:
        return None
    least = policy.numbers[setting]
    rose = all(before[1] < after[1] for before, after in pairwise(last))
    if not rose or last[-1][1] - last[0][1] < least:
        return None
    return Rise(measure_id, tuple(last), least)
