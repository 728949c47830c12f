"""A record that is closed to most staff, and the glass that may be broken for one that is only outside one's reach."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

import pytest
from django.utils import timezone

from evenlode.access import RestrictionCategory, Role
from evenlode.audit_trail import what_opened, who_opened
from evenlode.web import page as page_module
from evenlode.web.glass import close_review
from evenlode.web.models import ChildFigure, OpeningRow, RestrictionRow
from evenlode.web.restricting import ask_to_lift, lift, restrict
from evenlode.web.trail import NotWritten, trail
from evenlode.web.views.glass import NOT_OPENED

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(figures):
    """A child with a name and a worker."""
    return (
        ChildFigure.objects.whole().filter(figures=figures).exclude(worker_id="").order_by("child_id").first()
    )


def close(child, *named):
    return restrict(
        child_id=child.child_id,
        category=RestrictionCategory.STAFF_FAMILY,
        named=named,
        review_on=None,
        by="demo-information-governance",
        at=timezone.now(),
    )


@pytest.mark.parametrize("role", [r for r in Role if r != Role.INFORMATION_GOVERNANCE], ids=str)
def test_a_closed_record_is_there_for_nobody_who_is_not_named_however_senior(signed_in, child, role):
    close(child)
    who = signed_in(role)
    assert who.get(f"/child/{child.ref}").status_code == 404
    for address in ("/today",):
        answer = who.get(address)
        assert f"/child/{child.ref}" not in answer.content.decode()


def test_whoever_is_named_on_a_closed_record_still_opens_it(signed_in, child):
    director = signed_in(Role.DIRECTOR)
    close(child, director.person_id)
    assert director.get(f"/child/{child.ref}").status_code == 200


def test_a_closed_record_opens_again_only_when_a_second_person_agrees(signed_in, child):
    row = close(child)
    ask_to_lift(row, reason="The member of staff has left.", by="demo-information-governance")
    with pytest.raises(ValueError, match="Somebody else has to agree"):
        lift(row, by="demo-information-governance", at=timezone.now())
    director = signed_in(Role.DIRECTOR)
    assert director.get(f"/child/{child.ref}").status_code == 404
    lift(row, by="demo-director", at=timezone.now() - timedelta(seconds=1))
    assert director.get(f"/child/{child.ref}").status_code == 200


def said(child, **other):
    return {
        "number": child.child_id,
        "category": "duty or out-of-hours contact",
        "reason": "The police rang the duty desk about this child.",
        **other,
    }


def outside(signed_in, figures):
    """A team manager with a child whom they cannot open."""
    manager = signed_in(Role.TEAM_MANAGER)
    for child in ChildFigure.objects.whole().filter(figures=figures).order_by("child_id"):
        if manager.get(f"/child/{child.ref}").status_code == 404:
            return manager, child
    raise AssertionError("every child is theirs")


def test_another_teams_manager_opens_a_record_with_a_reason_for_an_hour_under_a_banner(signed_in, figures):
    manager, child = outside(signed_in, figures)
    answer = manager.post("/open-a-record", said(child))
    assert answer.status_code == 302
    page = manager.get(answer["Location"])
    assert page.status_code == 200
    assert "outside your reach is open to you" in page.content.decode()
    rows = who_opened(trail(), child.child_id).rows
    assert {(r["verb"], r["why"], r["purpose"]) for r in rows} >= {
        ("record", "within scope", "break-glass"),
        ("see", "opened by break-glass", "break-glass"),
    }
    OpeningRow.objects.update(opened_at=timezone.now() - timedelta(minutes=61))
    OpeningRow.objects.get().save()
    assert manager.get(f"/child/{child.ref}").status_code == 404


def test_information_governance_finds_the_opening_at_once_and_somebody_else_must_close_it(signed_in, figures):
    manager, child = outside(signed_in, figures)
    manager.post("/open-a-record", said(child))
    governance = signed_in(Role.INFORMATION_GOVERNANCE)
    queue = governance.get("/openings").content.decode()
    assert "The police rang the duty desk" in queue
    row = OpeningRow.objects.get()
    with pytest.raises(ValueError, match="Somebody else"):
        close_review(row, note="mine", by=manager.person_id, at=timezone.now())
    assert (
        governance.post(f"/openings/{row.opening_id}", {"note": "Rang the desk; it was so."}).status_code
        == 302
    )
    row.refresh_from_db()
    assert row.reviewed_by == governance.person_id


def test_the_glass_of_a_closed_record_cannot_be_broken_and_looks_like_a_child_who_is_not_there(
    signed_in, figures
):
    manager, child = outside(signed_in, figures)
    close(child)
    for number in (child.child_id, "no such number"):
        answer = manager.post("/open-a-record", said(child, number=number))
        assert answer.status_code == 422
        assert NOT_OPENED in answer.content.decode()
    assert not OpeningRow.objects.exists()
    assert "denied" in {r["outcome"] for r in what_opened(trail(), manager.person_id).rows}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("reason", "short", "Say in a few words more"),
        ("category", "", "Choose a reason."),
        ("number", "", "Write the"),
    ],
)
def test_without_a_real_reason_no_glass_is_broken(signed_in, figures, field, value, words):
    manager, child = outside(signed_in, figures)
    answer = manager.post("/open-a-record", said(child, **{field: value}))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not OpeningRow.objects.exists()


def test_where_the_trail_cannot_be_written_nothing_is_shown(signed_in, child, monkeypatch):
    director = signed_in(Role.DIRECTOR)
    monkeypatch.setattr(page_module, "append", mock.Mock(side_effect=NotWritten("full")))
    answer = director.get(f"/child/{child.ref}")
    assert answer.status_code == 503
    assert child.surname not in answer.content.decode()
    assert "We cannot record that you opened this" in answer.content.decode()


def test_where_the_trail_cannot_be_written_nothing_is_kept_either(signed_in, child, monkeypatch):
    head = signed_in(Role.DIRECTOR)
    monkeypatch.setattr(page_module, "append", mock.Mock(side_effect=NotWritten("full")))
    answer = head.post(
        f"/child/{child.ref}/close", {"category": "adoption", "reason": "An order was made.", "named": []}
    )
    assert answer.status_code == 503
    assert not RestrictionRow.objects.exists()
