"""Runs the rule book over a record: a whole council, or one child or worker at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

import duckdb
import pyarrow as pa

from evenlode.policy import Policy
from evenlode.position.today import clock_table, days_of
from evenlode.record.tables import TABLES
from evenlode.rules.compiled import FINDINGS_NEED, LOADS, Compiled, Query, compiled
from evenlode.rules.day_tables import DayTables, Told
from evenlode.rules.handed_over import rows_handed_over
from evenlode.rules.in_force import not_in_force
from evenlode.rules.missing import asking, missing_inputs, missing_table, nothing_to_go_by, told_once
from evenlode.rules.results import Evaluation, Missing, result_of
from evenlode.workload.load import Load
from evenlode.workload.points import thousandths
from evenlode.workload.workers import PARTS_SQL, WorkerLoad, load_parts, plain, worker_loads

TOTALS: dict[str, str] = {
    "open_children": "SELECT la_code, child_id AS id FROM open_child",
    "child_protection": "SELECT DISTINCT la_code, child_id FROM cp_plan_open",
    "looked_after": "SELECT DISTINCT la_code, child_id FROM period_open",
    "cin_plans": "SELECT DISTINCT la_code, child_id FROM cin_plan_open",
    "care_leavers": "SELECT la_code, child_id FROM care_leaver_now",
    "case_holding_workers": ('SELECT la_code, worker_id FROM load_sum WHERE children > 0 AND NOT "left"'),
}
"""What each total counts (contract 4); the ids are there so that a difference can be listed."""

ALWAYS: tuple[str, ...] = (
    "open_child",
    "cp_plan_open",
    "period_open",
    "cin_plan_open",
    "care_leaver_now",
    "held_child",
    "shared_child",
    LOADS,
)
"""The steps that totals and the sums behind the loads read, whatever rules are asked."""


NAMED_BY: dict[str, tuple[tuple[str, str, str], ...]] = {
    "cp_visit": (("plan_id", "cp_plan", "plan_id"),),
    "cp_review": (("plan_id", "cp_plan", "plan_id"),),
    "care_review": (("period_id", "care_episode", "period_id"),),
    "conference": (
        ("enquiry_id", "enquiry", "enquiry_id"),
        ("conference_id", "cp_plan", "conference_id"),
        ("plan_id", "cp_plan", "plan_id"),
    ),
    "episode": (("episode_id", "assessment", "episode_id"), ("episode_id", "cin_plan", "episode_id")),
    "family": (("family_id", "family", "family_id"),),
}
"""Rows that rules find by another id than the child's: (column, whose, their column)."""

_SIBLINGS = (
    "(t.la_code, t.child_id) IN (SELECT s.la_code, s.child_id FROM {family} s SEMI JOIN "
    "(SELECT la_code, family_id FROM {family} SEMI JOIN scope USING (la_code, child_id)) f "
    "USING (la_code, family_id))"
)
"""The ages of brothers and sisters: how many of a family are children is asked of each of them."""


