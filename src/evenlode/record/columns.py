"""How a column and a table of the record are declared: once, here, with type, meaning and source."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import pyarrow as pa


class Kind(StrEnum):
    """What a column holds, and how an extract's text becomes it."""

    ID = "id"
    """An identifier: opaque text exactly as in the extract, never a number."""
    TEXT = "text"
    DATE = "date"
    FLAG = "flag"
    """Y, N or blank (unknown)."""
    NUMBER = "number"
    """A decimal number with up to six places."""
    INTEGER = "integer"
    JSON = "json"
    """JSON text, kept as it came."""
    ORDER = "order"
    """Worked out at load from an id, so that sorting by it sorts ids as the contract says."""
    PLACE = "place"
    """Counted at load: where the row stood among the rows handed over, for "the first row"."""
    WORDS = "words"
    """Worked out at load from a text: lower-case words with single spaces round each."""


ARROW_TYPES: dict[Kind, pa.DataType] = {
    Kind.ID: pa.string(),
    Kind.TEXT: pa.string(),
    Kind.DATE: pa.date32(),
    Kind.FLAG: pa.string(),
    Kind.NUMBER: pa.decimal128(18, 6),
    Kind.INTEGER: pa.int64(),
    Kind.JSON: pa.string(),
    Kind.ORDER: pa.string(),
    Kind.WORDS: pa.string(),
    Kind.PLACE: pa.int64(),
}

IBIS_TYPES: dict[Kind, str] = {
    Kind.ID: "string",
    Kind.TEXT: "string",
    Kind.DATE: "date",
    Kind.FLAG: "string",
    Kind.NUMBER: "decimal(18, 6)",
    Kind.INTEGER: "int64",
    Kind.JSON: "string",
    Kind.ORDER: "string",
    Kind.WORDS: "string",
    Kind.PLACE: "int64",
}


class IfUnreadable(StrEnum):
    """What happens to a row whose value in this column cannot be read as what it should be."""

    QUARANTINE = "quarantine"
    """The row is set aside whole: without this value it could be counted wrongly."""
    BLANK = "blank"
    """The row is kept, the value is taken as missing, and the load report says so."""


@dataclass(frozen=True)
class Column:
    """One column of one table of the record.

    source: the names by which extracts carry it: the Standard Safeguarding Dataset's first, then
    other spellings that case systems use.
    required: the extract is refused without this column (its heading, not its values).
    key: names the row; a second row with the same key is set aside.
    derived_from: this column is worked out at load from that one.
    personal: a name, a date of birth or free text; never written to a log.
    """

    name: str
    kind: Kind
    meaning: str
    source: tuple[str, ...] = ()
    required: bool = False
    key: bool = False
    if_unreadable: IfUnreadable = IfUnreadable.BLANK
    derived_from: str | None = None
    json_flag: str | None = None
    personal: bool = False


@dataclass(frozen=True)
class Table:
    """One table of the record: what a row is, where it comes from, where it misleads.

    needs_one_of: groups of columns of which an extract must have at least one, so that a row can
    be tied to its child (some case systems leave the child's id out).
    """

    name: str
    row: str
    columns: tuple[Column, ...]
    note: str = ""
    ssd: str | None = None
    needs_one_of: tuple[tuple[str, ...], ...] = field(default=())

    def __post_init__(self) -> None:
        names = [c.name for c in self.columns]
        if len(set(names)) != len(names):
            raise ValueError(f"table {self.name} declares a column twice")

    def __getitem__(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"table {self.name} has no column {name}")

    @property
    def key(self) -> str | None:
        """The column that names a row, or None where rows have no id of their own."""
        return next((c.name for c in self.columns if c.key), None)

    @property
    def read_columns(self) -> tuple[Column, ...]:
        """The columns that an extract carries (not those worked out at load)."""
        return tuple(c for c in self.columns if c.derived_from is None)

    @property
    def arrow_schema(self) -> pa.Schema:
        """The published schema of this table's Parquet file: council and source first."""
        own = [pa.field(c.name, ARROW_TYPES[c.kind]) for c in self.columns]
        return pa.schema([pa.field("la_code", pa.string()), pa.field("source", pa.string()), *own])

    @property
    def ibis_schema(self) -> dict[str, str]:
        """The same in the words that rules are declared with."""
        own = {c.name: IBIS_TYPES[c.kind] for c in self.columns}
        return {"la_code": "string", "source": "string", **own}
