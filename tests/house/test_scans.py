"""What is scanned for, what a scan says, and when a release is refused (safety-bars S2, S3, S5). CI runs the scan itself."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
_found = importlib.util.spec_from_file_location("scan", ROOT / "tools" / "scan.py")
scan = importlib.util.module_from_spec(_found)
sys.modules["scan"] = scan
_found.loader.exec_module(scan)

RULES = yaml.safe_load((scan.RULES / "evenlode.yaml").read_text(encoding="utf-8"))["rules"]
EXAMPLES = "".join(
    p.read_text(encoding="utf-8") for p in (scan.RULES / "evenlode.py", scan.RULES / "evenlode.html")
)
FLAW = {"id": "PYSEC-1", "fix_versions": ["2.0"], "aliases": []}


def answered(*packages) -> str:
    return json.dumps({"dependencies": list(packages), "fixes": []})


@pytest.mark.parametrize("rule", [rule["id"] for rule in RULES])
def test_each_rule_has_an_example_that_it_must_find_and_one_that_it_must_leave_alone(rule):
    assert re.search(rf"ruleid: {rule}\n", EXAMPLES + "\n") or re.search(rf"ruleid: {rule} -->", EXAMPLES)
    if rule != "clock-in-the-core":
        assert re.search(rf"ok: {rule}\b", EXAMPLES)


def test_ci_runs_the_scans():
    assert re.search(r'^step "scans" .*tools/scan\.py$', (ROOT / ".ci" / "run").read_text(), re.MULTILINE)


def test_packages_without_a_known_flaw_are_clean():
    told = answered({"name": "Django", "version": "5.2.19", "vulns": []})
    assert scan.flaws_told(told, "", {"django"}).state == scan.CLEAN


def test_a_known_flaw_is_a_finding_with_the_version_that_mends_it():
    told = answered({"name": "django", "version": "1.0", "vulns": [FLAW]})
    result = scan.flaws_told(told, "", {"django"})
    assert result.state == scan.FINDINGS
    assert result.found == ["django 1.0: PYSEC-1, mended in 2.0"]


@pytest.mark.parametrize(
    ("out", "err"),
    [
        ("", "ERROR: Name or service not known"),
        ("", ""),
        ("<html>a proxy's page</html>", ""),
        ("[]", ""),
        (answered(), ""),
        (answered({"name": "click", "version": "8.0", "vulns": []}), ""),
        (answered({"name": "django", "version": "5.2", "skip_reason": "not found"}), ""),
    ],
)
def test_an_answer_that_does_not_speak_of_every_package_is_not_checked_and_never_a_pass(out, err):
    result = scan.flaws_told(out, err, {"django"})
    assert result.state == scan.NOT_CHECKED
    assert result.why
    assert scan.release_refused([result]) == [f"flaws: {result.why}"]


def test_a_release_is_refused_for_a_finding_and_for_what_was_not_checked_and_for_nothing_else():
    clean = scan.Result("code", scan.CLEAN)
    assert scan.release_refused([clean]) == []
    assert scan.release_refused([clean, scan.Result("flaws", scan.NOT_CHECKED, why="no network")]) == [
        "flaws: no network"
    ]
    assert scan.release_refused([clean, scan.Result("secrets", scan.FINDINGS, ["x"])]) == [
        "secrets: findings"
    ]


def test_a_scanner_that_breaks_is_a_finding():
    def breaks():
        raise OSError("no such tool")

    assert scan.failed("code", breaks).state == scan.FINDINGS


def test_the_list_of_packages_names_every_installed_one_and_no_other():
    listed = {"components": [{"name": "Django"}, {"name": "click"}]}
    told = scan.packages_told(listed, {"django", "click", "evenlode"}, {"django", "click"}, only_locked=True)
    assert told == []
    assert scan.packages_told(listed, {"django", "click", "rich"}, set(), only_locked=False) == [
        "rich is installed and not in the list"
    ]
    assert scan.packages_told(listed, {"django"}, set(), only_locked=False) == [
        "click is in the list and not installed"
    ]
    assert scan.packages_told(listed, {"django", "click"}, {"rich"}, only_locked=False) == [
        "rich is in the lock and not installed"
    ]
    assert scan.packages_told(listed, {"django", "click"}, {"django"}, only_locked=True) == [
        "click is installed and not in the run lock"
    ]


def test_what_is_locked_for_this_machine_is_known():
    assert {"django", "duckdb", "setuptools"} <= scan.locked()
    assert "pytest" not in scan.locked()


def a_finding(path="src/evenlode/web/x.py", finding="B608"):
    return scan.Finding("bandit", finding, path, 7, "says so")


def test_a_finding_that_nobody_has_looked_at_is_told_with_its_place():
    assert scan.left("bandit", [a_finding()], []) == ["src/evenlode/web/x.py:7: bandit B608 says so"]


def test_a_finding_that_was_looked_at_passes_only_in_its_file_and_as_often_as_it_was_looked_at():
    entry = scan.Accepted("bandit", "B608", "src/evenlode/web/x.py", "1", "our own names")
    assert scan.left("bandit", [a_finding()], [entry]) == []
    assert len(scan.left("bandit", [a_finding(), a_finding()], [entry])) == 1
    assert len(scan.left("bandit", [a_finding("src/evenlode/web/y.py")], [entry])) == 2
    assert len(scan.left("bandit", [], [entry])) == 1


@pytest.mark.parametrize("entry", scan.accepted(), ids=lambda e: f"{e.path} {e.finding}")
def test_what_was_let_pass_says_why_and_is_there(entry):
    assert entry.scanner in {"bandit", "semgrep", "detect-secrets"}
    assert len(entry.why.split()) >= 3
    assert entry.count == "any" or int(entry.count) > 0
    assert list(ROOT.glob(entry.path))


def test_a_line_that_ruff_lets_pass_with_a_reason_is_let_pass_and_no_other():
    path = "src/evenlode/web/sign_in/words.py"
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    with_reason = next(n for n, line in enumerate(lines, 1) if "# noqa: S105 - " in line)
    assert scan.let_pass("B105", path, [with_reason])
    assert not scan.let_pass("B608", path, [with_reason])
    assert not scan.let_pass("B105", path, [1])
