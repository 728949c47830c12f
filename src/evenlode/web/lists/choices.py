"""The choices of filters that many lists have: made from the reader's own rows, so that nobody else's shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from evenlode.web.lists.reader import Reader
from evenlode.web.refs import ref_of

Choices = Callable[[Any, Reader], Sequence[tuple[str, str]]]
NOBODY = "none"
"""What stands in an address for rows without a worker or a team."""


def of_rows(column: str, words: Callable[[str, Reader], str]) -> Choices:
    """The values that stand in a column of the rows, in the order of their words; blank ones are no choice."""

    def choices(rows: Any, reader: Reader) -> list[tuple[str, str]]:
        found = rows.order_by().values_list(column, flat=True).distinct()
        return sorted(
            ((v, words(v, reader)) for v in found if v), key=lambda pair: (pair[1].casefold(), pair[0])
        )

    return choices


def team_choices(column: str = "team_id") -> Choices:
    """The teams of the rows, by name."""
    return of_rows(column, lambda team, reader: reader.team(team))


def worker_choices(column: str = "worker_id") -> Choices:
    """The workers of the rows by name, each behind a reference; whoever has left is named all the same."""

    def choices(rows: Any, reader: Reader) -> list[tuple[str, str]]:
        found = set(rows.order_by().values_list(column, flat=True).distinct())
        la = reader.figures.la_code
        named = [(ref_of("worker", w), reader.names.worker((la, w))) for w in found if w]
        shown = sorted(
            ((ref, name) for ref, name in named if name), key=lambda pair: (pair[1].casefold(), pair[0])
        )
        return [*shown, (NOBODY, "Nobody")] if len(shown) < len(found) else shown

    return choices


def of_worker(rows: Any, ref: str, reader: Reader, column: str = "worker_id") -> Any:
    """The rows of the worker behind a reference, or of nobody."""
    la = reader.figures.la_code
    workers = {w for w in set(rows.order_by().values_list(column, flat=True).distinct()) if w}
    named = {w: reader.names.worker((la, w)) for w in workers}
    if ref == NOBODY:
        return rows.filter(**{f"{column}__in": ["", *(w for w, name in named.items() if not name)]})
    return rows.filter(**{f"{column}__in": [w for w in workers if ref_of("worker", w) == ref]})
