"""Which links people follow, and which pages are the same page with another child, worker or team."""

from __future__ import annotations

import re

LINK = re.compile(r'<a[^>]+href="(/[^"#]*)"')
NOT_FOLLOWED = re.compile(r"^/(static|sign-out|account|api|health)|/(csv|xlsx)\b|format=|/file")
ONE_OF = [
    (re.compile(r"^/child/[^/]+/explain/.*"), "/child/…/explain"),
    (re.compile(r"^/(child|worker|team|service|rules|watch|policy|council|data|measures?)/[^/?]+"), r"/\1/…"),
    (re.compile(r"\?.*"), "?…"),
]
"""What is the same page with another child, worker, team or order."""


def name_of(address: str) -> str:
    """The page that an address is one of."""
    for pattern, short in ONE_OF:
        address = pattern.sub(short, address)
    return address
