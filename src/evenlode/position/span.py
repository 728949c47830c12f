"""How many people each team's manager is line manager of."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.position.context import Context, Step, beside
from evenlode.position.people import WORKER


def manager_span(at: Context) -> ir.Table:
    """Each team's manager with the number of people of the staff list whom they line-manage.

    Whoever has left is not counted; a team whose manager manages nobody of the list has none.
    """
    hr = at.record("establishment", "staff_number", "worker_id", "line_manager", "leaving_date")
    hr = hr.filter(
        hr.line_manager.notnull() & (hr.leaving_date.isnull() | (hr.leaving_date > at.as_at))
    ).mutate(person=ibis.coalesce(hr.worker_id, hr.staff_number))
    people = hr.select("la_code", "person", boss=hr.line_manager.strip()).distinct()
    known = at.record("worker", "worker_id", "staff_number")
    ids = known.select(*WORKER, boss="worker_id").union(
        known.filter(known.staff_number.notnull()).select(*WORKER, boss="staff_number")
    )
    led = people.inner_join(ids, ["la_code", "boss"]).select(*WORKER, "person").distinct()
    led = led.group_by(*WORKER).agg(people=led.count())
    team = at.record("team", "team_id", "manager_id").select("la_code", "team_id", worker_id="manager_id")
    rows = beside(team.filter(team.worker_id.notnull()).distinct(), led, keys=WORKER)
    return rows.select("la_code", "team_id", "worker_id", "people")


SPAN_STEPS = (
    Step("manager_span", "Each team's manager, and of how many they are line manager.", manager_span),
)
