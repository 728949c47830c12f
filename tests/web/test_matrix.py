"""Every role on every address: what the access matrix says is what happens, and what is not theirs is not there."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from importlib.resources import files
from uuid import uuid4

import pytest
import yaml
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone

from evenlode.access import NOT_THERE, OpeningCategory, RestrictionCategory, Role, Scope, Thing, Verb
from evenlode.audit_trail import what_opened
from evenlode.web import urls
from evenlode.web.api.routes import API_ROUTES, UNDER
from evenlode.web.demonstration import PREFIX
from evenlode.web.glass import break_glass
from evenlode.web.granting import ask_for_post
from evenlode.web.models import (
    Account,
    CapacityRow,
    ChildFigure,
    ExplanationRow,
    Figures,
    FindingFigure,
    Job,
    PersonRow,
    PolicyProposal,
    PostRow,
    TokenRow,
    UnitRow,
    WeightRow,
    WorkerFigure,
)
from evenlode.web.open_pages import OPEN
from evenlode.web.page import Page
from evenlode.web.restricting import restrict
from evenlode.web.routes import PAGES
from evenlode.web.trail import trail
from evenlode.web.views.explained import finding_ref
from evenlode.web.whole_tables import ask_for, decide_on

pytestmark = pytest.mark.django_db

SAID = yaml.safe_load(files("evenlode.access").joinpath("matrix.yaml").read_text("utf-8"))
WIDE = {
    Role.PRINCIPAL_SOCIAL_WORKER,
    Role.DIRECTOR,
    Role.REVIEWING_OFFICER,
    Role.PERFORMANCE_ANALYST,
    Role.SYSTEM_ADMINISTRATOR,
    Role.INFORMATION_GOVERNANCE,
    Role.AUDITOR,
}
"""Those whose post stands at the council's top: they reach everything that their role has council reach for."""

# How near each role stands to what an address names: the narrowest scope that takes it in.
# "ours" is led by the demonstration's social worker, whom its practice supervisor supervises, in the team of its team manager; "elsewhere" is in another service.
NEAR: dict[str, dict[Role, Scope]] = {
    "ours": {
        **dict.fromkeys(WIDE, Scope.COUNCIL),
        Role.SOCIAL_WORKER: Scope.OWN,
        Role.PRACTICE_SUPERVISOR: Scope.SUPERVISEES,
        Role.TEAM_MANAGER: Scope.TEAM,
        Role.HEAD_OF_SERVICE: Scope.SERVICE,
    },
    "elsewhere": dict.fromkeys(WIDE, Scope.COUNCIL),
    "everybody's": dict.fromkeys(Role, Scope.OWN),
}

OURS, ELSEWHERE = "ours", "elsewhere"
CHILD, TEAM, WORKER, FINDING = "child", "team", "worker", "finding"


def kinds(page: Page) -> list[str]:
    return re.findall(r"<\w+:(\w+)>", page.path)


def scope_in_matrix(role: Role, verb: Verb, thing: Thing) -> Scope:
    """What the file says, read here by other means than the product reads it."""
    cell = SAID[str(thing)].get(str(verb)) or {}
    for word in ("own", "line", "supervisees", "team", "service", "council"):
        if str(role) in cell.get(word, []):
            return Scope[word.upper()]
    return Scope.NONE


@cache
def near_and_far():
    """A child, worker and team near the demonstration's people, and one of another service: looked for once."""
    figures = Figures.objects.get(standing=True)
    me, adviser, supervisor = (
        Account.objects.get(username=f"{PREFIX}{role}".replace(" ", "-")).person.worker_id
        for role in (Role.SOCIAL_WORKER, Role.PERSONAL_ADVISER, Role.PRACTICE_SUPERVISOR)
    )
    worker = WorkerFigure.objects.whole().get(figures=figures, worker_id=me)
    team = UnitRow.objects.get(unit_id=worker.team_id, until__isnull=True)
    below = set(UnitRow.objects.filter(parent_id=team.parent_id).values_list("unit_id", flat=True))
    children = ChildFigure.objects.whole().filter(figures=figures)
    with_finding = FindingFigure.objects.whole().filter(figures=figures, status="overdue").values("child_id")
    ours = children.filter(worker_id=me, child_id__in=with_finding).first()
    posted = PostRow.objects.filter(until__isnull=True).values("person__worker_id")
    far = (
        children.exclude(team_id__in=[*below, ""])
        .exclude(worker_id__in=[adviser, supervisor, me])
        .filter(child_id__in=with_finding, worker_id__in=posted)
        .first()
    )
    return {OURS: of(ours, worker, figures), ELSEWHERE: of(far, None, figures)}


