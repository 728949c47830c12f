"""The looks as SQL text for one engine: built once, then kept, as the rules are."""

from __future__ import annotations

from collections.abc import Container

from evenlode.policy import Policy
from evenlode.position.context import Context
from evenlode.position.query_text import query_text
from evenlode.quality.book import DOUBTS
from evenlode.quality.coverage import COVERAGE_STEPS, EVENTS, coverage_of
from evenlode.quality.doubt import Doubt, Look
from evenlode.rules.compiled import PACKAGES, Compiled, Query, kept, version_of

LOOKS: dict[str, tuple[Doubt, Look]] = {
    f"{doubt.id} {place}": (doubt, look) for doubt in DOUBTS for place, look in enumerate(doubt.looks)
}
"""Every look by the name of its query."""


READ = (*PACKAGES, "extracts", "measures", "quality")
"""The packages whose text the looks are made of."""
version_of(READ)


def compiled_looks(policy: Policy, dialect: str = "duckdb") -> Compiled:
    """Each look, and each table's coverage, as a query; see `rules.compiled.compiled`."""

    def built() -> Compiled:
        return build_looks(policy, dialect)

    return kept(f"quality-{dialect}-{{version}}-{policy.fingerprint}", READ, built)


def build_looks(policy: Policy, dialect: str) -> Compiled:
    """The same, without the cache."""
    from evenlode.rules.build import STEPS, day_form  # noqa: PLC0415 - Ibis is slow to import

    at = Context(policy)
    for step in STEPS:
        at.add(step.name, step.build(at).schema())
    at.asked()
    steps, queries = [], []
    for step in COVERAGE_STEPS:
        expression = step.build(at)
        steps.append(Query(step.name, query_text(expression, dialect), at.asked()))
        at.add(step.name, expression.schema())
    for name, (_, look) in LOOKS.items():
        sql = query_text(look.find(at), dialect)
        queries.append(Query(name, sql, at.asked()))
    for event in EVENTS:
        sql = query_text(coverage_of(at, event), dialect)
        queries.append(Query(event.name, sql, at.asked()))
    return Compiled(dialect, tuple(steps), tuple(queries), "", day_form(dialect))


def steps_needed(policy: Policy, doubts: Container[str]) -> tuple[str, ...]:
    """The shared steps that the looks of these doubts rest on."""
    queries = (q for q in compiled_looks(policy).rules if q.name.partition(" ")[0] in doubts)
    own = {step.name for step in COVERAGE_STEPS}
    return tuple(sorted({name for query in queries for name in query.needs if name not in own}))
