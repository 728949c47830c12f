"""`evenlode account`: for the day when nobody can sign in."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.utils import timezone

from evenlode.access import Role
from evenlode.cli import evenlode
from evenlode.errors import CannotGoOn
from evenlode.web.granting import FIRST_POSTS, give_first_post
from evenlode.web.models import Account, PersonRow, PostRow
from evenlode.web.sign_in import factor
from evenlode.web.sign_in.models import OutsideIdentity
from evenlode.web.standing_register import register


def run(*words):
    done = CliRunner().invoke(
        evenlode, ["--home", str(settings.EVENLODE.home), "account", *words], catch_exceptions=False
    )
    assert done.exit_code == 0, done.output
    return done.output


def link_in(said):
    return re.search(r"https://testserver(/sign-in/first/\S+)", said)[1]


def test_an_account_is_made_with_the_link_that_sets_it_up(db, client, told):
    PersonRow(person_id="p-new", name="Kennet Flagstone").save()
    link = link_in(run("make", "Kennet.Flagstone", "--person", "p-new"))
    assert Account.objects.get(username="kennet.flagstone").person_id == "p-new"
    assert client.get(link, secure=True).status_code == 200
    assert [entry[:3] for entry in told()] == [
        ("command line", "make", "account"),
        ("command line", "make", "set-up link"),
    ]


def test_somebody_whom_the_service_does_not_know_is_added_with_their_name(db):
    with pytest.raises(CannotGoOn, match="--called"):
        run("make", "admin", "--person", "p-admin")
    run("make", "admin", "--person", "p-admin", "--called", "Evenbrook Tuff")
    assert PersonRow.objects.get(pk="p-admin").name == "Evenbrook Tuff"


@pytest.mark.parametrize("person_id", ["p/admin", "p admin", "<p>", "p" * 41])
def test_an_id_that_could_not_stand_in_an_address_is_refused(db, person_id):
    with pytest.raises(CannotGoOn, match="at most 40 letters"):
        run("make", "admin", "--person", person_id, "--called", "Evenbrook Tuff")


def test_an_account_for_a_worker_is_made_by_their_number_in_the_worker_list(db):
    PersonRow(person_id="0f3a", name="Kennet Flagstone", worker_id="W7", from_record=True).save()
    run("make", "kennet", "--worker", "W7")
    assert Account.objects.get(username="kennet").person_id == "0f3a"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--worker", "W9"], "No load that the pages show has a worker W9"),
        ([], "Say whose account it is"),
        (["--worker", "W7", "--person", "p-x"], "Say whose account it is"),
    ],
)
def test_an_account_is_for_one_person_whom_the_command_can_find(db, words, told):
    with pytest.raises(CannotGoOn, match=told):
        run("make", "somebody", *words)


def test_the_first_two_posts_are_given_on_the_command_line_and_told_to_the_trail(db, told):
    for name, role in (("lee", "system administrator"), ("shea", "information governance")):
        run("make", name, "--person", f"p-{name}", "--called", name)
        assert f"{name} is {role}." in run("post", name, "--role", role)
    today = timezone.localdate()
    posts = register().on(today).posts
    assert [(p.role, p.unit_id) for p in posts["p-lee"]] == [(Role.SYSTEM_ADMINISTRATOR, "council")]
    assert [(p.role, p.unit_id) for p in posts["p-shea"]] == [(Role.INFORMATION_GOVERNANCE, "council")]
    assert ("command line", "make", "role grant") in [entry[:3] for entry in told()]


def test_a_first_post_is_not_given_twice(db):
    run("make", "lee", "--person", "p-lee", "--called", "Lee")
    run("post", "lee", "--role", "system administrator")
    assert "already" in run("post", "lee", "--role", "system administrator")
    assert PostRow.objects.filter(person_id="p-lee").count() == 1


@pytest.mark.parametrize("role", [r for r in Role if r not in FIRST_POSTS])
def test_no_post_that_opens_a_child_is_given_on_the_command_line(db, role):
    run("make", "lee", "--person", "p-lee", "--called", "Lee")
    done = CliRunner().invoke(
        evenlode, ["--home", str(settings.EVENLODE.home), "account", "post", "lee", "--role", str(role)]
    )
    assert done.exit_code == 2
    with pytest.raises(ValueError, match="people and access"):
        give_first_post(PersonRow.objects.get(pk="p-lee"), role=role, by="command line", at=timezone.now())
    assert not PostRow.objects.filter(person_id="p-lee").exists()


def test_a_person_has_one_account_and_a_name_is_one_persons(ann):
    PersonRow(person_id="p-other", name="Other").save()
    with pytest.raises(CannotGoOn, match="is an account already"):
        run("make", "ANN", "--person", "p-other")
    with pytest.raises(CannotGoOn, match="has an account already"):
        run("make", "ann2", "--person", "p-ann")


def test_whoever_is_disabled_is_out_and_whoever_is_enabled_may_come_back(ann, clock, told):
    ann.sign_in(clock())
    assert "ann is closed" in run("disable", "ann")
    assert not ann.is_in()
    run("enable", "ann")
    clock.on(seconds=30)
    ann.sign_in(clock())
    assert ann.is_in()
    assert ("command line", "close", "account", "allowed", "asked for by whoever runs the service") in told()


def test_a_second_factor_is_reset_with_a_new_link_and_the_old_password_is_no_way_in(ann, clock):
    ann.sign_in(clock())
    clock.on(seconds=30)
    link = link_in(run("reset-second-factor", "ann"))
    assert not ann.is_in()
    assert not factor.has_factor(ann.account)
    assert ann.give_password().status_code == 403
    assert ann.elsewhere().get(link).status_code == 200


def test_the_list_says_how_each_account_signs_in_and_no_name_of_a_person(ann, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    said = run("list")
    (line,) = [line for line in said.splitlines() if " ann " in line]
    assert "set, 0 codes" in line
    assert "Kennet" not in said


def test_a_subject_is_tied_to_an_account_and_untied_again(ann, clock, told):
    run("tie", "ann", "--issuer", "https://id.example", "--subject", "s-1")
    assert OutsideIdentity.objects.get(subject="s-1").account == ann.account
    assert "1 taken away" in run("untie", "ann")
    assert not OutsideIdentity.objects.exists()
    assert [entry[:3] for entry in told()] == [
        ("command line", "set", "outside identity"),
        ("command line", "remove", "outside identity"),
    ]


def test_a_subject_of_another_account_is_not_tied_twice(ann):
    from tests.web.sign_in.people import made

    made("bob", "p-bob")
    run("tie", "bob", "--issuer", "https://id.example", "--subject", "s-1")
    with pytest.raises(CannotGoOn, match="another account"):
        run("tie", "ann", "--issuer", "https://id.example", "--subject", "s-1")


def test_a_name_that_no_account_has_is_answered_in_a_sentence(db):
    with pytest.raises(CannotGoOn, match="There is no account nobody"):
        run("disable", "nobody")
