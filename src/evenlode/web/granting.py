"""Posts, covers and cut-offs: asked for by one person, agreed by another, ended and never deleted."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from evenlode.access import Role, UnitKind
from evenlode.web.models import Account, PersonRow, PostRow, UnitRow
from evenlode.web.writing.people import COUNCIL

FIRST_POSTS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.INFORMATION_GOVERNANCE})
"""What the command line may give: the one asks for everybody's posts, the other agrees; neither opens a child."""
AT_SET_UP = "set-up of the service"
"""Stands for the second person behind a first post: nobody is there yet who could agree."""


def ask_for_post(
    person: PersonRow, *, role: Role, unit_id: str, since: date, until: date | None, by: str, at: datetime
) -> PostRow:
    """Asks for a role in a unit; it holds from the day on which another has agreed, and never before."""
    if by == person.person_id:
        raise ValueError("Somebody else has to ask for a post of your own.")
    if until is not None and until <= since:
        raise ValueError("The last day is before the first: choose a later one.")
    row = PostRow(
        person=person, role=str(role), unit_id=unit_id, since=since, until=until, asked_by=by, asked_at=at
    )
    row.save()
    return row


@transaction.atomic
def give_first_post(person: PersonRow, *, role: Role, by: str, at: datetime) -> bool:
    """Gives one of the posts without which nobody could ask for a post or agree to one; False where they have it.

    by: who runs the command.  Raises ValueError for any other role.
    """
    if role not in FIRST_POSTS:
        raise ValueError(f"{role} is asked for on the page of people and access.")
    today = timezone.localdate(at)
    if not UnitRow.objects.filter(unit_id=COUNCIL, until__isnull=True).exists():
        UnitRow(unit_id=COUNCIL, kind=str(UnitKind.COUNCIL), name="The council", since=today).save()
    return give_post(person, role=role, unit_id=COUNCIL, since=today, by=by, agreed=AT_SET_UP, at=at)


def give_post(
    person: PersonRow, *, role: Role, unit_id: str, since: date, by: str, agreed: str, at: datetime
) -> bool:
    """Gives a post that two people stand behind already; False where it is held.

    by, agreed: who asked and who agreed, as the trail and the page of people name them.
    """
    held = PostRow.objects.filter(person=person, role=str(role), unit_id=unit_id, until__isnull=True)
    if held.exclude(approved_by="").exists():
        return False
    PostRow(
        person=person,
        role=str(role),
        unit_id=unit_id,
        since=since,
        asked_by=by,
        approved_by=agreed,
        asked_at=at,
        approved_at=at,
    ).save()
    return True


def agree_to_post(row: PostRow, *, by: str, at: datetime) -> None:
    """Another agrees: neither the one who asked, nor the one whom it is for."""
    if by in {row.asked_by, row.person_id}:
        raise ValueError("Somebody else has to agree.")
    if row.approved_by or row.refused_at:
        raise ValueError("This has been decided already.")
    row.approved_by, row.approved_at = by, at
    row.save()


def refuse_post(row: PostRow, *, by: str, at: datetime) -> None:
    """Another says no; what was asked for stays to be read."""
    if by in {row.asked_by, row.person_id}:
        raise ValueError("Somebody else has to decide.")
    row.refused_at = at
    row.until = row.since
    row.save()


def end_post(row: PostRow, *, on: date) -> None:
    """Ends a post: from that day on it holds no more."""
    row.until = max(on, row.since)
    row.save()


@transaction.atomic
def cut_off(person: PersonRow, *, at: datetime) -> None:
    """From this moment every request of the person is refused, whatever their posts say."""
    person.cut_off_at = at
    person.save()
    Account.objects.filter(person=person).update(is_active=False)


@transaction.atomic
def let_back(person: PersonRow) -> None:
    """The person can sign in again; their posts are as they were."""
    person.cut_off_at = None
    person.save()
    Account.objects.filter(person=person).update(is_active=True)
