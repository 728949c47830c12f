"""The layouts that are recognised: which headings stand for which column of which table."""

from __future__ import annotations

from collections.abc import Mapping as Names
from dataclasses import dataclass
from functools import cached_property

from evenlode.extracts.headings import plain
from evenlode.extracts.mapping import Mapping
from evenlode.record.columns import Column, Table
from evenlode.record.tables import TABLES

SSD = "ssd"

LOCAL_SOURCES: dict[str, str] = {
    "supervision": "supervision",
    "actions": "action",
    "establishment": "establishment",
    "teams": "team",
    "vacancies": "vacancy",
    "audits": "audit",
    "complexity": "complexity",
    "plan_intervals": "plan_interval",
    "key_dates": "key_date",
    "visit_notes": "visit_note",
    "case_entries": "case_entry",
    "overrides": "guard_override",
    "placement_checks": "placement_check",
    "attendance": "attendance",
    "feedback": "feedback",
    "worker_skills": "worker_skill",
}
"""The layouts that councils export themselves, and the table that each fills."""

SSD_TEAM = "dept_"
"""How the headings of the Standard Safeguarding Dataset's own teams begin."""


@dataclass(frozen=True, eq=False)
class Layout:
    """One table as one source carries it.

    names: heading (in its plain form) to column; `source` is the delivery that it belongs to.
    """

    source: str
    table: Table
    names: Names[str, str]

    @property
    def title(self) -> str:
        """What a person calls it."""
        return self.table.ssd or self.source if self.source == SSD else self.source

    @cached_property
    def required(self) -> tuple[tuple[str, ...], ...]:
        """Groups of columns of which the file must have at least one each."""
        single = tuple((c.name,) for c in self.table.read_columns if c.required)
        return (*single, *self.table.needs_one_of)

    def heading_of(self, column: str) -> str:
        """The heading by which this layout first knows a column."""
        return next((heading for heading, name in self.names.items() if name == column), column)


def layouts(mapping: Mapping) -> tuple[Layout, ...]:
    """Every layout, with the council's own headings beside the declared ones."""
    ssd = [Layout(SSD, t, _names(t, mapping, SSD)) for t in TABLES.values() if t.ssd]
    local = [Layout(s, TABLES[t], _names(TABLES[t], mapping, s)) for s, t in LOCAL_SOURCES.items()]
    return (*ssd, *local)


def _names(table: Table, mapping: Mapping, source: str) -> dict[str, str]:
    own = mapping.headings.get(table.name, {})
    names: dict[str, str] = {}
    for column in table.read_columns:
        for heading in _declared(table, column, source):
            names.setdefault(plain(heading), column.name)
        for heading in own.get(column.name, ()):
            names[plain(heading)] = column.name
    return names


def _declared(table: Table, column: Column, source: str) -> tuple[str, ...]:
    """A team is described both by the SSD and by a local file: the prefix tells which."""
    if table.name != "team":
        return column.source
    return tuple(h for h in column.source if h.startswith(SSD_TEAM) == (source == SSD))
