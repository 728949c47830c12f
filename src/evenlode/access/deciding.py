"""The one decision that every page, download and program asks for: may this person do this with this, now?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from evenlode.access.matrix import matrix
from evenlode.access.register import Register
from evenlode.access.visible import Holding, Visible, visible_filter
from evenlode.access.words import About, Condition, Scope, Thing, Verb, Why

ALLOWING = frozenset({Why.WITHIN_SCOPE, Why.NAMED, Why.GLASS_BROKEN})


@dataclass(frozen=True)
class Child:
    """A child as far as access asks: the id, and who holds them."""

    child_id: str
    holdings: tuple[Holding, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Target:
    """One thing that somebody wants to do something with.

    child, worker_id, unit_id: what it belongs to; a list as a whole belongs to nothing.
    person_id: the person whom it is for or who did it, as for a role grant or a break-glass review.
    asked_by, approved_by: who asked for it, and who agreed; reason_given: whether a reason stands with it.
    """

    thing: Thing
    child: Child | None = None
    worker_id: str | None = None
    unit_id: str | None = None
    person_id: str | None = None
    asked_by: str | None = None
    approved_by: str | None = None
    reason_given: bool = False

    def __post_init__(self) -> None:
        about = matrix().things[self.thing].about
        whose = {About.CHILD: self.child, About.WORKER: self.worker_id, About.UNIT: self.unit_id}
        if wrong := [str(a) for a, given in whose.items() if given is not None and a is not about]:
            raise ValueError(f"{self.thing} is about a {about}, and not about a {' or '.join(wrong)}")


@dataclass(frozen=True)
class Decision:
    """What was decided and why.

    why, unmet: for the audit trail and the log; a refused page says `NOT_THERE` whatever stands here.
    scope: the narrowest scope that lets it through.  conditions: what must be so beside; unmet: what is not.
    within: role and scope would let it through, so that a page may offer it and ask for the conditions.
    """

    allowed: bool
    why: Why
    scope: Scope = Scope.NONE
    conditions: frozenset[Condition] = frozenset()
    unmet: frozenset[Condition] = frozenset()

    @property
    def within(self) -> bool:
        """Whether only a condition is missing, or nothing."""
        return self.allowed or self.why is Why.CONDITION


def decide(register: Register, person_id: str, verb: Verb, target: Target, at: datetime) -> Decision:
    """May this person do this with this, at this moment?

    at: the server's time, with its time zone (ValueError without).
    Does not tell whether it makes sense now (a signed record, a closed load): that is asked elsewhere.
    """
    visible = visible_filter(register, person_id, at, thing=target.thing, verb=verb)
    why, scope = _reached(register, person_id, verb, target, at, visible)
    if why not in ALLOWING:
        return Decision(False, why)
    terms = matrix().terms(verb, target.thing)
    unmet = frozenset(c for c in terms if not _met(register, person_id, verb, target, c))
    return Decision(not unmet, Why.CONDITION if unmet else why, scope, terms, unmet)


def _reached(
    register: Register, person_id: str, verb: Verb, target: Target, at: datetime, visible: Visible
) -> tuple[Why, Scope]:
    """Whether role and scope reach the thing, before any condition."""
    nothing = visible.why_not or Why.OUT_OF_SCOPE, Scope.NONE
    if target.child is not None:
        if target.thing is Thing.BREAK_GLASS and visible.why_not is None:
            return _breakable(register, person_id, target.child, at, visible)
        return visible.child(target.child.child_id, target.child.holdings)
    if target.worker_id is not None:
        return visible.worker(target.worker_id)
    if target.unit_id is not None:
        return visible.unit(target.unit_id)
    about = matrix().things[target.thing].about
    whole = verb is Verb.LIST or about is About.ROWS or (about is About.COUNCIL and visible.everything)
    if visible.why_not is None and whole:
        return Why.WITHIN_SCOPE, visible.widest
    return nothing


def _breakable(
    register: Register, person_id: str, child: Child, at: datetime, visible: Visible
) -> tuple[Why, Scope]:
    """Whether the glass of a child may be broken: of a restricted record only where that was switched on."""
    shut = any(
        r.child_id == child.child_id and r.in_force(at) and not r.break_glass and person_id not in r.named
        for r in register.restrictions
    )
    return (Why.RESTRICTED, Scope.NONE) if shut else (Why.WITHIN_SCOPE, visible.widest)


def _met(register: Register, person_id: str, verb: Verb, target: Target, condition: Condition) -> bool:
    """Whether a condition is met; a second person is never the first, nor the one whom it is for."""
    if condition is Condition.REASON:
        return target.reason_given
    if condition is Condition.NOT_ONESELF:
        own = next(p.worker_id for p in register.people if p.person_id == person_id)
        said = target.person_id is not None or target.worker_id is not None
        return (
            said and target.person_id != person_id and (target.worker_id is None or target.worker_id != own)
        )
    if verb is Verb.APPROVE:
        return bool(target.asked_by) and person_id not in {target.asked_by, target.person_id}
    return bool(target.approved_by) and target.approved_by not in {
        person_id,
        target.asked_by,
        target.person_id,
    }
