"""A council's policy: the shipped settings with whatever the council has changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from evenlode.calendar import ENGLAND, Clock, WorkingCalendar, england_with_closures
from evenlode.policy.setting import Authority
from evenlode.policy.settings import CLOCKS, LISTS, NUMBERS
from evenlode.policy.tariff import Tariff, presets, tariff_from

_AUTHORITY = {c.name: c.authority for c in CLOCKS}


@dataclass(frozen=True)
class Policy:
    """Every setting with the value in force.

    closures: days on which the council is closed; they never move a clock set by law (G-01).
    changed: the names of the settings that are not as shipped.
    """

    clocks: dict[str, Clock]
    numbers: dict[str, Decimal]
    lists: dict[str, tuple[str, ...]]
    tariff: Tariff
    closures: tuple[date, ...] = ()
    la_code: str = ""
    council: str = ""
    changed: frozenset[str] = frozenset()

    def clock(self, name: str) -> Clock:
        """The interval of that name."""
        return self.clocks[name]

    def calendar_for(self, name: str) -> WorkingCalendar:
        """The working days by which the clock of that name counts."""
        if _AUTHORITY[name] is Authority.STATUTE:
            return ENGLAND
        return england_with_closures(self.closures)

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever any setting changes; kept with every result."""
        return hashlib.sha256(
            repr(
                (
                    sorted(self.clocks.items()),
                    sorted(self.numbers.items()),
                    sorted(self.lists.items()),
                    self.tariff,
                    self.closures,
                )
            ).encode()
        ).hexdigest()[:16]


def shipped_policy() -> Policy:
    """The policy as it comes: the contract's defaults and the illustrative starter tariff."""
    return Policy(
        clocks={c.name: c.clock for c in CLOCKS},
        numbers={n.name: n.value for n in NUMBERS},
        lists={x.name: x.values for x in LISTS},
        tariff=tariff_from(presets()["evenlode-starter"]),
    )
