"""Every table of the record, by name."""

from __future__ import annotations

from evenlode.record.care_tables import CARE_TABLES
from evenlode.record.child_tables import CHILD_TABLES
from evenlode.record.columns import Table
from evenlode.record.oversight_tables import OVERSIGHT_TABLES
from evenlode.record.plan_tables import PLAN_TABLES
from evenlode.record.work_tables import WORK_TABLES

TABLES: dict[str, Table] = {
    t.name: t for t in (*CHILD_TABLES, *PLAN_TABLES, *CARE_TABLES, *WORK_TABLES, *OVERSIGHT_TABLES)
}

SCHEMA_VERSION = 3
"""Raised with every change of a column; `record.migration` brings older records up to it."""
