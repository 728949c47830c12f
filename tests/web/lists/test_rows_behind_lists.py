"""What the rows of lists are put in order by, and whom they are about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evenlode.access import Role
from evenlode.oversight.finding import Finding
from evenlode.oversight.names import ChildNamed, Names, WorkerNamed
from evenlode.web.folded import folded
from evenlode.web.lists.asked import in_order
from evenlode.web.models import ChildFigure, FindingFigure
from evenlode.web.writing.by_name import ByName
from evenlode.web.writing.children import closed_of
from evenlode.web.writing.findings import by_state

LA = "999"
NAMES = Names(
    date(2026, 11, 20),
    children={(LA, "1"): ChildNamed("Zoë", "Ålund", team_id="T1"), (LA, "2"): ChildNamed("Ann", "Zest")},
    workers={(LA, "W1"): WorkerNamed("Émile Oak")},
    teams={(LA, "T1"): "Kestrel"},
)
LATE = Finding(LA, "CP-05", "child", "1", "", "overdue", "norm", "red", date(2026, 11, 17), 3, "W1", "T1", {})


def test_a_childs_surname_stands_first_and_accents_do_not_matter():
    key = ByName(NAMES, LA)
    assert key.child("1") == "alund zoe 1"
    assert key.child("1") < key.child("2")
    assert key.columns(key.child("1"), "W1", "T1") == {
        "by_name": "alund zoe 1",
        "by_worker": "emile oak",
        "by_team": "kestrel",
    }
    assert key.columns("", "", "") == {"by_name": "", "by_worker": "", "by_team": ""}


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("O\u2019Brien", "obrien"),
        ("O'Brien", "obrien"),
        ("Mary-Jane", "mary jane"),
        ("Straße", "strasse"),
        ("Ørsted", "orsted"),
    ],
)
def test_names_are_compared_without_accents_apostrophes_and_hyphens(name, plain):
    assert folded(name) == plain


def test_late_comes_before_due_soon_and_that_before_what_we_cannot_tell_each_by_its_date():
    rows = [
        replace(LATE, status="cannot_tell", due_date=None),
        replace(LATE, status="due_soon", due_date=date(2026, 11, 23)),
        replace(LATE, status="breach", due_date=None),
        replace(LATE, due_date=date(2026, 11, 18)),
        LATE,
    ]
    assert sorted(rows, key=by_state) == rows[::-1]


def test_a_child_whose_work_has_ended_is_named_and_counted_nowhere_as_open():
    (row,) = closed_of(NAMES, LA, ["1"], {"1": 2})
    assert (row["forename"], row["open"], row["status"], row["late"]) == ("Zoë", False, "", 2)


def test_plain_objects_are_put_in_order_like_rows_with_what_is_not_known_last():
    rows = [replace(LATE, due_date=day) for day in (None, date(2026, 11, 2), date(2026, 11, 1))]
    days = [row.due_date for row in in_order(rows, ["due_date"])]
    assert days == [date(2026, 11, 1), date(2026, 11, 2), None]
    down = [row.due_date for row in in_order(rows, ["-due_date"])]
    assert down == [date(2026, 11, 2), date(2026, 11, 1), None]


@pytest.mark.django_db
def test_everybody_of_whom_a_finding_tells_has_a_row_so_that_each_is_named(figures):
    told = set(
        FindingFigure.objects.whole()
        .filter(figures=figures, subject_kind="child")
        .values_list("child_id", flat=True)
    )
    there = set(ChildFigure.objects.whole().filter(figures=figures).values_list("child_id", flat=True))
    assert told <= there


@pytest.mark.django_db
def test_the_list_of_children_leaves_out_those_whose_work_has_ended(signed_in, children, told):
    child = next(iter(children.values()))
    ChildFigure.objects.whole().filter(pk=child.pk).update(open=False, status="", statuses="")
    rows = told.csv_rows(signed_in(Role.DIRECTOR).get("/children?file=csv"))
    assert len(rows) - 1 == len([c for c in children.values() if c.open or c.status]) - 1
