"""The drill (safety-bars E4): a backup taken while the service is in use, restored elsewhere, is what it was."""

from __future__ import annotations

import getpass
import hashlib
import re
import shutil
import sqlite3
import threading
from dataclasses import replace

import psycopg
import pytest
from tests.audit_trail.making import entry

from evenlode.audit_trail import SqliteTrail
from evenlode.record import Record


def parts_of(home):
    """Every file that a backup keeps, with its checksum."""
    kept = [*(home / "figures").glob("*.duckdb"), home / "policy.yaml"]
    kept += [p for p in (home / "record").rglob("*") if p.is_file() and p.name != "lock"]
    return {str(p.relative_to(home)): hashlib.sha256(p.read_bytes()).hexdigest() for p in kept}


def rows_of(path):
    with sqlite3.connect(path) as con:
        named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        return {t: con.execute(f'SELECT * FROM "{t}"').fetchall() for (t,) in con.execute(named)}


@pytest.fixture(scope="module")
def home(home, tmp_path_factory):
    """A home of these tests' own, since each backup adds to the trail."""
    own = tmp_path_factory.mktemp("drilled") / "home"
    shutil.copytree(home.path, own)
    return replace(home, path=own)


@pytest.fixture(scope="module")
def taken_with_rows(home, tmp_path_factory):
    """A backup, and the rows that the database had when it was taken."""
    out = tmp_path_factory.mktemp("backups") / "night.backup"
    home.must("backup", "--out", out)
    return out, rows_of(home.path / "service.sqlite3")


@pytest.fixture(scope="module")
def taken(taken_with_rows):
    """The backup."""
    return taken_with_rows[0]


def test_a_restored_home_holds_the_same_files_rows_and_trail(home, taken_with_rows, tmp_path):
    taken, rows = taken_with_rows
    there = tmp_path / "there"
    said = home.must("restore", taken, home=there).stdout
    assert "sizes, checksums, rows and the end of the audit trail are as they were" in said
    assert parts_of(there) == parts_of(home.path)
    assert rows_of(there / "service.sqlite3") == rows
    Record.open(there).check()


def test_a_restored_home_serves_once_its_keys_are_back_and_not_before(home, taken, tmp_path):
    there = tmp_path / "there"
    home.must("restore", taken, home=there)
    for name in ("audit", "secret"):
        refused = home.run("set-up", home=there)
        assert refused.returncode == 2
        assert f"was restored without its {name} key" in refused.stderr
        shutil.copy(home.path / "keys" / name, there / "keys" / name)
    home.must("set-up", home=there)
    whole = home.must("verify-audit", there / "service.sqlite3", "--key-file", there / "keys" / "audit")
    assert whole.stdout.startswith("Whole: 21 entries")


def test_no_key_is_in_a_backup_unless_it_is_asked_for(home, taken, tmp_path):
    home.must("restore", taken, home=tmp_path / "without")
    assert not (tmp_path / "without" / "keys" / "audit").exists()
    home.must("backup", "--out", tmp_path / "with.backup", "--with-keys")
    home.must("restore", tmp_path / "with.backup", home=tmp_path / "with")
    for name in ("audit", "secret"):
        assert (tmp_path / "with" / "keys" / name).read_bytes() == (home.path / "keys" / name).read_bytes()


def last_entry(path):
    with sqlite3.connect(path) as con:
        asked = "SELECT person_id, verb, thing, outcome, thing_id FROM audit_entry ORDER BY seq DESC LIMIT 1"
        return con.execute(asked).fetchone()


@pytest.mark.parametrize(("words", "what"), [([], "home"), (["--with-keys"], "home with its keys")])
def test_the_trail_says_that_a_backup_was_taken_and_by_whom_and_not_where_to(home, tmp_path, words, what):
    out = tmp_path / "told.backup"
    home.must("backup", "--out", out, *words)
    said = last_entry(home.path / "service.sqlite3")
    assert said == ("command line", "back up", what, "allowed", getpass.getuser())
    with sqlite3.connect(home.path / "service.sqlite3") as con:
        rows = con.execute("SELECT * FROM audit_entry ORDER BY seq DESC LIMIT 1").fetchall()
    assert str(tmp_path) not in str(rows)
    assert home.must("restore", out, home=tmp_path / "there")
    assert last_entry(tmp_path / "there" / "service.sqlite3") == said


