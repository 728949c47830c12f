"""Short words with which the tables of the record are declared."""

from __future__ import annotations

from evenlode.record.columns import Column, IfUnreadable, Kind, Table


def table(
    name: str,
    ssd: str | None,
    row: str,
    *columns: Column,
    note: str = "",
    needs_one_of: tuple[tuple[str, ...], ...] = (),
) -> Table:
    """A table of the record; `ssd` is its name in the Standard Safeguarding Dataset."""
    return Table(name, row, columns, note, ssd, needs_one_of)


def key(name: str, meaning: str, *source: str, required: bool = True) -> Column:
    """The id that names a row."""
    return Column(name, Kind.ID, meaning, source, required=required, key=True)


def identifier(name: str, meaning: str, *source: str, required: bool = False) -> Column:
    """An id of something else."""
    return Column(name, Kind.ID, meaning, source, required=required)


def order_of(column: str) -> Column:
    """Sorts as the contract orders ids: all-digit ids first, as whole numbers, then text."""
    meaning = f"Sorts rows by {column}: all-digit ids first and as whole numbers, then as text."
    return Column(f"{column}_order", Kind.ORDER, meaning, derived_from=column)


def place_among(column: str) -> Column:
    """Where the row stood among the rows handed over."""
    return Column("place", Kind.PLACE, "Where the row stood in what was handed over.", derived_from=column)


def words_of(column: str) -> Column:
    """Lower-case words with a space round each, so that whole words can be looked for."""
    meaning = f"The words of {column}, lower case, a space round each."
    return Column(f"{column}_words", Kind.WORDS, meaning, derived_from=column, personal=True)


def text(name: str, meaning: str, *source: str, personal: bool = False) -> Column:
    """Text as it came, trimmed."""
    return Column(name, Kind.TEXT, meaning, source, personal=personal)


def json_text(name: str, meaning: str, *source: str, personal: bool = False) -> Column:
    """JSON text as it came."""
    return Column(name, Kind.JSON, meaning, source, personal=personal)


def json_flag(name: str, meaning: str, column: str, flag_name: str) -> Column:
    """Y, N or unknown, read at load out of the JSON of another column."""
    return Column(name, Kind.FLAG, meaning, derived_from=column, json_flag=flag_name)


def flag(name: str, meaning: str, *source: str) -> Column:
    """Y, N or unknown."""
    return Column(name, Kind.FLAG, meaning, source)


def number(name: str, meaning: str, *source: str) -> Column:
    """A decimal number."""
    return Column(name, Kind.NUMBER, meaning, source)


def integer(name: str, meaning: str, *source: str) -> Column:
    """A whole number."""
    return Column(name, Kind.INTEGER, meaning, source)


def date_of(
    name: str,
    meaning: str,
    *source: str,
    required: bool = False,
    personal: bool = False,
    blank_if_unreadable: bool = False,
) -> Column:
    """A date.  A row whose date cannot be read is set aside unless `blank_if_unreadable`."""
    what = IfUnreadable.BLANK if blank_if_unreadable else IfUnreadable.QUARANTINE
    return Column(name, Kind.DATE, meaning, source, required=required, if_unreadable=what, personal=personal)
