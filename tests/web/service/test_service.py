"""Trends by month and team, and the council's measures with what stands beside them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings as django_settings

from evenlode.access import NOT_THERE, Role
from evenlode.measures.answer import month_ends
from evenlode.policy import shipped_policy
from evenlode.web.models import MeasureFigure, MeasureMonth, TeamFigure, UnitRow
from evenlode.web.month_trends import MINUS, change
from evenlode.web.writing.months import bring_months, ends_wanted, forget_after_withdrawal, month_before

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
LA = "999"


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def set_months(measure, values, level="council", unit=LA):
    """Puts these values at the last month ends, oldest first."""
    ends = sorted(month_ends(DAY, 12))[-len(values) :]
    for end, value in zip(ends, values, strict=True):
        MeasureMonth.objects.update_or_create(
            as_at=end,
            level=level,
            unit_id=unit,
            measure_id=measure,
            defaults={"value": Decimal(value), "status": "ok", "manifest": 1, "unit_name": unit},
        )


def test_twelve_month_ends_are_kept_with_a_load_and_are_not_worked_out_again(figures):
    assert set(MeasureMonth.objects.values_list("as_at", flat=True)) == set(month_ends(DAY, 12))
    there = set(MeasureMonth.objects.values_list("pk", flat=True))
    bring_months(None, LA, DAY, shipped_policy(), None)
    assert set(MeasureMonth.objects.values_list("pk", flat=True)) == there


def test_what_a_withdrawn_load_had_told_of_month_ends_is_forgotten(figures):
    kept = MeasureMonth.objects.filter(as_at=date(2026, 10, 31))
    MeasureMonth.objects.exclude(as_at=date(2026, 10, 31)).update(manifest=0)
    forget_after_withdrawal(1, DAY)
    assert not kept.exists()
    assert MeasureMonth.objects.filter(as_at=date(2026, 9, 30)).exists()


def test_a_rise_of_three_months_is_said_first_with_what_is_behind_it(signed_in, figures):
    set_months("WF-05", ["15.7", "16.4", "17.2", "18.1"])
    said = words(signed_in(Role.DIRECTOR).get("/service"))
    assert "Average caseload: 15.7 in July, 18.1 in October" in said
    assert "Up 2.4 in 3 months, rising in each of them. It is said from a rise of 1 in all." in said


def test_where_nothing_rises_it_says_so(signed_in, figures):
    MeasureMonth.objects.update(value=5, status="ok")
    said = words(signed_in(Role.DIRECTOR).get("/service"))
    assert "No measure has risen 3 months running" in said


def test_a_month_that_cannot_be_told_is_said_and_is_not_nought(signed_in, figures):
    MeasureMonth.objects.filter(measure_id="WF-05", level="council").update(value=None, status="cannot_tell")
    said = words(signed_in(Role.DIRECTOR).get("/service"))
    assert "Average caseload: cannot tell." in said


def test_a_head_of_service_reads_their_own_service_and_no_other(signed_in, figures):
    head = signed_in(Role.HEAD_OF_SERVICE)
    mine = head.account.person.posts.get(role=str(Role.HEAD_OF_SERVICE), from_record=False).unit_id
    other = UnitRow.objects.filter(kind="service", until__isnull=True).exclude(unit_id=mine).first()
    assert UnitRow.objects.get(unit_id=mine).name in words(head.get("/service"))
    assert head.get(f"/service/{mine}").status_code == 200
    theirs, nobody = head.get(f"/service/{other.unit_id}"), head.get("/service/T999999")
    assert theirs.status_code == nobody.status_code == 404
    assert NOT_THERE in theirs.content.decode()


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.SYSTEM_ADMINISTRATOR])
def test_whoever_answers_for_no_service_has_no_service_page(signed_in, role):
    assert signed_in(role).get("/service").status_code == 404


def test_teams_stand_by_name_and_never_by_their_figures(signed_in, figures):
    said = signed_in(Role.DIRECTOR).get("/service").content.decode()
    table = said[said.index("Teams side by side") :].partition("</table>")[0]
    names = [
        team.name for team in TeamFigure.objects.whole().filter(figures=figures).order_by("name", "team_id")
    ]
    places = [table.index(name) for name in names if f">{name}<" in table]
    assert len(places) > 2
    assert places == sorted(places)


def test_our_totals_are_said_to_equal_the_councils_own_or_to_differ(signed_in, figures):
    line = {"measure": "open_children", "ours": 40, "theirs": 40, "only_ours": 0, "only_theirs": 0}
    figures.told["totals"] = [line]
    figures.save()
    assert "Our total equals the council's own." in words(signed_in(Role.SOCIAL_WORKER).get("/council"))
    figures.told["totals"] = [{**line, "theirs": 42, "only_theirs": 2}]
    figures.save()
    said = words(signed_in(Role.SOCIAL_WORKER).get("/council"))
    assert "2 fewer in ours: 0 only in ours, 2 only in theirs" in said


def test_without_published_files_the_page_says_where_to_put_them(signed_in):
    said = words(signed_in(Role.TEAM_MANAGER).get("/council"))
    assert "into the folder published of the service's home" in said


def test_published_figures_stand_beside_ours_with_their_year(signed_in, figures):
    MeasureFigure.objects.filter(figures=figures, measure_id="WF-05", level="council").update(
        beside={
            "england": "15.2",
            "region": "15.3",
            "own": "15.0",
            "year": "2025",
            "taken": "",
            "vintage": "",
            "note": "",
        }
    )
    said = words(signed_in(Role.SOCIAL_WORKER).get("/council"))
    assert "Average caseload" in said
    assert "15 not published 15.3 15.2 2025" in said


def test_measures_are_held_against_the_month_end_before_the_last_inspection(
    signed_in, figures, tmp_path, settings
):
    home = tmp_path / "home"
    home.mkdir()
    (home / "policy.yaml").write_text("dates: {last_inspection: 2026-02-09}\n")
    settings.EVENLODE = type(django_settings.EVENLODE)(**{**vars(django_settings.EVENLODE), "home": home})
    MeasureMonth.objects.filter(as_at=date(2026, 1, 31), measure_id="WF-05", level="council").update(
        value=12, status="ok"
    )
    MeasureFigure.objects.filter(figures=figures, measure_id="WF-05", level="council").update(
        value=15, status="ok"
    )
    said = words(signed_in(Role.DIRECTOR).get("/council"))
    assert "The last inspection began on 9 February 2026; the month end before it is 31 January 2026." in said
    assert "Average caseload 12 15 +3" in said


def test_an_inspection_of_years_ago_has_its_month_end_worked_out_too():
    policy = shipped_policy()
    policy.dates["last_inspection"] = date(2024, 3, 1)
    wanted = ends_wanted(DAY, policy)
    assert len(wanted) == 13
    assert wanted[-1] == month_before(date(2024, 3, 1)) == date(2024, 2, 29)


def test_a_change_names_its_sign_and_what_is_missing_is_said(figures):
    now = MeasureFigure(value=Decimal("3.5"))
    assert change(Decimal(5), now) == f"{MINUS}1.5"
    assert change(Decimal("3.5"), now) == "none"
    assert change(None, now) == "cannot tell"


def test_measures_are_saved_as_a_file_by_those_who_may_take_them_away(signed_in):
    assert signed_in(Role.SOCIAL_WORKER).get("/council/file?file=csv").status_code == 404
    answer = signed_in(Role.DIRECTOR).get("/council/file?file=csv")
    assert answer["Content-Disposition"] == 'attachment; filename="measures-2026-11-20.csv"'
    assert b"WF-05" in answer.content
    assert signed_in(Role.DIRECTOR).get("/council/file?file=xlsx").content.startswith(b"PK")


def test_a_measure_says_what_it_does_not_tell(signed_in):
    said = words(signed_in(Role.SOCIAL_WORKER).get("/council/measure/WF-05"))
    assert "an extract of open children alone makes the past look smaller" in said
    assert signed_in(Role.SOCIAL_WORKER).get("/council/measure/XX-1").status_code == 404
