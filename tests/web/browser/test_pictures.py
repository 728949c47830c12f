"""The pictures in the documentation are taken by this test, so that they show what the pages show.

DRAW_PICTURES=yes writes them into docs/images; otherwise they are taken and thrown away.
"""

from __future__ import annotations

import os

import pytest

from evenlode.access import Role

from .conftest import ROOT

PICTURES = {
    "today": (Role.TEAM_MANAGER, "today", 540),
    "team": (Role.TEAM_MANAGER, "team", 800),
    "child": (Role.TEAM_MANAGER, "child", 620),
    "my-caseload": (Role.SOCIAL_WORKER, "my-caseload", 720),
}
"""Name of the picture: as whom, which page, how much of it is shown."""
WIDTH = 1280


@pytest.mark.parametrize(
    "name", [name if name == "today" else pytest.param(name, marks=pytest.mark.long) for name in PICTURES]
)
def test_each_picture_of_the_documentation_can_be_taken_again(served, opened, tmp_path, name):
    role, page_name, height = PICTURES[name]
    page = opened(role, width=WIDTH)
    answer = page.goto(served.pages[page_name])
    assert answer.status == 200
    folder = ROOT / "docs" / "images" if os.environ.get("DRAW_PICTURES") == "yes" else tmp_path
    page.screenshot(
        path=folder / f"{name}.png",
        full_page=True,
        clip={"x": 0, "y": 0, "width": WIDTH, "height": height},
    )
    assert (folder / f"{name}.png").read_bytes().startswith(b"\x89PNG")
    assert not page.faults
