"""Writes docs/reference/asvs.md from docs/reference/asvs.csv: each requirement of the standard and what shows it.

    python tools/asvs_page.py

The table is the one definition. A test holds its numbers against the standard's, looks whether every test, setting
and page that it names is there, and whether the page is what the table gives.
"""

from __future__ import annotations

import csv
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "docs" / "reference" / "asvs.csv"
PAGE = ROOT / "docs" / "reference" / "asvs.md"

CHAPTERS = {
    1: ("Encoding and sanitization", 27, 1),
    2: ("Validation and business logic", 11, 1),
    3: ("Web frontend security", 19, 0),
    4: ("API and web service", 10, 0),
    5: ("File handling", 9, 2),
    6: ("Authentication", 35, 1),
    7: ("Session management", 18, 0),
    8: ("Authorization", 7, 1),
    9: ("Self-contained tokens", 7, 0),
    10: ("OAuth and OIDC", 29, 0),
    11: ("Cryptography", 14, 0),
    12: ("Secure communication", 9, 0),
    13: ("Configuration", 13, 0),
    14: ("Data protection", 9, 3),
    15: ("Secure coding and architecture", 13, 0),
    16: ("Security logging and error handling", 16, 0),
}
"""The standard's chapters: name, how many requirements of levels 1 and 2 it has, how many of level 3 we take beside."""

NOT_MET = "not met"
STATES = {
    NOT_MET: "not met",
    "test": "a test decides it",
    "setting": "a setting or a declaration in the code",
    "page": "a page of the documentation",
    "council": "left to whoever runs it",
    "none": "does not apply",
}
"""How a requirement stands, as the table says it and as the page does."""

HEAD = """<!-- Written by tools/asvs_page.py from asvs.csv; do not edit. -->

# Held against OWASP ASVS 5.0.0

Level 2 in full, less chapter 17 (WebRTC, which is not used), and nine requirements of level 3; of 16.3.2 the part of level 3 too.
Numbers and levels are those of the [Application Security Verification Standard](https://owasp.org/www-project-application-security-verification-standard/) 5.0.0 in OWASP's own table; what each asks is said here in a few words of ours, so read the standard for its exact text.
Where a test is named, CI runs it on every change. Nobody outside the project has checked this page.
"""


@dataclass(frozen=True)
class Requirement:
    """One requirement: its number and level, what it asks in our words, how it stands, what shows that, and what is to be said."""

    number: str
    level: int
    asks: str
    state: str
    shown_by: tuple[str, ...]
    says: str

    @property
    def chapter(self) -> int:
        """The chapter of the standard."""
        return int(self.number.split(".")[0])

    @property
    def line(self) -> str:
        """Its row on the page."""
        said = [link(one) for one in self.shown_by]
        words = "; ".join([*said, *([self.says] if self.says else [])])
        return f"| {self.number} | {self.level} | {self.asks} | {STATES[self.state]} | {words} |"


def requirements() -> list[Requirement]:
    """The table, in its order."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [
            Requirement(
                row["number"],
                int(row["level"]),
                row["asks"],
                row["state"],
                tuple(row["shown by"].split()),
                row["says"],
            )
            for row in csv.DictReader(file)
        ]


def link(shown_by: str) -> str:
    """A file, or a name within one, as a link from the page."""
    path, _, name = shown_by.partition("::")
    there = os.path.relpath(ROOT / path, PAGE.parent)
    said = name.removeprefix("test_").replace("_", " ") if path.startswith("tests/") and name else name
    return f"[{said or path.removeprefix('docs/')}]({there})"


def page() -> str:
    """The whole page."""
    rows = requirements()
    counts = Counter(row.state for row in rows)
    parts = [HEAD, _sum(rows, counts)]
    parts += ["## Not met", "", *_table(row for row in rows if row.state == NOT_MET), ""]
    for number, (name, *_) in CHAPTERS.items():
        of_it = [row for row in rows if row.chapter == number]
        parts += [f"## V{number} {name}", "", *_table(of_it), ""]
    return "\n".join(parts)


def _sum(rows: list[Requirement], counts: Counter[str]) -> str:
    lines = [
        f"**{counts[NOT_MET]} of {len(rows)} are not met.**",
        "",
        "| how it stands | requirements |",
        "|---|---:|",
    ]
    lines += [f"| {words} | {counts[state]} |" for state, words in STATES.items()]
    return "\n".join([*lines, ""])


def _table(rows: object) -> list[str]:
    return [
        "| number | level | asks | how it stands | what shows it |",
        "|---|---|---|---|---|",
        *(row.line for row in rows),  # type: ignore[attr-defined]
    ]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {len(requirements())} requirements")
