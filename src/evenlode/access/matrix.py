"""The matrix of roles, things and verbs, read from `matrix.yaml` and checked when it is read.

A role, verb, scope or condition that is not in the closed lists, a thing declared twice or not at all,
and a role named twice under one verb are refused: half a matrix is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from evenlode.access.words import About, Condition, Role, Scope, Thing, Verb

_OPENS = "break-glass opens"
_SCOPES = {s.word: s for s in Scope if s is not Scope.NONE}


@dataclass(frozen=True)
class Declared:
    """One thing of the matrix: what it is, and how far each role reaches with each verb."""

    thing: Thing
    meaning: str
    about: About
    shows_a_child: bool
    verbs: dict[Verb, dict[Role, Scope]]
    terms: dict[Verb, frozenset[Condition]]


@dataclass(frozen=True)
class Matrix:
    """Every thing, and what a broken glass opens."""

    things: dict[Thing, Declared]
    glass_opens: frozenset[tuple[Verb, Thing]]

    def scope(self, role: Role, verb: Verb, thing: Thing) -> Scope:
        """How far a role reaches; `NONE` for whatever is not said."""
        return self.things[thing].verbs.get(verb, {}).get(role, Scope.NONE)

    def terms(self, verb: Verb, thing: Thing) -> frozenset[Condition]:
        """What must be so beside role and scope."""
        return self.things[thing].terms.get(verb, frozenset())


@cache
def matrix() -> Matrix:
    """The shipped matrix."""
    said = yaml.safe_load(files("evenlode.access").joinpath("matrix.yaml").read_text("utf-8"))
    return read_matrix(said)


def read_matrix(said: dict[str, Any]) -> Matrix:
    """A matrix out of what a file says; anything that is not understood is refused (ValueError)."""
    opens = said.get(_OPENS, {})
    things = {Thing(name): _declared(Thing(name), body) for name, body in said.items() if name != _OPENS}
    if missing := sorted(set(Thing) - set(things)):
        raise ValueError(f"the matrix does not say who may do what with: {', '.join(missing)}")
    return Matrix(things, frozenset((Verb(v), Thing(t)) for v, names in opens.items() for t in names))


def _declared(thing: Thing, body: dict[str, Any]) -> Declared:
    about = {k: body[k] for k in ("is", "about", "shows_a_child")}
    verbs: dict[Verb, dict[Role, Scope]] = {}
    terms: dict[Verb, frozenset[Condition]] = {}
    for verb, cells in body.items():
        if verb in about:
            continue
        terms[Verb(verb)] = frozenset(Condition(t) for t in cells.get("terms", ()))
        reach: dict[Role, Scope] = {}
        for scope, roles in cells.items():
            if scope == "terms":
                continue
            for role in map(Role, roles):
                if role in reach:
                    raise ValueError(f"{thing}, {verb}: {role} stands there twice")
                reach[role] = _SCOPES[scope]
        verbs[Verb(verb)] = reach
    return Declared(thing, about["is"], About(about["about"]), bool(about["shows_a_child"]), verbs, terms)
