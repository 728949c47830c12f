"""Asks one doubt of a few rows written as small tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tests.small_council import COUNCIL, delivered_but, stored, untold_of

from evenlode.policy import Policy, shipped_policy
from evenlode.quality.answer import Quality, questioned
from evenlode.quality.book import DOUBT_BY_ID
from evenlode.quality.compiled import steps_needed
from evenlode.record import Delivery
from evenlode.rules.evaluate import standing

AS_AT = "2026-11-20"


@dataclass(frozen=True)
class Found:
    """What one doubt says: how many of how many (None where it cannot tell), which rows, and why not."""

    found: int | None
    of: int | None
    records: list[str]
    wrong: list[str]
    why: str


def quality(
    doubts: Iterable[str],
    as_at: str = AS_AT,
    *,
    missing: Iterable[str] = (),
    policy: Policy | None = None,
    deliveries: Sequence[Delivery] = (),
    councils: Iterable[str] = (COUNCIL,),
    **tables: str,
) -> Quality:
    """Everything that these doubts say of the rows."""
    wanted = frozenset(doubts)
    policy = policy or shipped_policy()
    with standing(
        stored(tables),
        as_at=date.fromisoformat(as_at),
        policy=policy,
        delivered=frozenset((la, table) for la in councils for _, table in delivered_but(missing)),
        untold=untold_of(missing),
        only=steps_needed(policy, wanted),
    ) as day:
        return questioned(day, deliveries, doubts=wanted)


def doubt(
    doubt_id: str,
    as_at: str = AS_AT,
    *,
    missing: Iterable[str] = (),
    policy: Policy | None = None,
    **tables: str,
) -> Found:
    """What one doubt says of the rows."""
    said = quality([doubt_id], as_at, missing=missing, policy=policy, **tables)
    one = said.of(COUNCIL, DOUBT_BY_ID[doubt_id])
    rows = [r for r in said.rows if r.doubt.id == doubt_id]
    return Found(one.found, one.of, [r.record_id for r in rows], [r.wrong for r in rows], one.why)
