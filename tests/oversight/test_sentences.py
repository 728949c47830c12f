"""What is said of a finding: worked by hand from the look's sentences and the calendar of November 2026."""

from __future__ import annotations

import pytest
from tests.oversight.told import plain, said

LATE_VISIT = {"counted_from": "2026-11-03", "last_seen": "2026-11-03", "interval": "10 working days"}


def test_a_late_visit_is_told_as_in_the_look():
    told = said("CP-05", "1", due="2026-11-17", **LATE_VISIT)
    assert plain(told.sentence) == (
        "Juniper Saltmarsh, 5 months, was last seen on 3 November; a visit was due by 17 November."
    )
    assert told.do == "See her today, or record what is in the way."
    assert (told.state.words, plain(told.state.when)) == ("3 days over", "due 17 Nov")
    assert told.who_says_so == "Common practice"
    assert plain(told.sum) == "Due = last visit 3 Nov + 10 working days = 17 Nov"


def test_a_visit_that_is_still_to_come_is_told_with_the_weekday():
    told = said(
        "CP-05", "1", state="due_soon", due="2026-11-24", counted_from="2026-11-10", last_seen="2026-11-10"
    )
    assert plain(told.sentence) == (
        "Juniper Saltmarsh, 5 months, was last seen on 10 November; a visit is due by Tuesday 24 November."
    )
    assert (told.state.words, plain(told.state.when)) == ("4 days left", "last day to act Tue 24 Nov")


def test_a_date_on_a_sunday_is_to_be_acted_on_by_the_friday():
    told = said("CP-04", "1", state="due_soon", due="2026-11-22", last_held="2026-05-22", interval="6 months")
    assert (told.state.words, plain(told.state.when)) == ("2 days left", "last day to act Fri 20 Nov")


def test_a_date_that_is_today_is_not_over():
    told = said("CP-05", "1", state="due_soon", due="2026-11-20", last_seen="2026-11-06")
    assert told.state.words == "Today"
    assert "is due by Friday" in told.sentence


def test_a_child_never_seen_on_the_plan_is_not_said_to_have_been():
    told = said(
        "CP-05", "5", due="2026-11-17", counted_from="2026-11-03", last_seen=None, interval="10 working days"
    )
    assert (
        plain(told.sentence)
        == "Kit Tormentil, 9, has not been seen since 3 November; a visit was due by 17 November."
    )
    assert told.do.startswith("See them today")


def test_two_children_of_one_family_stand_in_one_sentence():
    told = said(
        "AL-04", "2", children=["2", "3"], due="2026-11-12", waiting_since="2026-10-29", interval="14 days"
    )
    assert plain(told.sentence) == (
        "Otis and Fenn Larkspur, 5 and 3, have had no worker since 29 October; two weeks were up on 12 November."
    )
    assert plain(told.sum) == "Due = without a worker from 29 Oct + 14 days = 12 Nov"


def test_a_child_whose_worker_left_is_told_with_the_worker_and_the_day():
    told = said("AL-01", "4", state="breach", worker="W2", status="CP", waiting_since="2026-11-06")
    assert plain(told.sentence) == (
        "Tansy Millrace, 7 weeks, on a child protection plan, has had no worker since Jory Fennel left on 6 November."
    )
    assert (told.state.words, plain(told.state.when)) == ("14 days", "since 6 Nov")


def test_a_worker_who_left_on_another_day_is_not_made_the_reason():
    told = said("AL-01", "4", state="breach", worker="W2", status="CP", waiting_since="2026-11-01")
    assert plain(told.sentence).endswith("has had no worker since 1 November.")


def test_a_place_holder_is_not_named_as_a_worker():
    told = said("CP-06", "1", state="cannot_tell", worker="W3", alone_blank=1)
    assert "Duty" not in told.sentence
    assert told.sentence.endswith('"seen alone" is blank. Mend it in the record.')


def test_a_sum_that_does_not_make_the_due_date_is_not_shown():
    # Three months after 24 August is 24 November; the record itself names 20 November.
    told = said(
        "CP-03",
        "1",
        state="due_soon",
        due="2026-11-20",
        counted_from="2026-08-24",
        recorded_due="2026-11-20",
        interval="3 months",
    )
    assert plain(told.sum) == "Due = the date in the record 20 Nov"
    assert "3 months after" not in told.sentence


def test_a_sum_that_makes_the_due_date_is_said_in_the_sentence():
    told = said(
        "CP-03",
        "5",
        state="due_soon",
        due="2026-11-24",
        counted_from="2026-08-24",
        recorded_due=None,
        interval="3 months",
    )
    assert plain(told.sentence) == (
        "Kit Tormentil, 9, needs a review conference by Tuesday 24 November, 3 months after 24 August. None is held."
    )


