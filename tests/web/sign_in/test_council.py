"""The council's own sign-in by OpenID Connect: each part of its answer is forged once, and refused (G6)."""

from __future__ import annotations

import time
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from tests.web.sign_in.issuer import CLIENT, SECRET, TENANT, Issuer, public, rsa_key
from tests.web.sign_in.people import PASSWORD, made

from evenlode.web.environment import OutsideProvider
from evenlode.web.sign_in import outside
from evenlode.web.sign_in.models import OutsideIdentity


@pytest.fixture
def issuer(settings):
    """The provider of the tests, set as the council's."""
    issuer = Issuer()
    provider = OutsideProvider(issuer.address, CLIENT, SECRET, TENANT)
    settings.EVENLODE = replace(settings.EVENLODE, provider=provider)
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [provider.app]}}
    yield issuer
    issuer.close()


@pytest.fixture
def ann(db, issuer):
    """Somebody who signs in through the provider alone."""
    somebody = made("ann", "p-ann", app=False)
    somebody.account.set_password(None)
    somebody.account.save()
    outside.tie(somebody.account, issuer=issuer.address, subject="subject-1", tied_by="p-admin")
    return somebody


def begin(somebody, **form):
    """What the browser is sent to ask of the provider."""
    page = somebody.post("/sign-in/council", form)
    assert page.status_code == 200, page.status_code
    address = page.headers["Refresh"].partition("url=")[2]
    return dict(parse_qsl(urlsplit(address).query))


def come_back(somebody, code, state, **more):
    return somebody.client.get("/sign-in/council/back", {"code": code, "state": state, **more}, secure=True)


def sign_in(somebody, issuer, **form):
    asked = begin(somebody, **form)
    return come_back(somebody, issuer.agree(asked), asked["state"])


def refused(answer, somebody, told):
    assert answer.status_code == 403
    assert not somebody.is_in()
    assert told()[-1] == (
        "nobody known",
        "sign in",
        "outside identity",
        "denied",
        "the answer of the provider does not hold",
    )
    return True


def test_a_subject_that_is_tied_to_an_account_is_let_in(ann, issuer, told):
    answer = sign_in(ann, issuer)
    assert (answer.status_code, answer.url) == (302, "/")
    assert ann.is_in()
    assert told()[-1] == ("p-ann", "sign in", "account", "allowed", "the council's own provider")


def test_the_session_that_went_to_the_provider_is_not_the_one_that_is_signed_in(ann, issuer):
    asked = begin(ann)
    before = ann.client.cookies["__Host-session"].value
    come_back(ann, issuer.agree(asked), asked["state"])
    assert ann.client.cookies["__Host-session"].value != before


def test_whoever_wanted_a_page_is_taken_there(ann, issuer):
    assert sign_in(ann, issuer, next="/my-sign-in").url == "/my-sign-in"
    assert sign_in(ann.elsewhere(), issuer, next="https://elsewhere.example").url == "/"


def test_nothing_is_asked_for_but_who_it_is(ann, issuer):
    asked = begin(ann, scope="everything", auth_params="prompt=none", process="connect")
    assert asked["scope"] == "openid"
    assert set(asked) == {
        "client_id", "redirect_uri", "scope", "response_type", "state", "nonce", "code_challenge", "code_challenge_method",
    }  # fmt: skip


# State -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["", "forged"])
def test_an_answer_without_our_state_is_refused(ann, issuer, told, state):
    asked = begin(ann)
    assert refused(come_back(ann, issuer.agree(asked), state), ann, told)


def test_an_answer_to_somebody_elses_browser_is_refused(ann, issuer, told):
    asked = begin(ann.elsewhere())
    begin(ann)
    assert refused(come_back(ann, issuer.agree(asked), asked["state"]), ann, told)


def test_an_answer_is_taken_once(ann, issuer, told):
    asked = begin(ann)
    issuer.claims = {"nonce": "forged"}
    come_back(ann, issuer.agree(asked), asked["state"])
    issuer.claims = {}
    assert refused(come_back(ann, issuer.agree(asked), asked["state"]), ann, told)