@dataclass
class Day:
    """One day's position, worked out and open to questions until it is closed."""

    tables: DayTables
    plan: Compiled
    every_step: tuple[Query, ...]
    as_at: date
    policy: Policy
    delivered: frozenset[tuple[str, str]]
    untold: frozenset[tuple[str, str]] = frozenset()
    loads: tuple[WorkerLoad, ...] = ()
    missing: Missing = field(default_factory=dict)

    @property
    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor that finds the day's tables, for reading."""
        return self.tables.cursor

    def have(self, steps: Iterable[str]) -> None:
        """Works out the steps that are wanted, and what they build on, where that has not been done yet.

        Steps that only rules build on which no council here can answer are not worked out before.
        """
        wanted, done = set(steps), {query.name for query in self.plan.steps}
        lacking = []
        for query in reversed(self.every_step):
            if query.name in wanted and query.name not in done:
                wanted.update(query.needs)
                lacking.append(query)
        if lacking:
            lacking.reverse()
            self.tables.run_steps(lacking, lambda _: None, done)
            self.plan = replace(self.plan, steps=(*self.plan.steps, *lacking))

    def totals(self) -> dict[tuple[str, str], int]:
        """(Council, measure) to how many, for every measure of TOTALS."""
        found = {}
        for measure, sql in TOTALS.items():
            counted = f"SELECT la_code, count(*) FROM ({sql}) GROUP BY 1"
            for la_code, number in self.cursor.execute(counted).fetchall():
                found[(la_code, measure)] = number
        return found

    def total_ids(self, measure: str) -> set[tuple[str, str]]:
        """The (council, id) pairs that one total counts."""
        return set(self.cursor.execute(TOTALS[measure]).fetchall())

    def parts(self) -> dict[tuple[str, str], list[dict[str, str]]]:
        """The sum behind each worker's points."""
        sql = PARTS_SQL.format(co_working=thousandths(self.policy.tariff.co_working_share))
        return load_parts(self.cursor.sql(sql).to_arrow_table())

    def hold(self, loads: tuple[WorkerLoad, ...]) -> None:
        """Takes other loads in place of the record's own, before any rule is asked: those recorded by hand."""
        self.loads = loads
        self.tables.put_again("load", handed_loads(loads, self.policy))

    def evaluate(self, told: Told | None = None) -> Evaluation:
        """Asks every rule."""
        before = len(self.plan.steps)
        total = before + len(self.plan.rules)

        def say(done: int) -> None:
            if told:
                told("Asking the rules", before + done, total)

        self.cursor.execute("DELETE FROM found")
        self.tables.run_rules(self.plan.rules, say)
        self.have(FINDINGS_NEED)
        self.tables.replace("finding", self.plan.findings)
        return result_of(
            self.cursor.sql("SELECT * FROM finding").to_arrow_table(),
            as_at=self.as_at,
            policy=self.policy,
            loads=self.loads,
            missing=self.missing,
        )


@contextmanager
def standing(
    connection: duckdb.DuckDBPyConnection,
    *,
    as_at: date,
    policy: Policy,
    delivered: frozenset[tuple[str, str]],
    untold: frozenset[tuple[str, str]] = frozenset(),
    children: Iterable[tuple[str, str]] | None = None,
    rules: Iterable[str] | None = None,
    only: Iterable[str] | None = None,
    told: Told | None = None,
) -> Iterator[Day]:
    """The position of one day: who is open, who holds them, every load.

    connection: a view a record table (`record.connect`).  delivered: which tables each council
    handed over, so that what is missing gives cannot_tell and not a false alarm; untold: what they do
    not tell of a table that they did hand over ("involvement:history", "cp_visit.seen_alone").
    children: (council, child) pairs to look at alone, by the same definitions; a worker's load is
    then of those children only, so give all of them (`children_of_worker`).
    rules: the ids of those to ask, with the steps that they rest on and no others; else all.
    policy: of its settings and of the rules, those in force on the day are used.
    only: the steps that are wanted, and every load, with what they build on; no rule is asked then.
    """
    policy = policy.on(as_at)
    plan = compiled(policy).on(days_of(as_at, policy)).without(not_in_force(policy, as_at))
    every_step = plan.steps
    if only is not None:
        plan = plan.only((), {*only, LOADS})
    elif rules is not None:
        plan = asking(plan, rules)
    tables = DayTables(connection)
    total = len(plan.steps) + len(plan.rules)

    def say(done: int) -> None:
        if told:
            told("Working out where everybody stands", done, total)

    try:
        _prepare(tables, as_at, policy, children)
        names = {query.name for query in plan.rules}
        lacking = {key: what for key, what in missing_inputs(delivered, untold).items() if key[1] in names}
        if only is None:
            plan = asking(plan, names - told_once(lacking, delivered), ALWAYS if rules is None else ())
        tables.run_steps(plan.steps, say)
        missing = {**nothing_to_go_by(plan, delivered, tables.councils_of), **lacking}
        tables.put("missing_input", missing_table(missing))
        loads: tuple[WorkerLoad, ...] = ()
        if plan.with_loads:
            loads = worker_loads(tables.cursor.sql(f"SELECT * FROM {LOADS}").to_arrow_table(), policy)
            tables.put("load", handed_loads(loads, policy))
        yield Day(tables, plan, every_step, as_at, policy, delivered, untold, loads, missing)
    finally:
        tables.close()


