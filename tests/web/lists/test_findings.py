"""Findings as a list: what Today's counts lead to."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from evenlode.access import Role, Thing
from evenlode.web.door import Door
from evenlode.web.models import ExplanationRow, FindingFigure
from evenlode.web.morning import late, theirs
from evenlode.web.standing_register import register

pytestmark = pytest.mark.django_db


def mine(person, figures):
    """The findings of somebody's scope, as access says it."""
    return theirs(Door(person.person_id, timezone.now(), register(), "test"), figures, Thing.FINDING)


def counted(page: str) -> int:
    """How many findings a page says that there are."""
    return int(re.search(r'ev-list__count">([\d,]+) findings?\.', page)[1].replace(",", ""))


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.DIRECTOR])
def test_a_list_holds_the_findings_of_ones_scope(signed_in, figures, told, role):
    person = signed_in(role)
    assert counted(told.text(person.get("/findings"))) == mine(person, figures).count() > 0


def test_each_count_on_today_leads_to_a_list_of_as_many(signed_in, told):
    manager = signed_in(Role.TEAM_MANAGER)
    rows = re.findall(
        r'<a href="(/findings\?rule=[^"]+)">[^<]+</a></th><td class="ev-figure">(\d+)<',
        told.text(manager.get("/today")),
    )
    assert len(rows) > 3
    for address, now in rows[:6]:
        assert counted(told.text(manager.get(address))) == int(now)


def test_what_we_cannot_tell_on_today_leads_to_a_list_of_as_many(signed_in, told):
    page = told.text(signed_in(Role.DIRECTOR).get("/today"))
    address, number = re.search(r'<a href="(/findings\?state=unknown)">See the (\d+)</a>', page).groups()
    assert counted(told.text(signed_in(Role.DIRECTOR).get(address))) == int(number)


def test_a_rules_list_says_what_the_rule_asks(signed_in, figures, told):
    director = signed_in(Role.DIRECTOR)
    late(mine(director, figures)).filter(rule_id="CIN-05").exists()
    page = told.text(director.get("/findings?rule=CIN-05"))
    assert "Long child in need plan</h1>" in page
    assert "<title>Findings" in page


def test_what_is_late_stands_before_what_is_due_soon_and_what_we_cannot_tell_stands_last(signed_in, told):
    rows = told.csv_rows(signed_in(Role.DIRECTOR).get("/findings?file=csv"))
    state = rows[0].index("State")
    ranks = [
        2 if r[state] == "Cannot tell" else 1 if r[state].endswith("left") or r[state] == "Today" else 0
        for r in rows[1:]
    ]
    assert {0, 2} <= set(ranks)
    assert ranks.index(2) > max(n for n, rank in enumerate(ranks) if rank == 0)


def an_explanation(row: FindingFigure) -> None:
    today = timezone.now().date()
    ExplanationRow.objects.create(
        la_code=row.la_code,
        rule_id=row.rule_id,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        record_id=row.record_id,
        reason="the child is abroad",
        text="until Christmas",
        by="somebody",
        recorded_at=timezone.now(),
        since=today - timedelta(days=1),
        until=today + timedelta(days=3),
    )


def test_an_explained_finding_is_found_by_that_and_says_until_when(signed_in, figures, told):
    director = signed_in(Role.DIRECTOR)
    row = late(mine(director, figures)).filter(subject_kind="child").first()
    an_explanation(row)
    page = told.text(director.get("/findings?state=explained"))
    assert counted(page) == 1
    assert "explained until " in page


def test_a_worker_is_chosen_by_a_reference_and_no_name_stands_in_an_address(
    signed_in, figures, children, told
):
    director = signed_in(Role.DIRECTOR)
    page = told.text(director.get("/findings"))
    values = re.findall(r'<option value="([^"]*)"', page.split('name="worker"')[1].split("</select>")[0])
    assert all(re.fullmatch(r"[0-9a-f]{24}|none|", value) for value in values)
    row = mine(director, figures).exclude(worker_id="").first()
    from evenlode.web.refs import ref_of

    narrowed = told.text(director.get(f"/findings?worker={ref_of('worker', row.worker_id)}"))
    assert counted(narrowed) == mine(director, figures).filter(worker_id=row.worker_id).count()


def test_who_says_so_narrows_to_what_the_law_says(signed_in, figures, told):
    director = signed_in(Role.DIRECTOR)
    page = told.text(director.get("/findings?who=statute"))
    assert counted(page) == mine(director, figures).filter(kind="statute").count()


def test_hostile_choices_find_nothing_and_break_nothing(signed_in, told):
    director = signed_in(Role.DIRECTOR)
    for query in (
        "rule=' OR 1=1 --",
        "sort=evidence",
        "sort=__class__",
        "page=-1",
        "page=x",
        "file=exe",
        "team=%00",
    ):
        answer = director.get(f"/findings?{query}")
        assert answer.status_code == 200
    assert "Nothing is shown until that is mended." in told.text(director.get("/findings?rule=' OR 1=1 --"))


def test_a_list_takes_at_most_twenty_questions_to_the_database(signed_in, django_assert_max_num_queries):
    manager = signed_in(Role.TEAM_MANAGER)
    manager.get("/findings")
    with django_assert_max_num_queries(20):
        manager.get("/findings?sort=-state")


def test_a_file_of_findings_names_the_rule_and_its_choices(signed_in, figures, told):
    director = signed_in(Role.DIRECTOR)
    sheet = told.workbook(director.get("/findings?rule=CIN-05&state=late&file=xlsx"))
    number = late(mine(director, figures)).filter(rule_id="CIN-05").count()
    assert sheet["A1"].value.startswith(
        "Findings. Figures as at 20 November 2026. Rule: Long child in need plan (CIN-05); "
    )
    assert sheet.max_row == number + 2
