"""The children within somebody's scope, as a list."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import Q

from evenlode.access import Role, Thing
from evenlode.web.models import ChildFigure
from evenlode.web.refs import ref_of

pytestmark = pytest.mark.django_db


def within(person, thing=Thing.CHILD_RECORD):
    """The children of somebody's scope, as access says it."""
    from django.utils import timezone

    from evenlode.web.door import Door
    from evenlode.web.standing_register import register

    door = Door(person.person_id, timezone.now(), register(), "test")
    return set(
        ChildFigure.objects.visible_to(door.visible(thing))
        .filter(Q(open=True) | Q(status="LEAVER"), figures__standing=True)
        .values_list("child_id", flat=True)
    )


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE, Role.DIRECTOR])
def test_everybody_finds_the_children_of_their_scope_and_no_other(signed_in, children, told, role):
    person = signed_in(role)
    page = told.text(person.get("/children"))
    theirs = within(person)
    assert theirs
    shown = {child for child in children if f'/child/{ref_of("child", child)}"' in page}
    assert len(shown) == min(50, len(theirs))
    assert shown <= theirs


def test_whoever_has_no_children_within_reach_is_told_that_there_is_no_such_page(signed_in):
    answer = signed_in(Role.SYSTEM_ADMINISTRATOR).get("/children")
    assert answer.status_code == 404


def test_a_list_narrows_to_one_team_and_says_how_many_that_are(signed_in, children, told):
    team = next(c.team_id for c in children.values() if c.team_id)
    held = sum(c.team_id == team and (c.open or c.status != "") for c in children.values())
    page = told.text(signed_in(Role.DIRECTOR).get(f"/children?team={team}"))
    assert f"{held} {'child' if held == 1 else 'children'}." in page


def test_a_team_that_is_none_of_theirs_is_an_error_beside_the_field_and_nothing_is_shown(signed_in, told):
    page = told.text(signed_in(Role.DIRECTOR).get("/children?team=no-such-team"))
    assert "Choose one from the list." in page
    assert "Nothing is shown until that is mended." in page
    assert "/child/" not in page


def test_another_teams_id_and_one_that_does_not_exist_get_the_same_answer(signed_in, children, told):
    manager = signed_in(Role.TEAM_MANAGER)
    mine = {children[c].team_id for c in within(manager)}
    other = next(c.team_id for c in children.values() if c.team_id and c.team_id not in mine)
    theirs = told.text(manager.get(f"/children?team={other}")).replace(other, "X")
    nobodys = told.text(manager.get("/children?team=nobodys")).replace("nobodys", "X")
    assert theirs == nobodys


def test_a_heading_puts_the_list_in_its_order_and_says_so(signed_in, told):
    page = told.text(signed_in(Role.DIRECTOR).get("/children?sort=-worker"))
    assert page.count('aria-sort="descending"') == 1
    assert 'href="?sort=worker"' in page


def test_a_file_holds_exactly_the_narrowed_rows_with_the_extracts_date(signed_in, children, told):
    team = next(c.team_id for c in children.values() if c.team_id)
    held = sorted(c.by_name for c in children.values() if c.team_id == team and (c.open or c.status))
    answer = signed_in(Role.DIRECTOR).get(f"/children?team={team}&file=csv")
    assert answer["Content-Disposition"] == 'attachment; filename="children-2026-11-20.csv"'
    rows = told.csv_rows(answer)
    assert rows[0][:3] == ["Figures as at", "Child", "Age"]
    assert [row[0] for row in rows[1:]] == ["2026-11-20"] * len(held)
    by_name = {c.by_name: f"{c.forename} {c.surname}" for c in children.values()}
    assert [row[1] for row in rows[1:]] == [by_name[key] for key in held]


def test_a_workbook_holds_the_same_rows_and_says_what_they_are(signed_in, children, told):
    sheet = told.workbook(signed_in(Role.DIRECTOR).get("/children?file=xlsx"))
    number = sum(c.open or c.status == "LEAVER" for c in children.values())
    assert sheet["A1"].value == f"Children. Figures as at 20 November 2026. {number} rows."
    assert sheet.max_row == number + 2


def test_saving_a_list_is_decided_and_written_in_the_trail(signed_in, told, began):
    manager = signed_in(Role.TEAM_MANAGER)
    manager.get("/children?file=csv")
    saved = [row for row in told.trail_of(manager.person_id, began) if row["thing"] == "list export"]
    assert [(row["verb"], row["thing_id"], row["outcome"]) for row in saved] == [
        ("export", "children", "allowed")
    ]


def test_a_page_of_a_list_is_written_in_the_trail(signed_in, told, began):
    manager = signed_in(Role.TEAM_MANAGER)
    manager.get("/children")
    assert [(r["verb"], r["thing"]) for r in told.trail_of(manager.person_id, began)] == [
        ("list", "child's record")
    ]


def test_a_date_that_is_over_says_by_how_many_days(signed_in, children, figures, told):
    child = next(iter(children.values()))
    ChildFigure.objects.whole().filter(pk=child.pk).update(next_visit=figures.as_at - timedelta(days=3))
    page = told.text(signed_in(Role.DIRECTOR).get("/children?over=next_visit&sort=-visit"))
    assert "17\xa0Nov" in page
    assert "3 days over" in page


def test_a_list_takes_at_most_twenty_questions_to_the_database(signed_in, django_assert_max_num_queries):
    director = signed_in(Role.DIRECTOR)
    director.get("/children")
    with django_assert_max_num_queries(20):
        director.get("/children?sort=worker")
