"""The themes of the rule book, as a manager looks for a rule; by the letters that a rule's id begins with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

THEMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Who holds the child", ("AL", "CW")),
    ("Front door and assessments", ("REF", "OPN", "ASM", "STR", "S47")),
    ("Child protection", ("CP",)),
    ("Children in need", ("CIN",)),
    ("Looked-after children", ("CLA",)),
    ("Leaving care", ("CL",)),
    ("Private fostering", ("PF",)),
    ("Court", ("CT",)),
    ("Supervision", ("SUP", "SQ")),
    ("Actions", ("ACT",)),
    ("Signs of drift", ("DR",)),
    ("New and agency workers", ("NQ", "AGY")),
    ("Records of visits and audits", ("VN", "QA")),
    ("Teams", ("TM",)),
)
"""In the order in which pages show them."""
THEME_OF: Mapping[str, str] = {letters: theme for theme, several in THEMES for letters in several}


@dataclass(frozen=True)
class OfTheme:
    """A theme and what stands under it."""

    theme: str
    rows: list[dict[str, Any]]


def theme_of(rule_id: str) -> str:
    """The theme that a rule belongs to."""
    return THEME_OF[rule_id.partition("-")[0]]


def by_theme(rows: Iterable[dict[str, Any]]) -> list[OfTheme]:
    """Rows that name a rule, under their themes; a theme without one is left out."""
    held: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        held.setdefault(theme_of(str(row["rule_id"])), []).append(row)
    return [OfTheme(theme, held[theme]) for theme, _ in THEMES if theme in held]
