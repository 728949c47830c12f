"""Recording hours and weights by hand: the effect before anything is saved, and the figures that follow."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from evenlode.access import Role
from evenlode.audit_trail import what_opened
from evenlode.policy import shipped_policy
from evenlode.record import Record
from evenlode.web.load_by_hand import ChangedMeanwhile, end_hours, record_hours, record_weight
from evenlode.web.models import (
    CapacityRow,
    ChildFigure,
    Figures,
    FindingFigure,
    LoadDay,
    WeightRow,
    WorkerFigure,
)
from evenlode.web.trail import trail
from evenlode.web.writing.refresh import Refreshing, refresh
from evenlode.workload.by_hand import CapacityKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    """The server's day."""
    return timezone.localdate()


@pytest.fixture
def said(today):
    """A form that can be saved."""
    return {
        "reason": "extra duty: duty rota",
        "hours": "7.4",
        "since": f"{today:%-d/%-m/%Y}",
        "until": f"{today + timedelta(days=30):%-d/%-m/%Y}",
    }


@pytest.fixture
def full(figures, worker_of):
    """The demonstration's social worker, as if a full-time, experienced one with exactly 68 points."""
    row = worker_of(Role.SOCIAL_WORKER)
    part = {**row.parts[0], "part": "led", "points": "68", "share": "1", "counted": "68"}
    WorkerFigure.objects.whole().filter(pk=row.pk).update(
        fte=1,
        newly_qualified=False,
        points=68,
        capacity=85,
        utilisation="0.8",
        band="room",
        absence=None,
        parts=[part],
    )
    return again(row)


def again(row):
    return WorkerFigure.objects.whole().get(pk=row.pk)


def hidden(answer):
    page = answer.content.decode()
    return {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("number", "seen")}


def saved(who, url, form):
    """Looks at the effect, and saves just that."""
    shown = who.post(url, {**form, "show": "yes"})
    assert shown.status_code == 200
    return who.post(url, {**form, **hidden(shown), "save": "yes"})


def test_the_effect_is_shown_with_its_sum_and_nothing_is_saved_by_looking(signed_in, full, said, read):
    shown = signed_in(Role.TEAM_MANAGER).post(f"/worker/{full.ref}/hours", {**said, "show": "yes"})
    words = read(shown)
    # 85 x 7.4 / 37 = 17; 68 of 85 is 80 %, 68 of 68 is 100 %.
    assert f"This takes {full.name} from 80 % to 100 %." in words
    assert "Now 68 of 85 points Then 68 of 85 \u2212 17 = 68 points" in words
    assert CapacityRow.objects.whole().count() == 0


def test_what_was_not_looked_at_first_is_shown_and_not_saved(signed_in, full, said, read):
    who = signed_in(Role.TEAM_MANAGER)
    answer = who.post(f"/worker/{full.ref}/hours", {**said, "save": "yes"})
    assert answer.status_code == 200
    assert "Not saved yet" in read(answer)
    assert CapacityRow.objects.whole().count() == 0


def test_another_number_than_the_one_whose_effect_was_shown_is_shown_again(signed_in, full, said, read):
    who = signed_in(Role.TEAM_MANAGER)
    url = f"/worker/{full.ref}/hours"
    shown = who.post(url, {**said, "show": "yes"})
    answer = who.post(url, {**said, **hidden(shown), "hours": "10", "save": "yes"})
    assert "Not saved yet" in read(answer)
    assert CapacityRow.objects.whole().count() == 0


def test_saving_changes_the_workers_load_the_week_and_says_who_and_why(
    signed_in, figures, full, said, read, today
):
    who = signed_in(Role.TEAM_MANAGER)
    answer = saved(who, f"/worker/{full.ref}/hours", said)
    assert answer["Location"] == f"/worker/{full.ref}"
    row = again(full)
    assert (row.points, row.capacity, row.utilisation, row.band) == (68, 68, 1, "amber")
    day = LoadDay.objects.whole().get(worker_id=full.worker_id, as_at=figures.as_at)
    assert (day.capacity, day.utilisation) == (68, 1)
    words = read(who.get(f"/worker/{full.ref}"))
    name = who.account.person.name
    assert "7.4 hours a week of extra duty" in words
    assert f"Duty rota {name}, {today:%-d %b %Y}" in words
    assert "85 points x 1 post \u2212 17 (7.4 of 37 hours a week) = 68 points" in words


