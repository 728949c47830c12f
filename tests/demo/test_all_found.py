"""What was planted is what the rules find, and nothing else is: in councils of several sizes, days and seeds."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from evenlode.cli.planted import compare_planted
from evenlode.demo import build_council
from evenlode.extracts import read_extracts
from evenlode.policy import shipped_policy
from evenlode.record import Record, connect
from evenlode.rules.evaluate import standing

COUNCILS = [
    (30, 11, date(2026, 11, 20)),
    (75, 12, date(2023, 1, 1)),
    (400, 2026, date(2026, 11, 20)),
    (400, 14, date(2028, 12, 26)),
]


@pytest.mark.parametrize(("children", "seed", "as_at"), COUNCILS)
def test_all_that_was_planted_is_found_and_nothing_else_of_these_rules(tmp_path, children, seed, as_at):
    built = build_council(tmp_path, as_at=as_at, children=children, seed=seed)
    with Record.temporary() as record:
        record.load(
            read_extracts(built.extracts, la_code="999"),
            at=datetime(2026, 1, 1, tzinfo=UTC),
            by="test",
            as_at=as_at,
            rules_version="test",
        )
        with (
            connect(record) as stored,
            standing(stored.con, as_at=as_at, policy=shipped_policy(), delivered=stored.delivered) as day,
        ):
            compared = compare_planted(built.expected_findings, day.evaluate().findings)
    assert (compared.missed, compared.not_planted) == (Counter(), Counter())
