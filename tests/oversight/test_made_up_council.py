"""A whole made-up council's morning: every date has its sum, every finding is accounted for."""

from __future__ import annotations

import re
from datetime import date

import pytest

from evenlode.cli.asking import deliveries_of
from evenlode.cli.looking import looked_at
from evenlode.cli.progress import Steps
from evenlode.demo import build_council
from evenlode.oversight.finding import Finding, findings_of
from evenlode.oversight.groups import GROUPS, STRENGTH, Role
from evenlode.oversight.people import names_of, teams_under
from evenlode.oversight.sentences import Speaker
from evenlode.oversight.team import Team, team
from evenlode.oversight.timeline import STEPS, Timeline, timeline
from evenlode.oversight.today import Scope, today
from evenlode.oversight.watch_lists import WATCH_LISTS, Watched, watched
from evenlode.oversight.words import NEVER_SAID
from evenlode.policy import shipped_policy

AS_AT = date(2026, 11, 20)


class Morning:
    """All that is read of the council while its day is open."""

    def __init__(self, findings: tuple[Finding, ...], speaker: Speaker) -> None:
        self.findings, self.speaker = findings, speaker
        self.lists: list[Watched] = []
        self.teams: list[Team] = []
        self.timelines: list[Timeline] = []


@pytest.fixture(scope="module")
def morning(tmp_path_factory) -> Morning:
    folder = tmp_path_factory.mktemp("council")
    build_council(folder, as_at=AS_AT, children=160, seed=5)
    with Steps() as steps:
        deliveries = deliveries_of(folder / "extracts", "999", None, steps)
        with looked_at(deliveries, as_at=AS_AT, policy=shipped_policy(), steps=steps, by="test") as looked:
            day = looked.position
            found = findings_of(day.evaluate())
            told = Morning(found, Speaker(names_of(day), day.policy))
            told.lists = [watched(one, found, names=told.speaker.names, day=day) for one in WATCH_LISTS]
            told.teams = [team(day, which, told.speaker.names) for which in sorted(told.speaker.names.teams)]
            children = sorted({f.subject for f in found if f.subject_kind == "child"})[:10]
            day.have(STEPS)
            told.timelines = [timeline(day, child, found, told.speaker) for child in children]
            assert all(teams_under(day, which) >= {which} for which in told.speaker.names.teams)
    return told


def test_every_due_date_is_shown_with_the_sum_that_makes_it(morning):
    # Of a child never seen alone DR-10 does not tell the day that it counts from; a report to a conference
    # counts back from it (CP-14), as does the last review of an order from its end (CIN-07), and a later education plan goes by the
    # school's terms (CLA-E1).
    bare = [
        (f.rule_id, f.due_date)
        for f in morning.findings
        if f.due_date
        and not f.unsure
        and not morning.speaker.say(f).sum
        and f.rule_id not in {"CP-14", "CLA-E1", "CIN-07"}
        and not (f.rule_id == "DR-10" and f.evidence["last_seen_alone"] is None)
    ]
    assert bare == []


def test_every_sentence_is_whole_and_blames_nobody(morning):
    for f in morning.findings:
        said = morning.speaker.say(f, aged=True)
        assert not re.search(r"[{}<>\[\]|\0]|, ,|  | \.", f"{said.sentence} {said.do}"), said.sentence
        told = re.sub(r'"[^"]*"', "", said.sentence)
        assert not [
            w for w in NEVER_SAID if re.search(rf"\b{w}\b", told, re.IGNORECASE if w.islower() else 0)
        ]


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.HEAD_OF_SERVICE])
def test_nothing_that_was_found_is_lost_between_the_lines_and_the_counts(morning, role):
    page = today(morning.findings, scope=Scope(role), speaker=morning.speaker)
    counted = sum(c.on_lines + c.elsewhere + c.due_soon for c in page.counts)
    assert counted + len(page.cannot_tell) == len(morning.findings)
    places = [[g.name for g in GROUPS].index(line.group) for line in page.lines]
    assert places == sorted(places)
    assert {g.name for g in GROUPS} - {line.group for line in page.lines} <= {STRENGTH, "complex", "decision"}


def test_the_mornings_of_all_teams_and_of_nobodys_children_make_the_councils(morning):
    children = [f for f in morning.findings if f.subject_kind == "child"]
    whole = today(children, scope=Scope(Role.DIRECTOR), speaker=morning.speaker)
    teams = {*morning.speaker.names.teams, *((f.la_code, "") for f in children)}
    pages = [
        today(children, scope=Scope(Role.TEAM_MANAGER, frozenset({which})), speaker=morning.speaker)
        for which in teams
    ]
    assert sum(c.now for page in pages for c in page.counts) == sum(c.now for c in whole.counts)


def test_everybody_who_waits_is_on_the_list_of_those_who_wait(morning):
    waiting = next(one for one in morning.lists if one.watch_list.name == "waiting")
    assert {r.child for r in waiting.rows} >= {f.subject for f in morning.findings if f.rule_id == "AL-01"}
    days = [r.days for r in waiting.rows if r.days is not None]
    assert days == sorted(days, reverse=True)


def test_every_team_is_told_with_its_workers_by_name(morning):
    assert morning.teams
    for one in morning.teams:
        assert [w.name for w in one.workers] == sorted(w.name for w in one.workers)
        assert sum(one.mix.values()) == len(one.workers)


def test_no_event_of_a_timeline_lies_after_the_day(morning):
    assert any(t.events for t in morning.timelines)
    for found in morning.timelines:
        assert all(e.on <= AS_AT and (e.until is None or e.until <= AS_AT) for e in found.events)
        assert [e.on for e in found.events] == sorted((e.on for e in found.events), reverse=True)
