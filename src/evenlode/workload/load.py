"""One worker's load against their capacity: the sum that everybody is shown (contract 5)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from evenlode.policy.tariff import Tariff

NO_CAPACITY = "no capacity"


@dataclass(frozen=True)
class Load:
    """A worker's load: points held, points there is room for, and the band that follows.

    utilisation: points over capacity, exact; None where there is no capacity, which is never 0 %.
    complete: False where the worker's hours are unknown and full time was taken.
    """

    points: Decimal
    capacity: Decimal
    utilisation: Decimal | None
    band: str
    complete: bool

    @property
    def shown(self) -> str:
        """Utilisation to three places, half up; blank where there is no capacity."""
        if self.utilisation is None:
            return ""
        return str(self.utilisation.quantize(Decimal("0.001"), ROUND_HALF_UP))


def worker_load(
    points: Decimal,
    *,
    fte: Decimal | None,
    newly_qualified: bool,
    away: bool,
    tariff: Tariff,
) -> Load:
    """How full is this worker?

    points: weighted points held, led and co-worked.  fte: 0 to 1, None where unknown (1.0 is then
    taken and the result is not `complete`).  away: absent on the day, or left.
    capacity = ceiling x FTE x factor, and 0 while away.  Source: contract 5; practice-standards 7.2.
    It does not tell how hard the work is on the person, only how much of it there is.
    """
    hours = Decimal(1) if fte is None else fte
    factor = tariff.newly_qualified_factor if newly_qualified else Decimal(1)
    capacity = Decimal(0) if away else tariff.ceiling_per_fte * hours * factor
    total = points + tariff.stable_points * (Decimal(0) if away else hours)
    if capacity <= 0:
        return Load(total, Decimal(0), None, NO_CAPACITY, fte is not None)
    utilisation = total / capacity
    return Load(total, capacity, utilisation, tariff.band(utilisation), fte is not None)