@pytest.fixture
def named(figures):
    """What stands in addresses: of things near and far."""
    return near_and_far()


def of(child, worker, figures):
    worker = worker or WorkerFigure.objects.whole().get(figures=figures, worker_id=child.worker_id)
    row = (
        FindingFigure.objects.whole()
        .filter(figures=figures, child_id=child.child_id, status="overdue")
        .first()
    )
    return {"child": child, "worker": worker, "finding": row, "team": child.team_id}


def addresses(page: Page, named, where, signed_in, figures) -> dict[str, object] | None:
    """The values for an address; None: this page names nothing of that kind."""
    at = named[where]
    now = timezone.now()
    maker = {
        "ref": lambda: at["worker"].ref if page.path.startswith("worker") else at["child"].ref,
        "finding": lambda: finding_ref(at["finding"]),
        "unit": lambda: at["team"],
        "service": lambda: UnitRow.objects.get(unit_id=at["team"], until__isnull=True).parent_id,
        "person": lambda: PersonRow.objects.get(worker_id=at["worker"].worker_id).person_id,
        "opening": lambda: (
            break_glass(
                child_id=at["child"].child_id,
                category=OpeningCategory.DUTY,
                reason="called at night by the duty team",
                by="somebody",
                at=now - timedelta(hours=3),
            ).opening_id
        ),
        "number": lambda: NUMBERS[page.name](at, now),
        **FIXED,
    }
    return {kind: maker[kind]() for kind in kinds(page)}


def an_explanation(at, now):
    row = at["finding"]
    return ExplanationRow.objects.create(
        la_code=row.la_code,
        rule_id=row.rule_id,
        subject_kind="child",
        subject_id=row.child_id,
        record_id=row.record_id,
        reason="the child is abroad",
        text="until Christmas",
        by="somebody",
        recorded_at=now,
        since=now.date(),
        until=now.date(),
    ).pk


def an_asked_post(at, now):
    person = PersonRow.objects.get(worker_id=at["worker"].worker_id)
    return ask_for_post(
        person,
        role=Role.SOCIAL_WORKER,
        unit_id=at["team"],
        since=now.date(),
        until=None,
        by="somebody",
        at=now,
    ).pk


def a_post(at, now):
    return PersonRow.objects.get(worker_id=at["worker"].worker_id).posts.filter(until__isnull=True).first().pk


def a_restriction(at, now):
    row = restrict(
        child_id="nobody of these",
        category=RestrictionCategory.ADOPTION,
        named=[],
        review_on=None,
        by="somebody",
        at=now,
    )
    row.lift_asked_by = "somebody"
    row.save()
    return row.pk


def some_hours(at, now):
    row = CapacityRow(
        number="1" * 32,
        worker_id=at["worker"].worker_id,
        kind="extra duty",
        reason="court",
        hours=4,
        since=now.date(),
        until=now.date() + timedelta(days=9),
        by="somebody",
        recorded_at=now,
    )
    CapacityRow.objects.whole().filter(number=row.number).update(number=uuid4().hex)
    row.save()
    return row.number


def some_weight(at, now):
    row = WeightRow(
        number="2" * 32,
        child_id=at["child"].child_id,
        points=1,
        reason="a statement for the court",
        since=now.date(),
        until=now.date() + timedelta(days=9),
        by="somebody",
        recorded_at=now,
    )
    WeightRow.objects.whole().filter(number=row.number).update(number=uuid4().hex)
    row.save()
    return row.number


def a_token(at, now):
    return TokenRow.objects.create(
        person=PersonRow.objects.get(worker_id=at["worker"].worker_id),
        reason="the nightly report",
        asked_by="somebody",
        asked_at=now,
        until=now.date() + timedelta(days=9),
    ).pk


def an_asked_table(at, now):
    return ask_for("findings", with_codes=True, reason="the yearly return", by="somebody", at=now).pk


def an_agreed_table(at, now):
    row = ask_for("findings", with_codes=True, reason="the yearly return", by="somebody", at=now)
    decide_on(row, agreed=True, by="somebody else", at=now)
    return row.pk


NUMBERS = {
    "whole-table-decide": an_asked_table,
    "whole-table-fetch": an_agreed_table,
    "token-decide": a_token,
    "token-withdraw": a_token,
    "token-collect": a_token,
    "hours-change": some_hours,
    "hours-end": some_hours,
    "weight-change": some_weight,
    "weight-end": some_weight,
    "explanation-end": an_explanation,
    "post-decide": an_asked_post,
    "post-end": a_post,
    "restriction-ask": a_restriction,
    "restriction-lift": a_restriction,
}


