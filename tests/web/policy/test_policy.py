"""Policy: read by everybody, proposed by some, brought in by a second person alone."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from evenlode.access import Role
from evenlode.audit_trail import what_opened
from evenlode.policy import CLOCKS, DATES, LISTS, NUMBERS, read_policy
from evenlode.policy.tariff import TARIFF_ENTRIES
from evenlode.rules.rule import Status
from evenlode.web.models import FindingFigure, Job, PolicyProposal
from evenlode.web.policy_keeping import bring_in, bring_in_all
from evenlode.web.settings_shown import WORKLOAD
from evenlode.web.trail import trail
from evenlode.web.working_off import work_off

sys.path.insert(0, str(Path(__file__).parents[1]))
from homes import own_home

pytestmark = pytest.mark.django_db
PROPOSE = "/policy/setting/cin_visit/propose"


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def home(tmp_path, settings):
    return own_home(tmp_path, settings)


def today():
    day = timezone.localdate()
    return f"{day.day}/{day.month}/{day.year}"


def proposed(who, n=30, unit="working_days", since=None, reason="Agreed at the board"):
    answer = who.post(PROPOSE, {"n": n, "unit": unit, "since": since or today(), "reason": reason})
    return PolicyProposal.objects.order_by("-pk").first(), answer


def test_every_setting_is_read_with_its_value_its_source_and_who_set_it(signed_in, home):
    said = words(signed_in(Role.SOCIAL_WORKER).get("/policy"))
    assert "A child in need is seen this often." in said
    every = len(CLOCKS) + len(NUMBERS) + len(LISTS) + len(DATES) + len(TARIFF_ENTRIES) + len(WORKLOAD)
    assert f"Showing {every} of {every} settings" in said
    said = words(signed_in(Role.SOCIAL_WORKER).get("/policy/setting/cin_visit"))
    assert "20 working days" in said
    assert "as far back as anybody looks" in said


def test_a_proposal_changes_nothing_by_itself(signed_in, home):
    row, answer = proposed(signed_in(Role.HEAD_OF_SERVICE))
    assert answer["Location"] == f"/policy/proposal/{row.ref}"
    assert (row.before, row.after) == ("20 working days", "30 working days")
    assert not (home / "policy.yaml").exists()


def test_a_second_person_brings_it_in_and_the_policy_file_says_so_from_its_day(
    signed_in, home, django_capture_on_commit_callbacks
):
    row, _ = proposed(signed_in(Role.HEAD_OF_SERVICE))
    director = signed_in(Role.DIRECTOR)
    with django_capture_on_commit_callbacks(execute=True):
        director.post(f"/policy/proposal/{row.ref}/decide", {"decision": "approve"})
    policy = read_policy(home / "policy.yaml")
    assert str(policy.on(timezone.localdate()).clocks["cin_visit"]) == "30 working days"
    assert str(policy.on(date(2020, 1, 1)).clocks["cin_visit"]) == "20 working days"
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("approved", director.person_id)
    assert "30" in row.file_after
    said = words(director.get("/policy/setting/cin_visit"))
    assert "30 working days" in said
    assert f"approved by {director.account.person.name}" in words(director.get("/policy?changed=yes"))


def test_who_approved_it_is_in_the_audit_trail(signed_in, home):
    row, _ = proposed(signed_in(Role.HEAD_OF_SERVICE))
    director = signed_in(Role.DIRECTOR)
    director.post(f"/policy/proposal/{row.ref}/decide", {"decision": "approve"})
    said = [(r["verb"], r["thing"], r["outcome"]) for r in what_opened(trail(), director.person_id).rows]
    assert ("approve", "policy", "allowed") in said


def test_nobody_approves_what_they_proposed_themselves(signed_in, home, django_capture_on_commit_callbacks):
    director = signed_in(Role.DIRECTOR)
    row, _ = proposed(director)
    with django_capture_on_commit_callbacks(execute=True):
        answer = director.post(f"/policy/proposal/{row.ref}/decide", {"decision": "approve"})
    assert answer.status_code == 404
    row.refresh_from_db()
    assert row.state == "proposed"
    assert not (home / "policy.yaml").exists()
    assert "somebody else approves it" in words(director.get(f"/policy/proposal/{row.ref}"))


@pytest.mark.parametrize("role", [Role.TEAM_MANAGER, Role.SOCIAL_WORKER, Role.SYSTEM_ADMINISTRATOR])
def test_whoever_may_only_read_it_can_neither_propose_nor_approve(signed_in, home, role):
    row, _ = proposed(signed_in(Role.HEAD_OF_SERVICE))
    reader = signed_in(role)
    assert proposed(reader)[1].status_code == 404
    assert reader.post(f"/policy/proposal/{row.ref}/decide", {"decision": "approve"}).status_code == 404
    assert PolicyProposal.objects.get().state == "proposed"
    assert reader.get(f"/policy/proposal/{row.ref}").status_code == 200


def test_a_head_of_service_proposes_and_does_not_approve(signed_in, home):
    row, _ = proposed(signed_in(Role.DIRECTOR))
    answer = signed_in(Role.HEAD_OF_SERVICE).post(
        f"/policy/proposal/{row.ref}/decide", {"decision": "approve"}
    )
    assert answer.status_code == 404


def test_a_refused_proposal_stays_to_be_read_with_the_reason(signed_in, home):
    row, _ = proposed(signed_in(Role.HEAD_OF_SERVICE))
    director = signed_in(Role.DIRECTOR)
    director.post(f"/policy/proposal/{row.ref}/decide", {"decision": "refuse", "why": ""})
    row.refresh_from_db()
    assert row.state == "proposed"
    director.post(f"/policy/proposal/{row.ref}/decide", {"decision": "refuse", "why": "Too long for a child"})
    said = words(signed_in(Role.SOCIAL_WORKER).get(f"/policy/proposal/{row.ref}"))
    assert "Refused" in said
    assert "Too long for a child" in said
    assert "Refused" in words(director.get("/policy"))


def test_what_is_decided_already_is_not_decided_again(signed_in, home):
    row, _ = proposed(signed_in(Role.HEAD_OF_SERVICE))
    director, principal = signed_in(Role.DIRECTOR), signed_in(Role.PRINCIPAL_SOCIAL_WORKER)
    director.post(f"/policy/proposal/{row.ref}/decide", {"decision": "refuse", "why": "No"})
    answer = principal.client.post(
        f"/policy/proposal/{row.ref}/decide", {"decision": "approve"}, secure=True, follow=True
    )
    assert "It has been decided already. Nothing was changed." in words(answer)


def test_whoever_proposed_it_takes_it_back(signed_in, home):
    head = signed_in(Role.HEAD_OF_SERVICE)
    row, _ = proposed(head)
    head.post(f"/policy/proposal/{row.ref}/own", {"do": "back"})
    row.refresh_from_db()
    assert row.state == "taken back"


def test_a_limit_of_the_law_is_not_made_longer_and_the_form_says_why(signed_in, home):
    answer = signed_in(Role.DIRECTOR).post(
        "/policy/setting/care_visit/propose",
        {"n": 90, "unit": "days", "since": today(), "reason": "We are short of people"},
    )
    said = words(answer)
    assert "Care_visit is set by law (42 days) and may be made shorter, not longer." in said
    assert "There is something to mend" in said
    assert not PolicyProposal.objects.exists()


@pytest.mark.parametrize(
    ("sent", "words_of_it"),
    [
        ({"since": "1/1/2020"}, "Choose today or a later day"),
        ({"since": "one day"}, "Choose a date, such as 27 November 2026."),
        ({"n": "0"}, "Ensure this value is greater than or equal to 1."),
        ({"n": "20"}, "It is so already"),
        ({"reason": " "}, "Say in a few words why."),
    ],
)
def test_what_is_wrong_with_a_proposal_is_said_beside_the_field(signed_in, home, sent, words_of_it):
    form = {"n": 30, "unit": "working_days", "since": today(), "reason": "Agreed", **sent}
    said = words(signed_in(Role.DIRECTOR).post(PROPOSE, form))
    assert said.count(words_of_it) == 2
    assert not PolicyProposal.objects.exists()


@pytest.mark.parametrize(
    ("setting", "value", "after"),
    [
        ("overload_utilisation", "1.25", "1.25"),
        ("manager_titles", "Team Manager\nDirector\n", "Team Manager, Director"),
        ("last_inspection", "9 February 2026", "9 February 2026"),
        ("ceiling_per_fte", "80", "80"),
        ("weight-cp_plan", "7.5", "7.5 points"),
    ],
)
def test_each_kind_of_setting_has_the_form_of_its_kind(
    signed_in, home, setting, value, after, django_capture_on_commit_callbacks
):
    head = signed_in(Role.HEAD_OF_SERVICE)
    assert head.get(f"/policy/setting/{setting}/propose").status_code == 200
    head.post(
        f"/policy/setting/{setting}/propose",
        {"value": value, "since": today(), "reason": "Agreed with staff"},
    )
    row = PolicyProposal.objects.get()
    assert row.after == after
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(Role.DIRECTOR).post(f"/policy/proposal/{row.ref}/decide", {"decision": "approve"})
    assert after in words(head.get(f"/policy/setting/{setting}"))


def test_the_preview_counts_what_every_rule_would_find(signed_in, home, figures):
    row, _ = proposed(signed_in(Role.HEAD_OF_SERVICE), n=1)
    assert Job.objects.get(ref=PolicyProposal.objects.get().preview_job).kind == "preview"
    assert work_off() == 1
    row.refresh_from_db()
    now = (
        FindingFigure.objects.whole()
        .filter(figures=figures, rule_id="CIN-02")
        .exclude(status=Status.DUE_SOON)
        .count()
    )
    change = next(c for c in row.preview["rules"] if c["rule_id"] == "CIN-02")
    assert change["before"] == now
    assert change["after"] > now
    assert change["after"] == now + change["gained"] - change["lost"]
    said = words(signed_in(Role.SOCIAL_WORKER).get(f"/policy/proposal/{row.ref}"))
    assert "Visits to children in need" in said
    assert "Nobody's load would change." in said.replace("&#x27;", "'")
    assert not (home / "policy.yaml").exists()


def test_a_change_that_did_not_reach_the_file_is_written_with_the_next_load(signed_in, home):
    row, _ = proposed(signed_in(Role.HEAD_OF_SERVICE))
    PolicyProposal.objects.update(state="approved", decided_by="somebody", decided_at=timezone.now())
    assert "Not in the file yet" in words(signed_in(Role.DIRECTOR).get(f"/policy/proposal/{row.ref}"))
    bring_in_all()
    assert (
        str(read_policy(home / "policy.yaml").on(timezone.localdate()).clocks["cin_visit"])
        == "30 working days"
    )
    text = (home / "policy.yaml").read_text()
    assert bring_in(row.ref)
    assert (home / "policy.yaml").read_text() == text


def test_what_the_council_wrote_into_its_policy_file_stays(
    signed_in, home, django_capture_on_commit_callbacks
):
    ours = "# agreed in May\ncouncil: {name: Evenlode}\nnumbers: {workers_in_window: 4}  # since the review\n"
    (home / "policy.yaml").write_text(ours)
    row, _ = proposed(signed_in(Role.HEAD_OF_SERVICE))
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(Role.DIRECTOR).post(f"/policy/proposal/{row.ref}/decide", {"decision": "approve"})
    assert (home / "policy.yaml").read_text().startswith(ours)


def test_a_setting_that_does_not_exist_is_not_there(signed_in, home):
    assert signed_in(Role.DIRECTOR).get("/policy/setting/nothing").status_code == 404
    assert signed_in(Role.DIRECTOR).get("/policy/proposal/nothing").status_code == 404