def test_without_an_entry_in_the_trail_there_is_no_backup(home, tmp_path):
    without = tmp_path / "home"
    shutil.copytree(home.path, without)
    (without / "keys" / "audit").unlink()
    done = home.run("backup", "--out", tmp_path / "x.backup", home=without)
    assert done.returncode == 2
    assert "the key of the audit trail" in done.stderr
    assert not (tmp_path / "x.backup").exists()


def test_the_secret_of_the_councils_own_sign_in_comes_with_the_keys_and_not_without(home, tmp_path):
    with_provider = tmp_path / "home"
    shutil.copytree(home.path, with_provider)
    (with_provider / "keys" / "oidc").write_text("given by the provider\n")
    provider = {
        "EVENLODE_OIDC_ISSUER": "https://login.example.org/v2.0",
        "EVENLODE_OIDC_CLIENT_ID": "evenlode",
    }
    home.must("backup", "--out", tmp_path / "with.backup", "--with-keys", home=with_provider, **provider)
    home.must("restore", tmp_path / "with.backup", home=tmp_path / "with")
    assert (tmp_path / "with" / "keys" / "oidc").read_text() == "given by the provider\n"
    home.must("backup", "--out", tmp_path / "without.backup", home=with_provider, **provider)
    assert (
        "oidc where people sign in"
        in home.must("restore", tmp_path / "without.backup", home=tmp_path / "without").stdout
    )
    for name in ("audit", "secret"):
        shutil.copy(home.path / "keys" / name, tmp_path / "without" / "keys" / name)
    refused = home.run("set-up", home=tmp_path / "without", **provider)
    assert refused.returncode == 2
    assert "does not hold the secret that the provider gave" in refused.stderr


def test_a_backup_while_people_work_is_of_one_moment(home, tmp_path):
    busy = tmp_path / "busy"
    shutil.copytree(home.path, busy)
    stop, written = threading.Event(), []

    def work():
        con = sqlite3.connect(busy / "service.sqlite3", timeout=10)
        while not stop.is_set():
            written.append(SqliteTrail(con).append(home.audit_key, [entry(), entry()]).seq)
        con.close()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        said = home.run("backup", "--out", tmp_path / "busy.backup", home=busy)
    finally:
        stop.set()
        worker.join()
    assert said.returncode == 0, said.stderr
    upto = int(re.search(r"up to entry ([\d,]+)", said.stdout)[1].replace(",", ""))
    before = rows_of(home.path / "service.sqlite3")["audit_entry"]
    assert len(before) < upto < written[-1], "entries were added before the copy and after it"
    assert (upto - len(before) - 1) % 2 == 0, (
        "a transaction is in it whole or not at all, and the backup's own entry"
    )
    back = home.run(
        "restore",
        tmp_path / "busy.backup",
        home=tmp_path / "back",
        EVENLODE_AUDIT_KEY_FILE=str(home.path / "keys/audit"),
    )
    assert back.returncode == 0, back.stderr
    assert f"up to entry {upto:,}" in back.stdout


def test_a_backup_is_closed_to_others_and_nobody_can_read_it(home, taken):
    assert taken.stat().st_mode & 0o077 == 0
    sealed = taken.read_bytes()
    assert b"SQLite format" not in sealed
    assert b"Exampleshire" not in sealed


def altered(taken, folder, change):
    copy = folder / "altered.backup"
    content = bytearray(taken.read_bytes())
    copy.write_bytes(change(content))
    return copy


