"""Every rule over a record that many councils share, a few of them at a time."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pyarrow as pa

from evenlode.policy import Policy
from evenlode.record import Record, connect
from evenlode.rules.day_tables import Told
from evenlode.rules.evaluate import evaluate
from evenlode.rules.results import Evaluation

AT_A_TIME = 8
"""How many councils are worked out together: more are hardly quicker, and each takes memory."""


def evaluate_councils(
    record: Record,
    *,
    as_at: date,
    policy: Policy,
    at_a_time: int = AT_A_TIME,
    told: Told | None = None,
) -> Evaluation:
    """Which children and workers need somebody, in every council of the record.

    No rule looks across councils, so that the answers are those of each council alone, one after
    another in the order of their codes; memory is that of `at_a_time` councils and their findings.
    """
    councils = sorted({active.la_code for active in record.manifest().active})
    groups = [councils[n : n + at_a_time] for n in range(0, len(councils), at_a_time)] or [[]]
    done: list[Evaluation] = []
    for place, group in enumerate(groups):
        with connect(record, councils=group) as stored:
            done.append(
                evaluate(
                    stored.con,
                    as_at=as_at,
                    policy=policy,
                    delivered=stored.delivered,
                    untold=stored.untold,
                )
            )
        if told:
            told(
                "Asking the rules of each council", min((place + 1) * at_a_time, len(councils)), len(councils)
            )
    return together(done)


def together(evaluations: list[Evaluation]) -> Evaluation:
    """What the rules said of several groups of councils, as one answer.

    They must be of one day, one rule version and one policy.
    """
    first = evaluations[0]
    in_time: Counter[str] = Counter()
    for one in evaluations:
        in_time.update(one.in_time)
    return Evaluation(
        as_at=first.as_at,
        rules_version=first.rules_version,
        policy_fingerprint=first.policy_fingerprint,
        findings=pa.concat_tables([one.findings for one in evaluations]),
        due_soon=pa.concat_tables([one.due_soon for one in evaluations]),
        loads=tuple(load for one in evaluations for load in one.loads),
        in_time=dict(in_time),
        missing={key: what for one in evaluations for key, what in one.missing.items()},
    )
