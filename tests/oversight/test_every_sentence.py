"""Every rule has a sentence, which can be filled from what that rule says it found."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from tests.oversight.evidence import declared

from evenlode.oversight.finding import Finding, opened
from evenlode.oversight.names import ChildNamed, Names, WorkerNamed
from evenlode.oversight.pattern import ALWAYS_THERE, BESIDE, placeholders
from evenlode.oversight.patterns import PATTERN_BY_RULE, PATTERNS
from evenlode.oversight.sentences import Speaker
from evenlode.oversight.words import NEVER_SAID, WHO_SAYS_SO
from evenlode.policy import Authority, shipped_policy
from evenlode.rules.book import RULE_BY_ID, RULES

AS_AT = date(2026, 11, 20)
LA = "999"
IDS = [rule.id for rule in RULES]
SPEAKER = Speaker(
    Names(
        AS_AT,
        children={(LA, "1"): ChildNamed("Juniper", "Saltmarsh", "F", date(2026, 6, 1))},
        workers={(LA, "W1"): WorkerNamed("Leila Teasel")},
        teams={(LA, "T1"): "Kestrel team"},
    ),
    shipped_policy(),
)
SUBJECT = {"child": "1", "worker": "W1", "team": "T1", "council": LA}


def finding(rule_id: str, evidence: dict[str, Any], *, status: str, due: date | None) -> Finding:
    rule = RULE_BY_ID[rule_id]
    return Finding(
        LA,
        rule_id,
        rule.subject,
        SUBJECT[rule.subject],
        "R1",
        status,
        str(rule.kind),
        str(rule.severities[0]),
        due,
        None if due is None else (AS_AT - due).days,
        "W1" if rule.subject == "worker" else "",
        "",
        {name: opened(value) for name, value in evidence.items()},
    )


def test_every_rule_has_one_sentence_and_no_sentence_is_of_no_rule():
    assert sorted(p.rule_id for p in PATTERNS) == sorted(IDS)


@pytest.mark.parametrize("rule_id", IDS)
def test_a_sentence_asks_for_nothing_that_its_rule_does_not_find(rule_id):
    pattern, rule = PATTERN_BY_RULE[rule_id], RULE_BY_ID[rule_id]
    known = declared()[rule_id].keys | BESIDE | ALWAYS_THERE[rule.subject]
    asked = set().union(*(placeholders(text) for text in pattern.texts()))
    asked |= {s.base for s in pattern.sums} | set().union(
        *(placeholders(s.interval) for s in pattern.sums), set()
    )
    asked |= {pattern.since, *(s.times for s in pattern.sums)} - {""}
    assert asked <= known


@pytest.mark.parametrize("rule_id", IDS)
def test_what_to_do_and_what_cannot_be_told_need_nothing_that_may_be_blank(rule_id):
    pattern, rule = PATTERN_BY_RULE[rule_id], RULE_BY_ID[rule_id]
    assert placeholders(pattern.do) | placeholders(pattern.matter) <= ALWAYS_THERE[rule.subject]


@pytest.mark.parametrize("rule_id", IDS)
def test_something_can_be_said_whatever_is_blank(rule_id):
    for shape in declared()[rule_id].shapes:
        if shape.status == "cannot_tell":
            continue
        dues = [AS_AT - timedelta(days=3), AS_AT, AS_AT + timedelta(days=2)] if shape.with_due else [None]
        blank = dict.fromkeys(shape.sample) | shape.fixed
        for evidence, due in product((shape.sample, blank), dues):
            said = SPEAKER.say(finding(rule_id, evidence, status="overdue", due=due), aged=True)
            for text in (said.sentence, said.do, said.state.words):
                assert text
                assert not re.search(r"[{}<>\[\]|\0]|\bNone\b(?! is)|null", text), text
            assert said.sentence[0].isupper() or said.sentence[0] == '"'
            assert said.sentence.endswith((".", "?")), said.sentence


@pytest.mark.parametrize("rule_id", IDS)
def test_where_the_record_does_not_tell_that_is_said_with_the_reason(rule_id):
    told = SPEAKER.say(finding(rule_id, {"missing": "supervision"}, status="cannot_tell", due=None))
    assert told.sentence.startswith("We cannot")
    assert "the files do not tell supervision" in told.sentence
    assert told.state.words == "Cannot tell"
    assert told.sum == ""


@pytest.mark.parametrize("rule_id", IDS)
def test_no_sentence_holds_a_word_that_blames(rule_id):
    for text in PATTERN_BY_RULE[rule_id].texts():
        for word in NEVER_SAID:
            assert not re.search(rf"\b(non-)?{word}", text, re.IGNORECASE if word.islower() else 0), text
        assert "\u2014" not in text
        assert "!" not in text


def test_every_authority_is_said_in_words():
    assert set(WHO_SAYS_SO) == set(Authority)
