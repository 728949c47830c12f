"""Private fostering arrangements on the day, and the visits to each."""

from __future__ import annotations

import ibis.expr.types as ir

from evenlode.position.context import CHILD, Context, Step, beside, latest
from evenlode.position.key_dates import awaited, named_by_date, of_kind

ARRANGEMENT = (*CHILD, "start_date")


def fostering_now(at: Context) -> ir.Table:
    """Arrangements that go on, from the day on which the council knew of them, with the last visit."""
    rows = awaited(at, "private fostering").select(*ARRANGEMENT).distinct()
    visits = of_kind(at, "private fostering visit").select(*CHILD, "done_date", "outcome")
    visits = rows.inner_join(visits, list(CHILD))
    visits = visits.filter(visits.done_date >= visits.start_date)
    alone = at.listed(visits.outcome, "fostering_seen_alone")
    visits = visits.mutate(alone=alone)
    newest = latest(visits, ARRANGEMENT, newest=[visits.done_date.desc(), visits.alone.desc()])
    newest = newest.select(*ARRANGEMENT, last_visit="done_date", last_outcome="outcome")
    return named_by_date(beside(rows, newest, keys=ARRANGEMENT))


PRIVATE_FOSTERING_STEPS = (
    Step("fostering_now", "Private fostering arrangements, with the last visit to each.", fostering_now),
)
