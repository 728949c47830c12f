"""Children without a named worker: who presses most, what is owed to them, what changed."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from evenlode.access import Role
from evenlode.web.models import ChildFigure, FindingFigure, RuleDay
from evenlode.web.refs import ref_of
from evenlode.web.views.waiting import _changed

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiters(children, figures):
    """Four children who wait, and nobody else: one protected, one looked after as well as in need, two in need."""
    ChildFigure.objects.whole().filter(figures=figures).update(waiting_since=None)
    four = sorted(children.values(), key=lambda c: c.by_name)[:4]
    said = [("CIN", "CIN", 30), ("CP", "CP", 5), ("CIN", "CIN CLA", 9), ("CIN", "CIN", 31)]
    for child, (status, statuses, days) in zip(four, said, strict=True):
        ChildFigure.objects.whole().filter(pk=child.pk).update(
            status=status, statuses=statuses, waiting_since=figures.as_at - timedelta(days=days)
        )
    FindingFigure.objects.whole().filter(figures=figures, child_id__in=[c.child_id for c in four]).delete()
    FindingFigure.objects.whole().filter(figures=figures, rule_id__startswith="AL-").delete()
    return four


def finding(figures, child, rule, **more):
    plain = {
        "place": 1,
        "la_code": figures.la_code,
        "subject_kind": "child",
        "subject_id": child.child_id,
        "status": "overdue",
        "kind": "norm",
        "severity": "red",
        "evidence": "{}",
        "sentence": f"{rule} is so.",
        "shape": "over",
        "state": "3 days over",
        "when": "due 17 Nov",
        "who_says_so": "Common practice",
    }
    row = FindingFigure(figures=figures, child_id=child.child_id, rule_id=rule, **{**plain, **more})
    row.save()
    return row


def order(page: str, four) -> list[int]:
    place = [page.index(ref_of("child", c.child_id)) for c in four]
    return sorted(range(4), key=lambda n: place[n])


def test_protected_and_looked_after_children_stand_first_and_then_by_days(signed_in, waiters, told):
    page = told.text(signed_in(Role.DIRECTOR).get("/waiting"))
    assert order(page, waiters) == [2, 1, 3, 0]
    assert "4 children." in page
    assert "31 days" in page


def test_the_menu_says_how_many_wait(signed_in, waiters, told):
    page = told.text(signed_in(Role.DIRECTOR).get("/waiting"))
    assert re.search(r'Waiting <span class="ev-count">4</span>', page)


def test_another_order_can_be_asked_for(signed_in, waiters, told):
    page = told.text(signed_in(Role.DIRECTOR).get("/waiting?sort=waiting"))
    assert order(page, waiters) == [1, 2, 0, 3]


def test_a_late_look_and_two_weeks_are_told_and_counted(signed_in, figures, waiters, told):
    finding(figures, waiters[0], "AL-03", state="16 days over")
    finding(figures, waiters[0], "AL-04", state="9 days over", due_date=figures.as_at - timedelta(days=9))
    finding(figures, waiters[0], "AL-06", state="20 days over")
    page = told.text(signed_in(Role.DIRECTOR).get("/waiting"))
    assert "16 days over" in page
    assert "tell the head of service" in page
    assert "Signed look at the risk: 20 days over" in page
    assert "<dt>Waiting more than two weeks</dt><dd>1</dd>" in page
    narrowed = told.text(signed_in(Role.DIRECTOR).get("/waiting?over=AL-04"))
    assert "1 child." in narrowed


def test_a_child_whose_week_is_looked_at_is_in_time(signed_in, waiters, told):
    rows = told.csv_rows(signed_in(Role.DIRECTOR).get("/waiting?file=csv"))
    look = rows[0].index("This week's look")
    assert {row[look] for row in rows[1:]} == {"In time"}


def test_where_the_extract_holds_no_looks_the_page_cannot_tell(signed_in, figures, waiters, told):
    figures.told = {**figures.told, "missing": {"AL-03": "key_date"}}
    figures.save()
    page = told.text(signed_in(Role.DIRECTOR).get("/waiting"))
    assert "we cannot say whether they were in time" in page
    assert "In time" not in page


def test_what_became_late_while_the_child_waited_is_a_change_and_what_was_late_before_is_none(
    signed_in, figures, waiters, told
):
    since = figures.as_at - timedelta(days=30)
    finding(figures, waiters[0], "CIN-03", due_date=since + timedelta(days=2), sentence="A review is late.")
    finding(
        figures,
        waiters[0],
        "ASM-04",
        due_date=since - timedelta(days=2),
        sentence="An old assessment is late.",
    )
    finding(figures, waiters[0], "CIN-02", due_date=since - timedelta(days=2), sentence="A visit is late.")
    page = told.text(signed_in(Role.DIRECTOR).get("/waiting"))
    assert "A review is late." in page
    assert "A visit is late." in page
    assert "An old assessment is late." not in page


def test_a_fact_without_a_date_is_a_change_only_where_we_were_watching_before_it_became_true():
    row = FindingFigure(rule_id="CP-12", status="flag", known_since=date(2026, 11, 10))
    assert _changed(row, date(2026, 11, 1), date(2026, 10, 1))
    assert not _changed(row, date(2026, 11, 1), date(2026, 11, 10))
    assert not _changed(row, date(2026, 11, 11), date(2026, 10, 1))


def test_nobody_waits_is_said_and_the_menu_has_no_number(signed_in, figures, told):
    ChildFigure.objects.whole().filter(figures=figures).update(waiting_since=None)
    page = told.text(signed_in(Role.DIRECTOR).get("/waiting"))
    assert "Every open child within your scope has a named worker." in page
    assert "ev-count" not in page


def test_a_social_worker_has_no_such_page(signed_in):
    assert signed_in(Role.SOCIAL_WORKER).get("/waiting").status_code == 404


def test_a_waiting_page_takes_at_most_twenty_questions(signed_in, waiters, django_assert_max_num_queries):
    manager = signed_in(Role.TEAM_MANAGER)
    manager.get("/waiting")
    assert RuleDay.objects.exists()
    with django_assert_max_num_queries(20):
        manager.get("/waiting")
