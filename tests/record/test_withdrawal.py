import pytest

from evenlode.errors import RecordFault
from evenlode.record import connect

from .making import AT, LATER_VISITS, VISITS, delivery, load, standing, withdraw

MORE = "visit_id child_id visit_date seen\n 9 c9 2026-11-10 Y"
EARLIER = "visit_id child_id visit_date seen\n 1 c1 2026-09-01 N"


def visits(record, manifest=None):
    return [visit for (visit,) in standing(record, "cp_visit", "visit_id", manifest=manifest)]


def test_withdrawing_a_wrong_load_brings_back_what_it_had_replaced(record):
    load(record, delivery(cp_visit=VISITS))
    wrong = load(record, delivery("b", cp_visit=LATER_VISITS))
    withdrawal = withdraw(record, wrong.load_id, "the export of another team")
    assert visits(record) == ["1", "2", "3"]
    assert (withdrawal.at, withdrawal.by, withdrawal.why) == (AT, "An Analyst", "the export of another team")
    assert withdrawal.sentence() == (
        "Load 0002 is withdrawn (the export of another team): for ssd load 0001 stands now."
    )


def test_withdrawing_the_only_load_leaves_nothing(record):
    load(record, delivery(cp_visit=VISITS))
    assert withdraw(record, "0001").sentence().endswith("for ssd nothing stands now.")
    assert visits(record) == []
    with connect(record) as connection:
        assert connection.delivered == frozenset()


def test_the_load_and_its_withdrawal_both_stay_in_the_history(record):
    first = load(record, delivery(cp_visit=VISITS))
    withdrawal = withdraw(record, first.load_id)
    assert record.history() == [first, withdrawal]
    assert record.receipt(withdrawal.load_id) == withdrawal
    assert [(line.load, line.withdrawn_by) for line in record.manifest().loads] == [("0001", "0002")]


def test_old_manifests_stay_readable_after_loads_and_withdrawals(record):
    load(record, delivery(cp_visit=VISITS))
    load(record, delivery("b", cp_visit=LATER_VISITS))
    withdraw(record, "0002")
    assert visits(record) == ["1", "2", "3"]
    assert visits(record, record.manifest(2)) == ["1", "3", "4"]
    assert visits(record, record.manifest(0)) == []
    with pytest.raises(RecordFault, match="There is no manifest 4: this record has 0 to 3"):
        record.manifest(4)


def test_withdrawing_a_partial_load_leaves_what_it_was_laid_over(record):
    load(record, delivery(cp_visit=VISITS))
    load(record, delivery("b", cp_visit=LATER_VISITS), partial=True)
    withdraw(record, "2")
    assert standing(record, "cp_visit", "visit_id", "seen") == [("1", "Y"), ("2", "Y"), ("3", None)]


def test_withdrawing_a_load_from_under_a_partial_one_keeps_the_partial_rows(record):
    load(record, delivery(cp_visit=VISITS))
    load(record, delivery("b", cp_visit=LATER_VISITS))
    load(record, delivery("c", cp_visit=MORE), partial=True)
    assert visits(record) == ["1", "3", "4", "9"]
    withdraw(record, "0002")
    assert visits(record) == ["1", "2", "3", "9"]
    withdraw(record, "0001")
    assert visits(record) == ["9"]


def test_withdrawing_one_of_several_partial_loads_leaves_the_others_in_their_order(record):
    load(record, delivery(cp_visit=VISITS))
    load(record, delivery("b", cp_visit=MORE), partial=True)
    load(record, delivery("c", cp_visit=EARLIER), partial=True, allow_older=True)
    withdraw(record, "0002")
    assert standing(record, "cp_visit", "visit_id", "seen") == [("1", "N"), ("2", "Y"), ("3", None)]


def test_withdrawing_a_load_that_no_longer_stands_changes_nothing_now_and_it_never_comes_back(record):
    load(record, delivery(cp_visit=VISITS))
    load(record, delivery("b", cp_visit=LATER_VISITS))
    withdraw(record, "0001")
    assert visits(record) == ["1", "3", "4"]
    withdraw(record, "0002")
    assert visits(record) == []


def test_after_a_withdrawal_the_same_files_may_be_loaded_again(record):
    load(record, delivery(cp_visit=VISITS))
    withdraw(record, "0001")
    receipt = load(record, delivery(cp_visit=VISITS))
    assert not receipt.nothing_changed
    assert visits(record) == ["1", "2", "3"]


def test_a_load_of_several_sources_is_withdrawn_in_one_action(record):
    supervision = "child_id held_date\n c1 2026-10-05"
    load(record, delivery(cp_visit=VISITS), delivery("s", source="supervision", supervision=supervision))
    withdraw(record, "0001")
    assert record.manifest().active == ()


@pytest.mark.parametrize(
    ("load_id", "why", "words"),
    [
        ("0009", "wrong", "There is no load 0009"),
        ("0002", "wrong", "There is no load 0002 that brought anything"),
        ("../0001", "wrong", "There is no load"),
        ("0003", "wrong", "Load 0003 is withdrawn already \\(by 0004\\)"),
        ("0001", " ", "say why"),
    ],
)
def test_what_cannot_be_withdrawn_is_said_in_one_sentence(record, load_id, why, words):
    load(record, delivery(cp_visit=VISITS))
    load(record, delivery(cp_visit=VISITS))
    load(record, delivery("b", cp_visit=LATER_VISITS))
    withdraw(record, "0003")
    before = record.manifest()
    with pytest.raises(RecordFault, match=words):
        withdraw(record, load_id, why)
    assert record.manifest() == before