def test_an_answer_that_took_longer_than_ten_minutes_is_refused(ann, issuer, told, monkeypatch):
    asked = begin(ann)
    later = time.time() + 601
    monkeypatch.setattr("allauth.socialaccount.internal.statekit.time.time", lambda: later)
    assert refused(come_back(ann, issuer.agree(asked), asked["state"]), ann, told)


# Nonce -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("nonce", ["forged", "", 7, None, ["x"]])
def test_a_token_with_another_nonce_is_refused(ann, issuer, told, nonce):
    issuer.claims = {"nonce": nonce}
    assert refused(sign_in(ann, issuer), ann, told)


def test_a_nonce_is_used_for_one_asking_alone(ann, issuer):
    assert begin(ann)["nonce"] != begin(ann)["nonce"]


# PKCE --------------------------------------------------------------------------------------------------------------


def test_each_asking_carries_a_challenge_of_its_own_and_never_the_plain_verifier(ann, issuer):
    one, other = begin(ann), begin(ann)
    assert one["code_challenge_method"] == "S256"
    assert one["code_challenge"] != other["code_challenge"]
    come_back(ann, issuer.agree(one), one["state"])
    verifier = issuer.asked[-1][1]["code_verifier"]
    assert verifier not in one.values()
    assert len(verifier) >= 43


def test_a_code_that_was_stolen_from_another_browser_is_of_no_use(ann, issuer, told):
    stolen = issuer.agree(begin(ann.elsewhere()))
    asked = begin(ann)
    assert refused(come_back(ann, stolen, asked["state"]), ann, told)


# Issuer ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("iss", ["https://elsewhere.example", "", None, ["x"]])
def test_a_token_of_another_issuer_is_refused(ann, issuer, told, iss):
    issuer.sign = lambda claims: _raw(claims | {"iss": iss})
    assert refused(sign_in(ann, issuer), ann, told)


def test_an_answer_that_names_another_issuer_is_refused(ann, issuer, told):
    asked = begin(ann)
    answer = come_back(ann, issuer.agree(asked), asked["state"], iss="https://elsewhere.example")
    assert refused(answer, ann, told)


def test_a_provider_that_calls_itself_by_another_name_is_not_used(ann, issuer):
    issuer.config_more = {"issuer": "https://elsewhere.example"}
    assert ann.post("/sign-in/council").status_code == 503


@pytest.mark.parametrize("endpoint", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize("address", ["http://elsewhere.example/x", "javascript:alert(1)", ""])
def test_a_provider_that_would_be_met_without_tls_is_not_used(ann, issuer, endpoint, address):
    issuer.config_more = {endpoint: address}
    assert ann.post("/sign-in/council").status_code == 503


# Audience ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("aud", ["another-service", "", None, [], [CLIENT, "another-service"], {"x": 1}])
def test_a_token_for_another_service_is_refused_even_where_it_names_us_too(ann, issuer, told, aud):
    issuer.claims = {"aud": aud}
    assert refused(sign_in(ann, issuer), ann, told)


def test_a_token_that_was_made_at_the_asking_of_another_service_is_refused(ann, issuer, told):
    issuer.claims = {"azp": "another-service"}
    assert refused(sign_in(ann, issuer), ann, told)


def test_a_list_with_us_alone_is_as_good_as_our_name(ann, issuer):
    issuer.claims = {"aud": [CLIENT], "azp": CLIENT}
    assert sign_in(ann, issuer).status_code == 302


# Tenant ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tenant", ["tenant-2", "", None, [TENANT]])
def test_a_token_of_another_tenant_is_refused(ann, issuer, told, tenant):
    issuer.claims = {"tid": tenant}
    assert refused(sign_in(ann, issuer), ann, told)


def test_a_token_without_a_tenant_is_refused_where_one_is_set(ann, issuer, told):
    issuer.left_out = ("tid",)
    assert refused(sign_in(ann, issuer), ann, told)


def test_where_no_tenant_is_set_none_is_asked_for(ann, issuer, settings):
    settings.EVENLODE = replace(settings.EVENLODE, provider=replace(settings.EVENLODE.provider, tenant=""))
    issuer.left_out = ("tid",)
    assert sign_in(ann, issuer).status_code == 302


# Time --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "times",
    [{"exp": -31}, {"exp": -3600, "iat": -7200}, {"iat": 600}, {"nbf": 600}],
    ids=["over", "long over", "made later", "not yet"],
)
def test_a_token_whose_time_is_over_or_not_yet_come_is_refused(ann, issuer, told, times):
    now = int(time.time())
    issuer.claims = {name: now + seconds for name, seconds in times.items()}
    assert refused(sign_in(ann, issuer), ann, told)


