"""A small council on one day, with its findings and whatever oversight reads beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from tests.small_council import delivered_but, stored, untold_of

from evenlode.policy import Policy, shipped_policy
from evenlode.rules.evaluate import Day, standing
from evenlode.rules.results import Evaluation


@contextmanager
def a_day(
    as_at: str,
    *,
    policy: Policy | None = None,
    rules: Iterable[str] | None = None,
    missing: Iterable[str] = (),
    **tables: str,
) -> Iterator[tuple[Day, Evaluation]]:
    """The position of a day and what the rules said, while the day is open."""
    with standing(
        stored(tables),
        as_at=date.fromisoformat(as_at),
        policy=policy or shipped_policy(),
        delivered=delivered_but(missing),
        untold=untold_of(missing),
        rules=rules,
    ) as day:
        yield day, day.evaluate()
