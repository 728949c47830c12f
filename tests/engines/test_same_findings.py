"""Every engine gives the same findings, row for row."""

from __future__ import annotations

import importlib.util
import os
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.independent.councils import DAYS, build_edge_council

from evenlode.demo import build_council
from evenlode.engines import evaluate_on, open_engine
from evenlode.engines.engine import ADDRESS
from evenlode.errors import CannotGoOn
from evenlode.extracts import read_extracts
from evenlode.policy import read_policy, shipped_policy
from evenlode.record import TABLES, Record, connect
from evenlode.rules.evaluate import evaluate

AS_AT = date(2026, 11, 20)
MADE_HERE = Path(__file__).parents[3] / "shared" / "data" / "ssd" / "made-here"
SERVER = os.environ.get("EVENLODE_TEST_POSTGRES_URL", "")

POSTGRES = pytest.param(
    "postgres",
    marks=[
        pytest.mark.postgres,
        pytest.mark.skipif(not SERVER, reason="no PostgreSQL server is named by EVENLODE_TEST_POSTGRES_URL"),
    ],
)
SPARK = pytest.param(
    "spark",
    marks=[
        pytest.mark.spark,
        pytest.mark.long,  # more than five minutes with the whole rule book
        pytest.mark.skipif(
            importlib.util.find_spec("pyspark") is None or shutil.which("java") is None,
            reason="Spark (pip install 'evenlode[spark]') or Java is not installed",
        ),
        pytest.mark.filterwarnings("ignore"),
    ],
)


@pytest.fixture(scope="session", params=[POSTGRES, SPARK])
def engine_name(request, tmp_path_factory):
    if request.param == "postgres":
        os.environ[ADDRESS] = SERVER
    return request.param


@pytest.fixture(scope="session")
def councils(tmp_path_factory):
    """Two councils in one record: the made-up one, and one set on the edges of the rules."""
    folder = tmp_path_factory.mktemp("councils")
    build_council(folder / "demo", as_at=AS_AT, children=120, seed=7)
    build_edge_council(folder / "edge", seed=5, as_at=DAYS[0], children=120)
    with Record.temporary() as record:
        for la_code, path in (("901", folder / "demo" / "extracts"), ("902", folder / "edge")):
            load(record, path, la_code)
        with connect(record) as stored:
            yield stored


def load(record, path, la_code):
    record.load(
        read_extracts(path, la_code=la_code),
        at=datetime(2026, 11, 20, 9, tzinfo=UTC),
        by="test",
        as_at=AS_AT,
        rules_version="test",
    )


def both(stored, name, as_at=AS_AT, policy=None):
    policy = policy or shipped_policy()
    here = evaluate(stored.con, as_at=as_at, policy=policy, delivered=stored.delivered, untold=stored.untold)
    engine = open_engine(name)
    try:
        there = evaluate_on(engine, stored, as_at=as_at, policy=policy)
    finally:
        engine.close()
    return here, there


def test_two_councils_at_once_give_the_same_answers_on_every_engine(councils, engine_name):
    here, there = both(councils, engine_name)
    assert here.findings.num_rows > 200
    assert {*here.findings["la_code"].to_pylist()} == {"901", "902"}
    assert there.findings.to_pylist() == here.findings.to_pylist()
    assert there.due_soon.to_pylist() == here.due_soon.to_pylist()
    assert there.in_time == here.in_time
    assert there.loads == here.loads
    assert there.missing == here.missing


@pytest.mark.long
def test_every_rule_is_worked_out_alike_on_every_engine_whatever_was_handed_over(councils, engine_name):
    """As if every table had been: rules that these councils cannot answer are asked all the same."""
    everything = frozenset((la_code, table) for la_code in ("901", "902") for table in TABLES)
    here, there = both(replace(councils, delivered=everything, untold=frozenset()), engine_name)
    assert there.findings.to_pylist() == here.findings.to_pylist()
    assert there.in_time == here.in_time


CHANGES = f"""
workload: {{tariff: {{cp_plan: 6}}}}
changes:
  - from: {AS_AT}
    visits: {{cp: cp-2wk}}
    workload: {{tariff: {{cp_plan: 9}}}}
    dates: {{lead_child_protection_practitioner: {AS_AT}}}
"""


@pytest.mark.long
def test_a_change_of_policy_holds_from_its_day_on_every_engine(councils, engine_name, tmp_path):
    path = tmp_path / "policy.yaml"
    path.write_text(CHANGES, "utf-8")
    rules, loads = [], []
    for day in (AS_AT - timedelta(days=1), AS_AT):
        here, there = both(councils, engine_name, day, read_policy(path))
        assert there.findings.to_pylist() == here.findings.to_pylist()
        assert there.loads == here.loads
        assert there.missing == here.missing
        rules.append(set(there.findings["rule_id"].to_pylist()))
        loads.append(sum(w.load.points for w in there.loads))
    assert ["CP-16" in found for found in rules] == [False, True]
    assert loads[0] < loads[1]


def test_the_made_here_extract_gives_the_same_answers_on_every_engine(engine_name):
    if not MADE_HERE.exists():
        pytest.skip("the shared sample is not beside this checkout")
    with Record.temporary() as record:
        load(record, MADE_HERE, "999")
        with connect(record) as stored:
            here, there = both(stored, engine_name)
    assert there.findings.to_pylist() == here.findings.to_pylist()


def test_an_engine_that_nobody_knows_is_refused_in_a_sentence():
    with pytest.raises(CannotGoOn, match=r'"abacus" is no engine; use duckdb, postgres or spark'):
        open_engine("abacus")


def test_without_an_address_a_server_is_not_guessed_at(monkeypatch):
    monkeypatch.delenv(ADDRESS, raising=False)
    with pytest.raises(CannotGoOn, match="address is not known"):
        open_engine("postgres")


def test_the_address_may_lie_in_a_file_that_the_environment_names(monkeypatch, tmp_path):
    monkeypatch.setenv(ADDRESS, f"file:{tmp_path / 'missing'}")
    with pytest.raises(CannotGoOn, match="cannot be read"):
        open_engine("postgres")


def test_a_server_that_does_not_let_us_in_is_named_without_the_password(monkeypatch):
    monkeypatch.setenv(ADDRESS, "postgresql://nobody:secret-word@127.0.0.1:1/none")
    with pytest.raises(CannotGoOn, match="does not let us in") as refused:
        open_engine("postgres")
    assert "secret-word" not in str(refused.value)
