"""What something recorded by hand would make of a worker's load: said before anything is saved."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from evenlode.oversight.words import KEPT_TOGETHER
from evenlode.web.council import policy
from evenlode.web.models import Figures, WorkerFigure
from evenlode.web.people_of import speaker_of
from evenlode.web.writing.again import by_record, families_of, load_findings
from evenlode.web.writing.by_hand import ByHand, with_by_hand
from evenlode.workload.by_hand import THOUSANDTH
from evenlode.workload.load import Load
from evenlode.workload.workers import WorkerLoad, plain


@dataclass(frozen=True)
class Effect:
    """One worker before and after.  sums: both, so that they add up; begins, ends: what would be found, or no longer."""

    name: str
    ref: str
    sentence: str
    before: str
    after: str
    begins: tuple[str, ...]
    ends: tuple[str, ...]

    @property
    def told(self) -> str:
        """All of it as one text, by which it is known again."""
        return "\n".join((self.ref, self.sentence, self.before, self.after, *self.begins, *self.ends))


def effect_on(figures: Figures, row: WorkerFigure, now: ByHand, then: ByHand) -> Effect:
    """How full is this worker by what is recorded now, and by what would be recorded then?"""
    base, parts = by_record(figures, row)
    families = families_of(figures, parts)
    settings = policy().on(figures.as_at)
    before, _ = with_by_hand(base, parts, families, now, settings)
    after, _ = with_by_hand(base, parts, families, then, settings)
    found, would = _found(figures, before), _found(figures, after)
    return Effect(
        row.name,
        row.ref,
        _sentence(row.name, before.load, after.load),
        _held(before.load),
        _sum(before.load, after.load),
        tuple(said for rule, said in would.items() if rule not in found),
        tuple(said for rule, said in found.items() if rule not in would),
    )


def _found(figures: Figures, load: WorkerLoad) -> dict[str, str]:
    speaker = speaker_of(figures)
    return {f.rule_id: f"{speaker.say(f).sentence} ({f.rule_id})" for f in load_findings(figures, load)}


def _sentence(name: str, before: Load, after: Load) -> str:
    if (before.points, before.capacity) == (after.points, after.capacity):
        return f"This changes nothing for {name}."
    if after.utilisation is None:
        return f"This leaves {name} without any capacity."
    if before.utilisation is None:
        return f"This takes {name} to {_percent(after.utilisation)} of the ceiling, from no capacity."
    return f"This takes {name} from {_percent(before.utilisation)} to {_percent(after.utilisation)}."


def _percent(share: Decimal) -> str:
    """Whole per cents; with a decimal where those would hide on which side of the ceiling it lies."""
    whole = f"{share * 100:.0f}"
    shown = f"{share * 100:.1f}" if whole == "100" and share != 1 else whole
    return f"{shown}{KEPT_TOGETHER}%"


def _held(load: Load) -> str:
    return f"{_number(load.points)} of {_number(load.capacity)} points"


def _sum(before: Load, after: Load) -> str:
    """The arithmetic: "66.3 + 1.5 = 67.8 of 85 points", "66.3 of 85 - 11.486 = 73.514 points"."""
    points, capacity = (
        _moved(old, new) for old, new in ((before.points, after.points), (before.capacity, after.capacity))
    )
    return f"{points} of {capacity} points"


def _moved(old: Decimal, new: Decimal) -> str:
    if old == new:
        return _number(new)
    sign = "+" if new > old else "\u2212"
    return f"{_number(old)} {sign} {_number(abs(new - old))} = {_number(new)}"


def _number(value: Decimal) -> str:
    return plain(value.quantize(THOUSANDTH))
