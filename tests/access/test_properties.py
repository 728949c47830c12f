"""What holds for every council that can be thought of."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.access.small_place import UNITS

from evenlode.access import (
    Child,
    Cover,
    Holding,
    Line,
    Opening,
    OpeningCategory,
    Person,
    Post,
    Register,
    Restriction,
    RestrictionCategory,
    Role,
    Target,
    Thing,
    Verb,
    decide,
    visible_filter,
)
from evenlode.access.matrix import matrix
from evenlode.access.words import About

NAMES = "P Q R S".split()
TEAMS = "T1 T2 T3".split()
CHILDREN = "c1 c2 c3".split()
ABOUT_CHILDREN = [t for t, d in matrix().things.items() if d.about is About.CHILD and d.shows_a_child]
FIRST = date(2026, 1, 1)

days = st.integers(0, 20).map(lambda n: FIRST + timedelta(days=n))
ends = st.none() | days
moments = st.integers(0, 20 * 24).map(lambda n: datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(hours=n))
names, children = st.sampled_from(NAMES), st.sampled_from(CHILDREN)
posts = st.builds(
    Post,
    person_id=names,
    role=st.sampled_from(Role),
    unit_id=st.sampled_from([u.unit_id for u in UNITS]),
    since=days,
    until=ends,
    asked_by=st.just("hr"),
    approved_by=st.just("ig"),
)
lines = st.builds(Line, supervisor_id=names, person_id=names, since=days, until=ends)
covers = st.builds(
    Cover,
    away_id=names,
    by_id=names,
    since=days,
    until=ends,
    asked_by=st.just("hr"),
    approved_by=st.just("ig"),
)
openings = st.builds(
    Opening,
    opening_id=st.just("o"),
    person_id=names,
    child_id=children,
    category=st.sampled_from(OpeningCategory),
    reason=st.just("because of a call"),
    opened_at=moments,
)


@st.composite
def restrictions(draw):
    named = frozenset(draw(st.sets(names, min_size=1)))
    return Restriction(
        restriction_id="r",
        child_id=draw(children),
        category=draw(st.sampled_from(RestrictionCategory)),
        owner_id=min(named),
        named=named,
        since=draw(moments),
        review_on=date(2026, 2, 1),
        break_glass=draw(st.booleans()),
    )


registers = st.builds(
    Register,
    people=st.just(tuple(Person(person_id=n, worker_id=f"w-{n}") for n in NAMES)),
    units=st.just(UNITS),
    posts=st.lists(posts, max_size=6).map(tuple),
    lines=st.lists(lines, max_size=4).map(tuple),
    covers=st.lists(covers, max_size=2).map(tuple),
    restrictions=st.lists(restrictions(), max_size=2).map(tuple),
    openings=st.lists(openings, max_size=2).map(tuple),
)
holdings = st.builds(
    Holding,
    worker_id=st.none() | names.map(lambda n: f"w-{n}"),
    team_id=st.none() | st.sampled_from(TEAMS),
    since=days,
    until=ends,
)
some_children = st.builds(Child, children, st.lists(holdings, max_size=3).map(tuple))


def asked(thing, child):
    return Target(thing=thing, child=child, reason_given=True, asked_by="x", approved_by="y")


@settings(max_examples=150, deadline=None)
@given(registers, some_children, names, moments, st.sampled_from(ABOUT_CHILDREN), st.sampled_from(Verb))
def test_nobody_ever_reaches_a_restricted_record_unless_named_on_it_or_the_glass_may_be_broken(
    register, child, person, at, thing, verb
):
    shut = [
        r
        for r in register.restrictions
        if r.child_id == child.child_id and r.in_force(at) and person not in r.named and not r.break_glass
    ]
    if decide(register, person, verb, asked(thing, child), at).allowed:
        assert not shut
    if shut:
        visible = visible_filter(register, person, at, thing=thing, verb=verb)
        assert not by_sql(visible, child)


@settings(max_examples=150, deadline=None)
@given(
    registers, posts, some_children, names, moments, st.sampled_from(ABOUT_CHILDREN), st.sampled_from(Verb)
)
def test_another_role_never_takes_away_what_a_person_could_do(register, more, child, person, at, thing, verb):
    before = decide(register, person, verb, asked(thing, child), at)
    after = decide(replace(register, posts=(*register.posts, more)), person, verb, asked(thing, child), at)
    assert after.allowed or not before.allowed


@settings(max_examples=100, deadline=None)
@given(registers, some_children, names, moments, st.sampled_from(Thing), st.sampled_from(Verb))
def test_somebody_without_a_post_of_their_own_can_do_nothing_at_all(register, child, person, at, thing, verb):
    others = tuple(p for p in register.posts if p.person_id != person)
    bare = replace(register, posts=others)
    whose = {
        About.CHILD: {"child": child},
        About.WORKER: {"worker_id": f"w-{person}"},
        About.UNIT: {"unit_id": "T1"},
    }
    target = Target(
        thing=thing,
        reason_given=True,
        asked_by="x",
        approved_by="y",
        person_id="z",
        **whose.get(matrix().things[thing].about, {}),
    )
    assert not decide(bare, person, verb, target, at).allowed


def by_sql(visible, child):
    """The rows that a query built from the plain sets gives: what a page would do."""
    con = sqlite3.connect(":memory:")
    con.execute("CREATE TABLE child (child_id TEXT)")
    con.execute("CREATE TABLE holding (child_id TEXT, worker_id TEXT, team_id TEXT, since TEXT, until TEXT)")
    con.execute("INSERT INTO child VALUES (?)", [child.child_id])
    con.executemany(
        "INSERT INTO holding VALUES (?, ?, ?, ?, ?)",
        [
            (child.child_id, h.worker_id, h.team_id, str(h.since), h.until and str(h.until))
            for h in child.holdings
        ],
    )

    def words(values):
        return ", ".join(f"'{v}'" for v in sorted(values)) or "NULL"

    within = (
        "1"
        if visible.everything
        else f"""child_id IN (SELECT child_id FROM holding
                 WHERE since <= '{visible.day}' AND (until IS NULL OR until > '{visible.day}')
                   AND (worker_id IN ({words(visible.workers)}) OR team_id IN ({words(visible.units)})))"""
    )
    query = f"""SELECT child_id FROM child
        WHERE (child_id NOT IN ({words(visible.closed) if visible.closed else "''"}) AND ({within}))
           OR child_id IN ({words(visible.named)}) OR child_id IN ({words(visible.opened)})"""
    found = con.execute(query).fetchall()
    con.close()
    return bool(found)


@settings(max_examples=150, deadline=None)
@given(
    registers,
    some_children,
    names,
    moments,
    st.sampled_from(ABOUT_CHILDREN),
    st.sampled_from([Verb.SEE, Verb.LIST]),
)
def test_a_list_filtered_by_the_plain_sets_holds_exactly_the_children_who_would_be_opened(
    register, child, person, at, thing, verb
):
    visible = visible_filter(register, person, at, thing=thing, verb=verb)
    assert by_sql(visible, child) == decide(register, person, verb, asked(thing, child), at).allowed
