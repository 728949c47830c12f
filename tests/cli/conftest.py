from __future__ import annotations

from datetime import date

import pytest

from evenlode.demo import build_council


@pytest.fixture(scope="session")
def extracts(tmp_path_factory) -> str:
    """The files of a small made-up council as at 20 November 2026."""
    folder = tmp_path_factory.mktemp("council")
    build_council(folder, as_at=date(2026, 11, 20), children=60, seed=3)
    return str(folder / "extracts")
