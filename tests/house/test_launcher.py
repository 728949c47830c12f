"""The launcher: from a fresh copy to the command, with a pretend Python and pip so that it takes no time and no network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMES = ["python3.11", "python3", "python3.12", "python3.13", "python3.14"]
TOO_OLD = "#!/bin/sh\nexit 1\n"

# Answers what the launcher asks of Python and pip, and writes down each question. It "installs" an evenlode that repeats its words.
PRETEND_PYTHON = """#!/bin/sh
echo "$*" >>"$CALLS"
for last in "$@"; do :; done
case "$*" in
    *version_info*) echo "$0" ;;
    *fcntl*) exec "$REAL_PYTHON" "$@" ;;
    "-m pip "*--version) exit "${NO_PIP:-0}" ;;
    "-m ensurepip"*) exit 1 ;;
    "-m venv"*) mkdir -p "$last/bin" && cp "$0" "$last/bin/python" ;;
    "-m pip "*--editable*)
        printf '#!/bin/sh\\npwd\\nprintf "<%%s>" "$@"\\n' >"$4/bin/evenlode"
        chmod +x "$4/bin/evenlode" ;;
    "-m pip "*install*)
        if [ -n "${PIP_SAYS:-}" ]; then echo "$PIP_SAYS" >&2; exit 1; fi
        if [ -n "${KILLED:-}" ]; then kill -9 "$PPID"; fi
        sleep "${PIP_TAKES:-0}" ;;
    "-m pytest"*) pwd; echo "$*" ;;
esac
"""


class Copy:
    """A fresh copy of the repository's launcher and locks, on a machine with the Pythons that a test gives it."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "a copy"
        self.bin = folder / "bin"
        self.calls = folder / "calls"
        (self.root / "requirements").mkdir(parents=True)
        self.bin.mkdir()
        for name in ["evenlode", "pyproject.toml", "requirements/run.txt", "requirements/test.txt"]:
            shutil.copy(ROOT / name, self.root / name)
        self.pythons(PRETEND_PYTHON)

    def pythons(self, script: str) -> None:
        for name in NAMES:
            (self.bin / name).write_text(script)
            (self.bin / name).chmod(0o755)

    def env(self, **more: str) -> dict[str, str]:
        path = f"{self.bin}{os.pathsep}{os.environ['PATH']}"
        return {"PATH": path, "CALLS": str(self.calls), "REAL_PYTHON": sys.executable, **more}

    def start(self, *words: str, by: Path | None = None, cwd: Path | None = None, **more: str):
        command = [str(by or self.root / "evenlode"), *words]
        return subprocess.run(
            command,
            env=self.env(**more),
            cwd=cwd or self.root,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def installs(self) -> int:
        """How often the run lock was installed so far."""
        return sum("install" in line and "run.txt" in line for line in self.calls.read_text().splitlines())


@pytest.fixture
def copy(tmp_path):
    return Copy(tmp_path)


def one_sentence(text: str) -> bool:
    return text.count("\n") == 1 and text.startswith("evenlode: ") and "Traceback" not in text


def test_the_launcher_is_plain_shell_that_any_debian_can_read():
    shell = shutil.which("dash") or "sh"
    assert subprocess.run([shell, "-n", str(ROOT / "evenlode")], check=False).returncode == 0
    assert (ROOT / "evenlode").read_text().startswith("#!/bin/sh\n")


def test_the_launcher_and_the_ci_script_can_be_started_as_they_are():
    assert os.access(ROOT / "evenlode", os.X_OK)
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_the_first_start_makes_the_environment_and_says_so(copy):
    done = copy.start("check", "x")
    assert done.returncode == 0
    assert done.stdout.endswith("<check><x>")
    assert "preparing the environment" in done.stderr
    assert done.stderr.splitlines()[-1] == "evenlode: ready"


def test_every_package_is_checked_against_its_checksum(copy):
    copy.start()
    asked = [line for line in copy.calls.read_text().splitlines() if "requirements/run.txt" in line]
    assert len(asked) == 1
    assert "--require-hashes" in asked[0]


def test_the_second_start_says_nothing_and_asks_neither_python_nor_pip(copy):
    copy.start("one")
    before = copy.calls.read_text()
    done = copy.start("two")
    assert (done.stdout.splitlines()[-1], done.stderr) == ("<two>", "")
    assert copy.calls.read_text() == before


def test_words_reach_the_command_just_as_they_were_typed(copy):
    assert copy.start("a b", "", "*", "--x=$y").stdout.splitlines()[-1] == "<a b><><*><--x=$y>"


def test_it_works_through_links_and_from_another_directory(copy, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(Path("a copy") / "evenlode")
    (tmp_path / "elsewhere" / "evenlode").symlink_to("../link")
    done = copy.start("x", by=tmp_path / "elsewhere" / "evenlode", cwd=tmp_path / "elsewhere")
    assert done.stdout == f"{tmp_path / 'elsewhere'}\n<x>"
    assert (copy.root / ".venv").is_dir()


def test_an_old_python_is_refused_in_one_sentence_and_nothing_is_made(copy):
    copy.pythons(TOO_OLD)
    done = copy.start("check")
    assert done.returncode == 2
    assert one_sentence(done.stderr)
    assert "Python 3.11" in done.stderr
    assert not (copy.root / ".venv").exists()


def test_a_wrong_python_that_was_named_is_refused_in_one_sentence(copy):
    done = copy.start("check", EVENLODE_PYTHON="/nowhere/python")
    assert done.returncode == 2
    assert one_sentence(done.stderr)
    assert "/nowhere/python" in done.stderr


def test_a_python_without_pip_is_refused_with_how_to_get_it(copy):
    done = copy.start("check", NO_PIP="1")
    assert done.returncode == 2
    assert one_sentence(done.stderr.splitlines(keepends=True)[-1])
    assert "apt-get install python3-pip" in done.stderr


@pytest.mark.parametrize(
    ("pip_says", "we_say"),
    [
        (
            "NewConnectionError: Failed to establish a new connection: [Errno -2] Name or service not known",
            "could not be reached",
        ),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            "does not match its checksum",
        ),
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
            "disk is full",
        ),
        ("ERROR: something that nobody has seen before", "its reason is at the end of"),
    ],
)
def test_a_failed_installation_is_told_in_one_sentence_and_tried_again_next_time(copy, pip_says, we_say):
    done = copy.start("check", PIP_SAYS=pip_says)
    assert done.returncode == 2
    assert one_sentence(done.stderr.splitlines(keepends=True)[-1])
    assert we_say in done.stderr
    assert copy.start("check").returncode == 0


