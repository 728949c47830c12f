"""The rows of findings with their words, and of what has gone since the load before."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from evenlode.oversight.blanks import sort_of_why
from evenlode.oversight.finding import Finding, Key
from evenlode.oversight.groups import GROUPS
from evenlode.oversight.sentences import Speaker
from evenlode.oversight.since import LATE, Changes
from evenlode.oversight.today import team_of
from evenlode.rules.rule import Status
from evenlode.web.writing.by_name import ByName

Told = Callable[[str, int, int], None]
"""What is told of each step: what it is at, how much is done, of how much."""

_TAKEN = [
    (frozenset(takes.rules), takes.statuses, takes.severities) for group in GROUPS for takes in group.takes
]


def findings_rows(
    found: Iterable[Finding], speaker: Speaker, *, known: Mapping[Key, date], new: frozenset[Key] | None
) -> Iterator[dict[str, Any]]:
    """One row a finding, in the order of the evaluation, due soon last.

    known: since when each has been known, by the loads before; new: the keys that the load before had not.
    """
    keys: dict[str, ByName] = {}
    for place, f in enumerate(found):
        said = speaker.say(f)
        of_team = team_of(f, speaker.names)
        key = keys.setdefault(f.la_code, ByName(speaker.names, f.la_code))
        yield {
            "place": place,
            "la_code": f.la_code,
            "child_id": f.subject_id if f.subject_kind == "child" else "",
            "rule_id": f.rule_id,
            "subject_kind": f.subject_kind,
            "subject_id": f.subject_id,
            "record_id": f.record_id,
            "status": f.status,
            "kind": f.kind,
            "severity": f.severity,
            "due_date": f.due_date,
            "days_over": f.days_over,
            "worker_id": f.worker_id,
            "team_id": f.team_id,
            "evidence": json.dumps(dict(f.evidence), default=str, ensure_ascii=False),
            "of_team": of_team,
            **key.columns(key.subject(f.subject_kind, f.subject_id), f.worker_id, of_team),
            "on_today": taken(f),
            "known_since": known.get(f.key, speaker.as_at) if f.status in LATE else None,
            "new": None if new is None else f.key in new,
            "sentence": said.sentence,
            "do": said.do,
            "action": said.action,
            "shape": str(said.state.shape),
            "state": said.state.words,
            "when": said.state.when,
            "who_says_so": said.who_says_so,
            "sum": said.sum,
            "act_by": said.act_by,
            "by_state": by_state(f),
        }


RANK = {Status.DUE_SOON: 1, Status.CANNOT_TELL: 2}
NO_DATE = 999_999


def by_state(f: Finding) -> int:
    """A number that puts findings in order: what is late or true now, due soon, not known; each by its date."""
    rank = RANK.get(Status(f.status), 0)
    return rank * 1_000_000 + (f.due_date.toordinal() if f.due_date else NO_DATE)


def taken(f: Finding) -> bool:
    """Whether some group of Today takes a finding, for whomever."""
    return any(
        f.rule_id in rules and f.status in statuses and f.severity in severities
        for rules, statuses, severities in _TAKEN
    )


def gone_rows(changed: Changes, known: Mapping[Key, date], speaker: Speaker) -> Iterator[dict[str, Any]]:
    """One row a finding of the load before that is there no longer."""
    for f, how in changed.put_right:
        yield {
            "child_id": f.subject_id if f.subject_kind == "child" else "",
            "rule_id": f.rule_id,
            "subject_kind": f.subject_kind,
            "subject_id": f.subject_id,
            "how": str(how),
            "worker_id": f.worker_id,
            "of_team": team_of(f, speaker.names),
            "known_since": known.get(f.key),
        }


def rule_days(found: Iterable[Finding], speaker: Speaker) -> Iterator[dict[str, Any]]:
    """How often each rule was true in each team on the day."""
    late: Counter[tuple[str, str]] = Counter()
    soon: Counter[tuple[str, str]] = Counter()
    unsure: Counter[tuple[str, str]] = Counter()
    for f in found:
        where = (team_of(f, speaker.names), f.rule_id)
        counter = unsure if f.unsure else soon if f.status == Status.DUE_SOON else late
        counter[where] += 1
    for team, rule in {*late, *soon, *unsure}:
        where = (team, rule)
        yield {
            "as_at": speaker.as_at,
            "team_id": team,
            "rule_id": rule,
            "late": late[where],
            "due_soon": soon[where],
            "cannot_tell": unsure[where],
        }


def unsure_of(found: Iterable[Finding]) -> dict[str, dict[str, int]]:
    """For each rule that cannot tell: the reasons, and how often each stands in the way."""
    whys: dict[str, Counter[str]] = {}
    for f in found:
        if f.unsure:
            whys.setdefault(f.rule_id, Counter())[sort_of_why(f.evidence)] += 1
    return {rule: dict(counts.most_common()) for rule, counts in whys.items()}
