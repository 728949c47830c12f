"""`evenlode verify-audit` says whether the trail is whole, and its exit code says it too."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from tests.audit_trail.making import KEY, NINE, entry, sqlite_trail

from evenlode.audit_trail import drop_anchor

SRC = Path(__file__).parents[2] / "src"


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trail")
    con, trail = sqlite_trail([entry(n) for n in range(1, 21)], folder / "trail.db")
    con.commit()
    drop_anchor(folder / "anchors.jsonl", KEY, trail.head(KEY), NINE)
    con.close()
    (folder / "audit.key").write_text(KEY.hex() + "\n")
    (folder / "audit.key").chmod(0o600)
    return folder


@pytest.fixture
def folder(whole, tmp_path):
    return shutil.copytree(whole, tmp_path / "trail")


def run(*words, **environ):
    clean = {k: v for k, v in os.environ.items() if not k.startswith("EVENLODE_AUDIT")}
    return subprocess.run(
        [sys.executable, "-c", "from evenlode.cli import main; main()", "verify-audit", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env={**clean, "PYTHONPATH": str(SRC)} | environ,
    )


def test_a_whole_trail_ends_with_0_and_says_what_was_checked(folder):
    done = run(folder / "trail.db", "--anchors", folder / "anchors.jsonl", "--key-file", folder / "audit.key")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "Whole: 20 entries, from 2026-11-20T09:01:00.000000Z to 2026-11-20T09:20:00.000000Z.",
        "1 anchor agrees; it saw entry 20.",
    ]


def test_without_anchors_it_says_what_could_not_be_told(folder):
    done = run(folder / "trail.db", EVENLODE_AUDIT_KEY=KEY.hex())
    assert done.returncode == 0
    assert "a trail that was cut short could not be told" in done.stdout


def tamper(folder, statement):
    con = sqlite3.connect(folder / "trail.db")
    for trigger in ("update", "delete"):
        con.execute(f"DROP TRIGGER audit_entry_{trigger}")
    con.execute(statement)
    con.commit()
    con.close()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE audit_entry SET child_id = 'c-2' WHERE seq = 7", "Broken at entry 7: it was changed"),
        ("DELETE FROM audit_entry WHERE seq = 8", "Broken at entry 8: it is missing"),
        ("DELETE FROM audit_entry WHERE seq > 15", "Broken at entry 16: the trail ends at entry 15"),
    ],
)
def test_a_broken_trail_ends_with_1_and_names_the_first_bad_entry(folder, statement, said):
    tamper(folder, statement)
    done = run(
        folder / "trail.db",
        "--anchors",
        folder / "anchors.jsonl",
        EVENLODE_AUDIT_KEY_FILE=str(folder / "audit.key"),
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith(said)


@pytest.mark.parametrize(
    ("words", "environ", "said"),
    [
        (["trail.db"], {}, "the key of the audit trail is not known: set EVENLODE_AUDIT_KEY"),
        (["trail.db"], {"EVENLODE_AUDIT_KEY": "short"}, "EVENLODE_AUDIT_KEY holds no key"),
        (["gone.db"], {"EVENLODE_AUDIT_KEY": KEY.hex()}, "gone.db is not there"),
        (["audit.key"], {"EVENLODE_AUDIT_KEY": KEY.hex()}, "audit.key holds no audit trail"),
        (
            ["trail.db", "--anchors", "gone.jsonl"],
            {"EVENLODE_AUDIT_KEY": KEY.hex()},
            "name the file with the anchors",
        ),
        (["trail.db", "--key-file", "gone.key"], {}, "name the file that holds the key"),
        (
            ["postgresql://u:hush@127.0.0.1:1/d"],
            {"EVENLODE_AUDIT_KEY": KEY.hex()},
            "a password does not belong",
        ),
        (["postgresql://u@127.0.0.1:1/d"], {"EVENLODE_AUDIT_KEY": KEY.hex()}, "does not let us in"),
    ],
)
def test_what_cannot_be_checked_ends_with_2_and_one_sentence(folder, words, environ, said):
    done = run(*(folder / w if "." in w and "://" not in w else w for w in words), **environ)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "hush" not in done.stderr
    assert KEY.hex() not in done.stderr


def test_a_key_that_others_can_read_is_refused(folder):
    (folder / "audit.key").chmod(0o644)
    done = run(folder / "trail.db", "--key-file", folder / "audit.key")
    assert done.returncode == 2
    assert "can be read by others" in done.stderr
