"""What an answer to a program looks like: made from the columns of the tables, so that there is one definition."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Field, Schema
from pydantic import ConfigDict, create_model

from evenlode.reports.sheets import Heading
from evenlode.web.standing_tables import StandingTable

MOST_ROWS = 1000
"""So many rows stand in one answer at most."""
NO_ZERO = r"^[^\x00]*$"
"""PostgreSQL takes no zero in a text, so a question may not hold one."""
_HOLDS: dict[str, Any] = {
    "text": str | None,
    "int": int | None,
    "decimal": str | None,
    "bool": bool | None,
    "date": date | None,
}
_AS_DATA = frozenset({"evidence", "parts"})
"""Columns of text that hold JSON: an answer has them as data."""


class Strict(Schema):
    """Nothing but what is declared."""

    model_config = ConfigDict(extra="forbid")


class Refused(Strict):
    """Why there is no answer, in a sentence."""

    says: str


class AskedFor(Strict):
    """Which page, and how many rows on it."""

    page: int = Field(1, ge=1, le=1_000_000)
    size: int = Field(200, ge=1, le=MOST_ROWS)


def asked_shape(table: StandingTable) -> type[AskedFor]:
    """What can be said in an address of a table: the page, and the columns that narrow it."""
    word: Any = (str | None, Field(None, max_length=200, pattern=NO_ZERO))
    columns: dict[str, Any] = dict.fromkeys(table.narrows, word)
    made: type[AskedFor] = create_model(f"Asked{table.name.title()}", __base__=AskedFor, **columns)
    return made


def row_shape(table: StandingTable) -> type[Schema]:
    """One row of a table."""
    columns: dict[str, Any] = {h.name: (_holds(h), ...) for h in table.headings}
    made: type[Schema] = create_model(f"{table.name.title()}Row", __base__=Strict, **columns)
    return made


def page_shape(table: StandingTable) -> type[Schema]:
    """A page of a table: the day of the figures, how many rows there are, and those of the page."""
    row: Any = row_shape(table)
    made: type[Schema] = create_model(
        f"{table.name.title()}Page",
        __base__=Strict,
        __doc__=table.in_words,
        la_code=(str, ...),
        as_at=(date, ...),
        manifest=(int, ...),
        rules_version=(str, ...),
        policy_fingerprint=(str, ...),
        total=(int, ...),
        page=(int, ...),
        pages=(int, ...),
        rows=(list[row], ...),
    )
    return made


def _holds(heading: Heading) -> Any:
    return dict[str, Any] | None if heading.name in _AS_DATA else _HOLDS[heading.holds]
