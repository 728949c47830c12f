"""Under which heading a rule stands: by the letters before its number."""

from __future__ import annotations

THEMES: dict[str, tuple[str, ...]] = {
    "Front door, assessments and enquiries": ("REF", "OPN", "ASM", "S47"),
    "Child protection plans": ("CP",),
    "Child in need plans": ("CIN",),
    "Looked-after children": ("CLA",),
    "Care leavers": ("CL",),
    "Private fostering": ("PF",),
    "Court work": ("CT",),
    "Who holds the children": ("AL", "CW", "STR", "HO"),
    "Supervision": ("SUP", "SQ"),
    "Agreed actions": ("ACT",),
    "Visits as they are written up": ("VN",),
    "Plans that stand still": ("DR",),
    "Audits of cases": ("QA",),
    "Workers and teams": ("NQ", "TM", "AGY"),
}
"""The headings, in their order, with the letters that stand under each."""

THEME_OF: dict[str, str] = {letters: theme for theme, them in THEMES.items() for letters in them}
OTHER = "Other"


def theme_of(rule_id: str) -> str:
    """The heading of a rule."""
    return THEME_OF.get(rule_id.partition("-")[0], OTHER)
