"""A council's policy: the shipped settings with whatever the council has changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from evenlode.calendar import ENGLAND, Clock, WorkingCalendar, england_with_closures
from evenlode.policy.setting import Authority
from evenlode.policy.settings import CLOCKS, DATES, LISTS, NUMBERS
from evenlode.policy.tariff import Tariff, presets, tariff_from

_AUTHORITY = {c.name: c.authority for c in CLOCKS}


@dataclass(frozen=True)
class Policy:
    """Every setting with the value in force.

    closures: days on which the council is closed; they never move a clock set by law (G-01).
    changed: the names of the settings that are not as shipped.
    dates: days from which something holds; None while nobody has fixed them.
    since: the day from which these settings hold; None: as far back as anybody looks.
    later: the policies that follow this one, each from the day of its `since`, in their order.
    """

    clocks: dict[str, Clock]
    numbers: dict[str, Decimal]
    lists: dict[str, tuple[str, ...]]
    tariff: Tariff
    closures: tuple[date, ...] = ()
    la_code: str = ""
    council: str = ""
    changed: frozenset[str] = frozenset()
    dates: dict[str, date | None] = field(default_factory=dict)
    since: date | None = None
    later: tuple[Policy, ...] = ()

    def on(self, day: date) -> Policy:
        """The policy in force on a day: the last one that had begun by then."""
        if not self.later:
            return self
        begun = [p for p in self.later if p.since is not None and p.since <= day]
        return begun[-1] if begun else replace(self, later=())

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
        """Changes whenever any setting changes; kept with every result.

        Two days on which the same settings hold have the same one, whatever holds on other days.
        """
        return hashlib.sha256(
            repr(
                (
                    sorted(self.clocks.items()),
                    sorted(self.numbers.items()),
                    sorted(self.lists.items()),
                    self.tariff,
                    self.closures,
                    sorted(self.dates.items()),
                    [p.fingerprint for p in self.later],
                )
            ).encode()
        ).hexdigest()[:16]


def differences(before: Policy, after: Policy) -> list[str]:
    """What is not the same in two policies, each with both values, in words."""
    found = []
    for old, new in (
        (before.clocks, after.clocks),
        (before.numbers, after.numbers),
        (before.lists, after.lists),
        (before.dates, after.dates),
        (_tariff(before), _tariff(after)),
    ):
        found += [
            f"{name} {_said(old.get(name))} becomes {_said(new.get(name))}"
            for name in dict.fromkeys((*old, *new))
            if old.get(name) != new.get(name)
        ]
    return found


def _tariff(policy: Policy) -> dict[str, object]:
    tariff = policy.tariff
    single = ("preset", "sibling_share", "co_working_share", "ceiling_per_fte", "newly_qualified_factor")
    return {
        **{f"workload {name}": getattr(tariff, name) for name in (*single, "stable_points")},
        "workload bands": tuple(f"{b.name} from {b.start}" for b in tariff.bands),
        **{f"workload {name}": value for name, value in tariff.points.items()},
    }


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(str, value))}]"
    return "not set" if value is None else str(value)


def shipped_policy() -> Policy:
    """The policy as it comes: the contract's defaults and the illustrative starter tariff."""
    return Policy(
        clocks={c.name: c.clock for c in CLOCKS},
        numbers={n.name: n.value for n in NUMBERS},
        lists={x.name: x.values for x in LISTS},
        tariff=tariff_from(presets()["evenlode-starter"]),
        dates={d.name: d.day for d in DATES},
    )
