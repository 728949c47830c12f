"""My caseload: one's own children and load, and nothing about colleagues."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from evenlode.access import Role
from evenlode.audit_trail import what_opened
from evenlode.calendar import add_working_days
from evenlode.web.models import ChildFigure, Holder, WorkerFigure
from evenlode.web.trail import trail

pytestmark = pytest.mark.django_db


def own_children(figures, worker_id):
    held = Holder.objects.filter(figures=figures, worker_id=worker_id).values_list("child_id", flat=True)
    return ChildFigure.objects.whole().filter(figures=figures, child_id__in=held)


def test_it_lists_every_child_whom_the_worker_holds_and_nobody_else(signed_in, figures, worker_of, read):
    me = worker_of(Role.SOCIAL_WORKER)
    mine = set(own_children(figures, me.worker_id).values_list("ref", flat=True))
    page = signed_in(Role.SOCIAL_WORKER).get("/my-caseload").content.decode()
    every = ChildFigure.objects.whole().filter(figures=figures).values_list("ref", flat=True)
    assert mine
    assert {ref for ref in every if ref in page} == mine


def test_it_names_no_colleague(signed_in, figures, worker_of, read):
    me = worker_of(Role.SOCIAL_WORKER)
    words = read(signed_in(Role.SOCIAL_WORKER).get("/my-caseload"))
    names = WorkerFigure.objects.whole().filter(figures=figures).exclude(name=me.name)
    children = {f"{c.forename} {c.surname}" for c in ChildFigure.objects.whole().filter(figures=figures)}
    assert [n.name for n in names if n.name and n.name in words and n.name not in children] == []


def test_a_date_is_over_or_near_or_in_time_by_the_day_of_the_figures(signed_in, figures, worker_of, read):
    me = worker_of(Role.SOCIAL_WORKER)
    child = own_children(figures, me.worker_id).order_by("child_id").first()
    soon = add_working_days(figures.as_at, 5)
    ChildFigure.objects.whole().filter(pk=child.pk).update(
        next_visit=figures.as_at - timedelta(days=3),
        next_review=soon,
        next_supervision=soon + timedelta(days=1),
        next_action=None,
    )
    page = read(signed_in(Role.SOCIAL_WORKER).get("/my-caseload?date=over"))
    line = page.split(f"{child.forename} {child.surname}")[1]
    days = (soon - figures.as_at).days
    assert line.index("3 days over") < line.index(f"{days} days left") < line.index("In time")


def test_the_load_is_the_sum_of_its_parts(signed_in, figures, worker_of, read):
    me = worker_of(Role.SOCIAL_WORKER)
    assert sum(Decimal(p["counted"]) for p in me.parts) == me.points
    words = read(signed_in(Role.SOCIAL_WORKER).get("/my-caseload"))
    points = format(me.points.normalize(), "f")
    assert f"You hold {points} of" in words
    assert f"Together {points}" in words


def test_a_file_of_it_carries_the_figures_date(signed_in, figures):
    answer = signed_in(Role.SOCIAL_WORKER).get("/my-caseload?file=csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert figures.as_at.isoformat() in answer.content.decode("utf-8-sig")


def test_whoever_holds_nobody_is_told_so(signed_in, read):
    words = read(signed_in(Role.DIRECTOR).get("/my-caseload"))
    assert "not tied to anybody on the worker list" in words


def test_opening_it_is_written_down(signed_in):
    me = signed_in(Role.SOCIAL_WORKER)
    me.get("/my-caseload")
    rows = what_opened(trail(), me.person_id).rows
    assert [(r["verb"], r["thing"], r["outcome"]) for r in rows] == [("list", "child's record", "allowed")]


def test_it_takes_few_questions_to_the_database(signed_in, django_assert_max_num_queries):
    me = signed_in(Role.SOCIAL_WORKER)
    me.get("/my-caseload")
    with django_assert_max_num_queries(20):
        me.get("/my-caseload")


@pytest.mark.parametrize(
    ("role", "word"),
    [(Role.SOCIAL_WORKER, "My caseload"), (Role.TEAM_MANAGER, "Team"), (Role.DIRECTOR, "Teams")],
)
def test_the_menu_has_each_persons_own_word(signed_in, role, word):
    page = signed_in(role).get("/today").content.decode()
    menu = page[page.index("<nav") : page.index("</nav>")]
    assert f">{word}</a>" in menu
    others = {"My caseload", "Team", "Teams"} - {word}
    assert not any(f">{other}</a>" in menu for other in others)
