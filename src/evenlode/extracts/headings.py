"""What a column heading says once spaces, quotes, marks and schema names are taken off."""

from __future__ import annotations

import re

_SCHEMA = re.compile(r"^[\w#\[\]]+(\.[\w#\[\]]+)+$")
_MARKS = "\ufeff\u200b\u200c\u200d\u2060"


def shown(heading: str) -> str:
    """The heading as a person sees it: one line, single spaces, no quotes round it."""
    text = heading.translate({ord(mark): None for mark in _MARKS})
    return " ".join(text.replace("\u00a0", " ").split()).strip("\"'\u201c\u201d\u2018\u2019` ")


def plain(heading: str) -> str:
    """The heading for comparing: lower case, words joined by `_`, no schema or table name before it.

    `[dbo].[#ssd_person].[Pers_Person_ID] ` and `pers_person_id` are the same heading, and so are
    `Date of Note` and `date_of_note`.
    """
    text = shown(heading)
    if _SCHEMA.match(text):
        text = text.rsplit(".", 1)[1]
    return re.sub(r"[^0-9a-z]+", "_", text.lower()).strip("_")
