"""In which order, and on which process, the suite runs."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent
LONGEST_FIRST = ("web/browser", "engines", "web/running", "rules", "quality")
"""A browser's pages and whole servers take longest, and go one after the other: the other processes do the rest meanwhile."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """The tests of a file share what is costly to make, so they stay together on one process (--dist loadgroup)."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(group_of(item.path)))
    items.sort(key=lambda item: place_of(item.path))


def group_of(path: Path) -> str:
    """By what a test is kept with others: its file; one browser and one demonstration serve all of theirs."""
    inside = path.relative_to(HERE).as_posix()
    return "browser" if inside.startswith("web/browser/") else inside.removesuffix(".py")


def place_of(path: Path) -> int:
    """Where in the order its folder stands."""
    inside = path.relative_to(HERE).as_posix()
    return next(
        (n for n, folder in enumerate(LONGEST_FIRST) if inside.startswith(f"{folder}/")), len(LONGEST_FIRST)
    )
