"""Short tables that a reader puts in order by a heading: the order stands in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest

Row = TypeVar("Row")


@dataclass(frozen=True)
class Heading:
    """The heading of a column, as the template draws it."""

    label: str
    url: str | None
    sorted: str
    figure: bool


def in_order(rows: Sequence[Row], order: str, fields: Mapping[str, str]) -> list[Row]:
    """The rows by a column of the address, from the largest with a minus sign; as they are for any other word.

    What is not known stands last either way.
    """
    field = fields.get(order.removeprefix("-"))
    if field is None:
        return list(rows)

    def key(row: Row) -> Any:
        return getattr(row, field)

    known = sorted((r for r in rows if key(r) is not None), key=key, reverse=order.startswith("-"))
    return [*known, *(r for r in rows if key(r) is None)]


def headings(
    request: HttpRequest, columns: Sequence[tuple[str, str, str]], *, figures_from: int
) -> list[Heading]:
    """The headings of a table: name, label and field of each column; a column without a field is in no order.

    figures_from: from which column on they hold numbers.
    """
    asked = request.GET.get("sort", "")
    found = []
    for place, (name, label, field) in enumerate(columns):
        choices = request.GET.copy()
        now = {name: "ascending", f"-{name}": "descending"}.get(asked, "")
        choices["sort"] = f"-{name}" if now == "ascending" else name
        url = f"?{choices.urlencode()}" if field else None
        found.append(Heading(label, url, now, place >= figures_from))
    return found
