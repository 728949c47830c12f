"""What a change of policy would do is shown before it is switched on."""

from pathlib import Path

from tests.small_council import evaluation

from evenlode.policy import read_policy
from evenlode.reports.policy_preview import load_changes, rule_changes

D = "2026-11-20"
# Both on a plan since 2 November; 1 was seen on 13 November, 2 on 4 November.  Ten working days end on
# 27 and 18 November; five on 20 and 11 November, so that only 2 is late under either.
COUNCIL = {
    "child": "child_id | dob\n1 | 2015-03-01\n2 | 2015-03-01\n3 | 2015-03-01",
    "cp_plan": "child_id | plan_id | start_date\n1 | P1 | 2026-11-02\n2 | P2 | 2026-11-02\n3 | P3 | 2026-11-02",
    "cp_visit": """
        child_id | plan_id | visit_id | visit_date | seen
        1        | P1      | V1       | 2026-11-13 | Y
        2        | P2      | V2       | 2026-11-04 | Y
        3        | P3      | V3       | 2026-11-09 | Y
    """,
    "worker": "worker_id | staff_number | name\nW1 | S1 | Ann Reed",
    "establishment": "staff_number | fte\nS1 | 0.5",
    "involvement": "involvement_id | child_id | worker_id | role | start_date\nI1 | 1 | W1 | CW | 2026-11-02",
}


def changed(tmp_path, text, **more):
    path = Path(tmp_path) / "policy.yaml"
    path.write_text(text)
    asked = {"rules": ["CP-05", "DR-18"], **COUNCIL, **more}
    return evaluation(D, **asked), evaluation(D, policy=read_policy(path), **asked)


def test_each_rule_says_how_many_findings_it_would_gain_lose_and_move(tmp_path):
    """Child 3, seen on 9 November: by 23 November under ten working days, by 16 November under five."""
    before, after = changed(tmp_path, "clocks:\n  cp_visit: {n: 5, unit: working_days}\n")
    [change] = rule_changes(before, after)
    assert (change.rule_id, change.before, change.after) == ("CP-05", 1, 2)
    assert (change.gained, change.lost, change.moved) == (1, 0, 1)


def test_a_policy_that_changes_nothing_shows_nothing(tmp_path):
    before, after = changed(tmp_path, "council: {name: Anywhere}\n")
    assert rule_changes(before, after) == []
    assert load_changes(before, after) == []


def test_each_worker_whose_utilisation_moves_is_shown_by_name(tmp_path):
    """A plan in its first 90 days: 8 of 85 x 0.5 = 42.5 is 18.8 %; as a plan like any other 7, 16.5 %."""
    before, after = changed(tmp_path, "clocks:\n  cp_plan_new: {n: 1, unit: days}\n")
    [change] = load_changes(before, after)
    assert (change.name, str(change.before)[:5], str(change.after)[:5]) == ("Ann Reed", "0.188", "0.164")