def flipped(at):
    def change(content):
        content[int(len(content) * at) if isinstance(at, float) else at] ^= 1
        return content

    return change


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(flipped(0), id="its first byte"),
        pytest.param(flipped(40), id="its chance bytes"),
        pytest.param(flipped(0.5), id="a byte in its middle"),
        pytest.param(flipped(-1), id="its last byte"),
        pytest.param(lambda c: c[:-1], id="one byte cut off"),
        pytest.param(lambda c: c[: 28 + 32 + (1 << 20) + 16], id="cut off behind a whole block"),
        pytest.param(lambda c: c[:20], id="cut off in its head"),
        pytest.param(lambda c: b"", id="nothing left"),
        pytest.param(lambda c: c + b"x", id="a byte added"),
    ],
)
def test_a_backup_that_was_changed_or_cut_off_is_refused_before_anything_is_written(
    home, taken, tmp_path, change
):
    copy = altered(taken, tmp_path, change)
    done = home.run("restore", copy, home=tmp_path / "there")
    assert done.returncode == 2
    assert "changed" in done.stderr or "cut off" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["altered.backup"]


def test_another_key_opens_nothing(home, taken, tmp_path):
    done = home.run("restore", taken, "--key-file", home.keys / "another", home=tmp_path / "there")
    assert done.returncode == 2
    assert "the key is not the one that it was written under" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_home_that_is_in_use_is_never_written_over(home, taken, tmp_path):
    (tmp_path / "policy.yaml").write_text("council: Elsewhere\n")
    done = home.run("restore", taken, home=tmp_path)
    assert done.returncode == 2
    assert "is not empty" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["policy.yaml"]


def test_a_backup_can_be_read_through_without_restoring_it(home, taken, tmp_path):
    said = home.must("restore", taken, "--check", home=tmp_path / "there").stdout
    assert "Every part is as it was written." in said
    assert list(tmp_path.iterdir()) == []


def test_a_backup_never_takes_the_place_of_another(home, taken):
    before = taken.read_bytes()
    done = home.run("backup", "--out", taken)
    assert done.returncode == 2
    assert "is there already" in done.stderr
    assert taken.read_bytes() == before


@pytest.mark.parametrize(
    ("mode", "content", "said"),
    [
        (0o644, "ab" * 32, "can be read by others"),
        (0o600, "ab" * 31, "holds no key"),
        (0o600, "not a key", "holds no key"),
    ],
)
def test_a_key_that_is_open_or_none_is_refused(home, tmp_path, mode, content, said):
    (tmp_path / "key").write_text(content)
    (tmp_path / "key").chmod(mode)
    done = home.run("backup", "--out", tmp_path / "x.backup", "--key-file", tmp_path / "key")
    assert done.returncode == 2
    assert said in done.stderr
    assert content not in done.stderr
    assert not (tmp_path / "x.backup").exists()


@pytest.mark.postgres
def test_the_drill_on_postgresql(postgres_home, databases, tmp_path):
    home, out = postgres_home, tmp_path / "night.backup"
    assert "audit trail up to entry 21" in home.must("backup", "--out", out).stdout
    elsewhere = databases.new()
    there = tmp_path / "there"
    key = {"EVENLODE_AUDIT_KEY_FILE": str(home.path / "keys" / "audit")}
    home.must("restore", out, home=there, **elsewhere, **key)
    assert parts_of(there) == parts_of(home.path)
    counted = "SELECT count(*) FROM web_childfigure"
    with psycopg.connect(home.environ["EVENLODE_DATABASE_URL"]) as con:
        was = con.execute(counted).fetchone()
    with psycopg.connect(elsewhere["EVENLODE_DATABASE_URL"]) as con:  # under the service's own role
        assert con.execute(counted).fetchone() == was
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            con.execute("DELETE FROM evenlode_audit.audit_entry")
    again = home.run("restore", out, home=tmp_path / "again", **elsewhere)
    assert again.returncode == 2
    assert "is not empty" in again.stderr


@pytest.mark.postgres
def test_without_pg_dump_a_backup_says_what_to_install(postgres_home, tmp_path):
    done = postgres_home.run("backup", "--out", tmp_path / "x.backup", PATH=str(tmp_path))
    assert done.returncode == 2
    assert "pg_dump is not installed" in done.stderr
    assert "postgresql-client" in done.stderr
    assert not (tmp_path / "x.backup").exists()
