"""Access follows posts, teams, lines, cover and involvements to the day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.access.small_place import PEOPLE, START, UNITS, child_of, place, post

from evenlode.access import (
    Child,
    Cover,
    Holding,
    Line,
    Person,
    Register,
    Role,
    Scope,
    Target,
    Thing,
    Unit,
    UnitKind,
    Verb,
    Why,
    decide,
    visible_filter,
)

CHANGE = date(2026, 11, 20)


def noon(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


BEFORE, ON = noon(CHANGE - timedelta(days=1)), noon(CHANGE)


def sees(register, person, child, at):
    return decide(register, person, Verb.SEE, Target(thing=Thing.CHILD_RECORD, child=child), at).allowed


def test_a_child_that_moves_to_another_worker_moves_to_their_page_on_the_day_of_the_change():
    both = Child(
        "c-1",
        (
            Holding(worker_id="w-V", team_id=None, since=START, until=CHANGE),
            Holding(worker_id="w-D", team_id=None, since=CHANGE),
        ),
    )
    register = place(Role.SOCIAL_WORKER)
    assert [sees(register, who, both, at) for who in "VD" for at in (BEFORE, ON)] == [
        True,
        False,
        False,
        True,
    ]


def test_a_co_worker_sees_the_child_beside_the_lead_worker():
    both = Child(
        "c-1",
        (
            Holding(worker_id="w-D", team_id="T3", since=START),
            Holding(worker_id="w-V", team_id=None, since=CHANGE),
        ),
    )
    register = place(Role.SOCIAL_WORKER)
    assert [sees(register, "V", both, at) for at in (BEFORE, ON)] == [False, True]


def test_a_worker_who_holds_a_child_once_and_again_sees_nothing_in_between():
    again = Child(
        "c-1",
        (
            Holding(worker_id="w-V", team_id=None, since=START, until=date(2026, 3, 1)),
            Holding(worker_id="w-V", team_id=None, since=CHANGE),
        ),
    )
    register = place(Role.SOCIAL_WORKER)
    days = [date(2026, 2, 28), date(2026, 3, 1), CHANGE - timedelta(days=1), CHANGE]
    assert [sees(register, "V", again, noon(d)) for d in days] == [True, False, False, True]


def test_a_manager_who_changes_team_sees_the_new_one_from_that_day_and_the_old_one_no_longer():
    register = Register(
        people=PEOPLE,
        units=UNITS,
        posts=(
            post("V", Role.TEAM_MANAGER, "T1", until=CHANGE),
            post("V", Role.TEAM_MANAGER, "T3", since=CHANGE),
            post("B", Role.SOCIAL_WORKER, "T1"),
            post("D", Role.SOCIAL_WORKER, "T3"),
        ),
    )
    seen = [sees(register, "V", child_of(who), at) for who in "BD" for at in (BEFORE, ON)]
    assert seen == [True, False, False, True]


def test_a_team_that_moves_to_another_service_is_seen_by_the_head_of_the_other_from_that_day():
    units = (
        *(u for u in UNITS if u.unit_id != "T2"),
        Unit(unit_id="T2", kind=UnitKind.TEAM, parent_id="S1", since=START, until=CHANGE),
        Unit(unit_id="T2", kind=UnitKind.TEAM, parent_id="S2", since=CHANGE),
    )
    register = place(Role.HEAD_OF_SERVICE, units=units)
    assert [sees(register, "V", child_of("K"), at) for at in (BEFORE, ON)] == [True, False]
    other = place(Role.HEAD_OF_SERVICE, unit="S2", units=units)
    assert [sees(other, "V", child_of("K"), at) for at in (BEFORE, ON)] == [False, True]


def test_a_post_ends_at_midnight_in_england_and_not_in_greenwich():
    register = Register(
        people=PEOPLE, units=UNITS, posts=(post("V", Role.SOCIAL_WORKER, "T1", until=date(2026, 7, 1)),)
    )
    seen = [
        sees(register, "V", child_of("V"), datetime(2026, 6, 30, hour, minute, tzinfo=UTC))
        for hour, minute in ((22, 59), (23, 0))  # 23:59 on 30 June, and midnight, by the clock in England
    ]
    assert seen == [True, False]


def test_somebody_who_is_cut_off_can_do_nothing_from_that_moment_whatever_their_posts_say():
    left = Person(person_id="V", worker_id="w-V", cut_off_at=datetime(2026, 11, 20, 10, 30, tzinfo=UTC))
    register = place(Role.DIRECTOR, people=(left, *(p for p in PEOPLE if p.person_id != "V")))
    target = Target(thing=Thing.CHILD_RECORD, child=child_of("D"))
    answers = [
        decide(register, "V", Verb.SEE, target, datetime(2026, 11, 20, 10, minute, tzinfo=UTC))
        for minute in (29, 30)
    ]
    assert [a.why for a in answers] == [Why.WITHIN_SCOPE, Why.CUT_OFF]


def test_a_child_whom_only_a_team_holds_is_seen_by_its_manager_and_not_by_its_workers():
    waiting = Child("c-1", (Holding(worker_id=None, team_id="T1", since=START),))
    assert sees(place(Role.TEAM_MANAGER), "V", waiting, ON)
    assert not sees(place(Role.SOCIAL_WORKER), "V", waiting, ON)


def test_a_child_whom_nobody_holds_is_seen_by_those_alone_who_see_the_whole_council():
    nobody = Child("c-1", ())
    seen = {r for r in Role if sees(place(r), "V", nobody, ON)}
    assert seen == {Role.PRINCIPAL_SOCIAL_WORKER, Role.DIRECTOR, Role.PERFORMANCE_ANALYST}


def test_a_child_led_by_somebody_who_has_left_stays_with_the_team_of_the_involvement():
    left = Child("c-1", (Holding(worker_id="w-gone", team_id="T1", since=START),))
    assert sees(place(Role.TEAM_MANAGER), "V", left, ON)
    assert not sees(place(Role.TEAM_MANAGER, unit="T2"), "V", left, ON)


def test_whoever_has_no_worker_id_does_not_get_the_children_who_have_no_worker():
    nobody = Person(person_id="V", worker_id=None)
    register = place(Role.SOCIAL_WORKER, people=(nobody,))
    waiting = Child("c-1", (Holding(worker_id=None, team_id=None, since=START),))
    assert not sees(register, "V", waiting, ON)


COVER = {"away_id": "M", "by_id": "V", "since": CHANGE, "until": CHANGE + timedelta(days=7)}


def with_cover(**more):
    agreed = {"asked_by": "M", "approved_by": "H"} | more
    return Register(
        people=(*PEOPLE, Person(person_id="M", worker_id="w-M"), Person(person_id="U", worker_id="w-U")),
        units=UNITS,
        posts=(
            post("V", Role.PRACTICE_SUPERVISOR, "T1"),
            post("M", Role.TEAM_MANAGER, "T3"),
            post("M", Role.SYSTEM_ADMINISTRATOR, "C"),
            post("D", Role.SOCIAL_WORKER, "T3"),
            post("U", Role.SOCIAL_WORKER, "T2"),
        ),
        lines=(Line(supervisor_id="M", person_id="U", since=START),),
        covers=(Cover(**COVER, **agreed),),
    )


def test_whoever_covers_a_manager_sees_their_team_and_supervisees_while_the_cover_lasts():
    register = with_cover()
    days = [BEFORE, ON, noon(CHANGE + timedelta(days=6)), noon(CHANGE + timedelta(days=7))]
    assert [sees(register, "V", child_of("D"), at) for at in days] == [False, True, True, False]
    assert [sees(register, "V", Child("c", (Holding(worker_id="w-U", team_id="T2", since=START),)), at) for at in days] == [
        False, True, True, False,
    ]  # fmt: skip


def test_a_cover_opens_no_private_file_and_hands_on_no_administrators_post():
    register = with_cover()
    private = Target(thing=Thing.WORKER_SUPERVISION, worker_id="w-U")
    assert decide(register, "M", Verb.SEE, private, ON).allowed
    assert not decide(register, "V", Verb.SEE, private, ON).allowed
    assert not decide(register, "V", Verb.LIST, Target(thing=Thing.API_TOKEN), ON).allowed


def test_whoever_has_no_post_of_their_own_gets_none_by_covering():
    register = with_cover()
    bare = Register(
        people=register.people,
        units=register.units,
        posts=tuple(p for p in register.posts if p.person_id != "V"),
        lines=register.lines,
        covers=register.covers,
    )
    target = Target(thing=Thing.CHILD_RECORD, child=child_of("D"))
    assert decide(bare, "V", Verb.SEE, target, ON).why is Why.NO_POST


@pytest.mark.parametrize(
    "agreed",
    [
        {"approved_by": ""},
        {"approved_by": "M"},
        {"approved_by": "V"},
        {"asked_by": ""},
    ],
    ids="nobody the-one-who-asked the-one-who-covers asked-by-nobody".split(),
)
def test_a_cover_that_no_second_person_agreed_to_is_none(agreed):
    assert not sees(with_cover(**agreed), "V", child_of("D"), ON)


@pytest.mark.parametrize(
    ("asked_by", "approved_by"), [("hr", ""), ("hr", "hr"), ("hr", "V"), ("", "ig"), ("V", "V")]
)
def test_a_post_that_no_second_person_agreed_to_is_none(asked_by, approved_by):
    posts = (post("V", Role.DIRECTOR, "C", asked_by=asked_by, approved_by=approved_by),)
    register = Register(people=PEOPLE, units=UNITS, posts=posts)
    answer = decide(register, "V", Verb.SEE, Target(thing=Thing.RULES), ON)
    assert (answer.allowed, answer.why) == (False, Why.NO_POST)


def test_a_line_that_ends_takes_the_supervision_record_away_that_day():
    register = place(
        Role.TEAM_MANAGER,
        lines=(Line(supervisor_id="V", person_id="A", since=START, until=CHANGE),),
    )
    target = Target(thing=Thing.WORKER_SUPERVISION, worker_id="w-A")
    assert [decide(register, "V", Verb.SEE, target, at).allowed for at in (BEFORE, ON)] == [True, False]


def test_a_workers_own_supervision_is_for_the_two_and_the_manager_above_and_for_nobody_else():
    roles = {"W": Role.SOCIAL_WORKER, "P": Role.PRACTICE_SUPERVISOR, "M": Role.TEAM_MANAGER}
    roles |= {
        "H": Role.HEAD_OF_SERVICE,
        "D": Role.DIRECTOR,
        "N": Role.SOCIAL_WORKER,
        "S": Role.SYSTEM_ADMINISTRATOR,
    }
    units = {"H": "S1", "D": "C", "S": "C"}
    register = Register(
        people=tuple(Person(person_id=p, worker_id=f"w-{p}") for p in roles),
        units=UNITS,
        posts=tuple(post(p, r, units.get(p, "T1")) for p, r in roles.items()),
        lines=tuple(
            Line(supervisor_id=a, person_id=b, since=START) for a, b in ("PW", "MP", "HM", "DH", "PN")
        ),
    )
    target = Target(thing=Thing.WORKER_SUPERVISION, worker_id="w-W")
    assert {p for p in roles if decide(register, p, Verb.SEE, target, ON).allowed} == {"W", "P", "M"}
    may_write = {p for p in roles if decide(register, p, Verb.RECORD, target, ON).allowed}
    assert may_write == {"P"}
    adds_a_view = Target(thing=Thing.WORKER_VIEW, worker_id="w-W")
    assert {p for p in roles if decide(register, p, Verb.RECORD, adds_a_view, ON).allowed} == {"W"}


def test_the_narrowest_scope_that_lets_somebody_through_is_the_one_that_is_named():
    register = place(Role.HEAD_OF_SERVICE)
    scopes = [
        decide(register, "V", Verb.SEE, Target(thing=Thing.CHILD_RECORD, child=child_of(who)), ON).scope
        for who in "VAK"
    ]
    assert scopes == [Scope.OWN, Scope.SUPERVISEES, Scope.SERVICE]


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        visible_filter(place(Role.DIRECTOR), "V", datetime(2026, 11, 20, 9))  # noqa: DTZ001 - that is the point


def test_units_that_stand_under_each_other_in_a_ring_do_not_stop_the_work():
    ring = (
        Unit(unit_id="T1", kind=UnitKind.TEAM, parent_id="T2", since=START),
        Unit(unit_id="T2", kind=UnitKind.TEAM, parent_id="T1", since=START),
    )
    register = place(Role.HEAD_OF_SERVICE, unit="T1", units=ring)
    assert visible_filter(register, "V", ON).units == {"T1", "T2"}


def test_a_team_managers_post_at_a_service_by_mistake_opens_no_service():
    register = place(Role.TEAM_MANAGER, unit="S1")
    assert not sees(register, "V", child_of("K"), ON)
