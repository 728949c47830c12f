"""Makes the home of a large made-up council with people who are signed in, for `benchmarks/service.py`.

    python benchmarks/service_home.py FOLDER --children 10000 --workers 600 --people 200

It goes the road of a real council: extract files, a load, a refresh.  What a benchmark cannot do as people do is to
sign two hundred in by hand: their sessions are made here, each as the sign-in makes it, and written to people.json.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

AS_AT = date(2026, 11, 20)
LONG_HISTORY = {"visits_per_open": 120, "notes_per_open": 40}
START = {
    "social worker": ["/my-caseload", "/search"],
    "team manager": ["/today", "/today", "/team", "/waiting", "/findings", "/watch"],
    "head of service": ["/today", "/service", "/findings", "/children", "/waiting"],
    "director": ["/today", "/council", "/service", "/rules", "/findings"],
    "performance analyst": ["/council", "/findings", "/rules", "/policy", "/data"],
}
"""Where people of a role begin; from there they follow the links of the page before them."""


class Said:
    """Each stage, once, with its time."""

    def __init__(self) -> None:
        self.last, self.at = "", time.perf_counter()

    def step(self, stage: str, _done: int, _of: int) -> None:
        """Told by every long job."""
        if stage == self.last:
            return
        now = time.perf_counter()
        if self.last and now - self.at > 1:
            print(f"{self.last}: {now - self.at:.1f} s", file=sys.stderr)
        self.last, self.at = stage, now


def build(folder: Path, children: int, workers: int) -> Path:
    """The extract files."""
    from evenlode.demo import build_council

    built = build_council(
        folder, as_at=AS_AT, children=children, seed=1, closed=children * 7, workers=workers, **LONG_HISTORY
    )
    print(json.dumps(built.counts), file=sys.stderr)
    return built.extracts


def start(home: Path) -> None:
    """Django on that home."""
    os.environ["EVENLODE_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "evenlode.web.settings"
    import django

    django.setup()


def set_up(home: Path) -> None:
    """A new home: what an IT team does once."""
    from evenlode.web.environment import make_keys

    make_keys(home)
    start(home)
    from django.core.management import call_command

    from evenlode.record import Record
    from evenlode.web.starting import check_durable, set_up_database

    set_up_database()
    check_durable()
    call_command("collectstatic", verbosity=0, interactive=False)
    Record.create(home)


def load(home: Path, extracts: Path, weeks: int) -> None:
    """Load and refresh: what happens every night."""
    from evenlode.cli.asking import deliveries_of
    from evenlode.cli.progress import Steps
    from evenlode.policy import shipped_policy
    from evenlode.record import Record
    from evenlode.rules.compiled import rules_version
    from evenlode.web.writing.refresh import Refreshing, refresh

    record = Record.open(home)
    deliveries = deliveries_of(extracts, "999", None, Steps())
    record.load(deliveries, at=datetime.now(UTC), by="benchmark", as_at=AS_AT, rules_version=rules_version())
    said = Said()
    began = time.perf_counter()
    refresh(Refreshing(record, shipped_policy(), datetime.now(UTC), said.step), as_at=AS_AT, weeks=weeks)
    print(f"refresh: {time.perf_counter() - began:.1f} s", file=sys.stderr)


def the_next_extract(extracts: Path) -> Path:
    """The same files but for the last row of each long one: what a council sends the day after is as long and not the same."""
    other = extracts.with_name("extracts-again")
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(extracts, other)
    for path in other.rglob("*.csv"):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        if len(lines) > 1000:
            path.write_text("".join(lines[:-1]), "utf-8")
    return other


def sign_everybody_in(home: Path, people: int) -> None:
    """Accounts with their posts and sessions, managers first; writes people.json beside the home."""
    from django.db import transaction

    from evenlode.web.models import Figures, TeamFigure, WorkerFigure

    figures = Figures.objects.get(standing=True)
    teams = TeamFigure.objects.whole().filter(figures=figures).order_by("team_id")
    managers: set[str] = set()
    with transaction.atomic():
        sign_in = _signing_in()
        made = [sign_in("director", "", "council")]
        made += [sign_in("performance analyst", "", "council") for _ in range(people // 40)]
        for team in teams:
            role = "head of service" if teams.filter(parent_id=team.team_id).exists() else "team manager"
            manager = str(team.told.get("manager_id") or "")
            if not manager or manager not in managers:
                made.append(sign_in(role, manager, team.team_id))
            managers.add(manager)
        here = (
            WorkerFigure.objects.whole()
            .filter(figures=figures, here=True, placeholder=False, children__gte=3)
            .exclude(worker_id__in=managers)
        )
        for worker in here.order_by("worker_id")[: max(0, people - len(made))]:
            made.append(sign_in("social worker", worker.worker_id, worker.team_id))
    (home.parent / "people.json").write_text(json.dumps(made[:people]), "utf-8")


def _signing_in() -> Callable[[str, str, str], dict[str, object]]:
    from django.test import Client
    from django.utils import timezone

    from evenlode.access import Role
    from evenlode.web.granting import give_post
    from evenlode.web.models import Account, PersonRow
    from evenlode.web.sign_in.backend import PATH
    from evenlode.web.sign_in.sessions import begin
    from evenlode.web.sign_in.words import Because

    count = 0

    def sign_in(role: str, worker_id: str, unit: str) -> dict[str, object]:
        nonlocal count
        count += 1
        person = PersonRow.objects.filter(worker_id=worker_id).first() if worker_id else None
        if person is None:
            person = PersonRow.objects.create(person_id=f"bench-{count}", name=f"Bench Person {count}")
        if role != "social worker":
            give_post(
                person,
                role=Role(role),
                unit_id=unit,
                since=AS_AT,
                by="benchmark",
                agreed="benchmark too",
                at=timezone.now(),
            )
        account = Account.objects.create_user(username=f"bench-{count}", person=person, password=None)
        client = Client()
        client.force_login(account, backend=PATH)
        session = client.session
        begin(session, Because.CODE)
        session.save()
        return {"role": role, "session": session.session_key, "start": START[role]}

    return sign_in


def main() -> None:
    """Reads the words and does it."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--children", type=int, default=10000)
    asked.add_argument("--workers", type=int, default=600)
    asked.add_argument("--people", type=int, default=200)
    asked.add_argument("--again", action="store_true", help="load the next extract into a home that is there")
    said = asked.parse_args()
    extracts = said.folder / "council" / "extracts"
    if not extracts.exists():
        extracts = build(said.folder / "council", said.children, said.workers)
    home = said.folder / "home"
    if said.again:
        start(home)
        load(home, the_next_extract(extracts), 0)
        return
    if home.exists():
        start(home)
    else:
        home.mkdir(mode=0o700, parents=True)
        set_up(home)
        load(home, extracts, 12)
    sign_everybody_in(home, said.people)


if __name__ == "__main__":
    main()
