"""Makes a small demonstration as `evenlode demo` does, writes down what stands in addresses, and serves it.

Run by the browser tests in a process of its own: served_home.py FOLDER PORT VARIABLES (JSON)
"""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from pathlib import Path

from stored_script import poison  # beside this file, which is run as a script

from evenlode.cli.demo_service import make_service, serve_pages
from evenlode.demo import build_council

ONE_EACH = {"number", "opening", "job", "proposal", "token"}
"""What has to be made before its page is there: those pages have tests of their own."""


NO_PAGE = {"home", "measures-file"}
"""What leads on, and what is a file."""


class Quiet:
    """Steps that nobody watches."""

    def step(self, stage, done, of):
        """Says nothing."""


def main(folder: Path, port: int, variables: dict[str, str]) -> None:
    day = date(2026, 11, 20)
    built = build_council(folder / "made-up", as_at=day, children=60)
    if variables.pop("stored script", ""):
        poison(built.extracts)
    make_service(folder / "home", built.extracts, day, Quiet(), totals=built.totals, environ=variables)
    (folder / "told.part").write_text(json.dumps(told()), "utf-8")
    (folder / "told.part").rename(folder / "told.json")
    serve_pages(port)


def told() -> dict[str, object]:
    from evenlode.web.routes import PAGES

    return {
        "pages": {
            page.name: address_of(page)
            for page in PAGES
            if not page.changes and page.name not in NO_PAGE and not ONE_EACH & set(kinds(page))
        },
    }


def kinds(page) -> list[str]:
    return re.findall(r"<\w+:(\w+)>", page.path)


def address_of(page) -> str:
    """A page's address, with a child of whom something is late, their worker and their team in it."""
    from django.urls import reverse

    from evenlode.web.models import ChildFigure, Figures, FindingFigure, PersonRow, TeamFigure, WorkerFigure
    from evenlode.web.views.explained import finding_ref

    figures = Figures.objects.get(standing=True)
    manager = (
        PersonRow.objects.get(account__username="demo-team-manager").posts.filter(role="team manager").first()
    )
    rows = FindingFigure.objects.whole().filter(figures=figures, subject_kind="child", status="overdue")
    row = rows.filter(of_team=manager.unit_id).exclude(worker_id="").order_by("place").first() or rows.first()
    child = ChildFigure.objects.whole().get(figures=figures, child_id=row.child_id)
    worker = WorkerFigure.objects.whole().get(figures=figures, worker_id=child.worker_id)
    team = TeamFigure.objects.whole().get(figures=figures, team_id=child.team_id)
    known = {
        "ref": worker.ref if page.path.startswith("worker") else child.ref,
        "finding": finding_ref(row),
        "unit": team.parent_id if page.path.startswith("service") else team.team_id,
        "person": PersonRow.objects.get(worker_id=worker.worker_id).person_id,
        "service": team.parent_id,
        "measure": "WF-05",
        "load": "0001",
        "name": "long_plans",
        "watch_list": "long_plans",
        "rule": "CP-05",
        "rule_id": "CP-05",
        "setting": "cp_visit",
        "kind": "csv",
    }
    return reverse(page.name, kwargs={kind: known[kind] for kind in kinds(page)})


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3]))
