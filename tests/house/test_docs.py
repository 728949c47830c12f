"""What the pages, the locks and the settings promise about themselves is so."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ["requirements/run.txt", "requirements/test.txt", "requirements/scan.txt"]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
FIRST_SCREEN = 40  # lines
MADE = {
    ".git",
    ".venv",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".hypothesis",
    ".scan",
    "__pycache__",
    "evenlode-home",
    "build",
    "dist",
}


def ours() -> list[Path]:
    """Every file of the repository that a person wrote or that is kept with it."""
    return [
        path
        for path in sorted(ROOT.rglob("*"))
        if path.is_file()
        and not MADE & set(path.relative_to(ROOT).parts)
        and not any(part.endswith(".egg-info") for part in path.parts)
        and not path.name.startswith(".venv")
    ]


def pages() -> list[Path]:
    return [path for path in ours() if path.suffix == ".md"]


def pins(lock: str) -> dict[str, str]:
    found = re.findall(r"^([a-z0-9-]+)==([^\s;]+)", (ROOT / lock).read_text(), flags=re.MULTILINE)
    return dict(found)


def pinned(requirements: list[str]) -> dict[str, str]:
    return {name.partition("[")[0]: version for name, version in (r.split("==") for r in requirements)}


def lines_of(key: str) -> list[str]:
    """The lines of each list of that name in pyproject.toml."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lists = re.findall(rf"^{key} = \[\n(.*?)^\]", text, flags=re.MULTILINE | re.DOTALL)
    return [
        line
        for each in lists
        for line in each.splitlines()
        if line.strip() and not line.strip().startswith("#")
    ]


def test_the_read_me_names_both_commands_in_its_first_screen():
    first_screen = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:FIRST_SCREEN]
    for command in ["./evenlode demo", "./evenlode test"]:
        assert any(line.startswith(command) for line in first_screen)


def test_ci_runs_the_same_test_command_that_the_read_me_gives():
    assert "./evenlode test" in (ROOT / ".ci" / "run").read_text()


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_on_a_page_leads_somewhere(page):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text)]
    lost = [
        link
        for link in links
        if link and "://" not in link and not link.startswith("mailto:") and not (page.parent / link).exists()
    ]
    assert not lost


def test_the_index_of_the_documentation_names_every_page():
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    docs = ROOT / "docs"
    missing = [
        str(page.relative_to(docs))
        for page in sorted(docs.rglob("*.md"))
        if str(page.relative_to(docs)) not in index
    ]
    assert missing == ["README.md"]


def test_decisions_are_numbered_without_gaps():
    assert [page.name[:4] for page in DECISIONS] == [
        f"{number:04}" for number in range(1, len(DECISIONS) + 1)
    ]


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.name)
def test_a_decision_says_its_status_context_decision_and_consequences(page):
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"# {int(page.name[:4])}. ")
    assert re.findall(r"^Status: |^## Context|^## Decision|^## Consequences", text, flags=re.MULTILINE) == [
        "Status: ",
        "## Context",
        "## Decision",
        "## Consequences",
    ]


def test_the_words_of_the_glossary_stand_in_order_and_each_once():
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    sections = [
        re.findall(r"^- \*\*(.+?)\*\*:", section, flags=re.MULTILINE) for section in text.split("\n## ")[1:]
    ]
    assert all(words == sorted(words, key=str.lower) for words in sections)
    every = [word for words in sections for word in words]
    assert len(every) == len(set(every))


def test_the_changelog_has_a_place_for_what_comes_next():
    assert "\n## Unreleased\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_licence_is_mit_wherever_it_is_named():
    assert PROJECT["project"]["license"] == "MIT"
    assert (ROOT / "LICENSE").read_text().startswith("MIT License")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_no_address_of_a_registry(lock):
    text = (ROOT / lock).read_text()
    assert not re.search(r"[a-z]+://|--index-url|--extra-index-url|--find-links|--trusted-host| @ ", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_has_one_version_and_its_checksums(lock):
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())
    assert entries[0].strip() == "--only-binary :all:"
    for entry in entries[1:]:
        first, *checksums = [line.strip() for line in entry.replace(" \\\n", "\n").splitlines()]
        assert re.fullmatch(r"[a-z0-9-]+==[^\s;*]+( ; .+)?", first)
        assert checksums, f"{first} has no checksum"
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", line) for line in checksums), first


def test_the_locks_hold_what_the_project_asks_for():
    run = pinned(PROJECT["project"]["dependencies"]) | pinned(PROJECT["build-system"]["requires"])
    assert run.items() <= pins("requirements/run.txt").items()
    assert (
        pinned(PROJECT["project"]["optional-dependencies"]["test"]).items()
        <= pins("requirements/test.txt").items()
    )
    assert (
        pinned(PROJECT["project"]["optional-dependencies"]["scan"]).items()
        <= pins("requirements/scan.txt").items()
    )


def test_tests_run_on_the_very_versions_that_people_run():
    assert pins("requirements/run.txt").items() <= pins("requirements/test.txt").items()


def test_pandas_is_there_for_benchmarks_and_never_installed_for_people():
    assert "pandas" in pins("requirements/test.txt")
    assert "pandas" not in pins("requirements/run.txt")


@pytest.mark.parametrize("key", ["dependencies", "test", "scan"])
def test_every_dependency_says_why_it_is_there(key):
    lines = lines_of(key)
    assert len(lines) == len(
        PROJECT["project"]["dependencies"]
        if key == "dependencies"
        else PROJECT["project"]["optional-dependencies"][key]
    )
    assert [line for line in lines if not re.search(r'",\s+# \w+', line)] == []


@pytest.mark.parametrize("key", ["ignore", '"tests/\\*\\*"', '"benchmarks/\\*\\*"', "filterwarnings"])
def test_whatever_is_switched_off_says_why(key):
    lines = lines_of(key)
    assert lines
    assert [line for line in lines if not re.search(r'",\s+# \w+', line)] == []


def test_no_file_holds_a_path_of_the_machine_that_it_was_written_on():
    parent = f"{ROOT}/" if ROOT.parent == Path("/") else f"{ROOT.parent}/"
    homes = re.compile("/(?:ho" + "me|Us" + "ers)/[a-z]|/ro" + "ot/")
    found = []
    for path in ours():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if parent in text or homes.search(text):
            found.append(str(path.relative_to(ROOT)))
    assert not found
