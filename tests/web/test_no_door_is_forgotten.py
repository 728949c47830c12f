"""The code cannot forget for whom it reads (safety-bars B7): read from the code itself, and row by row for every role."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.utils import timezone

from evenlode.access import Holding, OpeningCategory, RestrictionCategory, Role, Thing, Verb
from evenlode.web.door import Door
from evenlode.web.glass import break_glass
from evenlode.web.models import (
    CapacityRow,
    ChildFigure,
    FindingFigure,
    GoneFigure,
    Holder,
    LoadDay,
    WatchFigure,
    WeightRow,
    WorkerFigure,
)
from evenlode.web.models.scoped import OfChild, ScopedManager, Unscoped
from evenlode.web.restricting import restrict
from evenlode.web.standing_register import register

WEB = Path(__file__).parents[2] / "src" / "evenlode" / "web"
CODE = sorted(p for p in WEB.rglob("*.py") if "migrations" not in p.parts)
TEMPLATES = sorted(WEB.rglob("*.html"))

WHOLE = {
    "writing/": "writes the figures of a load, or works them out again when something is recorded",
    "finding_address.py": "from an opaque reference to the row that the guard decides on before any view has it",
    "demonstration.py": "chooses whose sign-ins the made-up council gets; no page of it",
    "people_of.py": "names of those whom rows already within reach speak of",
    "morning.py": "theirs(): the union of three `within` of the one who asks",
    "load_by_hand.py": "versions of a thing that has just been decided on",
    "load_forms.py": "hours of the worker who has just been decided on",
    "views/child.py": "findings of the child who has just been decided on, and the name of their team",
    "views/explained.py": "finds what the guard then decides on",
    "views/glass.py": "whether such a child is there to be decided on; the child whose glass is broken",
    "views/insider.py": "names against which openings are laid; the page shows ids",
    "views/load_by_hand.py": "finds what the guard then decides on",
    "views/search.py": "an empty answer: .none()",
    "views/team.py": "finds the unit that the guard decides on; findings narrowed by of_units()",
    "views/worker.py": "findings narrowed by of_workers()",
}
"""Where `.whole()` may be called, and why that is safe."""

READ_WITHOUT_SCOPE = {
    "Holder": "decides who sees a child; ids and days alone",
    "RestrictionRow": "the register of closed records, behind its own cell of the matrix",
    "OpeningRow": "openings by break-glass, behind their own cell",
    "PersonRow": "who signs in, with their own id in the record",
    "ExplanationRow": "read by the key of a finding that is within reach already",
}
"""Tables that name a child or a worker and yet have Django's own manager."""

AROUND_THE_DOOR = {"_base_manager", "_default_manager", "raw", "extra", "RawSQL"}
MAKES_QUERYSETS = {"models/scoped.py", "writing/store.py"}


def place(path: Path) -> str:
    return path.relative_to(WEB).as_posix()


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield called(node.func), node


def called(what: ast.expr) -> str:
    if isinstance(what, ast.Attribute):
        return what.attr
    return what.id if isinstance(what, ast.Name) else ""


def reads_whole(path: Path) -> bool:
    """Whether a module calls `.whole(`, or only hands the word on."""
    tree = ast.parse(path.read_text("utf-8"))
    return any(isinstance(node, ast.Attribute) and node.attr == "whole" for node in ast.walk(tree))


def test_rows_are_read_whole_only_where_it_is_said_why():
    strange = [
        place(path)
        for path in CODE
        if reads_whole(path)
        and place(path) != "models/scoped.py"
        and not place(path).startswith(tuple(WHOLE))
    ]
    assert not strange, "read through visible_to(…), or say in WHOLE why this is safe"


def test_every_reason_for_reading_whole_is_still_needed():
    used = {place(path) for path in CODE if reads_whole(path)}
    assert [where for where in WHOLE if not any(u.startswith(where) for u in used)] == []


def test_nothing_goes_around_the_managers():
    strange = [
        f"{place(path)}: {node.attr}"
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in AROUND_THE_DOOR
    ]
    strange += [f"{place(p)}: {name}" for p in CODE for name, _ in calls(p) if name in {"RawSQL", "Extra"}]
    strange += [
        f"{place(p)}: QuerySet"
        for p in CODE
        for name, _ in calls(p)
        if name == "QuerySet" and place(p) not in MAKES_QUERYSETS
    ]
    assert not strange


def test_no_page_builds_sql_out_of_text():
    """A statement is written out or is a constant of the module; the values go beside it."""
    strange = []
    for path in CODE:
        if place(path).startswith("writing/"):
            continue  # the record's own file, in DuckDB, with the names of declared tables
        for name, call in calls(path):
            if name in {"execute", "executemany", "sql"} and call.args:
                said = call.args[0]
                constant = isinstance(said, ast.Constant) or (
                    isinstance(said, ast.Name) and said.id.lstrip("_").isupper()
                )
                if not constant:
                    strange.append(f"{place(path)}:{call.lineno}")
    by_the_owner = (
        "starting.py",
        "database_copy.py",
        "sqlite_engine/log.py",
    )  # set-up and backup, with the database's own names of tables; a number of milliseconds in a PRAGMA
    assert [s for s in strange if not s.startswith(by_the_owner)] == []


def test_no_template_reads_the_database_by_itself():
    pattern = re.compile(r"\.(objects|whole|_base_manager|_default_manager|\w+_set)\b")
    assert [place(p) for p in TEMPLATES if pattern.search(p.read_text("utf-8"))] == []


