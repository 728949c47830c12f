"""Ten times the largest extract that is expected (safety bar A3)."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import evenlode
from evenlode.record import Record

from . import tenfold
from .making import files_of

HARNESS = Path(tenfold.__file__)


def loaded_alone(home, extracts):
    """Loads in a process of its own: seconds and peak memory."""
    package = str(Path(evenlode.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, str(HARNESS), "load", str(home), str(extracts)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": package},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def ten_single_loads(folder, extracts):
    """Accounts and contents of each council's extract loaded by itself."""
    accounts, contents = [], []
    for figures in tenfold.COUNCILS:
        home = folder / f"home-{figures}"
        alone = tenfold.with_ids_of(extracts, folder / figures, [figures])
        accounts.append(tenfold.account(tenfold.load(home, alone)))
        contents.append(tenfold.contents(home))
    return tenfold.total(accounts), tenfold.total(contents)


def test_ten_councils_kept_out_of_memory_are_loaded_as_the_sum_of_ten_single_loads(tmp_path):
    extracts = tenfold.council(tmp_path / "council", 60)
    ten = tenfold.with_ids_of(extracts, tmp_path / "ten", tenfold.COUNCILS)
    receipt = tenfold.load(tmp_path / "home", ten, most=0)
    accounts, contents = ten_single_loads(tmp_path, extracts)
    assert tenfold.account(receipt) == accounts
    assert tenfold.contents(tmp_path / "home") == contents
    assert contents["cin_visit"][0] > 10_000


def test_what_is_kept_out_of_memory_gives_the_same_record_byte_for_byte(tmp_path):
    extracts = tenfold.council(tmp_path / "council", 60)
    for name, most in (("in", 10**9), ("out", 0)):
        tenfold.load(tmp_path / name, extracts, most=most)
    assert files_of(tmp_path / "out") == files_of(tmp_path / "in")


@pytest.mark.long
def test_ten_times_the_largest_extract_is_loaded_in_2_gib_and_10_minutes(tmp_path):
    extracts = tenfold.council(tmp_path / "council", 10_000)
    ten = tenfold.with_ids_of(extracts, tmp_path / "ten", tenfold.COUNCILS)
    size = sum(path.stat().st_size for path in ten.rglob("*.csv"))
    assert size > 2.2e9
    taken = loaded_alone(tmp_path / "home", ten)
    print(f"{size / 1e9:.2f} GB of CSV: {taken}")
    assert taken["mib"] <= 2048
    assert taken["seconds"] <= 600
    accounts, contents = ten_single_loads(tmp_path, extracts)
    (receipt,) = Record.open(tmp_path / "home").history()
    assert tenfold.account(receipt) == accounts
    assert tenfold.contents(tmp_path / "home") == contents