def a_proposal():
    row = PolicyProposal.objects.create(
        ref=uuid4().hex,
        section="numbers",
        setting="workers_in_window",
        value=4,
        before="3",
        after="4",
        since=timezone.localdate(),
        reason="agreed at the board",
        state="proposed",
        by="somebody",
        asked_at=timezone.now(),
    )
    return row.ref


def some_work():
    return Job.objects.create(
        ref=uuid4().hex, kind="load", state="waiting", by="somebody", asked_at=timezone.now()
    ).ref


FIXED: dict[str, object] = {
    "name": lambda: "long_plans",
    "rule": lambda: "CP-05",
    "setting": lambda: "cp_visit",
    "measure": lambda: "WF-05",
    "load": lambda: "0001",
    "job": some_work,
    "proposal": a_proposal,
}
"""Values that name the same for everybody: a rule, a list."""

OF_THEIR_OWN_UNIT = {"post-ask"}
"""Pages on which the form, and not the address, names the unit."""


def test_every_address_of_the_service_is_in_the_table_or_among_the_few_that_are_open():
    signing_in = ("evenlode.web.sign_in", "allauth")
    known = {p.name for p in PAGES} | {name for _, name, _ in OPEN}
    strange = [
        str(pattern.pattern)
        for pattern in urls.urlpatterns
        if isinstance(pattern, URLPattern)
        and pattern.name not in known
        and not pattern.callback.__module__.startswith(signing_in)
    ]
    assert not strange, "an address without a row: add it to routes.PAGES with its cell of the matrix"


def test_every_address_of_the_json_service_is_in_its_table():
    (beneath,) = [one for one in urls.urlpatterns if isinstance(one, URLResolver)]
    assert str(beneath.pattern) == UNDER
    names = [pattern.name for pattern in beneath.url_patterns]
    assert sorted(names) == sorted([*(route.name for route in API_ROUTES), "api-root"])


def test_no_two_pages_have_the_same_name_or_address():
    assert len({p.name for p in PAGES}) == len({p.path for p in PAGES}) == len(PAGES)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_each_role_opens_what_the_matrix_gives_it_and_nothing_else(signed_in, named, figures, page, role):
    who = signed_in(role)
    for where in (OURS, ELSEWHERE):
        values = addresses(page, named, where, signed_in, figures)
        url = reverse(page.name, kwargs=values)
        answer = who.post(url) if page.changes else who.get(url)
        about = SAID[str(page.thing)]["about"]
        cell = scope_in_matrix(role, page.verb, page.thing)
        nearness = "everybody's" if not values or page.name in OF_THEIR_OWN_UNIT else where
        near = NEAR[nearness]
        reached = cell is not Scope.NONE and near.get(role, Scope.COUNCIL + 1) <= cell
        if about in {"council", "rows"}:
            reached = cell is not Scope.NONE
        said = f"{role} {page.verb} {page.thing} {where}: {answer.status_code}"
        if reached:
            assert answer.status_code != 404 or page.changes, said
        else:
            assert answer.status_code == 404, said
            assert NOT_THERE in answer.content.decode()


@pytest.mark.parametrize(
    "page", [p for p in PAGES if "ref" in kinds(p) and not p.changes], ids=lambda p: p.name
)
def test_what_is_somebody_elses_looks_like_what_does_not_exist_and_only_the_trail_knows(
    signed_in, named, figures, page
):
    manager = signed_in(Role.TEAM_MANAGER)
    values = addresses(page, named, ELSEWHERE, signed_in, figures)
    theirs = manager.get(reverse(page.name, kwargs=values))
    nobody = manager.get(reverse(page.name, kwargs={**values, "ref": "0" * 24}))
    assert theirs.status_code == nobody.status_code == 404
    assert without_tokens(theirs) == without_tokens(nobody)
    rows = what_opened(trail(), manager.person_id).rows
    assert [r["outcome"] for r in rows] == ["denied"]


def without_tokens(answer):
    text = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return re.sub(r"X-CSRFToken\S+ \S+", "", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_nobody_who_is_not_signed_in_gets_further_than_the_sign_in_page(client, page):
    values = {kind: 1 if f"<int:{kind}>" in page.path else "x" for kind in kinds(page)}
    url = reverse(page.name, kwargs=values)
    answer = client.post(url, secure=True) if page.changes else client.get(url, secure=True)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in")
