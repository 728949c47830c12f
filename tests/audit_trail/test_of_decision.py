"""Every decision can be written down, refused ones too, in words of closed lists."""

from __future__ import annotations

import pytest
from tests.access.small_place import NOW, child_of, place

from evenlode.access import Decision, Role, Scope, Target, Thing, Verb, Why, decide
from evenlode.audit_trail import Purpose, entry_of


def written(decision, target, verb=Verb.SEE, **more):
    return entry_of(decision, at=NOW, person_id="V", verb=verb, target=target, **more)


@pytest.mark.parametrize("thing", Thing)
@pytest.mark.parametrize("why", Why)
def test_every_thing_verb_reason_and_scope_can_be_written(thing, why):
    for verb in Verb:
        for scope in Scope:
            one = written(Decision(False, why, scope), Target(thing=thing), verb)
            assert (one.outcome, one.row[2], one.row[3]) == ("denied", str(verb), str(thing))


def test_a_refusal_is_written_with_its_reason_the_child_and_no_scope():
    target = Target(thing=Thing.FINDING, child=child_of("D"))
    decision = decide(place(Role.TEAM_MANAGER), "V", Verb.SEE, target, NOW)
    row = written(decision, target, thing_id="CP-05:p-7", request_id="r-1").row
    assert row == (
        "2026-11-20T09:00:00.000000Z", "V", "see", "finding", "denied", "outside their scope", "CP-05:p-7", "c-1",
        None, None, "r-1",
    )  # fmt: skip


def test_an_opening_is_written_with_the_scope_that_let_it_through():
    target = Target(thing=Thing.CHILD_RECORD, child=child_of("B"))
    decision = decide(place(Role.TEAM_MANAGER), "V", Verb.SEE, target, NOW)
    one = written(decision, target, purpose=Purpose.OVERSIGHT)
    assert (one.outcome, one.scope, one.thing_id, one.purpose) == ("allowed", "team", "c-1", "oversight")
