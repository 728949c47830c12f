"""Tokens for somebody else, out of time, or not signed by the issuer: each is forged once, and refused (G6)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from dataclasses import replace

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from tests.web.sign_in.issuer import CLIENT, SECRET, TENANT, public, rsa_key, signed
from tests.web.sign_in.there_and_back import refused, sign_in

# Audience ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("aud", ["another-service", "", None, [], [CLIENT, "another-service"], {"x": 1}])
def test_a_token_for_another_service_is_refused_even_where_it_names_us_too(tied, issuer, told, aud):
    issuer.claims = {"aud": aud}
    assert refused(sign_in(tied, issuer), tied, told)


def test_a_token_that_was_made_at_the_asking_of_another_service_is_refused(tied, issuer, told):
    issuer.claims = {"azp": "another-service"}
    assert refused(sign_in(tied, issuer), tied, told)


def test_a_list_with_us_alone_is_as_good_as_our_name(tied, issuer):
    issuer.claims = {"aud": [CLIENT], "azp": CLIENT}
    assert sign_in(tied, issuer).status_code == 302


# Tenant ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tenant", ["tenant-2", "", None, [TENANT]])
def test_a_token_of_another_tenant_is_refused(tied, issuer, told, tenant):
    issuer.claims = {"tid": tenant}
    assert refused(sign_in(tied, issuer), tied, told)


def test_a_token_without_a_tenant_is_refused_where_one_is_set(tied, issuer, told):
    issuer.left_out = ("tid",)
    assert refused(sign_in(tied, issuer), tied, told)


def test_where_no_tenant_is_set_none_is_asked_for(tied, issuer, settings):
    settings.EVENLODE = replace(settings.EVENLODE, provider=replace(settings.EVENLODE.provider, tenant=""))
    issuer.left_out = ("tid",)
    assert sign_in(tied, issuer).status_code == 302


# Time --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "times",
    [{"exp": -31}, {"exp": -3600, "iat": -7200}, {"iat": 600}, {"nbf": 600}],
    ids=["over", "long over", "made later", "not yet"],
)
def test_a_token_whose_time_is_over_or_not_yet_come_is_refused(tied, issuer, told, times):
    now = int(time.time())
    issuer.claims = {name: now + seconds for name, seconds in times.items()}
    assert refused(sign_in(tied, issuer), tied, told)


@pytest.mark.parametrize("claim", ["iss", "sub", "aud", "exp", "iat", "nonce"])
def test_a_token_that_leaves_a_claim_out_is_refused(tied, issuer, told, claim):
    issuer.left_out = (claim,)
    assert refused(sign_in(tied, issuer), tied, told)


# Algorithm and key -------------------------------------------------------------------------------------------------


def _public_pem():
    return rsa_key("one").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _with_public_key(claims):
    """The old trick: the public key taken for a shared secret."""

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
    "another key": lambda c: signed(c, "two"),
    "another key under its own name": lambda c: signed(c, "two", {"kid": "two"}),
    "key without a name": lambda c: jwt.encode(c, rsa_key("one"), "RS256"),
    "another hash than the key is for": lambda c: jwt.encode(c, rsa_key("one"), "RS512", {"kid": "one"}),
    "another kind of key": lambda c: jwt.encode(
        c, ec.generate_private_key(ec.SECP256R1()), "ES256", {"kid": "one"}
    ),
    "key brought along": lambda c: signed(c, "two", {"jwk": public("two")}),
    "no token": lambda _: "not.a.token",
    "changed after signing": lambda c: _changed(signed(c)),
    "signature cut off": lambda c: signed(c).rpartition(".")[0] + ".",
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_token_that_the_issuer_did_not_sign_with_its_key_is_refused(tied, issuer, told, forgery):
    issuer.sign = FORGERIES[forgery]
    assert refused(sign_in(tied, issuer), tied, told)


def test_a_key_that_is_for_something_else_signs_no_token(tied, issuer, told):
    issuer.keys = [public("one", alg="RS256") | {"use": "enc"}]
    assert refused(sign_in(tied, issuer), tied, told)


def test_a_shared_secret_among_the_public_keys_signs_no_token(tied, issuer, told):
    oct_key = "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U"
    issuer.keys = [{"kty": "oct", "k": oct_key, "kid": "one"}]
    key = jwt.PyJWK(issuer.keys[0], algorithm="HS256")
    issuer.sign = lambda claims: jwt.encode(claims, key, "HS256", {"kid": "one"})
    assert refused(sign_in(tied, issuer), tied, told)


def test_two_keys_of_one_name_are_not_tried_in_turn(tied, issuer, told):
    issuer.keys = [public("one"), public("two") | {"kid": "one"}]
    assert refused(sign_in(tied, issuer), tied, told)


def test_a_key_that_the_issuer_has_changed_is_known_at_once(tied, issuer):
    issuer.keys = [public("two"), public("three")]
    issuer.sign = lambda claims: signed(claims, "three", {"kid": "three"})
    assert sign_in(tied, issuer).status_code == 302


@pytest.mark.parametrize("more", [{"id_token": None}, {"id_token": 7}, {"access_token": ""}])
def test_an_answer_without_a_token_is_refused(tied, issuer, told, more):
    issuer.token_answer = more
    assert sign_in(tied, issuer).status_code in {302, 403} - ({302} if "id_token" in more else set())
