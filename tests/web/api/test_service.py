"""What programs read: the columns of the files, the rows of the person whose key it is, every answer in the trail."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.web.test_matrix import scope_in_matrix

from evenlode.access import NOT_THERE, Holding, RestrictionCategory, Role, Scope, Thing, Verb, Why
from evenlode.audit_trail import what_opened
from evenlode.reports.measure_tables import MEASURE_HEADINGS
from evenlode.reports.tables import DEFINITION_HEADINGS, WORKLOAD_HEADINGS
from evenlode.rules.book import RULES
from evenlode.rules.results import FINDING_COLUMNS
from evenlode.web.api import service as module
from evenlode.web.api.routes import API_ROUTES
from evenlode.web.door import Door
from evenlode.web.granting import cut_off
from evenlode.web.models import FindingFigure, Holder, WorkerFigure
from evenlode.web.restricting import restrict
from evenlode.web.standing_register import register
from evenlode.web.tokens import end_token
from evenlode.web.trail import NotWritten, trail

pytestmark = pytest.mark.django_db
COLUMNS = {
    "findings": FINDING_COLUMNS,
    "workload": tuple(h.name for h in WORKLOAD_HEADINGS),
    "measures": tuple(h.name for h in MEASURE_HEADINGS),
    "rules": tuple(h.name for h in DEFINITION_HEADINGS),
}


@pytest.mark.parametrize("path", COLUMNS)
def test_an_answer_has_the_columns_of_the_published_file_in_their_order(ask, token_of, path):
    answer = ask(path, token_of(Role.DIRECTOR)[0], size=3)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store, private"
    rows = answer.json()["rows"]
    assert rows
    assert all(tuple(row) == COLUMNS[path] for row in rows)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("route", API_ROUTES, ids=lambda r: r.path)
def test_each_role_s_key_opens_what_the_matrix_gives_the_role_and_nothing_else(ask, token_of, route, role):
    answer = ask(route.path, token_of(role)[0])
    if scope_in_matrix(role, route.verb, route.thing) is Scope.NONE:
        assert answer.status_code == 404
        assert answer.json() == {"says": NOT_THERE}
    else:
        assert answer.status_code == 200


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.DIRECTOR])
def test_a_key_reads_the_findings_that_its_person_sees_and_no_others(ask, token_of, figures, role):
    token, row = token_of(role)
    door = Door(row.person_id, timezone.now(), register(), "test")
    holdings = {}
    for h in Holder.objects.filter(figures=figures):
        holding = Holding(worker_id=h.worker_id, team_id=h.team_id, since=h.since, until=h.until)
        holdings.setdefault(h.child_id, []).append(holding)
    sees = {
        "child": lambda f: door.visible(Thing.FINDING).child(f.child_id, tuple(holdings.get(f.child_id, ()))),
        "worker": lambda f: door.visible(Thing.WORKER_FIGURES).worker(f.subject_id),
        "team": lambda f: door.visible(Thing.TEAM_PAGE, Verb.SEE).unit(f.subject_id),
        "council": lambda _: (Why.OUT_OF_SCOPE, Scope.NONE),
    }
    every = FindingFigure.objects.whole().filter(figures=figures).exclude(status="due_soon")
    expected = [f for f in every.order_by("place", "pk") if sees[f.subject_kind](f)[0] is Why.WITHIN_SCOPE]
    answer = ask("findings", token, size=1000).json()
    assert answer["total"] == len(expected) > 0
    told = [(f["rule_id"], f["subject_id"], f["record_id"]) for f in answer["rows"]]
    assert told == [(f.rule_id, f.subject_id, f.record_id) for f in expected]


def test_a_closed_record_is_in_no_answer_not_even_in_the_sum_of_a_load(ask, token_of, figures):
    token, _ = token_of(Role.DIRECTOR)
    row = FindingFigure.objects.whole().filter(figures=figures, subject_kind="child").exclude(worker_id="")[0]
    child, led = row.child_id, WorkerFigure.objects.whole().get(figures=figures, worker_id=row.worker_id)
    assert child in [part["child_id"] for part in led.parts]
    before = ask("findings", token, size=1000).content.decode()
    assert f'"{child}"' in before
    restrict(
        child_id=child,
        category=RestrictionCategory.ADOPTION,
        named=[],
        review_on=None,
        by="somebody",
        at=timezone.now() - timedelta(minutes=1),
    )
    rows = ask("findings", token, size=1000).json()["rows"]
    assert child not in {r["subject_id"] for r in rows}
    (load,) = ask("workload", token, worker_id=led.worker_id).json()["rows"]
    assert child not in {part["child_id"] for part in load["parts"]["children"]}
    assert load["parts"]["children_not_shown"] == 1
    assert load["children"] == led.children


def test_pages_follow_each_other_and_leave_nothing_out(ask, token_of):
    token, _ = token_of(Role.DIRECTOR)
    whole = ask("findings", token, size=1000).json()
    size = -(-whole["total"] // 3)
    pages = [ask("findings", token, size=size, page=n).json() for n in (1, 2, 3, 4)]
    assert [row for page in pages for row in page["rows"]] == whole["rows"]
    assert pages[3]["rows"] == []
    assert {page["pages"] for page in pages} == {3}


def test_rows_can_be_narrowed_by_a_column(ask, token_of):
    token, _ = token_of(Role.DIRECTOR)
    first = ask("findings", token).json()["rows"][0]["rule_id"]
    narrowed = ask("findings", token, rule_id=first).json()
    assert narrowed["total"] > 0
    assert {row["rule_id"] for row in narrowed["rows"]} == {first}
    assert ask("rules", token, size=1000).json()["total"] == len(RULES)


def test_every_answer_stands_in_the_trail_with_the_number_of_the_key(ask, token_of):
    token, row = token_of(Role.TEAM_MANAGER)
    ask("findings", token)
    ask("workload", token)
    rows = what_opened(trail(), row.person_id).rows
    assert {(r["thing"], r["verb"], r["outcome"], r["thing_id"]) for r in rows} == {
        ("finding", "list", "allowed", f"token {row.pk}"),
        ("worker's figures", "list", "allowed", f"token {row.pk}"),
    }


def test_no_answer_leaves_where_the_trail_cannot_be_written(ask, token_of, monkeypatch):
    def breaks(_):
        raise NotWritten("OperationalError")

    token, _ = token_of(Role.DIRECTOR)
    monkeypatch.setattr(module, "append", breaks)
    answer = ask("findings", token)
    assert answer.status_code == 503
    assert "rows" not in answer.json()


def test_without_a_key_or_with_a_strange_one_there_is_no_answer_and_the_strange_one_is_written_down(ask):
    for token in (None, "", "evenlode_guessed", "x" * 5000):
        answer = ask("findings", token)
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == "Bearer"
        assert list(answer.json()) == ["says"]
    assert [r["why"] for r in what_opened(trail(), "nobody").rows].count("no such token") >= 2


def test_a_browser_that_is_signed_in_is_no_key(signed_in):
    assert signed_in(Role.DIRECTOR).get("/api/v1/findings").status_code == 401


def test_a_key_that_was_withdrawn_or_has_run_out_is_refused_at_once_and_written_down(ask, token_of):
    token, row = token_of(Role.DIRECTOR)
    assert ask("rules", token).status_code == 200
    row.refresh_from_db()
    end_token(row, by="governance", at=timezone.now())
    assert ask("rules", token).status_code == 401
    other, late = token_of(Role.DIRECTOR)
    late.refresh_from_db()
    late.until = timezone.now().date() - timedelta(days=1)
    late.save()
    assert ask("rules", other).status_code == 401
    refused = {
        (r["thing_id"], r["why"])
        for r in what_opened(trail(), row.person_id).rows
        if r["outcome"] == "denied"
    }
    assert refused == {
        (f"token {row.pk}", "the token was withdrawn"),
        (f"token {late.pk}", "the token has run out"),
    }


def test_the_key_of_somebody_who_is_cut_off_reads_nothing(ask, token_of):
    token, row = token_of(Role.DIRECTOR)
    cut_off(row.person, at=timezone.now() - timedelta(seconds=1))
    assert ask("findings", token).status_code == 404


def test_a_key_that_asks_too_often_is_told_to_wait(ask, token_of, settings):
    settings.EVENLODE_LIMITS = {"API": 2}
    token, row = token_of(Role.DIRECTOR)
    assert [ask("rules", token, size=1).status_code for _ in range(3)] == [200, 200, 429]
    answer = ask("rules", token)
    assert answer["Retry-After"] == "600"
    assert ask("rules", token_of(Role.TEAM_MANAGER)[0], size=1).status_code == 200
    whys = [r["why"] for r in what_opened(trail(), row.person_id).rows if r["outcome"] == "denied"]
    assert whys == ["more than the limit for ten minutes"] * 2


@pytest.mark.parametrize("asked", [{"size": 1001}, {"size": 0}, {"page": 0}, {"page": "' OR 1=1"}])
def test_a_question_that_cannot_be_is_refused_in_a_sentence_without_its_words(ask, token_of, asked):
    answer = ask("findings", token_of(Role.DIRECTOR)[0], **asked)
    assert answer.status_code == 422
    assert answer.json() == {"says": f"This cannot be asked: look at {next(iter(asked))}."}


def test_nothing_can_be_changed_and_there_is_no_page_of_scripts(token_of):
    headers = {"Authorization": f"Bearer {token_of(Role.DIRECTOR)[0]}"}
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(Client(), method)("/api/v1/findings", secure=True, headers=headers)
        assert answer.status_code == 405
    for path in ("", "docs"):
        assert Client().get(f"/api/v1/{path}", secure=True, headers=headers).status_code == 404


# The description, and an independent reader of it: the part of JSON Schema that it uses, and an error for any other.


def fits(value, schema, whole) -> bool:  # noqa: PLR0911 - a kind of value a line
    if "$ref" in schema:
        found = whole
        for step in schema["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        return fits(value, found, whole)
    if "anyOf" in schema:
        return any(fits(value, one, whole) for one in schema["anyOf"])
    kind = schema["type"]
    if kind == "object":
        named = schema.get("properties", {})
        if not isinstance(value, dict) or set(schema.get("required", ())) - set(value):
            return False
        if schema.get("additionalProperties") is False and set(value) - set(named):
            return False
        return all(fits(v, named[k], whole) for k, v in value.items() if k in named)
    if kind == "array":
        return isinstance(value, list) and all(fits(v, schema["items"], whole) for v in value)
    if kind == "string" and schema.get("format") == "date":
        return (
            isinstance(value, str)
            and bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value))
            and bool(date.fromisoformat(value))
        )
    python = {"string": str, "integer": int, "boolean": bool, "null": type(None)}[kind]
    return isinstance(value, python) and not (kind == "integer" and isinstance(value, bool))


@pytest.fixture
def described(ask, token_of):
    return ask("openapi.json", token_of(Role.SOCIAL_WORKER)[0]).json()


def test_the_description_names_every_address_but_its_own_and_needs_a_key(ask, described):
    assert described["openapi"].startswith("3.")
    assert list(described["paths"]) == [f"/api/v1/{r.path}" for r in API_ROUTES if r.table]
    assert all(list(one) == ["get"] for one in described["paths"].values())
    assert all(one["get"]["security"] for one in described["paths"].values())
    assert ask("openapi.json", None).status_code == 401


@pytest.mark.parametrize("path", COLUMNS)
def test_every_answer_is_as_the_description_says(ask, token_of, described, path):
    answers = described["paths"][f"/api/v1/{path}"]["get"]["responses"]
    token = token_of(Role.DIRECTOR)[0]
    for status, answer in {
        "200": ask(path, token, size=1000),
        "401": ask(path, None),
        "422": ask(path, token, size=0),
    }.items():
        assert answer.status_code == int(status)
        schema = answers[status]["content"]["application/json"]["schema"]
        assert fits(answer.json(), schema, described), status
    good = ask(path, token, size=1).json()
    assert not fits(
        {**good, "total": "many"}, answers["200"]["content"]["application/json"]["schema"], described
    )
    assert not fits({**good, "more": 1}, answers["200"]["content"]["application/json"]["schema"], described)
    assert json.dumps(described).count("X-CSRF") == 0


@pytest.mark.parametrize("path", ["rules", "openapi.json", "nothing"])
def test_a_program_that_asks_without_tls_is_refused_and_not_sent_on(token_of, path):
    headers = {"Authorization": f"Bearer {token_of(Role.DIRECTOR)[0]}"}
    answer = Client().get(f"/api/v1/{path}", headers=headers)
    assert answer.status_code == 403
    assert "Location" not in answer
    assert "https" in answer.json()["detail"]
    assert answer["X-Content-Type-Options"] == "nosniff"
