"""Rules keep to what every engine does alike (engine-notes.md, section 4)."""

from __future__ import annotations

import ibis
import ibis.expr.operations as ops
import pytest

from evenlode.policy import shipped_policy
from evenlode.position.context import Context
from evenlode.rules.book import RULES
from evenlode.rules.build import STEPS

PORTABLE = {
    # tables
    "UnboundTable", "Project", "Filter", "Aggregate", "JoinChain", "JoinLink", "JoinTable", "JoinReference", "Union",
    "Distinct", "Field", "DropColumns", "FillNull",
    # values
    "Literal", "Alias", "Cast", "Coalesce", "IfElse", "SearchedCase", "SimpleCase", "IsNull", "NotNull", "And", "Or",
    "Not", "Equals", "NotEquals", "Greater", "GreaterEqual", "Less", "LessEqual", "InValues", "Add", "Multiply",
    "Greatest", "Least", "DateDelta",
    # text
    "StringConcat", "Strip", "Uppercase", "StringContains", "StringReplace",
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


def test_every_step_and_rule_can_be_written_for_postgresql(expressions):
    for name, expression in expressions.items():
        assert "SELECT" in str(ibis.to_sql(expression, dialect="postgres")), name


def test_a_step_needs_only_steps_before_it():
    at = Context(shipped_policy())
    before: set[str] = set()
    for step in STEPS:
        expression = step.build(at)
        needs = set(at.asked())
        assert needs <= before, step.name
        at.add(step.name, expression.schema())
        before.add(step.name)
