"""What each rule says that its evidence holds: caught while its answers are built."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from evenlode.policy import shipped_policy
from evenlode.position.context import Context
from evenlode.rules import rule as declaring
from evenlode.rules.book import RULES
from evenlode.rules.build import STEPS

SAMPLES = {"date": "2026-11-03", "boolean": True, "string": "TEXT"}


@dataclass
class Shape:
    """One shape of a rule's answers: the evidence's keys with a value of each type, and what is never blank."""

    sample: dict[str, Any]
    fixed: dict[str, Any]
    with_due: bool
    status: str


@dataclass
class Declared:
    shapes: list[Shape] = field(default_factory=list)

    @property
    def keys(self) -> set[str]:
        return {key for shape in self.shapes for key in shape.sample}


def _sample(value: Any) -> Any:
    if not hasattr(value, "type"):
        return value
    kind = str(value.type())
    return SAMPLES.get(kind.split("(", maxsplit=1)[0], 3)


@cache
def declared() -> dict[str, Declared]:
    """Every rule's evidence, by the rule's id."""
    caught: list[Shape] = []
    as_json = declaring.as_json

    def spy(evidence: dict[str, Any]) -> Any:
        frame = sys._getframe(1).f_locals
        fixed = {k: v for k, v in evidence.items() if not hasattr(v, "type")}
        sample = {k: _sample(v) for k, v in evidence.items()}
        caught.append(Shape(sample, fixed, bool(frame.get("due")), str(frame.get("status"))))
        return as_json(evidence)

    found = {}
    at = Context(shipped_policy())
    declaring.as_json = spy  # type: ignore[assignment]
    try:
        for step in STEPS:
            at.add(step.name, step.build(at).schema())
        for rule in RULES:
            caught.clear()
            rule.find(at)
            found[rule.id] = Declared(list(caught))
    finally:
        declaring.as_json = as_json
    return found