def test_the_worker_and_the_team_see_what_stands(signed_in, full, said, read):
    saved(signed_in(Role.TEAM_MANAGER), f"/worker/{full.ref}/hours", said)
    assert "7.4 hours a week of extra duty" in read(signed_in(Role.TEAM_MANAGER).get("/team"))
    mine = read(signed_in(Role.SOCIAL_WORKER).get("/my-caseload"))
    assert "7.4 hours a week of extra duty" in mine
    assert "Change what stands" not in mine


def test_saving_the_same_form_twice_is_one_record(signed_in, full, said):
    who = signed_in(Role.TEAM_MANAGER)
    url = f"/worker/{full.ref}/hours"
    form = {**said, **hidden(who.post(url, {**said, "show": "yes"})), "save": "yes"}
    who.post(url, form)
    who.post(url, form)
    assert CapacityRow.objects.whole().count() == 1


def hours(figures, worker, value, today, **more):
    return record_hours(
        figures,
        worker_id=worker.worker_id,
        **{
            "number": f"n{value}",
            "kind": CapacityKind.DUTY,
            "reason": "court",
            "hours": Decimal(value),
            "since": today,
            "until": today + timedelta(days=9),
            "by": "somebody",
            "at": timezone.now(),
            **more,
        },
    )


def found(figures, worker, rule):
    rows = FindingFigure.objects.whole().filter(figures=figures, rule_id=rule, subject_id=worker.worker_id)
    return rows.first()


def test_a_load_that_passes_the_limit_is_found_by_the_same_rule_with_the_same_words(figures, full, today):
    assert found(figures, full, "DR-18") is None
    hours(figures, full, "11.1", today)  # 85 - 25.5 = 59.5; 68 / 59.5 = 114.3 %
    one = found(figures, full, "DR-18")
    assert (one.status, one.severity, one.kind) == ("breach", "note", "local")
    assert one.sentence.replace("\u00a0", " ").startswith(
        f"{full.name} holds 68 of 59.5 points, 114 % of the ceiling"
    )
    assert '"utilisation": "1.143"' in one.evidence


def test_at_the_limit_it_is_found_and_just_below_it_is_not(figures, full, today):
    # 68 of 61.818 would be 110 %: 85 x h / 37 = 23.182 where h = 10.0909…
    hours(figures, full, "10.05", today)
    assert again(full).utilisation < Decimal("1.10")
    assert found(figures, full, "DR-18") is None
    hours(figures, full, "0.05", today)
    assert again(full).utilisation >= Decimal("1.10")
    assert found(figures, full, "DR-18") is not None


def test_a_newly_qualified_worker_is_over_from_above_the_ceiling(figures, full, today):
    WorkerFigure.objects.whole().filter(pk=full.pk).update(newly_qualified=True, capacity="76.5")
    hours(figures, full, "3.7", today)  # 76.5 - 7.65 = 68.85
    assert found(figures, full, "NQ-02") is None
    hours(figures, full, "0.5", today)  # 76.5 - 85 x 0.9 x 4.2 / 37 = 67.816
    assert found(figures, full, "NQ-02") is not None


def test_ending_brings_the_records_own_figures_back_and_keeps_what_was_recorded(figures, full, today):
    row = hours(figures, full, "11.1", today)
    end_hours(figures, row, why="it is over earlier than was planned", by="other", at=timezone.now())
    after = again(full)
    assert (after.capacity, after.utilisation, after.by_record) == (85, Decimal("0.8"), None)
    assert found(figures, full, "DR-18") is None
    kept = CapacityRow.objects.whole().get(number=row.number)
    assert (kept.ended_by, kept.ended_why) == ("other", "it is over earlier than was planned")


def test_what_begins_later_changes_nothing_yet(figures, full, today):
    hours(figures, full, "11.1", today, since=today + timedelta(days=3))
    assert again(full).utilisation == Decimal("0.8")


def test_a_change_is_a_new_version_and_the_old_one_stays(signed_in, full, said, figures):
    who = signed_in(Role.TEAM_MANAGER)
    saved(who, f"/worker/{full.ref}/hours", said)
    number = CapacityRow.objects.whole().get().number
    saved(who, f"/hours/{number}", {**said, "hours": "3.7"})
    rows = CapacityRow.objects.whole().filter(number=number).order_by("version")
    assert [(r.version, r.hours, r.ended_at is None) for r in rows] == [
        (1, Decimal("7.4"), False),
        (2, Decimal("3.7"), True),
    ]
    assert again(full).capacity == Decimal("76.5")


def test_of_two_managers_at_once_the_second_changes_nothing(figures, full, today):
    row = hours(figures, full, "7.4", today)
    hours(figures, full, "3.7", today, number=row.number, instead_of=row)
    with pytest.raises(ChangedMeanwhile):
        end_hours(figures, row, why="it was recorded by mistake", by="other", at=timezone.now())


