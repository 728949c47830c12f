"""Who may see and do what: roles, scopes and conditions as data, and the one decision that every page asks for.

Pure: no web framework, no clock, no database.  The matrix stands in `matrix.yaml`.
"""

from __future__ import annotations

from evenlode.access.closed import Opening, OpeningCategory, Restriction, RestrictionCategory
from evenlode.access.deciding import Child, Decision, Target, decide
from evenlode.access.register import Cover, Line, Person, Post, Register, Unit, UnitKind
from evenlode.access.visible import Holding, Visible, visible_filter
from evenlode.access.words import NOT_THERE, Condition, Role, Scope, Thing, Verb, Why

__all__ = [
    "NOT_THERE",
    "Child",
    "Condition",
    "Cover",
    "Decision",
    "Holding",
    "Line",
    "Opening",
    "OpeningCategory",
    "Person",
    "Post",
    "Register",
    "Restriction",
    "RestrictionCategory",
    "Role",
    "Scope",
    "Target",
    "Thing",
    "Unit",
    "UnitKind",
    "Verb",
    "Visible",
    "Why",
    "decide",
    "visible_filter",
]
