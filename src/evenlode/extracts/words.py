"""The words of an extract that mean yes, no, unknown or nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """What counts as yes, no, unknown and blank; all compared without regard to case but `blank`."""

    yes: frozenset[str]
    no: frozenset[str]
    unknown: frozenset[str]
    blank: frozenset[str]
