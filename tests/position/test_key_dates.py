"""What rules may know of the dates in a council's own lists, and what follows where it keeps none of a kind."""

from __future__ import annotations

import pytest
from tests.record.making import delivery, load
from tests.small_council import position

from evenlode.record import Record, connect
from evenlode.record.key_dates import KEY_DATES, need_of
from evenlode.reports.answerable import to_add
from evenlode.rules.missing import in_words, table_of

D = "2026-11-20"


def known(rows: str, **tables: str) -> list[tuple[object, ...]]:
    """The kind, start and done date of every key date known on the day, dates as text."""
    found = position(D, "key_date_known", key_date=rows, **tables)
    return sorted(
        tuple("" if r[c] is None else str(r[c]) for c in ("child_id", "kind", "start_date", "done_date"))
        for r in found
    )


def test_a_kind_is_compared_without_regard_to_case_and_spaces_round_it():
    found = position(
        D, "key_date_known", key_date="child_id | date_kind | done_date\n1 | CoRe Group | 2026-11-02"
    )
    assert [r["kind"] for r in found] == ["core group"]


def test_what_happens_after_the_day_is_not_known_yet():
    rows = """
        child_id       | date_kind          | start_date | due_date   | done_date
        today          | strategy discussion | 2026-11-20 |            | 2026-11-20
        done tomorrow  | strategy discussion | 2026-11-19 |            | 2026-11-21
        begun tomorrow | strategy discussion | 2026-11-21 |            | 2026-11-23
        met tomorrow   | core group         |            |            | 2026-11-21
        due, met later | core group         |            | 2026-11-18 | 2026-11-21
        only planned   | core group         |            | 2026-11-18 |
        nothing said   | core group         |            |            |
    """
    assert known(rows) == [
        ("done tomorrow", "strategy discussion", "2026-11-19", ""),
        ("due, met later", "core group", "", ""),
        ("nothing said", "core group", "", ""),
        ("only planned", "core group", "", ""),
        ("today", "strategy discussion", "2026-11-20", "2026-11-20"),
    ]


def test_a_conference_that_is_booked_is_known_before_it_is_held():
    rows = "child_id | date_kind | start_date\n1 | conference report | 2026-11-23"
    assert known(rows) == [("1", "conference report", "2026-11-23", "")]


def test_nothing_is_known_of_a_child_who_has_died():
    rows = "child_id | date_kind | done_date\n1 | core group | 2026-11-02"
    assert known(rows, child="child_id | death_date\n1 | 2026-11-10") == []


def test_a_date_of_a_worker_and_of_no_child_is_kept():
    found = position(
        D, "key_date_known", key_date="worker_id | date_kind | done_date\nW1 | programme review | 2026-11-02"
    )
    assert [(r["worker_id"], r["kind"]) for r in found] == [("W1", "programme review")]


def test_a_kind_of_which_a_council_has_no_row_is_told_by_name(tmp_path):
    record = Record.create(tmp_path / "home")
    load(
        record, delivery(source="key_dates", key_date="child_id date_kind done_date\nc1 TRANSFER 2026-11-02")
    )
    with connect(record) as connection:
        untold = {what for la, what in connection.untold if la == "301" and "=" in what}
    assert untold == {need_of(k.kind) for k in KEY_DATES if k.kind != "transfer"}


def test_a_council_without_any_key_dates_lacks_the_table_and_not_its_kinds(tmp_path):
    record = Record.create(tmp_path / "home")
    load(record, delivery(cp_visit="visit_id child_id visit_date\n1 c1 2026-10-01"))
    with connect(record) as connection:
        assert not [what for _, what in connection.untold if what.startswith("key_date")]


def test_what_one_council_keeps_does_not_stand_for_another(tmp_path):
    record = Record.create(tmp_path / "home")
    for la, kind in (("301", "transfer"), ("302", "permanence")):
        load(
            record,
            delivery(
                content=la,
                source="key_dates",
                la_code=la,
                key_date=f"child_id date_kind done_date\nc1 {kind} 2026-11-02",
            ),
        )
    with connect(record) as connection:
        assert ("301", "key_date=transfer") not in connection.untold
        assert ("302", "key_date=transfer") in connection.untold


def test_a_kind_that_nobody_declared_is_no_need():
    with pytest.raises(KeyError):
        need_of("coregroup")


def test_the_need_of_a_kind_is_said_in_words_with_what_to_add():
    need = "key_date=core group"
    assert table_of(need) == "key_date"
    assert in_words(need) == 'key dates of the kind "core group"'
    assert in_words(f"pre_proceedings|{need}") == 'pre_proceedings or key dates of the kind "core group"'
    assert to_add(need) == 'add rows of the kind "core group" to key_dates (evenlode template key_dates)'
