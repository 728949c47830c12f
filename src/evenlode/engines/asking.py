"""The rule book asked of another engine: the same steps and rules, as its SQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import duckdb
import pyarrow as pa

from evenlode.engines.engine import Engine
from evenlode.policy import Policy
from evenlode.position.today import clock_table, days_of
from evenlode.record.connection import RecordConnection
from evenlode.record.tables import TABLES
from evenlode.rules.compiled import LOADS, compiled
from evenlode.rules.evaluate import handed_loads
from evenlode.rules.handed_over import rows_handed_over
from evenlode.rules.in_force import not_in_force
from evenlode.rules.missing import asking, missing_inputs, missing_table, nothing_to_go_by, told_once
from evenlode.rules.results import FOUND_SCHEMA, Evaluation, result_of
from evenlode.workload.workers import worker_loads

Told = Callable[[str, int, int], None]


def evaluate_on(
    engine: Engine,
    stored: RecordConnection,
    *,
    as_at: date,
    policy: Policy,
    told: Told | None = None,
) -> Evaluation:
    """Every rule on the as-at date, worked out by that engine.

    stored: the record, whose tables are handed to the engine first.  The answers are those of the
    embedded engine, row for row; a test says so.
    """
    policy = policy.on(as_at)
    plan = compiled(policy, engine.dialect).on(days_of(as_at, policy)).without(not_in_force(policy, as_at))
    names = {query.name for query in plan.rules}
    lacking = {
        key: what for key, what in missing_inputs(stored.delivered, stored.untold).items() if key[1] in names
    }
    plan = asking(plan, names - told_once(lacking, stored.delivered), (LOADS,))
    total = len(TABLES) + len(plan.steps) + len(plan.rules)
    done = 0

    def say(what: str) -> None:
        nonlocal done
        done += 1
        if told:
            told(what, done, total)

    for table in TABLES.values():
        say("Handing over the record")
        engine.put(table.name, table.arrow_schema, stored.con.table(table.name))
    _hand_over(engine, "clock", clock_table(as_at, policy))
    _hand_over(engine, "found", rows_handed_over("found", []))
    for step in plan.steps:
        say("Working out where everybody stands")
        engine.make(step.name, step.sql)
    missing = {
        **nothing_to_go_by(plan, stored.delivered, lambda sql: set(engine.rows(sql)["la_code"].to_pylist())),
        **lacking,
    }
    _hand_over(engine, "missing_input", missing_table(missing))
    loads = worker_loads(engine.rows(f'SELECT * FROM "{LOADS}"'), policy)
    _hand_over(engine, "load", handed_loads(loads, policy))
    for rule in plan.rules:
        say("Asking the rules")
        engine.append("found", rule.sql)
    engine.make("finding", plan.findings)
    found = engine.rows("SELECT * FROM finding", FOUND_SCHEMA)
    return result_of(found, as_at=as_at, policy=policy, loads=loads, missing=missing)


def _hand_over(engine: Engine, name: str, table: pa.Table) -> None:
    with duckdb.connect() as con:
        engine.put(name, table.schema, con.from_arrow(table))
