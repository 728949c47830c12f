"""A full disk stops a backup with a sentence and leaves nothing half done; with room again it runs (safety-bars E5)."""

from __future__ import annotations

import os
import resource
import subprocess
import sys

import pytest
from tests.web.running.conftest import SRC


def limited(home, most, *words):
    """Runs a command that may write no file of more than so many bytes: what is over that meets a full disk."""
    bare = {n: v for n, v in os.environ.items() if not n.startswith(("DJANGO", "EVENLODE"))}
    return subprocess.run(
        [sys.executable, "-c", "from evenlode.cli import main; main()", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
        env={
            **bare,
            "PYTHONPATH": str(SRC),
            "PYTHONDONTWRITEBYTECODE": "1",
            "EVENLODE_HOME": str(home.path),
            "EVENLODE_BACKUP_KEY_FILE": str(home.keys / "backup"),
        },
    )


def hidden(folder):
    return [p.name for p in folder.iterdir() if p.name.startswith((".backup-", ".night", ".there"))]


@pytest.mark.parametrize(
    ("room", "said"),
    [
        pytest.param(
            lambda database: database // 2,
            "The database could not be copied",
            id="for the copy of the database",
        ),
        pytest.param(
            lambda database: database + 4096, "There is no room for the backup", id="for the backup itself"
        ),
    ],
)
def test_a_backup_without_room_says_so_and_leaves_nothing_behind(home, tmp_path, room, said):
    database = (home.path / "service.sqlite3").stat().st_size
    out = tmp_path / "night.backup"
    done = limited(home, room(database), "backup", "--out", out)
    assert done.returncode == 2
    assert said in done.stderr
    assert "nothing was left behind" in done.stderr
    assert list(tmp_path.iterdir()) == []
    assert hidden(home.path) == []
    home.must("backup", "--out", out)
    assert "as it was written" in home.must("restore", "--check", out).stdout


def test_a_restore_without_room_says_so_and_leaves_no_half_home(home, tmp_path):
    out, there = tmp_path / "night.backup", tmp_path / "there"
    home.must("backup", "--out", out)
    database = (home.path / "service.sqlite3").stat().st_size
    done = limited(home, database // 2, "--home", there, "restore", out)
    assert done.returncode == 2
    assert "make room and run it again" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["night.backup"]
    home.must("restore", out, home=there)


def test_a_folder_that_cannot_be_written_is_named(home, tmp_path):
    done = home.run("backup", "--out", tmp_path / "nowhere" / "night.backup")
    assert done.returncode == 2
    assert "could not be written" in done.stderr
    assert "nowhere" in done.stderr
