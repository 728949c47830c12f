"""A whole table leaves only when two people stand behind it (safety bar B6), once, within a day, written down and counted."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from evenlode.access import RestrictionCategory, Role, Thing
from evenlode.audit_trail import what_opened
from evenlode.web.door import Door
from evenlode.web.limits import Kind
from evenlode.web.models import FindingFigure, TakenRow, WholeTableRow
from evenlode.web.restricting import restrict
from evenlode.web.standing_register import register
from evenlode.web.trail import NotWritten, trail

pytestmark = pytest.mark.django_db
SAID = {"table": "findings", "form": "ids", "reason": "the yearly look at plans"}


def asked(who, **more):
    """Asks for a table; the row that was made."""
    assert who.post("/whole-tables/ask", {**SAID, **more}).status_code == 302
    return WholeTableRow.objects.order_by("pk").last()


def decided(who, row, answer="agree"):
    return who.post(f"/whole-tables/{row.pk}/decide", {"answer": answer})


def fetched(who, row):
    return who.post(f"/whole-tables/{row.pk}/fetch")


def agreed_for(signed_in, role, **more):
    """Somebody who asked, with a table that information governance has agreed to."""
    who = signed_in(role)
    row = asked(who, **more)
    assert decided(signed_in(Role.INFORMATION_GOVERNANCE), row).status_code == 302
    return who, row


def table_of(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_one_who_asked_fetches_the_table_once_somebody_else_has_agreed(signed_in, figures):
    analyst, row = agreed_for(signed_in, Role.PERFORMANCE_ANALYST)
    answer = fetched(analyst, row)
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="findings-2026-11-20.csv"'
    every = FindingFigure.objects.whole().filter(figures=figures).exclude(status="due_soon")
    assert len(table_of(answer)) == every.count()


def test_without_a_second_person_nothing_leaves(signed_in):
    analyst = signed_in(Role.PERFORMANCE_ANALYST)
    assert fetched(analyst, asked(analyst)).status_code == 404


def test_nobody_agrees_to_what_they_asked_for_themselves(signed_in):
    director = signed_in(Role.DIRECTOR)
    row = asked(director)
    assert decided(director, row).status_code == 404
    row.refresh_from_db()
    assert (row.approved_by, row.decided_at) == ("", None)
    assert "Agree" not in director.get("/whole-tables").content.decode()


def test_what_was_refused_is_never_fetched_and_is_not_decided_again(signed_in):
    analyst = signed_in(Role.PERFORMANCE_ANALYST)
    row = asked(analyst)
    assert decided(signed_in(Role.DIRECTOR), row, "refuse").status_code == 302
    assert decided(signed_in(Role.INFORMATION_GOVERNANCE), row).status_code == 404
    assert fetched(analyst, row).status_code == 404
    assert "Refused." in analyst.get("/whole-tables").content.decode()


def test_a_table_is_fetched_once(signed_in):
    analyst, row = agreed_for(signed_in, Role.PERFORMANCE_ANALYST)
    assert fetched(analyst, row).status_code == 200
    assert fetched(analyst, row).status_code == 404


def test_after_a_day_it_cannot_be_fetched_any_more(signed_in):
    analyst, row = agreed_for(signed_in, Role.PERFORMANCE_ANALYST)
    WholeTableRow.objects.filter(pk=row.pk).update(decided_at=timezone.now() - timedelta(days=1))
    assert fetched(analyst, row).status_code == 404
    assert "not fetched within a day" in analyst.get("/whole-tables").content.decode()


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.INFORMATION_GOVERNANCE, Role.PRINCIPAL_SOCIAL_WORKER])
def test_nobody_else_fetches_it_not_even_whoever_agreed(signed_in, role):
    _, row = agreed_for(signed_in, Role.PERFORMANCE_ANALYST)
    assert fetched(signed_in(role), row).status_code == 404


def test_without_a_reason_nothing_is_asked_for(signed_in):
    answer = signed_in(Role.PERFORMANCE_ANALYST).post("/whole-tables/ask", {**SAID, "reason": " "})
    assert answer.status_code == 422
    assert "Say in a few words what the table is for." in answer.content.decode()
    assert not WholeTableRow.objects.exists()


@pytest.mark.parametrize("named", [True, False])
def test_a_closed_record_is_in_no_table_whoever_asks(signed_in, figures, named):
    director = signed_in(Role.DIRECTOR)
    child = FindingFigure.objects.whole().filter(figures=figures, subject_kind="child").first().child_id
    restrict(
        child_id=child,
        category=RestrictionCategory.ADOPTION,
        named=[director.person_id] if named else [],
        review_on=None,
        by="somebody",
        at=timezone.now() - timedelta(minutes=5),
    )
    row = asked(director)
    decided(signed_in(Role.INFORMATION_GOVERNANCE), row)
    answer = fetched(director, row)
    assert answer.status_code == 200
    assert not re.search(rf"\b{re.escape(child)}\b", answer.content.decode())


def test_a_head_of_service_takes_the_children_of_their_own_pages_and_no_others(signed_in, figures):
    head, row = agreed_for(signed_in, Role.HEAD_OF_SERVICE)
    told = {r["subject_id"] for r in table_of(fetched(head, row)) if r["subject_kind"] == "child"}
    door = Door(head.person_id, timezone.now(), register(), "test")
    mine = FindingFigure.objects.visible_to(door.visible(Thing.FINDING)).filter(
        figures=figures, subject_kind="child"
    )
    every = FindingFigure.objects.whole().filter(figures=figures, subject_kind="child")
    assert told == set(mine.exclude(status="due_soon").values_list("subject_id", flat=True))
    assert 0 < len(told) < every.values("subject_id").distinct().count()


def test_with_codes_no_number_of_a_child_or_worker_leaves(signed_in, figures):
    analyst, row = agreed_for(signed_in, Role.PERFORMANCE_ANALYST, form="codes")
    answer = fetched(analyst, row)
    assert answer["Content-Disposition"] == 'attachment; filename="findings-with-codes-2026-11-20.csv"'
    words = set(re.findall(r"[\w-]+", answer.content.decode()))
    rows = FindingFigure.objects.whole().filter(figures=figures)
    assert not words & {i for pair in rows.values_list("subject_id", "worker_id") for i in pair if i}


def test_each_step_is_in_the_audit_trail_and_the_fetching_is_counted(signed_in):
    analyst, row = agreed_for(signed_in, Role.PERFORMANCE_ANALYST)
    fetched(analyst, row)
    fetched(signed_in(Role.DIRECTOR), row)
    mine = [
        (r["verb"], r["outcome"], r["thing_id"])
        for r in what_opened(trail(), analyst.person_id).rows
        if r["thing"] == "bulk export"
    ]
    assert sorted(mine) == [("export", "allowed", f"asking {row.pk}"), ("record", "allowed", None)]
    theirs = what_opened(trail(), signed_in(Role.INFORMATION_GOVERNANCE).person_id).rows
    assert [(r["verb"], r["outcome"]) for r in theirs if r["thing"] == "bulk export"] == [
        ("approve", "allowed")
    ]
    assert TakenRow.objects.filter(person_id=analyst.person_id, kind=Kind.WHOLE.name).count() == 1


def test_whoever_takes_too_many_in_ten_minutes_is_stopped_and_keeps_what_was_agreed(signed_in, settings):
    settings.EVENLODE_LIMITS = {"WHOLE": 1}
    analyst, first = agreed_for(signed_in, Role.PERFORMANCE_ANALYST)
    _, second = agreed_for(signed_in, Role.PERFORMANCE_ANALYST)
    assert fetched(analyst, first).status_code == 200
    assert fetched(analyst, second).status_code == 429
    second.refresh_from_db()
    assert second.fetched_at is None


def test_where_the_trail_cannot_be_written_no_table_leaves_and_it_can_be_fetched_later(
    signed_in, monkeypatch
):
    analyst, row = agreed_for(signed_in, Role.PERFORMANCE_ANALYST)

    def fails(entries):
        raise NotWritten

    with monkeypatch.context() as patched:
        patched.setattr("evenlode.web.page.append", fails)
        answer = fetched(analyst, row)
    assert answer.status_code == 503
    assert "CP-" not in answer.content.decode()
    assert fetched(analyst, row).status_code == 200


def test_whoever_may_decide_reads_who_asks_and_why(signed_in):
    analyst = signed_in(Role.PERFORMANCE_ANALYST)
    asked(analyst)
    page = signed_in(Role.INFORMATION_GOVERNANCE).get("/whole-tables").content.decode()
    assert "the yearly look at plans" in page
    assert analyst.account.person.name in page
    nobody = signed_in(Role.SOCIAL_WORKER).get("/whole-tables").content.decode()
    assert "the yearly look at plans" not in nobody
