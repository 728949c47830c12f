"""Compiled rules are kept under the version that they were made of, and under no other."""

import pytest

from evenlode.rules import compiled
from evenlode.rules.compiled import PACKAGES, Compiled, kept

TEXT = Compiled("duckdb", (), (), "SELECT 1", "{year}")
OTHER = Compiled("duckdb", (), (), "SELECT 2", "{year}")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("EVENLODE_CACHE", str(tmp_path))
    return tmp_path


def test_text_that_was_built_once_is_not_built_again(folder):
    assert kept("rules-{version}", PACKAGES, lambda: TEXT) == TEXT
    assert kept("rules-{version}", PACKAGES, lambda: OTHER) == TEXT
    assert len(list(folder.iterdir())) == 1


def test_text_built_while_the_rules_were_renewed_is_used_and_not_kept(folder, monkeypatch):
    def built():
        monkeypatch.setattr(compiled, "_on_disk", lambda packages: "renewed")
        return TEXT

    assert kept("rules-{version}", PACKAGES, built) == TEXT
    assert list(folder.iterdir()) == []
    assert kept("rules-{version}", PACKAGES, lambda: OTHER) == OTHER


def test_the_version_of_rules_that_are_loaded_stays_although_their_files_change(monkeypatch):
    before = compiled.rules_version()
    monkeypatch.setattr(compiled, "_on_disk", lambda packages: "renewed")
    assert compiled.rules_version() == before
