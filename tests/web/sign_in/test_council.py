"""The council's own sign-in by OpenID Connect: each part of its answer is forged once, and refused (G6)."""

from __future__ import annotations

import time

import pytest
from django.test import Client
from tests.web.sign_in.issuer import signed
from tests.web.sign_in.people import PASSWORD
from tests.web.sign_in.there_and_back import begin, come_back, refused, sign_in

from evenlode.web.sign_in import outside
from evenlode.web.sign_in.models import OutsideIdentity


def test_a_subject_that_is_tied_to_an_account_is_let_in(tied, issuer, told):
    answer = sign_in(tied, issuer)
    assert (answer.status_code, answer.url) == (302, "/")
    assert tied.is_in()
    assert told()[-1] == ("p-ann", "sign in", "account", "allowed", "the council's own provider")


def test_the_session_that_went_to_the_provider_is_not_the_one_that_is_signed_in(tied, issuer):
    asked = begin(tied)
    before = tied.client.cookies["__Host-session"].value
    come_back(tied, issuer.agree(asked), asked["state"])
    assert tied.client.cookies["__Host-session"].value != before


def test_whoever_wanted_a_page_is_taken_there(tied, issuer):
    assert sign_in(tied, issuer, next="/my-sign-in").url == "/my-sign-in"
    assert sign_in(tied.elsewhere(), issuer, next="https://elsewhere.example").url == "/"


def test_nothing_is_asked_for_but_who_it_is(tied, issuer):
    asked = begin(tied, scope="everything", auth_params="prompt=none", process="connect")
    assert asked["scope"] == "openid"
    assert set(asked) == {
        "client_id", "redirect_uri", "scope", "response_type", "state", "nonce", "code_challenge", "code_challenge_method",
    }  # fmt: skip


# State -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["", "forged"])
def test_an_answer_without_our_state_is_refused(tied, issuer, told, state):
    asked = begin(tied)
    assert refused(come_back(tied, issuer.agree(asked), state), tied, told)


def test_an_answer_to_somebody_elses_browser_is_refused(tied, issuer, told):
    asked = begin(tied.elsewhere())
    begin(tied)
    assert refused(come_back(tied, issuer.agree(asked), asked["state"]), tied, told)


def test_an_answer_is_taken_once(tied, issuer, told):
    asked = begin(tied)
    issuer.claims = {"nonce": "forged"}
    come_back(tied, issuer.agree(asked), asked["state"])
    issuer.claims = {}
    assert refused(come_back(tied, issuer.agree(asked), asked["state"]), tied, told)


def test_an_answer_that_took_longer_than_ten_minutes_is_refused(tied, issuer, told, monkeypatch):
    asked = begin(tied)
    later = time.time() + 601
    monkeypatch.setattr("allauth.socialaccount.internal.statekit.time.time", lambda: later)
    assert refused(come_back(tied, issuer.agree(asked), asked["state"]), tied, told)


# Nonce -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("nonce", ["forged", "", 7, None, ["x"]])
def test_a_token_with_another_nonce_is_refused(tied, issuer, told, nonce):
    issuer.claims = {"nonce": nonce}
    assert refused(sign_in(tied, issuer), tied, told)


def test_a_nonce_is_used_for_one_asking_alone(tied, issuer):
    assert begin(tied)["nonce"] != begin(tied)["nonce"]


# PKCE --------------------------------------------------------------------------------------------------------------


def test_each_asking_carries_a_challenge_of_its_own_and_never_the_plain_verifier(tied, issuer):
    one, other = begin(tied), begin(tied)
    assert one["code_challenge_method"] == "S256"
    assert one["code_challenge"] != other["code_challenge"]
    come_back(tied, issuer.agree(one), one["state"])
    verifier = issuer.asked[-1][1]["code_verifier"]
    assert verifier not in one.values()
    assert len(verifier) >= 43


def test_a_code_that_was_stolen_from_another_browser_is_of_no_use(tied, issuer, told):
    stolen = issuer.agree(begin(tied.elsewhere()))
    asked = begin(tied)
    assert refused(come_back(tied, stolen, asked["state"]), tied, told)


# Issuer ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("iss", ["https://elsewhere.example", "", None, ["x"]])
def test_a_token_of_another_issuer_is_refused(tied, issuer, told, iss):
    issuer.sign = lambda claims: signed(claims | {"iss": iss})
    assert refused(sign_in(tied, issuer), tied, told)


def test_an_answer_that_names_another_issuer_is_refused(tied, issuer, told):
    asked = begin(tied)
    answer = come_back(tied, issuer.agree(asked), asked["state"], iss="https://elsewhere.example")
    assert refused(answer, tied, told)


