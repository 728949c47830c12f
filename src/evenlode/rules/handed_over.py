"""The small tables that are put beside the day's steps from outside, each declared once.

Rules are built from these declarations and the tables themselves are made from them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

_ARROW = {"string": pa.string(), "int64": pa.int64(), "boolean": pa.bool_(), "date": pa.date32()}

HANDED_OVER: dict[str, dict[str, str]] = {
    # What the rules found, before status, lead worker and team are put to it.
    "found": {
        "rule_id": "string",
        "la_code": "string",
        "subject_id": "string",
        "record_id": "string",
        "said": "string",
        "severity": "string",
        "due_date": "date",
        "evidence": "string",
    },
    # Which rules a council's files cannot answer, and for want of what; `once`: it is said of the council
    # alone and not of each child.
    "missing_input": {"la_code": "string", "rule_id": "string", "missing": "string", "once": "boolean"},
    # Each worker's load: exact decimals as text, limits decided.
    "load": {
        "la_code": "string",
        "worker_id": "string",
        "children": "int64",
        "points": "string",
        "capacity": "string",
        "utilisation": "string",
        "newly_qualified": "boolean",
        "over_first_year_limit": "boolean",
        "overloaded": "boolean",
        "complete": "boolean",
    },
}


def handed_over(name: str) -> ir.Table:
    """The table, for building expressions."""
    return ibis.table(HANDED_OVER[name], name=name)


def rows_handed_over(name: str, rows: Iterable[dict[str, Any]]) -> pa.Table:
    """The table itself, from its rows."""
    schema = pa.schema([(column, _ARROW[kind]) for column, kind in HANDED_OVER[name].items()])
    return pa.Table.from_pylist(list(rows), schema=schema)
