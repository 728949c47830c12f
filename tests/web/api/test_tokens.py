"""How a program comes by a key: two people behind it, collected once by a third, kept as a hash, ended at once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from evenlode.access import Role
from evenlode.audit_trail import what_opened
from evenlode.web.models import TokenRow
from evenlode.web.tokens import agree_to_token, ask_for_token, collect, hash_of
from evenlode.web.trail import trail

pytestmark = pytest.mark.django_db


def in_days(n):
    return timezone.now().date() + timedelta(days=n)


def said(person, **more):
    day = in_days(30)
    return {
        "person": person.person_id,
        "reason": "the nightly report",
        "until_0": day.day,
        "until_1": day.month,
        "until_2": day.year,
        "until": f"{day:%d/%m/%Y}",
        **more,
    }


def test_an_administrator_asks_governance_agrees_and_the_person_collects_the_key_once(signed_in, ask):
    administrator, governance = signed_in(Role.SYSTEM_ADMINISTRATOR), signed_in(Role.INFORMATION_GOVERNANCE)
    manager = signed_in(Role.TEAM_MANAGER)
    assert administrator.post("/tokens/ask", said(manager.account.person)).status_code == 302
    row = TokenRow.objects.get()
    assert "nightly report" in governance.get("/tokens").content.decode()
    assert manager.post(f"/tokens/{row.pk}/collect").status_code == 404
    assert governance.post(f"/tokens/{row.pk}/decide", {"answer": "agree"}).status_code == 302
    assert administrator.post(f"/tokens/{row.pk}/collect").status_code == 404
    page = manager.post(f"/tokens/{row.pk}/collect")
    token = re.search(r"<code>(.*?)</code>", page.content.decode()).group(1)
    assert page["Cache-Control"] == "no-store, private"
    assert ask("workload", token).status_code == 200
    assert manager.post(f"/tokens/{row.pk}/collect").status_code == 404
    for who in (manager, administrator, governance):
        for path in ("/tokens", "/tokens/own"):
            assert token not in who.get(path).content.decode()
    whys = [(r["why"], r["thing_id"]) for r in what_opened(trail(), manager.person_id).rows]
    assert ("collected by the one whose it is", f"token {row.pk}") in whys
    assert governance.post(f"/tokens/{row.pk}/withdraw").status_code == 302
    assert ask("workload", token).status_code == 401


def test_only_the_hash_of_a_key_is_kept(token_of):
    token, row = token_of(Role.DIRECTOR)
    row.refresh_from_db()
    kept = TokenRow.objects.values().get(pk=row.pk)
    assert kept["hashed"] == hash_of(token)
    assert token not in str(kept)


def test_a_key_without_a_reason_or_for_more_than_a_year_or_for_oneself_is_not_asked_for(signed_in):
    person = signed_in(Role.DIRECTOR).account.person
    now = timezone.now()
    for reason, until, by in (
        (" ", in_days(30), "somebody"),
        ("the report", in_days(400), "somebody"),
        ("the report", in_days(0), "somebody"),
        ("the report", in_days(30), person.person_id),
    ):
        with pytest.raises(ValueError):
            ask_for_token(person, reason=reason, until=until, by=by, at=now)
    answer = signed_in(Role.SYSTEM_ADMINISTRATOR).post("/tokens/ask", said(person, reason=""))
    assert answer.status_code == 422
    assert TokenRow.objects.count() == 0


def test_neither_the_one_who_asked_nor_the_one_whose_it_is_agrees(signed_in):
    governance = signed_in(Role.INFORMATION_GOVERNANCE)
    now = timezone.now()
    own = ask_for_token(
        governance.account.person, reason="the report", until=in_days(9), by="somebody", at=now
    )
    for by in ("somebody", governance.person_id):
        with pytest.raises(ValueError, match="Somebody else"):
            agree_to_token(own, by=by, at=now)
    assert governance.post(f"/tokens/{own.pk}/decide", {"answer": "agree"}).status_code == 404


def test_what_was_refused_cannot_be_collected(signed_in):
    governance, manager = signed_in(Role.INFORMATION_GOVERNANCE), signed_in(Role.TEAM_MANAGER)
    row = ask_for_token(
        manager.account.person, reason="the report", until=in_days(9), by="somebody", at=timezone.now()
    )
    governance.post(f"/tokens/{row.pk}/decide", {"answer": "refuse"})
    row.refresh_from_db()
    with pytest.raises(ValueError, match="cannot be collected"):
        collect(row, by=manager.person_id, at=timezone.now())
    assert "Refused" in governance.get("/tokens").content.decode()