def test_a_provider_that_calls_itself_by_another_name_is_not_used(tied, issuer):
    issuer.config_more = {"issuer": "https://elsewhere.example"}
    assert tied.post("/sign-in/council").status_code == 503


@pytest.mark.parametrize("endpoint", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize("address", ["http://elsewhere.example/x", "javascript:alert(1)", ""])
def test_a_provider_that_would_be_met_without_tls_is_not_used(tied, issuer, endpoint, address):
    issuer.config_more = {endpoint: address}
    assert tied.post("/sign-in/council").status_code == 503


# Who it is ---------------------------------------------------------------------------------------------------------


def test_an_unknown_subject_is_told_whom_to_ask_and_what_to_give_them(tied, issuer, told):
    issuer.claims = {"sub": "subject-2"}
    answer = sign_in(tied, issuer)
    assert answer.status_code == 403
    assert b"Ask your system administrator" in answer.content
    assert b"subject-2" in answer.content
    assert not tied.is_in()
    assert told()[-1] == (
        "nobody known",
        "sign in",
        "outside identity",
        "denied",
        "the subject is tied to no account",
    )


def test_an_address_that_an_account_has_is_no_way_in(tied, issuer):
    tied.account.email = "ann@council.example"
    tied.account.save()
    issuer.claims = {"sub": "subject-2", "preferred_username": "ann"}
    assert sign_in(tied, issuer).status_code == 403
    assert not tied.is_in()


def test_the_same_subject_of_another_issuer_is_somebody_else(tied, issuer):
    OutsideIdentity.objects.update(issuer="https://elsewhere.example")
    assert sign_in(tied, issuer).status_code == 403


@pytest.mark.parametrize("sub", ["", " ", 7, "x" * 256])
def test_a_subject_that_is_no_name_is_refused(tied, issuer, told, sub):
    issuer.sign = lambda claims: signed(claims | {"sub": sub})
    assert refused(sign_in(tied, issuer), tied, told)


@pytest.mark.parametrize("who", ["disabled", "cut off"])
def test_whoever_is_disabled_or_cut_off_here_is_not_let_in_by_the_provider(tied, issuer, who):
    from django.utils import timezone

    if who == "disabled":
        tied.account.is_active = False
        tied.account.save()
    else:
        tied.account.person.cut_off_at = timezone.now()
        tied.account.person.save()
    assert sign_in(tied, issuer).status_code == 403
    assert not tied.is_in()


def test_a_tie_that_is_taken_away_ends_the_session(tied, issuer):
    sign_in(tied, issuer)
    outside.untie(tied.account, untied_by="p-admin")
    assert not tied.is_in()


def test_nothing_that_the_provider_says_of_a_person_is_kept_but_the_subject(tied, issuer):
    from allauth.account.models import EmailAddress
    from allauth.socialaccount.models import SocialAccount, SocialToken

    sign_in(tied, issuer)
    assert not SocialAccount.objects.exists()
    assert not SocialToken.objects.exists()
    assert not EmailAddress.objects.exists()


# Around it ---------------------------------------------------------------------------------------------------------


def test_somebody_who_thought_better_of_it_is_sent_back_to_begin_again(tied, issuer):
    asked = begin(tied)
    answer = tied.client.get(
        "/sign-in/council/back", {"error": "access_denied", "state": asked["state"]}, secure=True
    )
    assert answer.status_code == 403
    assert b"Begin again" in answer.content


def test_a_provider_that_does_not_answer_is_said_to_be_away(tied, issuer):
    asked = begin(tied)
    code = issuer.agree(asked)
    issuer.close()
    assert come_back(tied, code, asked["state"]).status_code == 503
    assert tied.post("/sign-in/council").status_code == 503


def test_our_secret_does_not_follow_a_redirection(tied, issuer, told):
    issuer.config_more = {"token_endpoint": f"{issuer.address}/moved"}
    assert refused(sign_in(tied, issuer), tied, told)
    assert [path for path, _ in issuer.asked] == ["/moved"]


def test_without_a_provider_there_are_no_such_pages(db):
    client = Client()
    assert client.post("/sign-in/council", secure=True).status_code == 404
    assert client.get("/sign-in/council/back?state=x&code=y", secure=True).status_code == 404
    assert b"council account" not in client.get("/sign-in", secure=True).content


def test_with_one_the_page_offers_it_first(tied, issuer):
    page = tied.get("/sign-in").content
    assert page.index(b"council account") < page.index(b"User name")


def test_an_account_of_the_provider_has_no_password_to_guess(tied, issuer):
    assert tied.give_password(PASSWORD).status_code == 200
    assert tied.give_password("!").status_code == 200
    assert not tied.is_in()
