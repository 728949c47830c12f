"""The rule book as SQL text for one engine: built once, then kept.

Building the expressions and compiling them costs about a second; the text depends only on the
rules, the policy and the dialect, so it is kept on disk under a name made from all three.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from evenlode.policy import Policy
from evenlode.position.today import STAND_INS

PACKAGES = ("calendar", "policy", "record", "position", "workload", "rules")
"""What the compiled text of the rules depends on."""


FINDINGS_NEED = ("lead", "worker_team")
"""The steps that name a finding's worker and team."""
LOADS = "load_sum"
"""The step that every worker's load is made of."""
_LOAD = re.compile(r"""["`\[ ]load["`\] ]""")


@dataclass(frozen=True)
class Query:
    """One step or one rule as SQL text, with the steps that must have been worked out before it."""

    name: str
    sql: str
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Compiled:
    """The shared steps, each rule's answers, and the query that makes findings of them.

    day_form: how the dialect writes a date.  The text is the same for every day: stand-ins
    (`today.STAND_INS`) hold the places of the as-at date and of the days counted from it.
    """

    dialect: str
    steps: tuple[Query, ...]
    rules: tuple[Query, ...]
    findings: str
    day_form: str

    def on(self, days: Mapping[str, date]) -> Compiled:
        """The same, with the real days in place of their stand-ins."""
        put = {self.written(STAND_INS[name]): self.written(day) for name, day in days.items()}

        def dated(sql: str) -> str:
            for stand_in, day in put.items():
                sql = sql.replace(stand_in, day)
            return sql

        return replace(
            self,
            steps=tuple(replace(q, sql=dated(q.sql)) for q in self.steps),
            rules=tuple(replace(q, sql=dated(q.sql)) for q in self.rules),
            findings=dated(self.findings),
        )

    def only(self, rule_ids: Iterable[str], step_names: Iterable[str] = ()) -> Compiled:
        """The same for these rules and steps alone: with the steps that they rest on and no others."""
        wanted = set(rule_ids)
        rules = tuple(q for q in self.rules if q.name in wanted)
        needed = {*step_names, *(name for q in rules for name in q.needs)}
        needed |= set(FINDINGS_NEED) if rules else set()
        if any(_LOAD.search(q.sql) for q in rules):
            needed.add(LOADS)
        steps: list[Query] = []
        for query in reversed(self.steps):
            if query.name in needed:
                needed.update(query.needs)
                steps.append(query)
        return replace(self, steps=tuple(reversed(steps)), rules=rules)

    def without(self, rule_ids: Iterable[str]) -> Compiled:
        """The same without these rules; every step stays."""
        left_out = set(rule_ids)
        return replace(self, rules=tuple(q for q in self.rules if q.name not in left_out))

    @property
    def with_loads(self) -> bool:
        """Whether the steps lead up to every worker's load."""
        return any(q.name == LOADS for q in self.steps)

    def written(self, day: date) -> str:
        """A date as this dialect writes it."""
        return self.day_form.format(year=day.year, month=day.month, day=day.day)


def rules_version() -> str:
    """Changes whenever the text of the rules, or of anything below them, changes."""
    return version_of(PACKAGES)


@cache
def version_of(packages: tuple[str, ...]) -> str:
    """Changes whenever the text of one of these packages changes.

    It stays what it was when first asked for; whoever keeps text under it asks when the module is loaded.
    """
    return _on_disk(packages)


def _on_disk(packages: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for package in packages:
        folder = files("evenlode").joinpath(package)
        for entry in sorted(folder.iterdir(), key=lambda e: e.name):
            if entry.name.endswith((".py", ".yaml")):
                digest.update(entry.name.encode())
                digest.update(entry.read_bytes())
    return digest.hexdigest()[:16]


def compiled(policy: Policy, dialect: str = "duckdb") -> Compiled:
    """The SQL for this policy and engine: from the cache where it is there, else built and kept."""

    def built() -> Compiled:
        from evenlode.rules.build import build  # noqa: PLC0415 - Ibis is slow to import

        return build(policy, dialect)

    return kept(f"{dialect}-{{version}}-{policy.fingerprint}", PACKAGES, built)


def kept(name: str, packages: tuple[str, ...], built: Callable[[], Compiled]) -> Compiled:
    """Compiled text from the cache: where it is not there, built and kept.

    name: with {version}, the version of these packages, in it.  Where their files have changed since they
    were loaded, as when Evenlode is renewed under a process that runs, the text is used and not kept:
    nobody could say of which version it is.
    """
    version = version_of(packages)
    path = _cache_folder() / f"{name.format(version=version)}.json"
    try:
        found = json.loads(path.read_text("utf-8"))
        return Compiled(
            found["dialect"],
            _queries(found["steps"]),
            _queries(found["rules"]),
            found["findings"],
            found["day_form"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        pass
    result = built()
    if _on_disk(packages) == version:
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


rules_version()
