"""Whatever is changed, taken out, put in, moved or cut off is found, and the first such entry is named."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.audit_trail.making import KEY, NINE, entry, rows_of, sqlite_trail

from evenlode.audit_trail import drop_anchor, read_anchors, verify
from evenlode.audit_trail.entry import COLUMNS, Head, canonical, chained, first_head

SEVEN = rows_of(7)
places = st.integers(0, 6)


def found(rows, anchors=()):
    verdict = verify(rows, KEY, anchors)
    return verdict.broken and verdict.broken.seq


def test_a_trail_as_it_was_written_is_whole_and_says_from_when_to_when():
    verdict = verify(SEVEN, KEY)
    assert (verdict.broken, verdict.entries) == (None, 7)
    assert (verdict.first_at, verdict.last_at) == (
        "2026-11-20T09:01:00.000000Z",
        "2026-11-20T09:07:00.000000Z",
    )


def test_an_empty_trail_is_whole():
    assert verify([], KEY).broken is None


def test_a_trail_read_with_another_key_is_not_believed():
    assert verify(SEVEN, b"k" * 32).broken.seq == 1


@settings(max_examples=200, deadline=None)
@given(places, st.integers(1, len(COLUMNS) + 1), st.data())
def test_a_single_changed_byte_of_any_value_is_found_in_the_entry_that_it_was_changed_in(at, column, data):
    value = SEVEN[at][column]
    raw = bytearray(value if isinstance(value, bytes) else value.encode())
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] = data.draw(st.integers(0, 255).filter(lambda b: b != raw[place]))
    changed = list(SEVEN[at])
    changed[column] = bytes(raw) if isinstance(value, bytes) else raw.decode("utf-8", "surrogateescape")
    assert found([*SEVEN[:at], tuple(changed), *SEVEN[at + 1 :]]) == at + 1


@settings(max_examples=100, deadline=None)
@given(
    places,
    st.integers(1, len(COLUMNS)),
    st.none() | st.text(max_size=20) | st.binary(max_size=20) | st.integers(),
)
def test_another_value_of_any_kind_is_found(at, column, value):
    assume(value != SEVEN[at][column])
    changed = list(SEVEN[at])
    changed[column] = value
    assert found([*SEVEN[:at], tuple(changed), *SEVEN[at + 1 :]]) == at + 1


@given(st.integers(0, 5))
def test_a_removed_entry_is_named(at):
    assert found([*SEVEN[:at], *SEVEN[at + 1 :]]) == at + 1


@given(st.integers(0, 5))
def test_a_removed_entry_is_found_even_if_those_behind_it_were_numbered_anew(at):
    moved = [(row[0] - 1, *row[1:]) for row in SEVEN[at + 1 :]]
    assert found([*SEVEN[:at], *moved]) == at + 1


@given(places, places)
def test_an_entry_put_in_is_found(at, copied):
    moved = [(row[0] + 1, *row[1:]) for row in SEVEN[at:]]
    assert found([*SEVEN[:at], (at + 1, *SEVEN[copied][1:]), *moved]) in {at + 1, at + 2}


def test_an_entry_added_at_the_end_without_the_key_is_found():
    assert found([*SEVEN, (8, *entry(8).row, b"x" * 32)]) == 8


def test_an_entry_that_stands_there_twice_is_found():
    assert found([*SEVEN[:3], SEVEN[2], *SEVEN[3:]]) == 4


@given(places, places, st.booleans())
def test_two_entries_that_changed_places_are_found_with_their_old_numbers_or_with_new_ones(
    one, other, numbered
):
    assume(one != other)
    rows = list(SEVEN)
    rows[one], rows[other] = rows[other], rows[one]
    if numbered:
        rows = [(n, *row[1:]) for n, row in enumerate(rows, start=1)]
    assert found(rows) == min(one, other) + 1


values = st.lists(st.none() | st.text(max_size=6), min_size=3, max_size=3).map(tuple)


@given(values, values, st.integers(1, 20), st.integers(1, 20))
def test_no_two_entries_are_spelled_alike(one, other, seq, another):
    try:
        alike = canonical(seq, one) == canonical(another, other)
    except UnicodeEncodeError:
        return
    assert alike == ((seq, one) == (another, other))


def test_what_lies_on_either_side_of_a_boundary_cannot_be_moved_over_it():
    assert canonical(1, ("ab", "c")) != canonical(1, ("a", "bc"))
    assert canonical(1, ("a,b", "c")) != canonical(1, ("a", "b,c"))
    assert canonical(1, (None, "a")) != canonical(1, ("", "a"))
    assert canonical(1, (None, "a")) != canonical(1, ("-", "a"))


@given(places)
def test_an_entry_taken_from_another_trail_under_the_same_key_is_found(at):
    other = [
        (s, *row, mac) for s, row, mac in chained(KEY, first_head(KEY), [entry(n + 20) for n in range(7)])
    ]
    assert found(other) is None
    assert found([*SEVEN[:at], other[at], *SEVEN[at + 1 :]]) == (at + 1 if at else 2)


def anchored(tmp_path, *after):
    sink = tmp_path / "anchors.jsonl"
    for seq in after:
        drop_anchor(sink, KEY, Head(seq, SEVEN[seq - 1][-1]) if seq else first_head(KEY), NINE)
    return sink


@pytest.mark.parametrize("left", range(7))
def test_a_trail_that_was_cut_short_is_found_by_its_anchor_and_the_first_lost_entry_is_named(tmp_path, left):
    anchors = list(read_anchors(anchored(tmp_path, 0, 3, 7), KEY))
    assert found(SEVEN[:left], anchors) == left + 1
    assert found(SEVEN[:left]) is None


def test_an_emptied_trail_that_was_begun_again_is_found_by_its_anchor(tmp_path):
    anchors = list(read_anchors(anchored(tmp_path, 3), KEY))
    again = [
        (s, *row, mac) for s, row, mac in chained(KEY, first_head(KEY), [entry(n) for n in range(11, 18)])
    ]
    assert found(again) is None
    assert found(again, anchors) == 3


def test_anchors_that_agree_are_counted(tmp_path):
    anchors = read_anchors(anchored(tmp_path, 0, 3, 3, 7), KEY)
    assert verify(SEVEN, KEY, anchors).anchors == 4


@pytest.mark.parametrize("name", ["seq", "mac", "at", "seal"])
def test_an_anchor_that_was_altered_is_found_and_its_line_named(tmp_path, name):
    sink = anchored(tmp_path, 3, 5)
    first, second = sink.read_text().splitlines()
    said = json.loads(second)
    said[name] = 4 if name == "seq" else said[name].replace("2026", "2025") if name == "at" else "00" * 32
    sink.write_text(f"{first}\n{json.dumps(said)}\n")
    broken = verify(SEVEN, KEY, read_anchors(sink, KEY)).broken
    assert broken.what.startswith("line 2 of the anchors was altered")


@pytest.mark.parametrize("line", ["", "{}", "[]", "null", '{"seal": 1}', "\ufffd"])
def test_a_line_that_is_no_anchor_is_an_altered_one(tmp_path, line):
    sink = tmp_path / "anchors.jsonl"
    sink.write_text(f"{line}\n")
    assert [a.altered for a in read_anchors(sink, KEY)] == [True]


def test_an_anchor_is_added_behind_the_others_and_never_replaces_them(tmp_path):
    sink = anchored(tmp_path, 3)
    before = sink.read_bytes()
    drop_anchor(sink, KEY, Head(7, SEVEN[6][-1]), NINE + timedelta(hours=1))
    assert sink.read_bytes().startswith(before)
    assert [a.seq for a in read_anchors(sink, KEY)] == [3, 7]


def test_an_anchor_that_was_broken_off_in_writing_does_not_spoil_the_next(tmp_path):
    sink = anchored(tmp_path, 3)
    with sink.open("a") as file:
        file.write('{"at": "2026')
    drop_anchor(sink, KEY, Head(7, SEVEN[6][-1]), NINE)
    assert [(a.seq, a.altered) for a in read_anchors(sink, KEY)] == [(3, False), (0, True), (7, False)]


@pytest.mark.parametrize(
    "free_text",
    [
        {"why": "Mum called: she is worried\nabout Tansy"},
        {"why": "x" * 81},
        {"verb": "see 1"},
        {"thing": "child's record; Tansy Fennel"},
        {"scope": ""},
        {"thing_id": ""},
        {"child_id": "c-1\nsecond line"},
        {"person_id": "x" * 201},
        {"request_id": "a\x00b"},
        {"at": datetime(2026, 11, 20, 9)},  # noqa: DTZ001 - that is the point
    ],
)
def test_an_entry_takes_ids_and_words_of_closed_lists_and_no_free_text(free_text):
    with pytest.raises(ValueError, match="of an entry"):
        entry(**free_text)


def test_an_entry_has_no_place_for_a_name_or_a_persons_own_words():
    assert COLUMNS == (
        "at", "person_id", "verb", "thing", "outcome", "why", "thing_id", "child_id", "scope", "purpose", "request_id",
    )  # fmt: skip


def test_a_time_is_stored_in_universal_time_whatever_zone_it_came_in():
    there = entry(at=datetime.fromisoformat("2026-07-01T00:30:00+01:00"))
    assert there.row[0] == "2026-06-30T23:30:00.000000Z"


def test_progress_is_told_while_a_long_trail_is_read():
    _, trail = sqlite_trail(entry(n % 9) for n in range(20_000))
    told = []
    verify(trail.rows(), KEY, about=trail.about(), told=lambda *said: told.append(said))
    assert told == [("Checking the audit trail", 20_000, 20_000)]
