"""A team's page, and the list of teams."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from urllib.parse import unquote

import pytest
from django.urls import resolve, reverse

from evenlode.access import Role
from evenlode.web.models import ChildFigure, LoadDay, PostRow, TeamFigure, WorkerFigure

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(figures, signed_in):
    """The team of the demonstration's manager."""
    person = signed_in(Role.TEAM_MANAGER).account.person
    unit = PostRow.objects.get(person=person, role="team manager").unit_id
    return TeamFigure.objects.whole().get(figures=figures, team_id=unit)


@pytest.fixture
def members(figures, team):
    """Its workers in the order of their names."""
    rows = WorkerFigure.objects.whole().filter(
        figures=figures, team_id=team.team_id, here=True, placeholder=False
    )
    return list(rows.order_by("name", "worker_id"))


def test_every_worker_stands_there_in_the_order_of_their_names_and_never_of_their_figures(
    signed_in, members, read
):
    page = signed_in(Role.TEAM_MANAGER).get("/team").content.decode()
    table = page[page.index('class="ev-table ev-people"') :]
    table = table[: table.index("</table>")]
    places = [table.index(f"/worker/{row.ref}") for row in members]
    assert len(places) >= 4
    assert places == sorted(places)


def test_each_weeks_newest_load_stands_in_its_cell(signed_in, figures, members):
    one = members[0]
    LoadDay.objects.whole().filter(worker_id=one.worker_id).delete()
    for back, share in ((0, "0.91"), (7, "0.72"), (9, "0.55"), (83, "0.34")):
        LoadDay.objects.whole().create(
            worker_id=one.worker_id,
            as_at=figures.as_at - timedelta(days=back),
            children=1,
            points=Decimal(share) * 85,
            capacity=85,
            utilisation=Decimal(share),
            band="room",
        )
    page = signed_in(Role.TEAM_MANAGER).get("/team").content.decode()
    row = page[page.index(f'<th scope="row">{one.name}</th>') :]
    row = row[: row.index("</tr>")].replace("\u00a0", " ")
    cells = [cell.split("</td>")[0] for cell in row.split("<td>")[1:]]
    # 83 days back lies in the oldest of twelve weeks; of 7 and 9 days back the newer one stands there.
    assert cells == ["34 %", *["cannot tell"] * 9, "72 %", "91 %"]


def test_the_children_without_a_named_worker_are_there_by_name(signed_in, figures, team):
    rows = ChildFigure.objects.whole().filter(figures=figures, team_id=team.team_id)
    child = rows.order_by("child_id").first()
    ChildFigure.objects.whole().filter(pk=child.pk).update(waiting_since=figures.as_at - timedelta(days=12))
    TeamFigure.objects.whole().filter(pk=team.pk).update(unallocated=1)
    page = signed_in(Role.TEAM_MANAGER).get("/team").content.decode().replace("\u00a0", " ")
    section = page[page.index("Children without a named worker (") :]
    assert f"/child/{child.ref}" in section
    assert "8 November, 12 days" in section


def test_a_practice_supervisor_sees_only_the_rows_of_those_whom_they_supervise(
    signed_in, figures, members, read
):
    who = signed_in(Role.PRACTICE_SUPERVISOR)
    within = {line.person.worker_id for line in who.account.person.supervises.select_related("person")} | {
        who.account.person.worker_id
    }
    page = who.get("/team").content.decode()
    shown = {row.worker_id for row in members if f"/worker/{row.ref}" in page}
    assert shown == {row.worker_id for row in members if row.worker_id in within}
    if len(shown) < len(members):
        assert f"Shown: {len(shown)} of {len(members)} workers" in read(who.get("/team"))


def test_a_social_worker_has_no_page_of_the_team(signed_in, team):
    who = signed_in(Role.SOCIAL_WORKER)
    assert who.get("/team").status_code == 404
    assert who.get(f"/team/{team.team_id}").status_code == 404


def test_another_team_looks_like_none(signed_in, figures, team):
    who = signed_in(Role.TEAM_MANAGER)
    other = TeamFigure.objects.whole().filter(figures=figures, workers__gt=1).exclude(pk=team.pk).first()
    theirs, nobody = who.get(f"/team/{other.team_id}"), who.get("/team/T99999")
    assert theirs.status_code == nobody.status_code == 404


def test_whoever_answers_for_several_teams_has_the_list_of_them_by_name(signed_in, figures, team):
    who = signed_in(Role.HEAD_OF_SERVICE)
    answer = who.get("/team")
    assert (answer.status_code, answer["Location"]) == (302, "/teams")
    page = who.get("/teams").content.decode()
    unit = PostRow.objects.get(person=who.account.person, role="head of service").unit_id
    mine = [t for t in TeamFigure.objects.whole().filter(figures=figures) if unit in (t.team_id, t.parent_id)]
    others = TeamFigure.objects.whole().filter(figures=figures).exclude(pk__in=[t.pk for t in mine])
    places = [page.index(f'/team/{t.team_id}"') for t in sorted(mine, key=lambda t: (t.name, t.team_id))]
    assert places == sorted(places)
    assert not any(f'/team/{t.team_id}"' in page for t in others)


def test_the_managers_span_and_the_mix_of_experience_are_told(signed_in, team, read):
    words = read(signed_in(Role.TEAM_MANAGER).get("/team"))
    assert str(team.told["span_in_words"]) in words
    assert str(team.told["mix_in_words"]) in words


def test_it_takes_few_questions_to_the_database(signed_in, team, django_assert_max_num_queries):
    who = signed_in(Role.TEAM_MANAGER)
    who.get("/team")
    with django_assert_max_num_queries(20):
        who.get("/team")


def test_whoever_is_away_has_no_share_of_a_ceiling_and_never_nought(signed_in, figures, members, read):
    one = members[0]
    WorkerFigure.objects.whole().filter(pk=one.pk).update(
        capacity=0,
        utilisation=None,
        band="no capacity",
        absence={"since": "2026-11-02", "until": None, "uncovered": []},
    )
    words = read(signed_in(Role.TEAM_MANAGER).get("/team"))
    assert (
        f"{one.name} : Away since 2 November; the day of return is not on record. "
        "Every child they lead has somebody else who is here." in words
    )
    line = words[words.index("Last held, next due") :]
    assert "0 %" not in line[line.index(one.name) : line.index(members[1].name)]


@pytest.mark.parametrize("page", ["team", "service-of"])
@pytest.mark.parametrize("number", ["MASH/Front Door", "T1 north", "T?1", "T#1", "Ä&B", "50%"])
def test_a_team_or_service_has_a_page_whatever_stands_in_its_number(page, number):
    address = reverse(page, args=[number])
    assert list(resolve(unquote(address)).kwargs.values()) == [number]
