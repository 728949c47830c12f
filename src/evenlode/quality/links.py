"""Ids that lead nowhere: children, workers, plans and episodes that are in no list."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.extracts.doubts import references_of
from evenlode.position.context import Context
from evenlode.quality.doubt import Doubt, Look, Sort, in_words, key_of, looked_at, rows_of
from evenlode.record.tables import TABLES
from evenlode.rules.rule import Severity


def _link(table: str, column: str, there: tuple[str, str]) -> Look:
    def find(at: Context) -> ir.Table:
        rows = rows_of(at, table, column)
        rows = rows.filter(rows[column].notnull())
        known = at.record(there[0], there[1]).distinct()
        known = known.select(k_la="la_code", k_id=there[1])
        rows = rows.left_join(known, [rows.la_code == known.k_la, rows[column] == known.k_id])
        said = ibis.literal(f"{in_words(column)} ").concat(rows[column], f" is not in {there[0]}")
        return looked_at(rows, rows.k_id.isnull(), said, record=key_of(table), worker="worker_id")

    return Look(table, find, needs=(there[0], f"{table}.{column}"))


def _links(*, to: str | None = None, but: tuple[str, ...] = ()) -> tuple[Look, ...]:
    return tuple(
        _link(table, column, there)
        for table in TABLES
        for column, there in references_of(table).items()
        if (to is None or there[0] == to) and there[0] not in but
    )


_WORKERS = tuple(look for look in _links(to="worker") if look.table == "involvement")

LINK_DOUBTS: tuple[Doubt, ...] = (
    Doubt(
        "DQ-02",
        "Child in no list of children",
        "Whose rows belong to a child that the list of children does not have?",
        Sort.LINKS,
        Severity.RED,
        "rows that name a child",
        "The child's age is not known, and the row may belong to somebody else.",
        "The performance team, in the extract: the list of children leaves this child out, or the id is wrong.",
        _links(to="child"),
    ),
    Doubt(
        "DQ-03",
        "Worker of a child in no list of workers",
        "Which children are held by an id that the list of workers does not have?",
        Sort.LINKS,
        Severity.RED,
        "involvements that name a worker",
        "A lead worker who is in no list is no named worker: the child counts as unallocated.",
        "The performance team, in the extract of workers; else the case system's administrator.",
        _WORKERS,
    ),
    Doubt(
        "DQ-04",
        "Plan, episode or worker that leads nowhere",
        "Which rows name an episode, plan, period, assessment or worker that is in no table?",
        Sort.LINKS,
        Severity.AMBER,
        "rows that name another row",
        "A visit or review of a plan that is not there counts for no plan, so an open plan may look late.",
        "The performance team, in the extract: both tables must be cut at the same day.",
        tuple(
            look
            for look in _links(but=("child",))
            if look.table != "involvement" or "worker" not in look.needs
        ),
        does_not_tell="Extracts leave out episodes closed long ago, so old rows lead nowhere without a fault.",
    ),
)
