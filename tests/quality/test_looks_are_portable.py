"""Looks keep to what every engine does alike, as the rules do."""

from __future__ import annotations

import ibis.expr.operations as ops
import pytest
from tests.rules.test_portable import PORTABLE

from evenlode.policy import shipped_policy
from evenlode.position.context import Context
from evenlode.position.query_text import query_text
from evenlode.quality.compiled import LOOKS
from evenlode.quality.coverage import COVERAGE_STEPS, EVENTS, coverage_of
from evenlode.rules.build import STEPS


@pytest.fixture(scope="module")
def expressions():
    at = Context(shipped_policy())
    for step in STEPS:
        at.add(step.name, step.build(at).schema())
    looks = {name: look.find(at) for name, (_, look) in LOOKS.items()}
    for step in COVERAGE_STEPS:
        looks[step.name] = step.build(at)
        at.add(step.name, looks[step.name].schema())
    return {**looks, **{event.name: coverage_of(at, event) for event in EVENTS}}


def test_every_look_keeps_to_the_portable_words(expressions):
    used = {
        (type(node).__name__, name)
        for name, expression in expressions.items()
        for node in expression.op().find(ops.Node)
    }
    assert not {(word, name) for word, name in used if word not in PORTABLE}


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "mssql", "pyspark"])
def test_every_look_can_be_written_for_each_engine(expressions, dialect):
    for name, expression in expressions.items():
        assert "SELECT" in query_text(expression, dialect), name
