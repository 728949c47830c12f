"""One invented council for all tests that only read it, and a reader of its files."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from evenlode.demo import BuiltCouncil, build_council

AS_AT = date(2026, 11, 20)


class Files:
    """The written files of one council, read back as plain rows."""

    def __init__(self, built: BuiltCouncil) -> None:
        self.built = built
        self._read: dict[str, list[dict[str, str]]] = {}

    def rows(self, table: str) -> list[dict[str, str]]:
        """All rows of one extract file."""
        if table not in self._read:
            folder = "ssd" if table.startswith("ssd_") else "local"
            self._read[table] = read(self.built.extracts / folder / f"{table}.csv")
        return self._read[table]

    def one(self, table: str, column: str, value: str) -> dict[str, str]:
        """The first row with a value in a column."""
        return next(row for row in self.rows(table) if row[column] == value)

    @property
    def expected(self) -> list[dict[str, str]]:
        """The expected findings."""
        return read(self.built.expected_findings)

    def found(self, rule: str, why: str = "") -> list[dict[str, str]]:
        """The expected findings of a rule, those whose reason holds some words."""
        return [row for row in self.expected if row["rule_id"] == rule and why in row["why"]]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text: str) -> date:
    """A date as the case system writes it."""
    return date.fromisoformat(text[:10])


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return Files(build_council(tmp_path_factory.mktemp("council"), as_at=AS_AT))