def test_nothing_that_was_recorded_is_ever_deleted(figures, full, today):
    with pytest.raises(NotImplementedError):
        hours(figures, full, "7.4", today).delete()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reason": ""}, "Choose a reason."),
        ({"reason": "reduction: is not quick enough"}, "Choose a reason from the list."),
        ({"hours": "0"}, "Give at least a quarter of an hour."),
        ({"hours": "many"}, "Give the hours as a number, such as 7.5."),
        ({"hours": "38"}, "works 37 hours a week: choose fewer."),
        ({"until": ""}, "Choose a date."),
        ({"until": "1/1/2020"}, "The end date is before the first day; choose a later one."),
        ({"since": "1/1/2020"}, "Choose a first day of the last month or later"),
        ({"until": "1/1/2090"}, "Choose an end within a year"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(signed_in, full, said, read, wrong, sentence):
    answer = signed_in(Role.TEAM_MANAGER).post(f"/worker/{full.ref}/hours", {**said, **wrong, "show": "yes"})
    assert answer.status_code == 422
    assert sentence in read(answer)
    assert "There is something to mend" in read(answer)


def test_hours_of_several_records_together_are_no_more_than_the_worker_has(
    signed_in, figures, full, said, read, today
):
    hours(figures, full, "30", today)
    answer = signed_in(Role.TEAM_MANAGER).post(f"/worker/{full.ref}/hours", {**said, "show": "yes"})
    assert "works 37 hours a week, and 30 are recorded already: choose fewer." in read(answer)


def test_nobody_records_about_themselves(signed_in, worker_of, said):
    who = signed_in(Role.TEAM_MANAGER)
    me = worker_of(Role.TEAM_MANAGER)
    assert who.get(f"/worker/{me.ref}/hours").status_code == 404
    assert who.post(f"/worker/{me.ref}/hours", {**said, "save": "yes"}).status_code == 404
    assert CapacityRow.objects.whole().count() == 0


def test_nobody_records_about_somebody_of_another_team(signed_in, elsewhere, said, figures, today):
    who = signed_in(Role.TEAM_MANAGER)
    assert who.post(f"/worker/{elsewhere.ref}/hours", {**said, "show": "yes"}).status_code == 404
    number = hours(figures, elsewhere, "4", today).number
    assert who.get(f"/hours/{number}").status_code == 404
    assert who.post(f"/hours/{number}/end", {"why": "it was recorded by mistake"}).status_code == 404


def test_ending_asks_for_a_reason_of_the_list(signed_in, figures, full, today, read):
    who = signed_in(Role.TEAM_MANAGER)
    number = hours(figures, full, "4", today).number
    url = f"/hours/{number}/end"
    shown = who.get(url)
    assert "What this does" in read(shown)
    answer = who.post(url, {**hidden(shown), "save": "yes"})
    assert answer.status_code == 422
    assert "Choose a reason." in read(answer)
    who.post(url, {**hidden(shown), "why": "it was recorded by mistake", "save": "yes"})
    assert CapacityRow.objects.whole().get().ended_why == "it was recorded by mistake"


def test_looking_and_saving_are_both_in_the_trail(signed_in, full, said):
    who = signed_in(Role.TEAM_MANAGER)
    saved(who, f"/worker/{full.ref}/hours", said)
    rows = what_opened(trail(), who.person_id).rows
    assert {(r["verb"], r["thing"], r["outcome"], r["thing_id"]) for r in rows} == {
        ("record", "capacity period", "allowed", full.worker_id)
    }
    assert len(rows) == 2


@pytest.fixture
def child(figures, full):
    """A child of that worker, who is the whole of the load."""
    return ChildFigure.objects.whole().get(figures=figures, child_id=full.parts[0]["child_id"])


@pytest.fixture
def weighs(today):
    """A form about a weight that can be saved."""
    return {
        "points": "1.5",
        "reason": "A statement for the court is due.",
        "since": f"{today:%-d/%-m/%Y}",
        "until": f"{today + timedelta(days=20):%-d/%-m/%Y}",
    }


def test_a_childs_weight_changes_the_load_of_whoever_leads(signed_in, full, child, weighs, read):
    who = signed_in(Role.TEAM_MANAGER)
    shown = read(who.post(f"/child/{child.ref}/weight", {**weighs, "show": "yes"}))
    assert f"This takes {full.name} from 80 % to 82 %." in shown
    assert "68 + 1.5 = 69.5 of 85 points" in shown
    saved(who, f"/child/{child.ref}/weight", weighs)
    assert again(full).points == Decimal("69.5")
    assert "(with +1.5 by hand)" in read(who.get(f"/worker/{full.ref}"))
    assert "1.5 points more" in read(who.get(f"/child/{child.ref}"))


def test_a_weight_moves_no_further_than_two_points(signed_in, child, weighs, read):
    answer = signed_in(Role.TEAM_MANAGER).post(
        f"/child/{child.ref}/weight", {**weighs, "points": "2.5", "show": "yes"}
    )
    assert "Choose up to 2 points, more or fewer." in read(answer)


def test_two_adjustments_of_a_child_never_stand_on_one_day(signed_in, child, weighs, read):
    who = signed_in(Role.TEAM_MANAGER)
    saved(who, f"/child/{child.ref}/weight", weighs)
    answer = who.post(f"/child/{child.ref}/weight", {**weighs, "show": "yes"})
    assert answer.status_code == 422
    assert "change that, or end it first." in read(answer)
    assert WeightRow.objects.whole().count() == 1


def test_a_weight_without_a_reason_is_not_saved(signed_in, child, weighs, read):
    answer = signed_in(Role.TEAM_MANAGER).post(
        f"/child/{child.ref}/weight", {**weighs, "reason": "  ", "show": "yes"}
    )
    assert "Say in a few words what makes the case weigh more or less." in read(answer)


def test_a_weight_is_changed_and_ended_and_every_version_stays(signed_in, full, child, weighs):
    who = signed_in(Role.TEAM_MANAGER)
    saved(who, f"/child/{child.ref}/weight", weighs)
    number = WeightRow.objects.whole().get().number
    saved(who, f"/weight/{number}", {**weighs, "points": "-2"})
    assert again(full).points == Decimal(66)
    url = f"/weight/{number}/end"
    who.post(url, {**hidden(who.get(url)), "why": "something else was agreed", "save": "yes"})
    assert again(full).points == Decimal(68)
    assert WeightRow.objects.whole().filter(number=number).count() == 2


def test_a_social_worker_sees_what_their_case_weighs_and_changes_nothing(signed_in, child, weighs, read):
    saved(signed_in(Role.TEAM_MANAGER), f"/child/{child.ref}/weight", weighs)
    who = signed_in(Role.SOCIAL_WORKER)
    assert "1.5 points more" in read(who.get(f"/child/{child.ref}"))
    assert who.get(f"/child/{child.ref}/weight").status_code == 404


def test_the_next_load_gives_the_same_figures_as_the_page_gave_at_once(figures, settings, today):
    """Recorded today and worked out for one worker; then everything is loaded anew."""
    worker = (
        WorkerFigure.objects.whole()
        .filter(figures=figures, here=True, fte=1, newly_qualified=False, capacity=85, children__gte=3)
        .order_by("-utilisation", "worker_id")
        .first()
    )
    child = max(worker.parts, key=lambda p: (p["part"] == "led", Decimal(p["points"]), p["child_id"]))
    record_weight(
        figures,
        child_id=child["child_id"],
        number="w1",
        points=Decimal(2),
        reason="a statement for the court",
        since=today,
        until=today + timedelta(days=9),
        by="somebody",
        at=timezone.now(),
    )
    hours(figures, worker, "33.3", today)  # 85 - 76.5 = 8.5 points are left
    now = again(worker)
    told = found(figures, worker, "DR-18")
    assert now.by_record is not None
    assert told is not None
    record = Record.open(settings.EVENLODE.home)
    at = Refreshing(record, shipped_policy(), timezone.now(), lambda *_: None)
    fresh = refresh(at, as_at=figures.as_at)
    assert fresh == Figures.objects.get(standing=True)
    then = WorkerFigure.objects.whole().get(figures=fresh, worker_id=worker.worker_id)
    for name in ("points", "capacity", "utilisation", "band", "parts", "by_record"):
        assert getattr(then, name) == getattr(now, name), name
    one = found(fresh, worker, "DR-18")
    for name in ("status", "severity", "kind", "sentence", "evidence", "state", "of_team", "team_id"):
        assert getattr(one, name) == getattr(told, name), name


@pytest.mark.parametrize("path", ["/team", "/worker/{}"])
def test_pages_on_which_something_stands_take_as_few_questions(
    signed_in, figures, full, child, today, path, django_assert_max_num_queries
):
    hours(figures, full, "4", today)
    record_weight(
        figures,
        child_id=child.child_id,
        number="w1",
        points=Decimal(1),
        reason="a statement for the court",
        since=today,
        until=today,
        by="somebody",
        at=timezone.now(),
    )
    who = signed_in(Role.TEAM_MANAGER)
    who.get(path.format(full.ref))
    with django_assert_max_num_queries(20):
        who.get(path.format(full.ref))
