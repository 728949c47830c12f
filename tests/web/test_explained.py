"""A finding that a manager explains leaves Today, stays in the counts, and comes back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from evenlode.access import Role, Thing
from evenlode.web.door import Door
from evenlode.web.models import ChildFigure, ExplanationRow, FindingFigure
from evenlode.web.morning import explanations, theirs
from evenlode.web.standing_register import register
from evenlode.web.views.explained import finding_ref

pytestmark = pytest.mark.django_db


def own_finding(who, figures):
    """A finding about a child of the manager's own team."""
    door = Door(who.person_id, timezone.now(), register(), "test")
    row = theirs(door, figures).filter(subject_kind="child", status="overdue", on_today=True).first()
    assert row is not None
    return row, ChildFigure.objects.whole().get(figures=figures, child_id=row.child_id)


def said(until):
    return {
        "reason": "the child is in hospital",
        "text": "Agreed with the ward on 19 November.",
        "until": f"{until:%-d/%-m/%Y}",
    }


def test_a_manager_marks_a_finding_of_their_own_team_explained_and_it_holds_until_its_end(signed_in, figures):
    manager = signed_in(Role.TEAM_MANAGER)
    finding, child = own_finding(manager, figures)
    until = timezone.localdate() + timedelta(days=20)
    answer = manager.post(f"/child/{child.ref}/explain/{finding_ref(finding)}", said(until))
    assert answer.status_code == 302
    row = ExplanationRow.objects.get()
    assert (row.rule_id, row.subject_id, row.until, row.by) == (
        finding.rule_id,
        finding.subject_id,
        until,
        manager.person_id,
    )
    assert len(explanations(figures, until)) == 1
    assert not explanations(figures, until + timedelta(days=1))
    assert "in hospital" in manager.get("/today").content.decode()


def test_the_same_finding_stays_in_the_counts(signed_in, figures):
    manager = signed_in(Role.TEAM_MANAGER)
    finding, child = own_finding(manager, figures)
    before = FindingFigure.objects.whole().filter(figures=figures).count()
    manager.post(f"/child/{child.ref}/explain/{finding_ref(finding)}", said(timezone.localdate()))
    assert FindingFigure.objects.whole().filter(figures=figures).count() == before


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("text", "  ", "Say in a few words what was agreed."),
        ("reason", "", "Choose a reason."),
        ("until", "31/2/2027", "Choose a date, such as"),
        ("until", "1/1/2020", "The end date is before the first day"),
        ("until", "1/1/2030", "Choose an end within six months"),
    ],
)
def test_what_is_missing_or_impossible_is_said_beside_the_field_and_nothing_is_kept(
    signed_in, figures, field, value, words
):
    manager = signed_in(Role.TEAM_MANAGER)
    finding, child = own_finding(manager, figures)
    answer = manager.post(
        f"/child/{child.ref}/explain/{finding_ref(finding)}", {**said(date(2026, 12, 1)), field: value}
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ExplanationRow.objects.exists()


def test_nobody_explains_a_finding_of_a_child_outside_their_reach(signed_in, figures):
    manager = signed_in(Role.TEAM_MANAGER)
    finding, child = own_finding(manager, figures)
    other = signed_in(Role.PERSONAL_ADVISER)
    address = f"/child/{child.ref}/explain/{finding_ref(finding)}"
    assert other.get(address).status_code == 404
    assert other.post(address, said(date(2026, 12, 1))).status_code == 404
    assert not ExplanationRow.objects.exists()


def test_ending_it_early_brings_the_finding_back_and_keeps_what_was_written(signed_in, figures):
    manager = signed_in(Role.TEAM_MANAGER)
    finding, child = own_finding(manager, figures)
    manager.post(
        f"/child/{child.ref}/explain/{finding_ref(finding)}", said(timezone.localdate() + timedelta(days=9))
    )
    row = ExplanationRow.objects.get()
    assert manager.post(f"/child/{child.ref}/explained/{row.pk}/end").status_code == 302
    row.refresh_from_db()
    assert row.ended_by == manager.person_id
    assert row.text == "Agreed with the ward on 19 November."
    assert not explanations(figures, timezone.localdate())


def test_a_read_page_is_written_down_before_it_is_sent(signed_in, figures):
    from evenlode.audit_trail import who_opened
    from evenlode.web.trail import trail

    manager = signed_in(Role.TEAM_MANAGER)
    _, child = own_finding(manager, figures)
    assert manager.get(f"/child/{child.ref}").status_code == 200
    rows = who_opened(trail(), child.child_id).rows
    assert {(r["person_id"], r["thing"], r["outcome"]) for r in rows} >= {
        (manager.person_id, str(Thing.CHILD_RECORD), "allowed"),
        (manager.person_id, str(Thing.CHILD_TIMELINE), "allowed"),
    }
