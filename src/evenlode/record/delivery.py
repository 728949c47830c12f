"""What a reader hands to the record: tables, and an account of every row that was read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

import pyarrow as pa

HISTORY = "history"
"""What a source tells of a table beside its columns: rows of the past, and not the newest ones alone."""
NEWEST = "newest"
"""... and that it tells the newest row of each child, so that no row means that there is none."""
OF_TIME = (HISTORY, NEWEST)


class Action(StrEnum):
    """What was done about a problem in a row."""

    KEPT = "kept"
    REPAIRED = "repaired"
    QUARANTINED = "quarantined"


@dataclass(frozen=True)
class Problem:
    """One line of the load report: what was wrong, where, and what was done.

    row_number counts the lines of the file as a person sees them in a spreadsheet: the header is
    row 1.  It is None where the problem is the whole file's or column's.
    The words never hold a child's name, date of birth or free text.
    """

    file: str
    table: str
    row_number: int | None
    record_id: str
    field: str
    problem: str
    action: Action


@dataclass(frozen=True)
class QuarantinedRow:
    """A row that was set aside, kept whole, with the reason."""

    file: str
    table: str
    row_number: int
    reason: str
    values: dict[str, str]


@dataclass(frozen=True)
class TableCount:
    """How many rows of one file went into one table: read = kept + quarantined, always."""

    file: str
    table: str
    read: int
    kept: int
    quarantined: int

    def __post_init__(self) -> None:
        if self.read != self.kept + self.quarantined:
            raise ValueError(f"{self.file}: {self.read} read, but {self.kept} + {self.quarantined}")


@dataclass(frozen=True)
class FileRead:
    """One file of a delivery, so that a receipt can say exactly what was read."""

    name: str
    sha256: str
    size: int


@dataclass
class Delivery:
    """Everything one source handed over at one time.

    source: one format from one system, such as "ssd" or "supervision".
    tables: record table name to rows in that table's `arrow_schema`.
    let_go: gives back the memory that looking at the rows took; they stay readable.
    la_code: the council; blank means the one that the rows name.
    tells: for each table, its columns that the source tells and "history"; a table that is not there
    tells everything.
    """

    source: str
    layout: str
    tables: dict[str, pa.Table] = field(default_factory=dict)
    files: list[FileRead] = field(default_factory=list)
    counts: list[TableCount] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    quarantined: list[QuarantinedRow] = field(default_factory=list)
    let_go: Callable[[], None] = lambda: None
    la_code: str = ""
    tells: dict[str, frozenset[str]] = field(default_factory=dict)
