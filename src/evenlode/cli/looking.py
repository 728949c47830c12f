"""The road that every command takes from what was read to the position of a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from evenlode.cli.asking import chosen_day
from evenlode.cli.progress import Steps
from evenlode.policy import Policy
from evenlode.record import Delivery, Record, RecordConnection, connect
from evenlode.rules.compiled import rules_version
from evenlode.rules.evaluate import Day, standing


@dataclass(frozen=True)
class Looked:
    """A day's position, the record it rests on, and why that day."""

    position: Day
    stored: RecordConnection
    why_day: str


@contextmanager
def looked_at(
    deliveries: Sequence[Delivery], *, as_at: date | None, policy: Policy, steps: Steps, by: str
) -> Iterator[Looked]:
    """The position of the day, through a record that is thrown away afterwards.

    The rows that were read are let go of once they are stored; the account of them stays.
    """
    now = datetime.now(UTC)
    day, why = chosen_day(as_at, deliveries, now.date())
    with Record.temporary() as record:
        steps.step("Storing what was read", 0, 1)
        record.load(deliveries, at=now, by=by, as_at=day, rules_version=rules_version())
        for delivery in deliveries:
            delivery.tables = {name: rows.schema.empty_table() for name, rows in delivery.tables.items()}
        with (
            connect(record) as stored,
            standing(
                stored.con,
                as_at=day,
                policy=policy,
                delivered=stored.delivered,
                untold=stored.untold,
                told=steps.step,
            ) as position,
        ):
            yield Looked(position, stored, why)
