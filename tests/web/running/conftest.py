"""Homes of a made-up council of thirty children, on SQLite and on PostgreSQL, made by the commands that people type."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import uuid
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from tests.audit_trail.making import entry

from evenlode.audit_trail import PostgresTrail, SqliteTrail
from evenlode.audit_trail.key import read_key
from evenlode.demo import build_council

SRC = Path(__file__).parents[3] / "src"
DAY = date(2026, 11, 20)
SERVER = os.environ.get("EVENLODE_TEST_POSTGRES_URL", "")


@dataclass
class Home:
    """A home, with the variables of its service."""

    path: Path
    environ: dict[str, str] = field(default_factory=dict)
    keys: Path = Path()

    def run(self, *words, home=None, **environ):
        """Runs a command on it, or on another home with the same variables."""
        bare = {n: v for n, v in os.environ.items() if not n.startswith(("DJANGO", "EVENLODE"))}
        return subprocess.run(
            [sys.executable, "-c", "from evenlode.cli import main; main()", *map(str, words)],
            capture_output=True,
            text=True,
            check=False,
            env={
                **bare,
                "PYTHONPATH": str(SRC),
                "EVENLODE_HOME": str(home or self.path),
                "EVENLODE_BACKUP_KEY_FILE": str(self.keys / "backup"),
                "COLUMNS": "200",
                **self.environ,
                **environ,
            },
        )

    def must(self, *words, **more):
        """Runs a command that has to succeed."""
        done = self.run(*words, **more)
        assert done.returncode == 0, done.stderr
        return done

    @property
    def audit_key(self):
        """The key of its trail."""
        return read_key({}, self.path / "keys" / "audit")


def make(home, extracts, keys):
    home.path.parent.mkdir(parents=True, exist_ok=True)
    home.keys = keys
    done = home.run("set-up")
    # A server made for tests may run without data checksums: set-up says so last, when the tables are there.
    assert done.returncode == 0 or "without data_checksums, so" in done.stderr, done.stderr
    home.must("load", extracts, "--as-at", DAY)
    home.must("refresh", "--as-at", DAY)
    (home.path / "policy.yaml").write_text("council: {name: Exampleshire}\n")
    return home


@pytest.fixture(scope="session")
def extracts(tmp_path_factory):
    """The files of thirty made-up children."""
    return build_council(tmp_path_factory.mktemp("extracts"), as_at=DAY, children=30).extracts


@pytest.fixture(scope="session")
def keys(tmp_path_factory):
    """A folder with the key of the backups and another one."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("backup", "another"):
        (folder / name).write_text(secrets.token_hex(32) + "\n")
        (folder / name).chmod(0o600)
    return folder


@pytest.fixture(scope="session")
def home(tmp_path_factory, extracts, keys):
    """A home on SQLite, with twenty entries in its trail."""
    from evenlode.web import newer_sqlite

    newer_sqlite.take()
    import sqlite3

    made = make(Home(tmp_path_factory.mktemp("sqlite") / "home"), extracts, keys)
    con = sqlite3.connect(made.path / "service.sqlite3")
    SqliteTrail(con).append(made.audit_key, [entry(n) for n in range(1, 21)])
    con.commit()
    con.close()
    return made


@dataclass
class Databases:
    """A server on which a test makes databases of its own."""

    owner: str
    role: str
    made: list[str] = field(default_factory=list)

    def new(self):
        """A new, empty database, and the variables that name it."""
        name = f"{self.owner}_{len(self.made)}"
        self.made.append(name)
        with psycopg.connect(SERVER, autocommit=True) as server:
            made = sql.SQL("CREATE DATABASE {} OWNER {}")
            server.execute(made.format(sql.Identifier(name), sql.Identifier(self.owner)))
        return {
            "EVENLODE_DATABASE_URL": self.address(name, self.role),
            "EVENLODE_DATABASE_OWNER_URL": self.address(name, self.owner),
        }

    def address(self, name, role):
        """Where it is, under one of the roles; the password is there for servers that ask for one."""
        host = SERVER.rpartition("@")[2].rpartition("/")[0] if "@" in SERVER else "127.0.0.1:5432"
        return f"postgresql://{role}:{role}@{host}/{name}"


@pytest.fixture(scope="session")
def databases():
    """Two roles and whatever databases are made for them, all dropped afterwards."""
    if not SERVER:
        pytest.skip("no PostgreSQL server is named by EVENLODE_TEST_POSTGRES_URL")
    name = f"evenlode_{uuid.uuid4().hex[:10]}"
    there = Databases(f"{name}_owner", f"{name}_app")
    with psycopg.connect(SERVER, autocommit=True) as server:
        for role in (there.owner, there.role):
            made = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
            server.execute(made.format(sql.Identifier(role), sql.Literal(role)))
    yield there
    with psycopg.connect(SERVER, autocommit=True) as server:
        for database in there.made:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database)))
        for role in (there.owner, there.role):
            server.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


@pytest.fixture(scope="session")
def postgres_home(tmp_path_factory, extracts, keys, databases):
    """A home on PostgreSQL, with twenty entries in its trail."""
    made = make(Home(tmp_path_factory.mktemp("postgres") / "home", databases.new()), extracts, keys)
    with psycopg.connect(made.environ["EVENLODE_DATABASE_URL"], autocommit=True) as con:
        PostgresTrail(con).append(made.audit_key, [entry(n) for n in range(1, 21)])
    return made
