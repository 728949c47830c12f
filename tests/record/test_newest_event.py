from datetime import date

from evenlode.record import TABLES, Kind, connect, newest_event
from evenlode.record.newest import DID_NOT_HAPPEN_THEN, HAPPENED

from .making import VISITS, delivery, load, rows

RUN_DAY = date(2026, 11, 21)


def newest(**tables):
    return newest_event({name: rows(name, text) for name, text in tables.items()}, RUN_DAY)


def test_the_newest_date_is_of_something_that_happened_and_the_words_say_what_and_where():
    day, why = newest(
        cp_visit="visit_id visit_date\n 1 2026-11-18\n 2 2026-11-20",
        involvement="involvement_id start_date\n 1 2026-11-19",
    )
    assert day == date(2026, 11, 20)
    assert why == (
        "20 November 2026 is the newest date of something that happened by 21 November 2026: "
        "a visit to a child on a protection plan (visit_date in table cp_visit)"
    )


def test_what_is_due_planned_or_aimed_at_never_counts():
    day, _ = newest(
        cp_review="review_id due_date held_date\n 1 2026-11-20 2026-08-01\n 2 2026-11-21 -",
        conference="conference_id target_date held_date\n 1 2026-11-19 -",
        supervision="child_id held_date next_due_date\n c1 2026-07-01 2026-11-20",
        action="child_id set_date target_date\n c1 2026-07-01 2026-11-20",
    )
    assert day == date(2026, 8, 1)


def test_a_date_after_the_day_of_the_run_is_passed_over_and_the_day_itself_counts():
    day, _ = newest(cp_visit="visit_id visit_date\n 1 2026-11-21\n 2 2026-11-22\n 3 2062-01-01")
    assert day == RUN_DAY


def test_the_end_of_a_spell_counts_as_well_as_its_start():
    day, why = newest(cp_plan="plan_id start_date end_date\n 1 2026-01-05 2026-11-12")
    assert day == date(2026, 11, 12)
    assert "the end of a protection plan" in why


def test_an_extract_in_which_nothing_happened_has_no_newest_date():
    assert newest(worker="worker_id\n w1", establishment="staff_number start_date\n s1 2026-11-01") is None
    assert newest(cp_visit="visit_id visit_date\n 1 -\n 2 2027-01-01") is None


def test_the_stored_record_gives_the_same_newest_date_as_what_was_handed_over(record):
    given = delivery(cp_visit=VISITS, cp_plan="plan_id start_date end_date\n 1 2026-01-05 2026-12-25")
    load(record, given)
    with connect(record) as connection:
        assert connection.newest_event(RUN_DAY) == newest_event(given.tables, RUN_DAY)
        assert connection.newest_event(date(2025, 1, 1)) is None


def test_every_date_column_is_either_something_that_happened_or_left_out_for_a_reason():
    left_out = {tuple(name.split(".")) for names in DID_NOT_HAPPEN_THEN.values() for name in names.split()}
    declared = {(t.name, c.name) for t in TABLES.values() for c in t.columns if c.kind is Kind.DATE}
    assert set(HAPPENED) | left_out == declared
    assert not set(HAPPENED) & left_out
