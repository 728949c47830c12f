"""A package that is not the one in the lock is never installed (safety-bars S1): the launcher with the real pip, on a package made here."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAME = "otterlantern-1.0-py3-none-any.whl"
INFO = "otterlantern-1.0.dist-info"


@pytest.fixture
def wheel(tmp_path):
    """A package of one line."""
    path = tmp_path / "index" / NAME
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("otterlantern.py", "here = True\n")
        made.writestr(f"{INFO}/METADATA", "Metadata-Version: 2.1\nName: otterlantern\nVersion: 1.0\n")
        made.writestr(
            f"{INFO}/WHEEL",
            "Wheel-Version: 1.0\nGenerator: a test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        made.writestr(f"{INFO}/RECORD", "")
    return path


def start(tmp_path: Path, wheel: Path, checksum: str):
    """Starts a copy of the launcher whose lock holds that one package."""
    copy = tmp_path / "copy"
    (copy / "requirements").mkdir(parents=True)
    for name in ("evenlode", "pyproject.toml", "requirements/test.txt"):
        shutil.copy(ROOT / name, copy / name)
    lock = f"--only-binary :all:\n\notterlantern==1.0 \\\n    --hash=sha256:{checksum}\n"
    (copy / "requirements" / "run.txt").write_text(lock)
    env = {n: v for n, v in os.environ.items() if not n.startswith(("PIP_", "PYTHON", "EVENLODE"))}
    env |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheel.parent), "PIP_CONFIG_FILE": os.devnull}
    env |= {"EVENLODE_PYTHON": getattr(sys, "_base_executable", sys.executable)}
    done = subprocess.run(
        [copy / "evenlode", "--version"], env=env, capture_output=True, text=True, check=False
    )
    return done, list(copy.glob(".venv/lib/*/site-packages/otterlantern.py"))


def test_a_package_with_the_checksum_of_the_lock_is_installed(tmp_path, wheel):
    _, there = start(tmp_path, wheel, hashlib.sha256(wheel.read_bytes()).hexdigest())
    assert there


def test_with_one_altered_digit_in_the_lock_nothing_is_installed_and_the_launcher_says_so(tmp_path, wheel):
    right = hashlib.sha256(wheel.read_bytes()).hexdigest()
    wrong = f"{(int(right[0], 16) + 1) % 16:x}{right[1:]}"
    done, there = start(tmp_path, wheel, wrong)
    assert done.returncode == 2
    assert (
        "a package does not match its checksum in requirements/run.txt, so nothing was installed"
        in done.stderr
    )
    assert there == []
