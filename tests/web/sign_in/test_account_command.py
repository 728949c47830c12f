"""`evenlode account`: for the day when nobody can sign in."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner
from django.conf import settings

from evenlode.cli import evenlode
from evenlode.errors import CannotGoOn
from evenlode.web.models import Account, PersonRow
from evenlode.web.sign_in import factor
from evenlode.web.sign_in.models import OutsideIdentity


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
