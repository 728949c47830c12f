"""Every role, thing, verb and place is decided as the hand-written table says."""

from __future__ import annotations

import copy
from importlib.resources import files

import pytest
import yaml
from tests.access.expected import EXPECTED, TERMS, expected_cells
from tests.access.small_place import LETTERS, NOW, child_of, place

from evenlode.access import Role, Target, Thing, Verb, Why, decide
from evenlode.access.matrix import matrix, read_matrix

CELLS = expected_cells()
ADMITS = {
    "": set(),
    "own": {"own"},
    "line": {"own", "supervisee", "below"},
    "supervisees": {"own", "supervisee"},
    "team": {"own", "supervisee", "team"},
    "service": {"own", "supervisee", "team", "service"},
    "council": set(LETTERS),
}
"""Whose things each scope takes in."""
UNITS = {"": "", "own": "", "team": "T1", "service": "T1 T2 S1", "council": "T1 T2 T3 S1 S2 C"}
ABOUT = {
    "child": """child's record, child's timeline, finding, case supervision, agreed action, decision,
        weight of a child's case, case audit, allocation, restriction of a child's record, break-glass""",
    "worker": "worker's figures, worker's supervision record, worker's own view, capacity period",
    "unit": "team page, service page, people and access, role grant",
    "rows": "today, search, waiting list, watch list, quarantined rows, list export, bulk export",
    "council": """council measures, rules, policy, loads, audit log, curious insider report,
        register of restrictions, break-glass review, API token""",
}
BELONGS = {t.strip(): about for about, things in ABOUT.items() for t in things.split(",")}


def target(thing, **whose):
    """A thing whose every condition is met."""
    return Target(
        thing=thing,
        person_id="somebody",
        asked_by="asker",
        approved_by="agreer",
        reason_given=True,
        **whose,
    )


def places_of(thing):
    """Each place that one of these can stand in, seen from V, and the thing that stands there."""
    match BELONGS[thing]:
        case "child":
            return {p: target(thing, child=child_of(who)) for p, who in LETTERS.items()}
        case "worker":
            return {p: target(thing, worker_id=f"w-{who}") for p, who in LETTERS.items()}
        case "unit":
            return {u: target(thing, unit_id=u) for u in UNITS["council"].split()}
    return {"whole": target(thing)}


def admitted(thing, scope):
    match BELONGS[thing]:
        case "child" | "worker":
            return ADMITS[scope]
        case "unit":
            return set(UNITS[scope].split())
        case "rows":
            return {"whole"} if scope else set()
    return {"whole"} if scope == "council" else set()


def test_every_thing_and_role_has_its_place_in_the_hand_written_table():
    assert set(BELONGS) == {t.value for t in Thing}
    assert set(EXPECTED) == {r.value for r in Role}
    assert {(thing, verb) for _, thing, verb in CELLS} == {
        (thing.value, verb.value) for thing, d in matrix().things.items() for verb in d.verbs
    }


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("thing", Thing)
def test_each_cell_is_decided_as_written_wherever_the_thing_stands(role, thing):
    register = place(role)
    for verb in Verb:
        scope = CELLS.get((role.value, thing.value, verb.value), "")
        allowed = {
            where: decide(register, "V", verb, one, NOW).allowed for where, one in places_of(thing).items()
        }
        there = admitted(thing, scope)
        if "not oneself" in TERMS.get((thing.value, verb.value), "") and BELONGS[thing] == "worker":
            there = there - {"own"}
        assert allowed == {w: w in there for w in allowed}, (role, thing, verb)


@pytest.mark.parametrize("thing", Thing)
def test_a_list_as_a_whole_is_there_for_a_role_that_may_list_and_for_no_other(thing):
    for role in Role:
        answer = decide(place(role), "V", Verb.LIST, Target(thing=thing), NOW)
        assert answer.allowed is ((role.value, thing.value, "list") in CELLS)


@pytest.mark.parametrize(("thing", "verb"), sorted({(t, v) for _, t, v in CELLS}))
def test_the_terms_of_each_thing_and_verb_are_those_written_down(thing, verb):
    written = {t for t in TERMS.get((thing, verb), "").split(", ") if t}
    assert {c.value for c in matrix().terms(Verb(verb), Thing(thing))} == written


@pytest.mark.parametrize("thing", Thing)
def test_what_a_thing_is_about_is_as_written(thing):
    assert matrix().things[thing].about.value == BELONGS[thing]


@pytest.mark.parametrize("role", ["system administrator", "information governance", "auditor"])
def test_who_looks_after_the_system_and_its_use_has_no_cell_that_shows_a_child(role):
    shown = {t.value for t, d in matrix().things.items() if d.shows_a_child}
    theirs = {(thing, verb) for r, thing, verb in CELLS if r == role and thing in shown}
    assert theirs == ({("bulk export", "approve")} if role == "information governance" else set())


def test_a_broken_glass_lets_one_look_and_nothing_else():
    assert {verb for verb, _ in matrix().glass_opens} == {Verb.SEE}


def shipped():
    return yaml.safe_load(files("evenlode.access").joinpath("matrix.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    "damage",
    [
        lambda said: said.pop("finding"),
        lambda said: said.update({"crystal ball": said["finding"]}),
        lambda said: said["finding"].update({"burn": {"own": ["director"]}}),
        lambda said: said["finding"]["see"].update({"galaxy": ["director"]}),
        lambda said: said["finding"]["see"]["own"].append("caretaker"),
        lambda said: said["finding"]["see"]["own"].append("director"),
        lambda said: said["finding"]["record"].update({"terms": ["good mood"]}),
    ],
    ids="thing-missing thing-unknown verb-unknown scope-unknown role-unknown role-twice term-unknown".split(),
)
def test_a_matrix_that_is_not_whole_is_refused(damage):
    said = copy.deepcopy(shipped())
    damage(said)
    with pytest.raises((ValueError, KeyError)):
        read_matrix(said)


def test_a_thing_that_is_not_about_a_child_cannot_be_opened_by_way_of_a_child():
    with pytest.raises(ValueError, match="worker's figures is about a worker, and not about a child"):
        Target(thing=Thing.WORKER_FIGURES, child=child_of("V"), worker_id="w-D")


def test_a_thing_of_one_child_asked_for_without_its_child_is_refused():
    answer = decide(place(Role.DIRECTOR), "V", Verb.SEE, Target(thing=Thing.CHILD_RECORD), NOW)
    assert answer.why is Why.OUT_OF_SCOPE
