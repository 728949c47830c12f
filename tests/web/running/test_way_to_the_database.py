"""What goes to a database on another machine is encrypted, and the machine proves its name (OWASP ASVS 12.3.1)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from evenlode.errors import CannotGoOn
from evenlode.web.environment import database_addresses, encrypted, make_keys

HERE = [
    "sqlite:////var/lib/evenlode/service.sqlite3",
    "postgresql://service@127.0.0.1:5432/evenlode",
    "postgresql://service@localhost/evenlode",
    "postgresql://service@[::1]/evenlode",
    "postgresql://service@/evenlode?host=/var/run/postgresql",
    "postgresql://service@%2Fvar%2Frun%2Fpostgresql/evenlode",
    "postgresql:///evenlode",
]


@pytest.mark.parametrize("url", HERE)
def test_a_database_on_this_machine_is_met_as_the_address_says(url):
    assert encrypted(url, "EVENLODE_DATABASE_URL") == url


def test_a_server_elsewhere_is_asked_for_tls_and_for_its_name():
    met = encrypted("postgresql://service:p%40ss@db.example/evenlode", "EVENLODE_DATABASE_URL")
    assert met == "postgresql://service:p%40ss@db.example/evenlode?sslmode=verify-full"
    assert "sslmode=verify-full" in encrypted(
        "postgresql://service@/evenlode?host=db.example", "EVENLODE_DATABASE_URL"
    )


def test_what_the_address_says_of_tls_stays_as_it_is():
    said = "postgresql://service@db.example/evenlode?sslmode=require&sslrootcert=/etc/ssl/db.pem"
    assert encrypted(said, "EVENLODE_DATABASE_URL") == said


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer"])
def test_a_way_without_tls_to_another_machine_is_refused_by_the_name_of_the_variable(mode):
    url = f"postgresql://owner@db.example/evenlode?sslmode={mode}"
    with pytest.raises(CannotGoOn, match="EVENLODE_DATABASE_OWNER_URL reaches a server on another machine"):
        database_addresses({"EVENLODE_DATABASE_OWNER_URL": url}, Path("home"))


def test_django_is_told_of_it_too(tmp_path):
    """The settings are read by a process of its own, as the service reads them."""
    make_keys(tmp_path)
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "from evenlode.web import settings; print(settings.DATABASES['default']['OPTIONS'])",
        ],
        env={
            **os.environ,
            "EVENLODE_HOME": str(tmp_path),
            "EVENLODE_DATABASE_URL": "postgresql://service@db.example/evenlode",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert "'sslmode': 'verify-full'" in told.stdout
    assert "synchronous_commit=on" in told.stdout