@pytest.mark.parametrize("claim", ["iss", "sub", "aud", "exp", "iat", "nonce"])
def test_a_token_that_leaves_a_claim_out_is_refused(ann, issuer, told, claim):
    issuer.left_out = (claim,)
    assert refused(sign_in(ann, issuer), ann, told)


# Algorithm and key -------------------------------------------------------------------------------------------------


def _raw(claims, key="one", head=None):
    """Signed by the key whatever the claims are."""
    import json

    return jwt.api_jws.encode(
        json.dumps(claims).encode(), rsa_key(key), "RS256", {"typ": "JWT", "kid": "one", **(head or {})}
    )


def _public_pem():
    return rsa_key("one").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _with_public_key(claims):
    """The old trick: the public key taken for a shared secret."""
    import base64
    import hashlib
    import hmac
    import json

    def part(said):
        return base64.urlsafe_b64encode(said).rstrip(b"=")

    head = part(json.dumps({"alg": "HS256", "typ": "JWT", "kid": "one"}).encode())
    signed = head + b"." + part(json.dumps(claims).encode())
    return (signed + b"." + part(hmac.digest(_public_pem(), signed, hashlib.sha256))).decode()


def _changed(token):
    head, said, signature = token.split(".")
    return f"{head}.{said[:-4]}AAAA.{signature}"


