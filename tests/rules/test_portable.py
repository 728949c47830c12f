"""Rules keep to what every engine does alike (engine-notes.md, section 4)."""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.operations as ops
import pytest

from evenlode.policy import shipped_policy
from evenlode.position.context import Context
from evenlode.position.query_text import query_text
from evenlode.position.today import DAYS, STAND_INS
from evenlode.rules.book import RULES
from evenlode.rules.build import STEPS, build

PORTABLE = {
    # tables
    "UnboundTable", "Project", "Filter", "Aggregate", "JoinChain", "JoinLink", "JoinTable", "JoinReference", "Union",
    "Distinct", "Field", "SelfReference", "FillNull",
    # values
    "Literal", "Alias", "Cast", "Coalesce", "IfElse", "SearchedCase", "SimpleCase", "IsNull", "NotNull", "And", "Or",
    "Not", "Equals", "NotEquals", "Greater", "GreaterEqual", "Less", "LessEqual", "InValues", "Add", "Multiply",
    "Greatest", "Least", "DateDelta",
    # text
    "StringConcat", "Strip", "Uppercase", "Lowercase", "StringContains", "StringReplace",
    # groups and windows
    "Min", "Max", "Sum", "Count", "CountStar", "Any", "All", "WindowFunction", "RowNumber", "Lag", "SortKey",
    "WindowBoundary",
}  # fmt: skip


@pytest.fixture(scope="module")
def expressions():
    at = Context(shipped_policy())
    found = {}
    for step in STEPS:
        found[step.name] = step.build(at)
        at.add(step.name, found[step.name].schema())
    found.update({rule.id: rule.find(at) for rule in RULES})
    return found


def test_every_step_and_rule_keeps_to_the_portable_words(expressions):
    used = {
        (type(node).__name__, name)
        for name, expression in expressions.items()
        for node in expression.op().find(ops.Node)
    }
    refused = {(word, name) for word, name in used if word not in PORTABLE}
    assert not refused


def test_a_yes_or_no_is_counted_in_a_way_that_every_engine_takes(expressions):
    """PostgreSQL turns yes and no into a four-byte number and no other."""
    wrong = {
        name
        for name, expression in expressions.items()
        for node in expression.op().find(ops.Cast)
        if node.arg.dtype.is_boolean() and node.to.is_integer() and not node.to.is_int32()
    }
    assert not wrong


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "mssql", "databricks", "pyspark"])
def test_every_step_and_rule_can_be_written_for_each_engine(expressions, dialect):
    for name, expression in expressions.items():
        assert "SELECT" in query_text(expression, dialect), name


def test_on_spark_no_letter_is_taken_for_white_space():
    """It reads the escapes of the vertical tab and the form feed as v and f: "visit requested" lost its first letter."""
    written = query_text(ibis.table({"word": "string"}, name="t").word.strip().as_table(), "pyspark")
    assert r"' \t\n\r\u000B\u000C'" in written
    kept_as_they_are = query_text(ibis.literal("a\\visit\\first").as_table(), "pyspark")
    assert r"'a\\visit\\first'" in kept_as_they_are


@pytest.fixture(scope="module", params=["duckdb", "mssql"])
def kept(request):
    return build(shipped_policy(), request.param)


def _texts(plan):
    return [q.sql for q in (*plan.steps, *plan.rules)] + [plan.findings]


def test_every_day_that_is_declared_is_used_by_some_step_or_rule(kept):
    whole = "\n".join(_texts(kept))
    unused = [name for name, day in STAND_INS.items() if kept.written(day) not in whole]
    assert not unused


def test_the_day_looked_at_is_put_wherever_its_stand_in_was(kept):
    days = {name: date(2024, 2, 1 + place) for place, name in enumerate(DAYS)}
    before, after = "\n".join(_texts(kept)), "\n".join(_texts(kept.on(days)))
    for name, day in days.items():
        stand_in, real = kept.written(STAND_INS[name]), kept.written(day)
        assert before.count(stand_in) == after.count(real) > 0
        assert stand_in not in after


def test_a_day_is_written_as_the_engine_writes_dates(kept):
    wanted = {"duckdb": "MAKE_DATE(2026, 2, 1)", "mssql": "DATEFROMPARTS(2026, 2, 1)"}
    assert kept.written(date(2026, 2, 1)) == wanted[kept.dialect]


def test_a_step_needs_only_steps_before_it():
    at = Context(shipped_policy())
    before: set[str] = set()
    for step in STEPS:
        expression = step.build(at)
        needs = set(at.asked())
        assert needs <= before, step.name
        at.add(step.name, expression.schema())
        before.add(step.name)