def evaluate(
    connection: duckdb.DuckDBPyConnection,
    *,
    as_at: date,
    policy: Policy,
    delivered: frozenset[tuple[str, str]],
    untold: frozenset[tuple[str, str]] = frozenset(),
    children: Iterable[tuple[str, str]] | None = None,
    rules: Iterable[str] | None = None,
    told: Told | None = None,
) -> Evaluation:
    """Every rule (or these of them) on the as-at date; see `standing` for what is given."""
    with standing(
        connection,
        as_at=as_at,
        policy=policy,
        delivered=delivered,
        untold=untold,
        children=children,
        rules=rules,
        told=told,
    ) as day:
        return day.evaluate(told)


def children_of_worker(
    connection: duckdb.DuckDBPyConnection, la_code: str, worker_id: str
) -> list[tuple[str, str]]:
    """Every child in whose life a worker has or had a part: enough to work out their load."""
    return connection.execute(
        "SELECT DISTINCT la_code, child_id FROM involvement WHERE la_code = $1 AND worker_id = $2 "
        "AND child_id IS NOT NULL UNION "
        "SELECT la_code, child_id FROM care_leaver WHERE la_code = $1 AND $2 IN (adviser, worker_id)",
        [la_code, worker_id],
    ).fetchall()


def _prepare(
    tables: DayTables,
    as_at: date,
    policy: Policy,
    children: Iterable[tuple[str, str]] | None,
) -> None:
    tables.put("clock", clock_table(as_at, policy))
    tables.put("found", rows_handed_over("found", []))
    if children is not None:
        _narrow(tables, list(children))


def _narrow(tables: DayTables, pairs: list[tuple[str, str]]) -> None:
    """Puts in front of each table of the record a view of these children's rows alone."""
    scope = pa.table(
        {
            "la_code": pa.array([p[0] for p in pairs], pa.string()),
            "child_id": pa.array([p[1] for p in pairs], pa.string()),
        }
    )
    tables.put("scope", scope)
    for table in TABLES.values():
        if any(c.name == "child_id" for c in table.columns):
            kept = ["(t.la_code, t.child_id) IN (SELECT la_code, child_id FROM scope)"]
            kept += [
                f"(t.la_code, t.{column}) IN (SELECT o.la_code, o.{theirs} FROM "
                f"{tables.record_table(other)} o SEMI JOIN scope USING (la_code, child_id))"
                for column, other, theirs in NAMED_BY.get(table.name, ())
            ]
            if table.name == "child":
                kept.append(_SIBLINGS.format(family=tables.record_table("family")))
            tables.view(
                table.name, f"SELECT t.* FROM {tables.record_table(table.name)} t WHERE {' OR '.join(kept)}"
            )


def handed_loads(loads: tuple[WorkerLoad, ...], policy: Policy) -> pa.Table:
    """Every worker's load as the rules read it, with the limits decided."""
    first_year = policy.numbers["newly_qualified_utilisation"]
    overload = policy.numbers["overload_utilisation"]

    def over(load: Load, limit: Decimal, *, at_it_too: bool) -> bool:
        u = load.utilisation
        return u is not None and (u >= limit if at_it_too else u > limit)

    rows = [
        {
            "la_code": w.la_code,
            "worker_id": w.worker_id,
            "children": w.children,
            "points": plain(w.load.points),
            "capacity": plain(w.load.capacity),
            "utilisation": w.load.shown,
            "newly_qualified": w.newly_qualified,
            "over_first_year_limit": over(w.load, first_year, at_it_too=False),
            "overloaded": over(w.load, overload, at_it_too=True),
            "complete": w.load.complete,
        }
        for w in loads
    ]
    return rows_handed_over("load", rows)
