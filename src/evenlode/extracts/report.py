"""The load report of one delivery, as it is written."""

from __future__ import annotations

from collections.abc import Sequence

from evenlode.extracts.limits import LINES_EACH
from evenlode.record.delivery import Action, Problem


def lines(
    *, file: str, table: str, field: str, kind: str, action: Action, rows: Sequence[tuple[int, str, str]]
) -> list[Problem]:
    """One line for each row (its number, its id, what was wrong); beyond a thousand of one kind, one line.

    Quarantined rows always have a line each.
    """
    if len(rows) > LINES_EACH and action is not Action.QUARANTINED:
        text = f"{kind} ({len(rows):,} rows, the first of them row {rows[0][0]})"
        return [Problem(file, table, None, "", field, text, action)]
    return [Problem(file, table, number, record, field, said, action) for number, record, said in rows]
