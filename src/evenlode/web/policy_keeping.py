"""Changing the council's policy: one person proposes, another approves, and only then it stands in the file."""

from __future__ import annotations

import fcntl
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from evenlode.errors import PolicyFault
from evenlode.policy import Change, Policy, policy_from, with_change
from evenlode.policy.policy_change import plain
from evenlode.record.durable import write_whole
from evenlode.web.council import policy_path
from evenlode.web.models import PolicyProposal, ProposalState
from evenlode.web.settings_shown import Declared, every_setting, in_words, value_of

NAME = "policy.yaml"


class Changed(Exception):
    """Somebody else has decided in the meantime; the words say what."""


def policy_text() -> str:
    """The policy file as it stands; nothing where there is none yet."""
    path = policy_path()
    return path.read_text("utf-8-sig") if path.is_file() else ""


def change_of(proposal: PolicyProposal) -> Change:
    """The change that a proposal asks for."""
    value: Any = proposal.value
    if proposal.section == "dates":
        value = date.fromisoformat(str(value))
    name = every_setting()[proposal.setting].name
    return Change(proposal.section, name, value, proposal.since)


def policy_with(proposal: PolicyProposal) -> Policy:
    """The policy as it would be with a proposal in it."""
    return policy_from(with_change(policy_text(), NAME, change_of(proposal)), NAME)


@transaction.atomic
def propose(one: Declared, value: Any, *, since: date, reason: str, by: str, at: datetime) -> PolicyProposal:
    """Keeps a proposal; nothing holds otherwise because of it.

    value: as the policy file writes it; a day as a date.  Raises PolicyFault, in words for the form, where the
    setting cannot have that value from that day, and ValueError for a day that has gone by.
    """
    if since < at.date():
        raise ValueError(
            "Choose today or a later day: what held in the past stays, so that it can be worked out again."
        )
    change = Change(one.section, one.name, value, since)
    text = policy_text()
    before, after = policy_from(text, NAME), policy_from(with_change(text, NAME, change), NAME)
    return PolicyProposal.objects.create(
        ref=uuid.uuid4().hex,
        section=one.section,
        setting=one.key,
        value=value.isoformat() if isinstance(value, date) else plain(value),
        before=in_words(value_of(before.on(since), one), one),
        after=in_words(value_of(after.on(since), one), one),
        since=since,
        reason=reason.strip(),
        state=ProposalState.PROPOSED,
        by=by,
        asked_at=at,
    )


@transaction.atomic
def approve(proposal: PolicyProposal, *, by: str, at: datetime) -> None:
    """Approves a proposal of somebody else's; it is written into the policy file once this is kept.

    Raises PolicyFault where the file no longer takes it, Changed where it is decided already.
    """
    if by == proposal.by:
        raise Changed("A second person approves a change, never the one who proposed it.")
    with_change(policy_text(), NAME, change_of(proposal))
    _decide(proposal, ProposalState.APPROVED, by=by, at=at, why="")
    transaction.on_commit(partial(bring_in, proposal.ref), robust=True)


@transaction.atomic
def refuse(proposal: PolicyProposal, *, why: str, by: str, at: datetime) -> None:
    """Refuses a proposal, with the reason; it stays to be read."""
    if not why.strip():
        raise ValueError("Say in a few words why.")
    _decide(proposal, ProposalState.REFUSED, by=by, at=at, why=why.strip())


@transaction.atomic
def take_back(proposal: PolicyProposal, *, by: str, at: datetime) -> None:
    """Takes one's own proposal back; it stays to be read."""
    if by != proposal.by:
        raise Changed("Only the one who proposed it can take it back.")
    _decide(proposal, ProposalState.TAKEN_BACK, by=by, at=at, why="")


def _decide(proposal: PolicyProposal, state: ProposalState, *, by: str, at: datetime, why: str) -> None:
    decided = PolicyProposal.objects.filter(pk=proposal.pk, state=ProposalState.PROPOSED).update(
        state=state, decided_by=by, decided_at=at, decided_why=why
    )
    if not decided:
        raise Changed("It has been decided already. Nothing was changed.")
    proposal.refresh_from_db()


def bring_in(ref: str) -> bool:
    """Writes an approved change into the policy file, whole or not at all; done again it changes nothing.

    Answers whether the file holds it now.
    """
    path = policy_path()
    with _alone(path):
        proposal = PolicyProposal.objects.get(ref=ref)
        if proposal.written_at is not None or proposal.state != ProposalState.APPROVED:
            return proposal.written_at is not None
        text = policy_text()
        change = change_of(proposal)
        try:
            added = with_change(text, NAME, change)
        except PolicyFault:
            one = every_setting()[proposal.setting]
            if in_words(value_of(policy_from(text, NAME).on(proposal.since), one), one) != proposal.after:
                raise
            added = text
        if added != text:
            write_whole(path, added.encode(), durable=True)
        PolicyProposal.objects.filter(ref=ref).update(
            written_at=timezone.now(), file_before=text, file_after=added
        )
    return True


def bring_in_all() -> None:
    """Writes what was approved and did not reach the file: the disk was full, or the service was stopped."""
    rows = PolicyProposal.objects.filter(state=ProposalState.APPROVED, written_at__isnull=True)
    for ref in rows.order_by("decided_at").values_list("ref", flat=True):
        bring_in(ref)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One writer of the policy file at a time."""
    with path.with_suffix(".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
