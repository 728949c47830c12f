"""How often councils visit children on protection plans and children in need: ways to choose by name.

No national figure exists, and councils disagree (practice-standards.md, section 3).  A policy file names
one for each kind of plan: `visits: {cp: cp-2wk, cin: cin-6wk}`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from evenlode.calendar import Clock, Unit


@dataclass(frozen=True)
class VisitPreset:
    """One council's way.

    plan: cp or cin.  seen_at: whose way it is.  with_any_visit: where the interval asks for a fuller
    visit (at home and alone), the preset by which any visit is counted beside it.
    """

    name: str
    plan: str
    clock: Clock
    seen_at: str
    with_any_visit: str = ""


def _working(name: str, plan: str, n: int, seen_at: str, *, inclusive: bool = False) -> VisitPreset:
    return VisitPreset(name, plan, Clock(n, Unit.WORKING_DAYS, inclusive), seen_at)


def _days(name: str, plan: str, n: int, seen_at: str, with_any_visit: str = "") -> VisitPreset:
    return VisitPreset(name, plan, Clock(n, Unit.DAYS), seen_at, with_any_visit)


VISIT_PRESETS: dict[str, VisitPreset] = {
    p.name: p
    for p in (
        _working("cp-10wd", "cp", 10, "Liverpool, Central Bedfordshire; as shipped"),
        _working("cp-10wd-incl", "cp", 10, "a council not named", inclusive=True),
        _days("cp-10cal", "cp", 10, "Camden, which does not say which days"),
        _days("cp-2wk", "cp", 14, "Walsall"),
        _working("cp-20wd", "cp", 20, "house preset"),
        _days("cp-4wk-floor", "cp", 28, "Southwark, after visits were made fewer"),
        _days("cp-6wk-stat", "cp", 42, "a council not named: two clocks together", "cp-2wk"),
        _working("cin-20wd-incl", "cin", 20, "a council not named", inclusive=True),
        _working("cin-20wd", "cin", 20, "as shipped"),
        _working("cin-30wd", "cin", 30, "house preset"),
        _days("cin-6wk", "cin", 42, "Walsall, Knowsley"),
        _days("cin-12wk-low", "cin", 84, "a council not named, its lower tier"),
    )
}


def settings_of(preset: VisitPreset) -> tuple[dict[str, Clock], dict[str, Decimal]]:
    """The intervals and numbers that a preset sets."""
    if preset.plan == "cin":
        return {"cin_visit": preset.clock}, {}
    if not preset.with_any_visit:
        return {"cp_visit": preset.clock}, {"two_visit_clocks": Decimal(0)}
    any_visit = VISIT_PRESETS[preset.with_any_visit].clock
    return {"cp_visit": any_visit, "cp_full_visit": preset.clock}, {"two_visit_clocks": Decimal(1)}