def test_what_was_agreed_is_quoted_in_the_words_of_the_record():
    told = said("ACT-02", "5", due="2026-11-12", record="A1", set_date="2026-09-01", target_date="2026-11-12")
    assert plain(told.sentence) == (
        'Kit Tormentil, 9: "Refer for a parenting assessment" is not done; it was due by 12 November.'
    )


def test_a_worker_who_never_had_supervision_is_told_since_the_start():
    told = said(
        "SUP-03", "W1", due="2026-11-05", last_held=None, counted_from="2026-10-05", interval="1 month"
    )
    assert plain(told.sentence) == (
        "Leila Teasel, who started on 5 October, has not yet had supervision; the first was due by 5 November."
    )
    assert (told.state.words, plain(told.state.when)) == ("15 days over", "due 5 Nov")
    assert plain(told.sum) == "Due = start 5 Oct + 1 month = 5 Nov"


def test_a_day_of_another_year_is_told_with_the_year():
    told = said("CP-10", "5", state="flag", due="2026-08-21", tier=12, start_date="2025-08-21")
    assert plain(told.sum) == "Due = start 21 Aug 2025 + 12 months = 21 Aug"
    assert told.state.words == "12 months"


def test_a_child_without_a_name_is_told_by_the_id_and_an_unborn_one_as_unborn():
    assert said("CP-05", "6", due="2026-11-17", **LATE_VISIT).sentence.startswith(
        "Child 6, unborn, was last seen"
    )


@pytest.mark.parametrize(
    ("evidence", "reason"),
    [
        ({"visit_with_seen_blank": "2026-11-03"}, '"seen" is blank on 3 November'),
        ({"missing": "cp_visit"}, "the files do not tell cp visit"),
        ({"why": "the row ends before it starts, or has no start"}, "the row ends before it starts"),
        ({"last_seen": None, "interval": "10 working days"}, '"last seen" is not on record'),
        ({}, "a value that it rests on is blank or cannot be right"),
    ],
)
def test_what_we_cannot_tell_is_said_with_the_reason_and_whom_to_ask(evidence, reason):
    told = said("CP-05", "1", state="cannot_tell", **evidence)
    text = plain(told.sentence)
    assert text.startswith("We cannot say whether Juniper Saltmarsh's visit is in time: ")
    assert reason in text
    assert text.endswith("Ask Leila Teasel, or mend it in the record.")


def test_a_load_by_weights_that_nobody_agreed_says_so():
    load = {"points": "92.4", "capacity": "76.5", "utilisation": "1.208", "tariff": "evenlode-starter"}
    told = said("NQ-02", "W1", state="breach", severity="note", **load)
    assert plain(told.sentence) == (
        "Leila Teasel holds 92.4 of 76.5 points, 121 % of the ceiling, by weights that are illustrative until the "
        "council has agreed its own."
    )
    agreed = said("NQ-02", "W1", state="breach", severity="red", **load)
    assert plain(agreed.sentence) == "Leila Teasel holds 92.4 of 76.5 points, 121 % of the ceiling."


def test_two_missed_visits_are_not_claimed_of_a_child_whom_nobody_has_seen():
    told = said(
        "DR-09",
        "5",
        state="flag",
        due="2026-10-01",
        counted_from="2026-09-01",
        unseen_by_anybody_since="2026-09-01",
    )
    assert (
        plain(told.sentence)
        == "Nobody has seen Kit Tormentil, 9, for four weeks; they were up on 1 September."
    )


@pytest.mark.parametrize(("owner", "name"), [("W2", "Jory Fennel"), ("J. Fennel", "J. Fennel")])
def test_the_owner_of_an_action_is_named_as_known_or_as_written(owner, name):
    told = said("ACT-04", "5", state="flag", owner=owner, left="2026-11-06")
    assert (
        plain(told.sentence)
        == f"An action agreed about Kit Tormentil, 9, belongs to {name}, who left on 6 November."
    )


def test_two_visits_missed_one_after_another_have_their_sum():
    # Ten working days from 5 October are the 19th, and ten more 2 November.
    missed = {"counted_from": "2026-10-05", "interval": "10 working days", "intervals": 2}
    told = said("DR-09", "5", state="flag", due="2026-11-02", unseen_by_anybody_since=None, **missed)
    assert plain(told.sentence) == "Kit Tormentil, 9: two visits in a row were missed since 5 October."
    assert plain(told.sum) == "Due = last visit or start 5 Oct + 2 x 10 working days = 2 Nov"


def test_a_date_that_was_agreed_is_its_own_sum():
    told = said("ACT-02", "5", due="2026-11-12", set_date="2026-09-01", target_date="2026-11-12")
    assert plain(told.sum) == "Due = the date agreed 12 Nov"
