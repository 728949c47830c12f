"""One dated change of one setting, written into a council's policy file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from evenlode.errors import PolicyFault
from evenlode.policy import Change, policy_from, with_change

APRIL, JUNE = date(2027, 4, 1), date(2027, 6, 1)
OURS = """# Agreed by the board in May.
council: {name: Evenlode}
numbers:
  workers_in_window: 4  # since the inspection
"""


def later(text: str, day: date):
    return policy_from(text, "policy.yaml").on(day)


def test_a_change_holds_from_its_day_and_not_before_and_the_councils_own_words_stay():
    text = with_change(OURS, "policy.yaml", Change("numbers", "workers_in_window", Decimal(2), APRIL))
    assert text.startswith(OURS.rstrip())
    assert later(text, date(2027, 3, 31)).numbers["workers_in_window"] == 4
    assert later(text, APRIL).numbers["workers_in_window"] == 2


@pytest.mark.parametrize(
    ("section", "setting", "value", "read"),
    [
        ("clocks", "cin_visit", {"n": 30, "unit": "working_days"}, lambda p: str(p.clocks["cin_visit"])),
        ("numbers", "overload_utilisation", Decimal("1.25"), lambda p: p.numbers["overload_utilisation"]),
        ("lists", "manager_titles", ("Team Manager", "Director"), lambda p: p.lists["manager_titles"]),
        ("dates", "last_inspection", date(2026, 2, 9), lambda p: p.dates["last_inspection"]),
        ("workload", "ceiling_per_fte", Decimal(80), lambda p: p.tariff.ceiling_per_fte),
        ("tariff", "cp_plan", Decimal("7.5"), lambda p: p.tariff.points["cp_plan"]),
    ],
)
def test_every_kind_of_setting_can_be_changed_also_where_there_is_no_file_yet(section, setting, value, read):
    text = with_change("", "policy.yaml", Change(section, setting, value, APRIL))
    before, after = read(later(text, date(2027, 3, 31))), read(later(text, APRIL))
    assert before != after
    wanted = "30 working days" if section == "clocks" else value
    assert after == wanted


def test_changes_stand_in_the_order_of_their_days_whichever_is_written_first():
    text = with_change(OURS, "policy.yaml", Change("numbers", "workers_in_window", 2, JUNE))
    text = with_change(text, "policy.yaml", Change("numbers", "placements_in_window", 2, APRIL))
    assert later(text, APRIL).numbers["placements_in_window"] == 2
    assert later(text, APRIL).numbers["workers_in_window"] == 4
    assert later(text, JUNE).numbers["workers_in_window"] == 2
    assert text.index("2027-04-01") < text.index("2027-06-01")


def test_two_changes_of_one_day_are_written_as_one():
    text = with_change(OURS, "policy.yaml", Change("numbers", "workers_in_window", 2, APRIL))
    text = with_change(text, "policy.yaml", Change("numbers", "placements_in_window", 2, APRIL))
    assert text.count("from:") == 1
    assert later(text, APRIL).numbers["workers_in_window"] == 2


def test_remarks_after_and_between_the_changes_stay():
    ours = OURS + (
        "changes:\n  # asked for by the union\n  - from: 2027-04-01\n    numbers: {workers_in_window: 3}\n"
        "# nothing follows\nclosures: [2026-12-29]\n"
    )
    text = with_change(ours, "policy.yaml", Change("numbers", "placements_in_window", 2, JUNE))
    assert "# asked for by the union" in text
    assert "# nothing follows" in text
    assert later(text, JUNE).closures == (date(2026, 12, 29),)
    assert later(text, JUNE).numbers["placements_in_window"] == 2


def test_changes_written_on_one_line_are_written_anew():
    ours = OURS + "changes: [{from: 2027-04-01, numbers: {workers_in_window: 3}}]\nclosures: []\n"
    text = with_change(ours, "policy.yaml", Change("numbers", "workers_in_window", 2, JUNE))
    assert later(text, APRIL).numbers["workers_in_window"] == 3
    assert later(text, JUNE).numbers["workers_in_window"] == 2


def test_a_limit_of_the_law_is_not_made_longer():
    with pytest.raises(PolicyFault, match="set by law"):
        with_change("", "policy.yaml", Change("clocks", "care_visit", {"n": 90, "unit": "days"}, APRIL))


def test_what_is_so_already_is_no_change():
    with pytest.raises(PolicyFault, match="so already"):
        with_change(OURS, "policy.yaml", Change("numbers", "workers_in_window", 4, APRIL))
