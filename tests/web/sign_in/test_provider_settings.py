"""The council's own provider as the environment names it: whole, or not at all."""

from __future__ import annotations

import pytest

from evenlode.errors import CannotGoOn
from evenlode.web.environment import make_keys, read_environment

ISSUER = "https://login.microsoftonline.com/tenant-1/v2.0"
GIVEN = "the secret"


@pytest.fixture
def environ(tmp_path):
    make_keys(tmp_path)
    (tmp_path / "keys" / "oidc").write_text("the secret\n")
    return {
        "EVENLODE_HOME": str(tmp_path),
        "EVENLODE_OIDC_ISSUER": ISSUER,
        "EVENLODE_OIDC_CLIENT_ID": "evenlode",
        "EVENLODE_OIDC_TENANT": "tenant-1",
    }


def test_issuer_client_and_tenant_come_from_variables_and_the_secret_from_a_file(environ):
    provider = read_environment(environ).provider
    assert (provider.issuer, provider.client_id, provider.tenant) == (ISSUER, "evenlode", "tenant-1")
    assert provider.client_secret == GIVEN


def test_the_secret_is_not_printed_with_the_rest(environ):
    assert "the secret" not in repr(read_environment(environ))


def test_the_secret_is_never_taken_from_a_variable(environ, tmp_path):
    (tmp_path / "keys" / "oidc").unlink()
    environ["EVENLODE_OIDC_CLIENT_SECRET"] = GIVEN
    with pytest.raises(CannotGoOn, match="EVENLODE_OIDC_CLIENT_SECRET_FILE"):
        read_environment(environ)


def test_an_empty_file_holds_no_secret(environ, tmp_path):
    (tmp_path / "keys" / "oidc").write_text("\n")
    with pytest.raises(CannotGoOn, match="does not hold the secret"):
        read_environment(environ)


@pytest.mark.parametrize("missing", ["EVENLODE_OIDC_ISSUER", "EVENLODE_OIDC_CLIENT_ID"])
def test_half_a_provider_is_refused(environ, missing):
    del environ[missing]
    with pytest.raises(CannotGoOn, match="name both, or neither"):
        read_environment(environ)


def test_without_a_provider_there_are_local_accounts_alone(environ):
    assert read_environment({"EVENLODE_HOME": environ["EVENLODE_HOME"]}).provider is None


@pytest.mark.parametrize(
    "issuer", ["http://id.council.example", "http://127.0.0.1.example/", "login.example", "ftp://x"]
)
def test_a_provider_without_tls_is_refused(environ, issuer):
    with pytest.raises(CannotGoOn, match="https"):
        read_environment(environ | {"EVENLODE_OIDC_ISSUER": issuer})


def test_the_provider_is_found_at_the_address_that_the_standard_gives(environ):
    app = read_environment(environ | {"EVENLODE_OIDC_ISSUER": "https://id.example/"}).provider.app
    assert app["settings"]["server_url"] == "https://id.example/.well-known/openid-configuration"
