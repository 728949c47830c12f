"""The access register as it stands, made from its rows, and made again only when one of them has changed."""

from __future__ import annotations

from datetime import timedelta
from threading import Lock

from evenlode.access import (
    Cover,
    Line,
    Opening,
    OpeningCategory,
    Person,
    Post,
    Register,
    Restriction,
    RestrictionCategory,
    Role,
    Unit,
    UnitKind,
)
from evenlode.web.models import (
    CoverRow,
    LineRow,
    OpeningRow,
    PersonRow,
    PostRow,
    RegisterNumber,
    RestrictionRow,
    UnitRow,
)

_lock = Lock()
_made: dict[str, tuple[int, Register]] = {}


def register() -> Register:
    """The register; one question to the database tells whether the one at hand still stands."""
    number = RegisterNumber.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    with _lock:
        held = _made.get("register")
        if held is None or held[0] != number:
            held = (number, _read())
            _made["register"] = held
    return held[1]


def forget() -> None:
    """Drops the one at hand: for tests, which change rows behind its back."""
    _made.clear()


def _read() -> Register:
    return Register(
        people=tuple(
            Person(person_id=p.person_id, worker_id=p.worker_id or None, cut_off_at=p.cut_off_at)
            for p in PersonRow.objects.all()
        ),
        units=tuple(
            Unit(
                unit_id=u.unit_id,
                kind=UnitKind(u.kind),
                parent_id=u.parent_id or None,
                since=u.since,
                until=u.until,
            )
            for u in UnitRow.objects.all()
        ),
        posts=tuple(
            Post(
                person_id=p.person_id,
                role=Role(p.role),
                unit_id=p.unit_id,
                since=p.since,
                until=p.until,
                asked_by=p.asked_by,
                approved_by=p.approved_by,
            )
            for p in PostRow.objects.all()
        ),
        lines=tuple(
            Line(supervisor_id=x.supervisor_id, person_id=x.person_id, since=x.since, until=x.until)
            for x in LineRow.objects.all()
        ),
        covers=tuple(
            Cover(
                away_id=c.away_id,
                by_id=c.by_id,
                since=c.since,
                until=c.until,
                asked_by=c.asked_by,
                approved_by=c.approved_by,
            )
            for c in CoverRow.objects.all()
        ),
        restrictions=tuple(_restriction(r) for r in RestrictionRow.objects.all()),
        openings=tuple(_opening(o) for o in OpeningRow.objects.all()),
    )


def _restriction(row: RestrictionRow) -> Restriction:
    return Restriction(
        restriction_id=str(row.pk),
        child_id=row.child_id,
        category=RestrictionCategory(row.category),
        owner_id=row.owner_id,
        named=frozenset(row.named) | {row.owner_id},
        since=row.since,
        review_on=row.review_on,
        break_glass=row.break_glass,
        lifted_at=row.lifted_at,
        lift_asked_by=row.lift_asked_by or None,
        lift_approved_by=row.lift_approved_by or None,
    )


def _opening(row: OpeningRow) -> Opening:
    return Opening(
        opening_id=row.opening_id,
        person_id=row.person_id,
        child_id=row.child_id,
        category=OpeningCategory(row.category),
        reason=row.reason,
        opened_at=row.opened_at,
        lasts=timedelta(minutes=row.minutes),
        ended_at=row.ended_at,
        reviewed_by=row.reviewed_by or None,
    )
