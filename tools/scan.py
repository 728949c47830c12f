"""Looks at our own code and at every package for what could harm somebody (safety-bars S2, S3, S5).

    .venv/bin/python tools/scan.py              what CI does: fails on a finding
    .venv/bin/python tools/scan.py --release    fails on anything that was not checked, too

It makes an environment of its own from requirements/scan.txt, which is thrown away at the end, and writes to
the folder .scan: scan.json (what each part found) and sbom.cdx.json (every installed package).  What was looked at
and found harmless stands in tools/rules/accepted.csv with the reason; an entry that fits nothing any more is a finding.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatch
from importlib.metadata import distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
RULES = ROOT / "tools" / "rules"
ACCEPTED = RULES / "accepted.csv"
CLEAN, FINDINGS, NOT_CHECKED = "clean", "findings", "not checked"
SECRETS_IN = (
    "KeywordDetector PrivateKeyDetector BasicAuthDetector HexHighEntropyString Base64HighEntropyString "
    "JwtTokenDetector AWSKeyDetector AzureStorageKeyDetector GitHubTokenDetector".split()
)
"""What a secret is known by: keys of the clouds that councils use, passwords beside their names, and chance strings."""
NO_SECRETS_IN = r"^requirements/|package-lock\.json$|/vendor/|^tools/rules/accepted\.csv$"
"""Locks hold a checksum a line, and the vendored scripts of the design systems are not ours."""


@dataclass(frozen=True)
class Finding:
    """One thing that a scanner says: its own word for it, the file, the line, and the sentence to print."""

    scanner: str
    finding: str
    path: str
    line: int = 0
    says: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.scanner} {self.finding} {self.says}".rstrip()


@dataclass
class Result:
    """What one part came to; found: what has to be mended, why: what kept it from being checked."""

    part: str
    state: str
    found: list[str] = field(default_factory=list)
    why: str = ""


@dataclass(frozen=True)
class Accepted:
    """Findings that were looked at and are harmless: how many of one sort in one file, and why."""

    scanner: str
    finding: str
    path: str
    count: str
    why: str

    def fits(self, one: Finding) -> bool:
        """Whether a finding is one of them."""
        return (self.scanner, self.finding) == (one.scanner, one.finding) and fnmatch(one.path, self.path)


def accepted() -> list[Accepted]:
    """The table of what was looked at."""
    with ACCEPTED.open(encoding="utf-8", newline="") as file:
        return [Accepted(**row) for row in csv.DictReader(file)]


def left(scanner: str, found: Iterable[Finding], table: list[Accepted]) -> list[str]:
    """What is not accepted, and entries of the table that no longer fit what is there."""
    entries = [one for one in table if one.scanner == scanner]
    seen: Counter[Accepted] = Counter()
    said = []
    for one in found:
        entry = next((e for e in entries if e.fits(one)), None)
        if entry is None:
            said.append(str(one))
        else:
            seen[entry] += 1
    said += [
        f"accepted.csv says {e.count} of {scanner} {e.finding} in {e.path}, and there are {seen[e]}"
        for e in entries
        if not seen[e] or (e.count != "any" and seen[e] != int(e.count))
    ]
    return said


def judged(part: str, said: list[str]) -> Result:
    """Clean, or what has to be mended."""
    return Result(part, FINDINGS if said else CLEAN, said)


def run(words: list[str | Path], *, also: tuple[int, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Runs a tool from the repository's root; CalledProcessError where it fails otherwise than expected."""
    done = subprocess.run([str(w) for w in words], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode not in {0, *also}:
        raise subprocess.CalledProcessError(done.returncode, words, done.stdout, done.stderr)
    return done


def environment(folder: Path) -> Path:
    """An environment with the scanners, each package checked against its checksum; answers where their commands are.

    The lock names every package, so nothing is resolved again.
    """
    python = getattr(sys, "_base_executable", sys.executable)  # .venv itself may have no pip
    run([python, "-m", "venv", "--without-pip", folder])
    words = "install --quiet --no-compile --no-deps --no-input --disable-pip-version-check --require-hashes".split()
    run([python, "-m", "pip", "--python", folder, *words, "-r", ROOT / "requirements" / "scan.txt"])
    return folder / "bin"


def code(commands: Path) -> Result:
    """Bandit on the product.  What ruff was told to let pass with a reason on the line is let pass here too."""
    said = json.loads(run([commands / "bandit", "-q", "-r", "src", "-f", "json", "--exit-zero"]).stdout)
    found = [
        Finding("bandit", r["test_id"], r["filename"], r["line_number"], r["issue_text"])
        for r in said["results"]
        if not let_pass(r["test_id"], r["filename"], r["line_range"])
    ]
    faults = [f"{e['filename']}: bandit could not read it: {e['reason']}" for e in said["errors"]]
    return judged("code", faults + left("bandit", found, accepted()))


SAME_IN_RUFF = {"B703": "S308"}
"""Bandit has two words for it, ruff one; every other number is the same in both."""


def let_pass(test_id: str, path: str, lines: list[int]) -> bool:
    """Whether one of the lines says `# noqa: Snnn - why` for it."""
    rule = SAME_IN_RUFF.get(test_id, f"S{test_id[1:]}")
    text = (ROOT / path).read_text(encoding="utf-8").splitlines()
    return any(re.search(rf"# noqa: .*\b{rule}\b.* - \w+", text[n - 1]) for n in lines)


def own_rules(commands: Path) -> Result:
    """Our own rules, first on what each must find, then on the product."""
    quiet = ["--metrics", "off", "--disable-version-check"]
    semgrep = commands / "pysemgrep"
    env = ["env", f"PATH={commands}:/usr/bin:/bin", "SEMGREP_SEND_METRICS=off"]
    tried = run([*env, semgrep, "scan", "--test", *quiet, "--config", RULES, RULES], also=(1,))
    if tried.returncode or "All tests passed" not in tried.stdout + tried.stderr:
        return judged("own rules", ["a rule does not find what it must: " + tried.stdout[-2000:]])
    words = ["scan", "--json", "--no-git-ignore", *quiet, "--config", RULES / "evenlode.yaml", "src/evenlode"]
    said = json.loads(run([*env, semgrep, *words]).stdout)
    found = [
        Finding(
            "semgrep", r["check_id"].rsplit(".", 1)[-1], r["path"], r["start"]["line"], r["extra"]["message"]
        )
        for r in said["results"]
    ]
    faults = [f"semgrep: {e.get('message', e)}" for e in said["errors"]]
    if not said["paths"]["scanned"]:
        faults.append("semgrep looked at no file")
    return judged("own rules", faults + left("semgrep", found, accepted()))


def secrets(commands: Path) -> Result:
    """Keys and passwords in every file of the repository; first in one that is planted, which must be found."""
    words: list[str | Path] = ["scan", "--no-verify"]
    tool = commands / "detect-secrets"
    every = re.findall(r"^\w+$", run([tool, "scan", "--list-all-plugins"]).stdout, re.MULTILINE)
    words += [w for name in every if name not in SECRETS_IN for w in ("--disable-plugin", name)]
    with tempfile.TemporaryDirectory() as folder:
        planted = Path(folder) / "planted.py"
        planted.write_text("database_pass" + 'word = "otter7lantern9gravel"\n', encoding="utf-8")
        if not json.loads(run([tool, "-C", folder, *words, "--all-files", "."]).stdout)["results"]:
            return judged("secrets", ["a password that was planted was not found"])
    said = json.loads(run([tool, *words, "--exclude-files", NO_SECRETS_IN]).stdout)
    found = [
        Finding("detect-secrets", f"{s['type']} {s['hashed_secret'][:12]}", path, s["line_number"])
        for path, there in said["results"].items()
        for s in there
    ]
    return judged("secrets", left("detect-secrets", found, accepted()))


def locked() -> set[str]:
    """The packages that the run lock installs on a machine like this."""
    text = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    pins = [Requirement(line.rstrip(" \\")) for line in text.splitlines() if re.match(r"[a-z0-9]", line)]
    return {canonicalize_name(p.name) for p in pins if p.marker is None or p.marker.evaluate()}


def flaws(commands: Path) -> Result:
    """Known flaws of the packages that we ship, as the advisory service of the package index tells them."""
    words = ["--strict", "--require-hashes", "--disable-pip", "--progress-spinner", "off", "-f", "json"]
    try:
        done = subprocess.run(
            [commands / "pip-audit", *words, "-r", "requirements/run.txt"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    except subprocess.TimeoutExpired:
        return Result("flaws", NOT_CHECKED, why="the advisory service did not answer within 120 seconds")
    return flaws_told(done.stdout, done.stderr, locked())


def flaws_told(out: str, err: str, wanted: set[str]) -> Result:
    """What the answer of the advisory service comes to; clean only where it answered for every package."""
    try:
        told = json.loads(out)["dependencies"]
    except (ValueError, KeyError, TypeError):
        lines = [line for line in err.strip().splitlines() if line]
        return Result("flaws", NOT_CHECKED, why=lines[-1] if lines else "the advisory service gave no answer")
    found = [
        f"{one['name']} {one['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'no version yet'}"
        for one in told
        for flaw in one.get("vulns", [])
    ]
    if found:
        return Result("flaws", FINDINGS, found)
    missing = wanted - {canonicalize_name(one["name"]) for one in told if "vulns" in one}
    if missing:
        return Result("flaws", NOT_CHECKED, why=f"nothing was said of {', '.join(sorted(missing))}")
    return Result("flaws", CLEAN)


def packages(commands: Path, out: Path, *, only_locked: bool) -> Result:
    """Writes the list of every installed package (CycloneDX) and holds it against what is installed and locked."""
    valid = "--validate" if only_locked else "--no-validate"  # ten seconds, which a release is worth
    words = ["environment", "--of", "JSON", "--output-reproducible", valid, "-o", out, sys.executable]
    run([commands / "cyclonedx-py", *words])
    listed = json.loads(out.read_text(encoding="utf-8"))
    installed = {canonicalize_name(one.metadata["Name"]) for one in distributions()}
    return judged("packages", packages_told(listed, installed, locked(), only_locked=only_locked))


def packages_told(listed: dict, installed: set[str], wanted: set[str], *, only_locked: bool) -> list[str]:
    """What is wrong with a list: a package that it leaves out, one that it makes up, one that no lock names."""
    names = {canonicalize_name(one["name"]) for one in listed.get("components", [])}
    ours = {"evenlode"}
    said = [f"{name} is installed and not in the list" for name in sorted(installed - names - ours)]
    said += [f"{name} is in the list and not installed" for name in sorted(names - installed)]
    said += [f"{name} is in the lock and not installed" for name in sorted(wanted - installed)]
    if only_locked:
        said += [f"{name} is installed and not in the run lock" for name in sorted(installed - wanted - ours)]
    return said


def release_refused(results: list[Result]) -> list[str]:
    """Why a release may not be made: a finding, or anything that was not really checked."""
    return [f"{one.part}: {one.why or one.state}" for one in results if one.state != CLEAN]


def failed(part: str, doing: Callable[[], Result]) -> Result:
    """A part; where its tool itself breaks that is a finding, never a pass."""
    try:
        return doing()
    except (subprocess.CalledProcessError, OSError, ValueError) as fault:
        more = getattr(fault, "stderr", None) or ""
        return Result(part, FINDINGS, [f"the scan itself failed: {fault} {more[-500:]}"])


def main() -> int:
    """Runs every part and says what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--release", action="store_true", help="fail on what was not checked, too")
    parser.add_argument("--out", type=Path, default=ROOT / ".scan", help="the folder to write to")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        commands = environment(Path(folder) / "venv")
        parts: dict[str, Callable[[], Result]] = {
            "secrets": lambda: secrets(commands),
            "own rules": lambda: own_rules(commands),
            "code": lambda: code(commands),
            "packages": lambda: packages(commands, asked.out / "sbom.cdx.json", only_locked=asked.release),
            "flaws": lambda: flaws(commands),
        }
        with ThreadPoolExecutor(2) as pool:
            results = list(pool.map(lambda part: failed(*part), parts.items()))
    (asked.out / "scan.json").write_text(
        json.dumps([asdict(r) for r in results], indent=1) + "\n", encoding="utf-8"
    )
    for one in results:
        print(f"{one.part}: {one.state}" + (f" ({one.why})" if one.why else ""))
        for line in one.found:
            print(f"  {line}")
    refused = release_refused(results)
    if asked.release and refused:
        print("release refused: " + "; ".join(refused))
    return int(bool(refused) if asked.release else any(one.state == FINDINGS for one in results))


if __name__ == "__main__":
    sys.exit(main())