def test_a_changed_list_of_packages_is_installed_at_the_next_start(copy):
    copy.start()
    lock = copy.root / "requirements" / "run.txt"
    lock.write_text(lock.read_text() + "# changed\n")
    done = copy.start()
    assert "preparing the environment" in done.stderr
    assert copy.installs() == 2


def test_a_copy_that_was_moved_makes_its_environment_again(copy):
    copy.start()
    copy.root = copy.root.rename(copy.root.with_name("moved"))
    assert copy.start("x").stdout == f"{copy.root}\n<x>"
    assert copy.installs() == 2


def test_a_start_that_was_killed_half_way_is_made_good_by_the_next(copy):
    killed = copy.start("x", KILLED="yes")
    assert killed.returncode != 0
    assert not (copy.root / ".venv" / "stamp-run").exists()
    done = copy.start("x")
    assert (done.returncode, copy.installs()) == (0, 2)
    assert not (copy.root / ".venv" / "unfinished").exists()


def test_a_kill_while_test_packages_went_in_makes_the_environment_anew_for_the_next_test(copy):
    copy.start("x")
    copy.start("test", KILLED="yes")
    assert copy.start("test").returncode == 0
    assert copy.installs() == 2


def test_of_two_starts_at_once_one_installs_and_the_other_waits(copy):
    started = [
        subprocess.Popen(
            [copy.root / "evenlode", word],
            env=copy.env(PIP_TAKES="1"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for word in ["one", "two"]
    ]
    told = [start.communicate(timeout=60) for start in started]
    assert [start.returncode for start in started] == [0, 0]
    assert [out.splitlines()[-1] for out, _ in told] == ["<one>", "<two>"]
    assert copy.installs() == 1
    assert sum("waiting for it" in err for _, err in told) == 1


def test_the_word_test_runs_the_suite_of_the_repository_without_the_long_tests(copy, tmp_path):
    done = copy.start("test", "tests/house", "-k", "a word", cwd=tmp_path)
    assert done.stdout == f"{copy.root}\n-m pytest -n auto -rfEs -m not long tests/house -k a word\n"


def test_the_word_long_adds_the_long_tests_wherever_it_stands(copy):
    for words in [["--long", "tests/house"], ["tests/house", "--long"]]:
        assert copy.start("test", *words).stdout.splitlines()[-1] == "-m pytest -n auto -rfEs tests/house"


def test_test_packages_are_installed_only_for_the_word_test(copy):
    copy.start("check")
    assert "test.txt" not in copy.calls.read_text()
    copy.start("test")
    copy.start("test")
    assert copy.calls.read_text().count("requirements/test.txt") == 1


@pytest.mark.skipif(
    Path(sys.prefix) != ROOT / ".venv", reason="runs in an environment that the launcher did not make"
)
def test_the_real_command_answers_within_three_seconds_once_it_is_installed():
    took = []
    for _ in range(3):
        start = time.perf_counter()
        done = subprocess.run([ROOT / "evenlode", "--version"], capture_output=True, text=True, check=False)
        took.append(time.perf_counter() - start)
        assert done.returncode == 0, done.stderr
        assert "0.1.0" in done.stdout
    assert min(took) < 3
