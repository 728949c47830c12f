"""The one door: whoever asks for a page is decided on here, and what was decided is written before it is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from evenlode.access import (
    Child,
    Decision,
    Holding,
    Register,
    Role,
    Scope,
    Target,
    Thing,
    Verb,
    Visible,
    Why,
    decide,
    visible_filter,
)
from evenlode.audit_trail import Entry, Purpose, entry_of
from evenlode.web.models import ChildFigure, Figures, Holder

RANK = (
    Role.DIRECTOR,
    Role.PRINCIPAL_SOCIAL_WORKER,
    Role.HEAD_OF_SERVICE,
    Role.TEAM_MANAGER,
    Role.PRACTICE_SUPERVISOR,
    Role.REVIEWING_OFFICER,
    Role.PERFORMANCE_ANALYST,
    Role.INFORMATION_GOVERNANCE,
    Role.AUDITOR,
    Role.SYSTEM_ADMINISTRATOR,
    Role.PERSONAL_ADVISER,
    Role.SOCIAL_WORKER,
)
"""Which of several roles names a person in the heading, and which page is their first."""


@dataclass
class Door:
    """One request's person and moment; every question about access goes through it.

    entries: what was decided and is still to be written.
    """

    person_id: str
    at: datetime
    register: Register
    request_id: str
    entries: list[Entry] = field(default_factory=list)
    _visible: dict[tuple[Thing, Verb], Visible] = field(default_factory=dict)

    def visible(self, thing: Thing, verb: Verb = Verb.LIST) -> Visible:
        """How far the person reaches for rows of a kind."""
        if (thing, verb) not in self._visible:
            self._visible[thing, verb] = visible_filter(
                self.register, self.person_id, self.at, thing=thing, verb=verb
            )
        return self._visible[thing, verb]

    def ask(self, verb: Verb, target: Target, *, thing_id: str | None = None) -> Decision:
        """Decides, and puts the entry by that tells of it."""
        decision = decide(self.register, self.person_id, verb, target, self.at)
        self.entries.append(
            entry_of(
                decision,
                at=self.at,
                person_id=self.person_id,
                verb=verb,
                target=target,
                thing_id=thing_id,
                purpose=self.purpose_of(target),
                request_id=self.request_id,
            )
        )
        return decision

    def look(self, verb: Verb, target: Target, *, thing_id: str | None = None) -> Decision:
        """Decides whether a form may be opened: role and scope are asked, what the form will say is not.

        It is written as seen, since nothing has been done with it yet.
        """
        decision = decide(self.register, self.person_id, verb, target, self.at)
        seen = Decision(decision.within, decision.why, decision.scope)
        if decision.within and not decision.allowed:
            seen = Decision(allowed=True, why=Why.WITHIN_SCOPE, scope=decision.scope)
        self.entries.append(
            entry_of(
                seen,
                at=self.at,
                person_id=self.person_id,
                verb=Verb.SEE if seen.allowed else verb,
                target=target,
                thing_id=thing_id,
                purpose=self.purpose_of(target),
                request_id=self.request_id,
            )
        )
        return decision

    def may(self, verb: Verb, target: Target) -> bool:
        """Whether a page may offer something; nothing is written, since nothing is opened."""
        return decide(self.register, self.person_id, verb, target, self.at).within

    def may_list(self, thing: Thing, verb: Verb = Verb.LIST) -> bool:
        """Whether the person has any reach at all for a kind of thing."""
        return self.visible(thing, verb).why_not is None

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """The person's roles on the day, the one that names them first."""
        posts = self.register.on(self.at.date()).posts_of(self.person_id)
        return tuple(sorted({p.role for p in posts}, key=RANK.index))

    @cached_property
    def unit_id(self) -> str | None:
        """The unit of the post that names them."""
        posts = self.register.on(self.at.date()).posts_of(self.person_id)
        return next((p.unit_id for role in self.roles for p in posts if p.role is role), None)

    @cached_property
    def worker_id(self) -> str | None:
        """Their own id in the record."""
        return next((p.worker_id for p in self.register.people if p.person_id == self.person_id), None)

    def purpose_of(self, target: Target) -> Purpose:
        """What an opening was for, as the role tells it."""
        if target.thing in {Thing.BREAK_GLASS, Thing.BREAK_GLASS_REVIEW} or self._by_glass(target):
            return Purpose.BREAK_GLASS
        return PURPOSES.get(self.roles[0], Purpose.OVERSIGHT) if self.roles else Purpose.ACCESS

    def _by_glass(self, target: Target) -> bool:
        if target.child is None:
            return False
        visible = self.visible(target.thing, Verb.SEE)
        return (
            target.child.child_id in visible.opened
            and visible.child(target.child.child_id, target.child.holdings)[1] is Scope.NONE
        )


PURPOSES = {
    Role.SOCIAL_WORKER: Purpose.DIRECT_WORK,
    Role.PERSONAL_ADVISER: Purpose.DIRECT_WORK,
    Role.REVIEWING_OFFICER: Purpose.REVIEW,
    Role.PERFORMANCE_ANALYST: Purpose.PERFORMANCE,
    Role.SYSTEM_ADMINISTRATOR: Purpose.RUNNING,
    Role.INFORMATION_GOVERNANCE: Purpose.ACCESS,
    Role.AUDITOR: Purpose.ACCESS,
}


def standing_figures() -> Figures | None:
    """The figures that the pages show; None before the first load."""
    return Figures.objects.filter(standing=True).first()


def child_of(figures: Figures, child: ChildFigure) -> Child:
    """A child with whoever holds them, as access asks for it."""
    return child_by_id(figures, child.child_id)


def child_by_id(figures: Figures, child_id: str) -> Child:
    """The same by the record's id: asked once for each request, since `figures` is read anew for each."""
    known: dict[str, Child] = figures.__dict__.setdefault("children_known", {})
    if child_id not in known:
        held = Holder.objects.filter(figures=figures, child_id=child_id)
        known[child_id] = Child(
            child_id,
            tuple(
                Holding(worker_id=h.worker_id, team_id=h.team_id, since=h.since, until=h.until) for h in held
            ),
        )
    return known[child_id]
