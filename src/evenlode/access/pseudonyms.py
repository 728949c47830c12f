"""Codes that stand for children and workers in an export, and what of a row may leave with them.

Every export has a key of its own: the same child has another code in the next, and two exports cannot be laid
side by side.  The key is never in the file; without it no code leads back.  Pseudonymised is not anonymous:
dates and rare combinations can still point to a child, so such a file is child-level data all the same.
Source: safety-bars.md P1.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from evenlode.record.columns import Column, Kind, Table

KEY_BYTES = 32
FEWEST = 5
"""A code of a list that stands in fewer rows than this may be somebody's own words, and is left out."""
LONGEST_CODE = 40
OTHER = "(other)"
"""Stands where a value was left out; blank stays blank, which says that nothing was recorded."""

CODED_LISTS = frozenset(
    """accommodation accommodation_suitable activity address_type agreed_at category check_type close_reason
    code contract date_kind eligibility end_reason entry_kind ethnicity first_category gender grade guard in_touch
    meeting_kind missing_type moderated_grade need_rank need_type note_type order_type outcome participation
    placement_type post_kind primary_need programme quorate return_interview_accepted return_interview_offered
    role said_by sex source_code start_reason state status theme upn_unknown""".split()
)
"""Columns of text that hold a code or a word of a list; any other text stays behind."""
_WHOLE = frozenset({Kind.DATE, Kind.FLAG, Kind.NUMBER, Kind.INTEGER})


def new_key() -> bytes:
    """A key for one export, from the machine's own source of chance."""
    return secrets.token_bytes(KEY_BYTES)


class Codes:
    """The codes of one export."""

    def __init__(self, key: bytes) -> None:
        if len(key) < KEY_BYTES:
            raise ValueError(f"the key of an export has {KEY_BYTES} bytes or more")
        self._key = key

    def __repr__(self) -> str:
        return "Codes(key kept back)"

    def code(self, identifier: str) -> str:
        """The code that stands for an id in this export: 16 letters and digits, the same wherever the id stands."""
        digest = hmac.digest(self._key, identifier.encode(), "sha256")
        return base64.b32encode(digest[:10]).decode().lower()


def leaves(column: Column) -> bool:
    """Whether something of a column leaves with a pseudonymised export.

    Ids leave as codes, a personal date as its year; names, free text, addresses, postcodes and every number that
    is known elsewhere (UPN, NHS, registration) stay behind, and so does any text that nobody has listed.
    """
    if column.kind is Kind.ID or column.kind is Kind.DATE:
        return True
    if column.personal:
        return False
    return column.kind in _WHOLE or (column.kind is Kind.TEXT and column.name in CODED_LISTS)


def pseudonymised(table: Table, rows: Iterable[Mapping[str, Any]], codes: Codes) -> list[dict[str, Any]]:
    """Rows of a table of the record as they may leave: only the columns of `leaves`.

    A personal date is a column of its own, named for its year (`dob` becomes `dob_year`).
    """
    every = list(rows)
    columns = [c for c in table.columns if leaves(c)]
    frequent = {
        c.name: {v for v, n in Counter(row.get(c.name) for row in every).items() if n >= FEWEST}
        for c in columns
        if c.kind is Kind.TEXT
    }
    return [
        {_named(c): _leaving(c, row.get(c.name), codes, frequent.get(c.name, set())) for c in columns}
        for row in every
    ]


def _named(column: Column) -> str:
    return f"{column.name}_year" if column.personal and column.kind is Kind.DATE else column.name


def _leaving(column: Column, value: Any, codes: Codes, frequent: set[Any]) -> Any:
    if value is None:
        return None
    if column.kind is Kind.ID:
        return codes.code(str(value))
    if column.kind is Kind.DATE and column.personal:
        return value.year if isinstance(value, date) else None
    if column.kind is Kind.TEXT:
        return value if value in frequent and len(str(value)) <= LONGEST_CODE else OTHER
    return value
