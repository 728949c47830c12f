"""Whatever an extract holds in an id or a title, a finding stays one that can be read."""

from __future__ import annotations

import pytest
from tests.small_council import ask, said


@pytest.mark.parametrize("worker", ['W"1', "W\\1", "W\t1", "W'; DROP TABLE lead; --1", "W{1}%s", "Wé\u20281"])
def test_the_evidence_gives_an_id_back_exactly(worker):
    found = ask(
        "AL-14",
        "2026-11-20",
        episode="child_id | episode_id | referral_date\n1 | R1 | 2026-11-02",
        worker=f"worker_id | name | title\n{worker} | Ann Reed | Team Manager",
        involvement="involvement_id | child_id | worker_id | role | start_date\n"
        f"I1 | 1 | {worker} | CW | 2026-11-03",
    )
    assert said(found, "subject_id", "worker_id") == [("1", worker)]
    assert found[0]["evidence"] == {"worker": worker, "title": "Team Manager"}
