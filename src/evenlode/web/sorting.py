"""Short tables that a reader puts in order by a heading: the order stands in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.paginator import Paginator
from django.http import HttpRequest

Row = TypeVar("Row")
AT_ONCE = 50
"""So many rows stand on a page."""


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
        choices.pop("page", None)
        now = {name: "ascending", f"-{name}": "descending"}.get(asked, "")
        choices["sort"] = f"-{name}" if now == "ascending" else name
        url = f"?{choices.urlencode()}" if field else None
        found.append(Heading(label, url, now, place >= figures_from))
    return found


def paged(request: HttpRequest, rows: Any) -> dict[str, Any]:
    """One page of the rows with what `parts/pagination.html` draws; the choices of the address stay."""
    page = Paginator(rows, AT_ONCE).get_page(request.GET.get("page"))
    choices = request.GET.copy()
    choices.pop("page", None)
    return {
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "query": f"{choices.urlencode()}&" if choices else "",
    }
