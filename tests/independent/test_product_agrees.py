"""The product and the independent reading of the contract say the same of councils set on edges."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from tests.independent.councils import DAYS, build_edge_council
from tests.independent.reading import Council, all_findings, workload_rows

from evenlode.extracts import read_extracts
from evenlode.policy import shipped_policy
from evenlode.record import Record, connect
from evenlode.rules.book import CONTRACT
from evenlode.rules.evaluate import standing

# Action ids are the product's own making; the reading leaves them blank.
OWN_IDS = {"ACT-02", "SQ-07"}


def product(folder, as_at):
    """Findings and loads by the whole road: files, record, rules."""
    with Record.temporary() as record:
        record.load(
            read_extracts(folder, la_code="999"),
            at=datetime(2026, 1, 1, tzinfo=UTC),
            by="test",
            as_at=as_at,
            rules_version="test",
        )
        with (
            connect(record) as stored,
            standing(stored.con, as_at=as_at, policy=shipped_policy(), delivered=stored.delivered) as day,
        ):
            found = day.evaluate().findings.to_pylist()
            return [f for f in found if f["rule_id"] in CONTRACT], day.loads


def key(row):
    due = row["due_date"]
    return (
        row["rule_id"],
        row["subject_kind"],
        row["subject_id"],
        "" if row["rule_id"] in OWN_IDS else row["record_id"] or "",
        row["status"],
        row["kind"],
        row["severity"],
        due.isoformat() if isinstance(due, date) else due or "",
        str(row["days_over"] or 0) if due else "",
        row["worker_id"] or "",
        row["team_id"] or "" if row["subject_kind"] == "child" else "",
    )


CASES = [(seed, day, 250) for seed, day in zip((1, 4, 8), (DAYS[0], DAYS[3], DAYS[6]), strict=True)]
LONG = [(seed, day, 880) for day in DAYS for seed in (11, 12, 13)]


@pytest.mark.parametrize(
    ("seed", "as_at", "children"),
    [*CASES, *(pytest.param(*c, marks=pytest.mark.long) for c in LONG)],
)
def test_every_finding_and_every_load_is_the_same_by_both_readings(tmp_path, seed, as_at, children):
    build_edge_council(tmp_path, seed=seed, children=children, as_at=as_at)
    ours, loads = product(tmp_path, as_at)
    council = Council(str(tmp_path), as_at)
    found, wanted = Counter(map(key, ours)), Counter(map(key, all_findings(council)))
    assert not wanted - found, f"missing: {list(wanted - found)[:5]}"
    assert not found - wanted, f"extra: {list(found - wanted)[:5]}"
    held = {w.worker_id: w for w in loads}
    for row in workload_rows(council):
        if int(row["children"]) or float(row["points"]):
            mine = held[row["worker_id"]]
            assert mine.children == int(row["children"]), row["worker_id"]
            assert f"{mine.load.points:.3f}" == row["points"], row["worker_id"]
            assert mine.load.shown == row["utilisation"], row["worker_id"]
            assert mine.load.band == row["band"], row["worker_id"]