FORGERIES = {
    "none": lambda c: jwt.encode(c, None, "none", {"kid": "one"}),
    "client secret": lambda c: jwt.encode(c, SECRET, "HS256", {"kid": "one"}),
    "public key as secret": _with_public_key,
    "another key": lambda c: _raw(c, "two"),
    "another key under its own name": lambda c: _raw(c, "two", {"kid": "two"}),
    "key without a name": lambda c: jwt.encode(c, rsa_key("one"), "RS256"),
    "another hash than the key is for": lambda c: jwt.encode(c, rsa_key("one"), "RS512", {"kid": "one"}),
    "another kind of key": lambda c: jwt.encode(
        c, ec.generate_private_key(ec.SECP256R1()), "ES256", {"kid": "one"}
    ),
    "key brought along": lambda c: _raw(c, "two", {"jwk": public("two")}),
    "no token": lambda _: "not.a.token",
    "changed after signing": lambda c: _changed(_raw(c)),
    "signature cut off": lambda c: _raw(c).rpartition(".")[0] + ".",
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_token_that_the_issuer_did_not_sign_with_its_key_is_refused(ann, issuer, told, forgery):
    issuer.sign = FORGERIES[forgery]
    assert refused(sign_in(ann, issuer), ann, told)


def test_a_key_that_is_for_something_else_signs_no_token(ann, issuer, told):
    issuer.keys = [public("one", alg="RS256") | {"use": "enc"}]
    assert refused(sign_in(ann, issuer), ann, told)


def test_a_shared_secret_among_the_public_keys_signs_no_token(ann, issuer, told):
    oct_key = "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U"
    issuer.keys = [{"kty": "oct", "k": oct_key, "kid": "one"}]
    key = jwt.PyJWK(issuer.keys[0], algorithm="HS256")
    issuer.sign = lambda claims: jwt.encode(claims, key, "HS256", {"kid": "one"})
    assert refused(sign_in(ann, issuer), ann, told)


def test_two_keys_of_one_name_are_not_tried_in_turn(ann, issuer, told):
    issuer.keys = [public("one"), public("two") | {"kid": "one"}]
    assert refused(sign_in(ann, issuer), ann, told)


def test_a_key_that_the_issuer_has_changed_is_known_at_once(ann, issuer):
    issuer.keys = [public("two"), public("three")]
    issuer.sign = lambda claims: _raw(claims, "three", {"kid": "three"})
    assert sign_in(ann, issuer).status_code == 302


@pytest.mark.parametrize("more", [{"id_token": None}, {"id_token": 7}, {"access_token": ""}])
def test_an_answer_without_a_token_is_refused(ann, issuer, told, more):
    issuer.token_answer = more
    assert sign_in(ann, issuer).status_code in {302, 403} - ({302} if "id_token" in more else set())


# Who it is ---------------------------------------------------------------------------------------------------------


def test_an_unknown_subject_is_told_whom_to_ask_and_what_to_give_them(ann, issuer, told):
    issuer.claims = {"sub": "subject-2"}
    answer = sign_in(ann, issuer)
    assert answer.status_code == 403
    assert b"Ask your system administrator" in answer.content
    assert b"subject-2" in answer.content
    assert not ann.is_in()
    assert told()[-1] == (
        "nobody known",
        "sign in",
        "outside identity",
        "denied",
        "the subject is tied to no account",
    )


def test_an_address_that_an_account_has_is_no_way_in(ann, issuer):
    ann.account.email = "ann@council.example"
    ann.account.save()
    issuer.claims = {"sub": "subject-2", "preferred_username": "ann"}
    assert sign_in(ann, issuer).status_code == 403
    assert not ann.is_in()


def test_the_same_subject_of_another_issuer_is_somebody_else(ann, issuer):
    OutsideIdentity.objects.update(issuer="https://elsewhere.example")
    assert sign_in(ann, issuer).status_code == 403


@pytest.mark.parametrize("sub", ["", " ", 7, "x" * 256])
def test_a_subject_that_is_no_name_is_refused(ann, issuer, told, sub):
    issuer.sign = lambda claims: _raw(claims | {"sub": sub})
    assert refused(sign_in(ann, issuer), ann, told)


@pytest.mark.parametrize("who", ["disabled", "cut off"])
def test_whoever_is_disabled_or_cut_off_here_is_not_let_in_by_the_provider(ann, issuer, who):
    from django.utils import timezone

    if who == "disabled":
        ann.account.is_active = False
        ann.account.save()
    else:
        ann.account.person.cut_off_at = timezone.now()
        ann.account.person.save()
    assert sign_in(ann, issuer).status_code == 403
    assert not ann.is_in()


def test_a_tie_that_is_taken_away_ends_the_session(ann, issuer):
    sign_in(ann, issuer)
    outside.untie(ann.account, untied_by="p-admin")
    assert not ann.is_in()


def test_nothing_that_the_provider_says_of_a_person_is_kept_but_the_subject(ann, issuer):
    from allauth.account.models import EmailAddress
    from allauth.socialaccount.models import SocialAccount, SocialToken

    sign_in(ann, issuer)
    assert not SocialAccount.objects.exists()
    assert not SocialToken.objects.exists()
    assert not EmailAddress.objects.exists()


# Around it ---------------------------------------------------------------------------------------------------------


def test_somebody_who_thought_better_of_it_is_sent_back_to_begin_again(ann, issuer):
    asked = begin(ann)
    answer = ann.client.get(
        "/sign-in/council/back", {"error": "access_denied", "state": asked["state"]}, secure=True
    )
    assert answer.status_code == 403
    assert b"Begin again" in answer.content


def test_a_provider_that_does_not_answer_is_said_to_be_away(ann, issuer):
    asked = begin(ann)
    code = issuer.agree(asked)
    issuer.close()
    assert come_back(ann, code, asked["state"]).status_code == 503
    assert ann.post("/sign-in/council").status_code == 503


def test_our_secret_does_not_follow_a_redirection(ann, issuer, told):
    issuer.config_more = {"token_endpoint": f"{issuer.address}/moved"}
    assert refused(sign_in(ann, issuer), ann, told)
    assert [path for path, _ in issuer.asked] == ["/moved"]


def test_without_a_provider_there_are_no_such_pages(db):
    client = Client()
    assert client.post("/sign-in/council", secure=True).status_code == 404
    assert client.get("/sign-in/council/back?state=x&code=y", secure=True).status_code == 404
    assert b"council account" not in client.get("/sign-in", secure=True).content


def test_with_one_the_page_offers_it_first(ann, issuer):
    page = ann.get("/sign-in").content
    assert page.index(b"council account") < page.index(b"User name")


def test_an_account_of_the_provider_has_no_password_to_guess(ann, issuer):
    assert ann.give_password(PASSWORD).status_code == 200
    assert ann.give_password("!").status_code == 200
    assert not ann.is_in()
