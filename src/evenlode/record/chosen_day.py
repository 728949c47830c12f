"""Which day extracts are looked at on: the one that was asked for, else the newest of anything that happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pyarrow as pa

from evenlode.errors import CannotGoOn
from evenlode.record.delivery import Delivery
from evenlode.record.newest import HAPPENED, newest_event


def chosen_day(told: date | None, deliveries: Sequence[Delivery], today: date) -> tuple[date, str]:
    """The as-at date, and in words why that one.

    Raises CannotGoOn where nothing in the extracts has happened by the day of the run.
    """
    if told:
        return told, "the date that was asked for"
    tables: dict[str, pa.Table] = {}
    for delivery in deliveries:
        for name, rows in delivery.tables.items():
            if any(table == name for table, _ in HAPPENED):
                tables[name] = pa.concat_tables([tables[name], rows]) if name in tables else rows
    found = newest_event(tables, today)
    for delivery in deliveries:
        delivery.let_go()
    if found is None:
        raise CannotGoOn(
            "No date of anything that happened by today is in these files, so the day to look at "
            "is not known; name it with --as-at 2026-11-20."
        )
    return found
