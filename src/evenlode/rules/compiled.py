"""The rule book as SQL text for one engine: built once, then kept.

Building the expressions and compiling them costs about a second; the text depends only on the
rules, the policy and the dialect, so it is kept on disk under a name made from all three.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from evenlode.policy import Policy

_PACKAGES = ("calendar", "policy", "record", "position", "workload", "rules")


@dataclass(frozen=True)
class Query:
    """One step or one rule as SQL text, with the steps that must have been worked out before it."""

    name: str
    sql: str
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Compiled:
    """The shared steps, each rule's answers, and the query that makes findings of them."""

    dialect: str
    steps: tuple[Query, ...]
    rules: tuple[Query, ...]
    findings: str

    def steps_for(self, names: set[str]) -> tuple[Query, ...]:
        """Those steps with every step that they build on, in order."""
        wanted = set(names)
        for step in reversed(self.steps):
            if step.name in wanted:
                wanted.update(step.needs)
        return tuple(step for step in self.steps if step.name in wanted)


@cache
def rules_version() -> str:
    """Changes whenever the text of the rules, or of anything below them, changes."""
    digest = hashlib.sha256()
    for package in _PACKAGES:
        folder = files("evenlode").joinpath(package)
        for entry in sorted(folder.iterdir(), key=lambda e: e.name):
            if entry.name.endswith((".py", ".yaml")):
                digest.update(entry.name.encode())
                digest.update(entry.read_bytes())
    return digest.hexdigest()[:16]


def compiled(policy: Policy, dialect: str = "duckdb") -> Compiled:
    """The SQL for this policy and engine: from the cache where it is there, else built and kept."""
    name = f"{dialect}-{rules_version()}-{policy.fingerprint}.json"
    path = _cache_folder() / name
    try:
        found = json.loads(path.read_text("utf-8"))
        return Compiled(
            found["dialect"], _queries(found["steps"]), _queries(found["rules"]), found["findings"]
        )
    except (OSError, ValueError, KeyError, TypeError):
        pass
    from evenlode.rules.build import build  # noqa: PLC0415 - Ibis is slow to import

    result = build(policy, dialect)
    _keep(path, json.dumps(asdict(result)))
    return result


def _queries(found: list[dict[str, Any]]) -> tuple[Query, ...]:
    return tuple(Query(q["name"], q["sql"], tuple(q["needs"])) for q in found)


def _cache_folder() -> Path:
    told = os.environ.get("EVENLODE_CACHE")
    if told:
        return Path(told)
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "evenlode"


def _keep(path: Path, text: str) -> None:
    """Write the cache; a cache that cannot be written is no fault."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_text(text, "utf-8")
        part.replace(path)
    except OSError:
        return
