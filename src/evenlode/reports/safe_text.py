"""Text that a spreadsheet cannot take for a formula (safety bar A11)."""

from __future__ import annotations

import re

_TRIGGER = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"-?\d+(\.\d+)?\Z")


def guard(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would run it.

    A genuine negative number stays one.  `unguard` gives the text back exactly.
    """
    if text.startswith(_TRIGGER) and not _NUMBER.match(text):
        return "'" + text
    if text.startswith("'") and text.lstrip("'").startswith(_TRIGGER):
        return "'" + text
    return text


def unguard(text: str) -> str:
    """What the text was before `guard`."""
    inner = text[1:]
    if text.startswith("'") and guard(inner) == text:
        return inner
    return text
