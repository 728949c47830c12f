"""Names as they are looked for and put in order: accents, capitals, apostrophes and hyphens do not matter."""

from __future__ import annotations

import unicodedata

_ALONE = str.maketrans(
    {
        **dict(zip("\u0142\u00f8\u0111\u00f0\u0131\u0127\u0167", "loddiht", strict=True)),
        **dict(zip("\u00e6\u0153\u00fe", ("ae", "oe", "th"), strict=True)),
        **dict.fromkeys("'\u2019\u2018\u02bc`\u00b4.", ""),
        **dict.fromkeys("-\u2010\u2011\u2013,", " "),
    }
)
"""Letters that no accent can be taken off, and the marks inside names."""


def folded(text: str) -> str:
    """A name as it is compared: "Siân O'Brien-Zoë" becomes "sian obrien zoe"."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_ALONE))
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(plain.split())
