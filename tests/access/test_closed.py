"""Restricted records, break-glass and second persons."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.access.small_place import NOW, child_of, place

from evenlode.access import (
    NOT_THERE,
    Condition,
    Opening,
    OpeningCategory,
    Restriction,
    RestrictionCategory,
    Role,
    Target,
    Thing,
    Verb,
    Why,
    decide,
    visible_filter,
)

SINCE = datetime(2026, 11, 1, 9, tzinfo=UTC)


def restriction(named="owner", break_glass=False, **more):
    return Restriction(
        restriction_id="r-1",
        child_id="c-1",
        category=RestrictionCategory.STAFF_FAMILY,
        owner_id="owner",
        named=frozenset({"owner", *named.split()}),
        since=SINCE,
        review_on=date(2027, 1, 30),
        break_glass=break_glass,
        **more,
    )


def opening(child_id="c-1", person="V", at=NOW, **more):
    return Opening(
        opening_id="o-1",
        person_id=person,
        child_id=child_id,
        category=OpeningCategory.DUTY,
        reason="Call from the police tonight",
        opened_at=at,
        **more,
    )


def see(register, child, at=NOW, thing=Thing.CHILD_RECORD, verb=Verb.SEE):
    return decide(register, "V", verb, Target(thing=thing, child=child), at)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("holder", ["V", "B", "D"])
def test_a_restricted_record_is_there_for_no_role_whoever_holds_the_child(role, holder):
    register = place(role, restrictions=(restriction(),))
    for thing in Thing:
        if thing in {
            Thing.CHILD_RECORD,
            Thing.CHILD_TIMELINE,
            Thing.FINDING,
            Thing.DECISION,
            Thing.BREAK_GLASS,
        }:
            for verb in Verb:
                target = Target(thing=thing, child=child_of(holder), reason_given=True)
                answer = decide(register, "V", verb, target, NOW)
                assert not answer.allowed
    assert "c-1" in visible_filter(register, "V", NOW).closed


def test_whoever_is_named_sees_a_restricted_record_wherever_the_child_is_held_if_their_role_sees_records():
    seen = {r for r in Role if see(place(r, restrictions=(restriction("V"),)), child_of("D")).allowed}
    assert seen == set(Role) - {Role.SYSTEM_ADMINISTRATOR, Role.INFORMATION_GOVERNANCE, Role.AUDITOR}


def test_being_named_lets_one_look_and_adds_nothing_that_the_role_could_not_do():
    register = place(Role.TEAM_MANAGER, restrictions=(restriction("V"),))
    target = Target(thing=Thing.DECISION, child=child_of("D"), reason_given=True)
    assert decide(register, "V", Verb.SEE, target, NOW).why is Why.NAMED
    assert decide(register, "V", Verb.RECORD, target, NOW).why is Why.OUT_OF_SCOPE
    own = Target(thing=Thing.DECISION, child=child_of("B"), reason_given=True)
    assert decide(register, "V", Verb.RECORD, own, NOW).allowed


def test_two_restrictions_of_one_child_must_both_name_whoever_looks():
    second = Restriction(
        restriction_id="r-2",
        child_id="c-1",
        category=RestrictionCategory.ADOPTION,
        owner_id="other",
        named=frozenset({"other"}),
        since=SINCE,
        review_on=date(2027, 1, 1),
    )
    register = place(Role.DIRECTOR, restrictions=(restriction("V"), second))
    assert see(register, child_of("D")).why is Why.RESTRICTED


def test_a_restriction_past_its_review_date_still_holds_and_is_overdue_from_the_day_after():
    r = restriction()
    days = [datetime(2027, 1, day, 9, tzinfo=UTC) for day in (30, 31)]
    assert [r.overdue(d) for d in days] == [False, True]
    assert see(place(Role.DIRECTOR, restrictions=(r,)), child_of("D"), at=days[1]).why is Why.RESTRICTED


@pytest.mark.parametrize(
    ("asked", "agreed", "lifted"),
    [("a", "b", True), ("a", "a", False), ("a", None, False), (None, "b", False)],
)
def test_a_restriction_is_lifted_only_by_one_who_asks_and_another_who_agrees(asked, agreed, lifted):
    r = restriction(lifted_at=NOW, lift_asked_by=asked, lift_approved_by=agreed)
    register = place(Role.DIRECTOR, restrictions=(r,))
    assert see(register, child_of("D")).allowed is lifted
    assert not see(register, child_of("D"), at=NOW - timedelta(seconds=1)).allowed


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"review_on": date(2027, 1, 31)}, "reviewed within 90 days"),
        ({"named": frozenset({"V"})}, "owner of a restriction is always named"),
    ],
)
def test_a_restriction_without_its_owner_or_with_too_late_a_review_is_refused(change, said):
    parts = {
        "restriction_id": "r",
        "child_id": "c",
        "category": RestrictionCategory.ADOPTION,
        "owner_id": "owner",
        "named": frozenset({"owner"}),
        "since": SINCE,
        "review_on": date(2027, 1, 30),
    }
    with pytest.raises(ValueError, match=said):
        Restriction(**parts | change)


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.SYSTEM_ADMINISTRATOR, Role.INFORMATION_GOVERNANCE])
def test_a_broken_glass_opens_one_childs_record_for_60_minutes_and_not_one_more(role):
    register = place(role, openings=(opening(),))
    minutes = [-1, 0, 59, 60]
    seen = [see(register, child_of("D"), at=NOW + timedelta(minutes=m)) for m in minutes]
    assert [a.allowed for a in seen] == [False, True, True, False]
    assert seen[1].why is Why.GLASS_BROKEN
    assert not see(register, child_of("D", "c-2")).allowed


def test_a_broken_glass_lets_nobody_write_list_or_export():
    register = place(Role.SYSTEM_ADMINISTRATOR, openings=(opening(),))
    for verb in set(Verb) - {Verb.SEE}:
        target = Target(
            thing=Thing.CHILD_RECORD, child=child_of("D"), reason_given=True, approved_by="x", asked_by="y"
        )
        assert not decide(register, "V", verb, target, NOW).allowed


def test_a_glass_broken_by_one_person_opens_nothing_for_another():
    register = place(Role.SOCIAL_WORKER, openings=(opening(person="B"),))
    assert not see(register, child_of("D")).allowed


def test_an_opening_that_was_ended_early_is_over():
    register = place(Role.SOCIAL_WORKER, openings=(opening(ended_at=NOW + timedelta(minutes=5)),))
    seen = [see(register, child_of("D"), at=NOW + timedelta(minutes=m)).allowed for m in (4, 5)]
    assert seen == [True, False]


@pytest.mark.parametrize("role", [Role.PERFORMANCE_ANALYST, Role.AUDITOR])
def test_a_role_that_may_not_break_the_glass_gets_nothing_from_a_broken_one(role):
    register = place(role, openings=(opening(),))
    assert not see(register, child_of("D"), thing=Thing.CHILD_TIMELINE).allowed
    breaking = Target(thing=Thing.BREAK_GLASS, child=child_of("D"), reason_given=True)
    assert decide(register, "V", Verb.RECORD, breaking, NOW).why is Why.NO_ROLE


@pytest.mark.parametrize(("switched_on", "opens"), [(False, False), (True, True)])
def test_the_glass_of_a_restricted_record_can_be_broken_only_where_that_was_switched_on(switched_on, opens):
    register = place(
        Role.SOCIAL_WORKER, restrictions=(restriction(break_glass=switched_on),), openings=(opening(),)
    )
    breaking = Target(thing=Thing.BREAK_GLASS, child=child_of("D"), reason_given=True)
    assert decide(register, "V", Verb.RECORD, breaking, NOW).allowed is opens
    assert see(register, child_of("D")).allowed is opens


@pytest.mark.parametrize(
    "wrong",
    [{"lasts": timedelta(minutes=61)}, {"lasts": timedelta(0)}],
)
def test_a_glass_can_stay_open_for_less_than_60_minutes_and_never_for_more(wrong):
    with pytest.raises(ValueError, match="60 minutes at most"):
        opening(**wrong)


def test_a_glass_is_not_broken_without_a_reason_in_words():
    with pytest.raises(ValueError, match="say in a few words"):
        Opening(
            opening_id="o",
            person_id="V",
            child_id="c",
            category=OpeningCategory.DUTY,
            reason="   duty    ",
            opened_at=NOW,
        )


def test_an_opening_waits_for_review_until_somebody_else_has_closed_it():
    assert [opening(reviewed_by=who).waits_for_review for who in (None, "V", "ig")] == [True, True, False]


def test_the_reason_of_an_opening_is_not_shown_where_the_opening_is_printed():
    assert "police" not in repr(opening())


SECOND = {"asked_by": "X", "approved_by": "Y", "person_id": "P", "reason_given": True}


@pytest.mark.parametrize(
    ("role", "verb", "thing", "change", "allowed"),
    [
        (Role.INFORMATION_GOVERNANCE, Verb.APPROVE, Thing.ROLE_GRANT, {}, True),
        (Role.INFORMATION_GOVERNANCE, Verb.APPROVE, Thing.ROLE_GRANT, {"asked_by": "V"}, False),
        (Role.INFORMATION_GOVERNANCE, Verb.APPROVE, Thing.ROLE_GRANT, {"asked_by": None}, False),
        (Role.INFORMATION_GOVERNANCE, Verb.APPROVE, Thing.ROLE_GRANT, {"person_id": "V"}, False),
        (Role.INFORMATION_GOVERNANCE, Verb.APPROVE, Thing.ROLE_GRANT, {"person_id": None}, False),
        (Role.SYSTEM_ADMINISTRATOR, Verb.RECORD, Thing.ROLE_GRANT, {"person_id": "V"}, False),
        (Role.SYSTEM_ADMINISTRATOR, Verb.CHANGE, Thing.PEOPLE, {"person_id": "V"}, False),
        (Role.INFORMATION_GOVERNANCE, Verb.APPROVE, Thing.RESTRICTION_REGISTER, {}, True),
        (Role.INFORMATION_GOVERNANCE, Verb.APPROVE, Thing.RESTRICTION_REGISTER, {"asked_by": "V"}, False),
        (Role.PERFORMANCE_ANALYST, Verb.EXPORT, Thing.BULK_EXPORT, {}, True),
        (Role.PERFORMANCE_ANALYST, Verb.EXPORT, Thing.BULK_EXPORT, {"approved_by": None}, False),
        (Role.PERFORMANCE_ANALYST, Verb.EXPORT, Thing.BULK_EXPORT, {"approved_by": "V"}, False),
        (Role.PERFORMANCE_ANALYST, Verb.EXPORT, Thing.BULK_EXPORT, {"approved_by": "X"}, False),
        (Role.PERFORMANCE_ANALYST, Verb.RECORD, Thing.BULK_EXPORT, {"reason_given": False}, False),
        (Role.INFORMATION_GOVERNANCE, Verb.APPROVE, Thing.BREAK_GLASS_REVIEW, {"asked_by": "V"}, False),
        (Role.INFORMATION_GOVERNANCE, Verb.APPROVE, Thing.BREAK_GLASS_REVIEW, {"asked_by": "B"}, True),
        (Role.INFORMATION_GOVERNANCE, Verb.APPROVE, Thing.BREAK_GLASS_REVIEW, {"person_id": "V"}, False),
        (Role.PRINCIPAL_SOCIAL_WORKER, Verb.APPROVE, Thing.POLICY, {"asked_by": "V"}, False),
    ],
)
def test_what_needs_two_people_is_never_done_by_one(role, verb, thing, change, allowed):
    whose = {"unit_id": "T1"} if thing in {Thing.ROLE_GRANT, Thing.PEOPLE} else {}
    answer = decide(place(role), "V", verb, Target(thing=thing, **whose, **SECOND | change), NOW)
    assert answer.allowed is allowed
    assert answer.within


def test_a_page_may_offer_what_only_lacks_a_condition_and_the_answer_says_which():
    answer = decide(
        place(Role.TEAM_MANAGER), "V", Verb.RECORD, Target(thing=Thing.DECISION, child=child_of("B")), NOW
    )
    assert (answer.allowed, answer.within, answer.why) == (False, True, Why.CONDITION)
    assert answer.unmet == {Condition.REASON}


@pytest.mark.parametrize(
    ("roles", "person", "holder", "why"),
    [
        ([Role.TEAM_MANAGER], "V", "D", Why.OUT_OF_SCOPE),
        ([Role.AUDITOR], "V", "D", Why.NO_ROLE),
        ([], "V", "V", Why.NO_POST),
        ([Role.TEAM_MANAGER], "stranger", "B", Why.UNKNOWN_PERSON),
    ],
)
def test_the_log_says_why_somebody_was_refused(roles, person, holder, why):
    target = Target(thing=Thing.CHILD_RECORD, child=child_of(holder))
    assert decide(place(*roles), person, Verb.SEE, target, NOW).why is why


def test_the_page_says_the_same_whatever_the_reason_and_for_what_does_not_exist():
    assert not any(w.value in NOT_THERE for w in Why)