def test_every_table_about_a_child_or_a_worker_has_a_scope_and_no_other_manager():
    wrong = []
    for model in apps.get_app_config("web").get_models():
        names = {f.name for f in model._meta.get_fields()}
        about_somebody = issubclass(model, OfChild) or names & {"child_id", "worker_id", "subject_id"}
        if not about_somebody or model.__name__ in READ_WITHOUT_SCOPE:
            continue
        if [type(m) for m in model._meta.managers] != [ScopedManager]:
            wrong.append(model.__name__)
    assert not wrong, "give it objects = ScopedManager() and a within(), or say why not"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "model",
    [ChildFigure, FindingFigure, WatchFigure, GoneFigure, WorkerFigure, LoadDay, CapacityRow, WeightRow],
)
def test_rows_that_are_asked_for_without_saying_for_whom_are_refused(model):
    for ask in (model.objects.all, model.objects.count, lambda: model.objects.filter(pk=1)):
        with pytest.raises(Unscoped):
            ask()


@pytest.mark.django_db
def test_rows_that_hang_on_a_load_are_refused_too(figures):
    with pytest.raises(Unscoped):
        figures.childfigure_set.count()


@pytest.fixture
def closed_and_opened(figures, signed_in):
    """One child's record closed with the director named, one broken open by the team manager, one closed to all."""
    ids = list(
        ChildFigure.objects.whole().filter(figures=figures).order_by("-pk").values_list("child_id", flat=True)
    )
    now = timezone.now()
    director = signed_in(Role.DIRECTOR).person_id
    manager = signed_in(Role.TEAM_MANAGER).person_id
    for child_id, named in ((ids[0], [director]), (ids[1], [])):
        restrict(
            child_id=child_id,
            category=RestrictionCategory.ADOPTION,
            named=named,
            review_on=None,
            by="somebody",
            at=now - timedelta(minutes=5),
        )
    for child_id in ids[2:6]:
        break_glass(
            child_id=child_id,
            category=OpeningCategory.DUTY,
            reason="a call in the night",
            by=manager,
            at=now - timedelta(minutes=4),
        )
    CapacityRow(
        number="3" * 32,
        worker_id=WorkerFigure.objects.whole().filter(figures=figures).first().worker_id,
        kind="extra duty",
        reason="court",
        hours=4,
        since=now.date(),
        until=now.date(),
        by="somebody",
        recorded_at=now,
    ).save()
    for n, child_id in enumerate(ids):
        WeightRow(
            number=f"{n:032d}",
            child_id=child_id,
            points=1,
            reason="a long hearing",
            since=now.date(),
            until=now.date(),
            by="somebody",
            recorded_at=now,
        ).save()
    return now


def door_of(person_id, now) -> Door:
    return Door(person_id, now, register(), "test")


def held(figures) -> dict[str, list[Holding]]:
    found: dict[str, list[Holding]] = {}
    for h in Holder.objects.filter(figures=figures):
        found.setdefault(h.child_id, []).append(
            Holding(worker_id=h.worker_id, team_id=h.team_id, since=h.since, until=h.until)
        )
    return found


OPEN_WORDS = {"within scope", "named on the access list of a restricted record", "opened by break-glass"}


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("verb", [Verb.LIST, Verb.SEE])
def test_the_rows_of_each_role_are_those_of_the_children_whom_access_gives_it_one_by_one(
    signed_in, figures, closed_and_opened, role, verb
):
    door = door_of(signed_in(role).person_id, closed_and_opened)
    visible = door.visible(Thing.CHILD_RECORD, verb)
    holdings = held(figures)
    for model in (ChildFigure, WatchFigure, FindingFigure, GoneFigure, WeightRow):
        rows = model.objects.whole()
        if model is not WeightRow:
            rows = rows.filter(figures=figures)
        if model in {FindingFigure, GoneFigure}:
            rows = rows.filter(subject_kind="child")
        by_one = {
            r.pk
            for r in rows
            if str(visible.child(r.child_id, tuple(holdings.get(r.child_id, ())))[0]) in OPEN_WORDS
        }
        mine = model.objects.visible_to(visible).filter(pk__in=rows.values("pk"))
        assert set(mine.values_list("pk", flat=True)) == by_one, model.__name__


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_the_rows_of_each_role_are_those_of_the_workers_whom_access_gives_it_one_by_one(
    signed_in, figures, closed_and_opened, role
):
    door = door_of(signed_in(role).person_id, closed_and_opened)
    visible = door.visible(Thing.WORKER_FIGURES)
    for model in (WorkerFigure, LoadDay, CapacityRow):
        by_one = {r.pk for r in model.objects.whole() if str(visible.worker(r.worker_id)[0]) in OPEN_WORDS}
        assert set(model.objects.visible_to(visible).values_list("pk", flat=True)) == by_one, model.__name__


@pytest.mark.django_db
def test_the_roles_of_the_demonstration_do_reach_some_and_not_all(signed_in, figures, closed_and_opened):
    """Else the two tests above would say nothing."""
    every = ChildFigure.objects.whole().filter(figures=figures).count()
    mine = {
        role: ChildFigure.objects.visible_to(
            door_of(signed_in(role).person_id, closed_and_opened).visible(Thing.CHILD_RECORD)
        )
        .filter(figures=figures)
        .count()
        for role in Role
    }
    assert 0 < mine[Role.SOCIAL_WORKER] < mine[Role.TEAM_MANAGER] < mine[Role.DIRECTOR] < every
    assert mine[Role.SYSTEM_ADMINISTRATOR] == mine[Role.AUDITOR] == 0
