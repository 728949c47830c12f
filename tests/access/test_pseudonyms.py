"""A pseudonymised export holds codes that differ from export to export, and nothing that names anybody."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenlode.access.pseudonyms import OTHER, Codes, leaves, new_key, pseudonymised
from evenlode.record.columns import Kind
from evenlode.record.tables import TABLES

ONE, OTHER_EXPORT = Codes(b"1" * 32), Codes(b"2" * 32)
CANARY = "Tansy Canary ZZ9 9ZZ A123456789012 943 476 5919"
DAY = date(2014, 5, 17)


@given(st.text(min_size=1), st.text(min_size=1))
def test_two_ids_have_two_codes_and_one_id_has_one_in_every_table_of_an_export(one, other):
    try:
        alike = ONE.code(one) == ONE.code(other)
    except UnicodeEncodeError:
        return
    assert alike == (one == other)


@given(st.integers(0, 10**9).map(str))
def test_the_same_child_has_another_code_in_the_next_export(child_id):
    assert ONE.code(child_id) != OTHER_EXPORT.code(child_id)
    assert child_id not in ONE.code(child_id) or len(child_id) < 3


def test_a_code_is_16_letters_and_digits_whatever_the_id():
    assert all(len(ONE.code(i)) == 16 and ONE.code(i).isalnum() for i in ("1", "x" * 500, "ł"))


def test_every_export_draws_a_key_of_its_own():
    assert len({new_key() for _ in range(50)}) == 50
    assert len(new_key()) == 32


def test_a_short_key_is_refused_and_a_key_is_never_shown():
    with pytest.raises(ValueError, match="32 bytes or more"):
        Codes(b"short")
    assert "1" not in repr(ONE)


def filled(table):
    """A row whose every column holds what must not leave, in so many copies that no rare value saves it."""
    by_kind = {Kind.DATE: DAY, Kind.FLAG: "Y", Kind.NUMBER: Decimal(1), Kind.INTEGER: 7, Kind.PLACE: 1}
    return [{c.name: by_kind.get(c.kind, CANARY) for c in table.columns}] * 3


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.name)
def test_no_name_number_postcode_text_or_full_date_of_birth_leaves_with_any_table(table):
    said = repr(pseudonymised(table, filled(table), ONE))
    assert "Canary" not in said
    assert "943" not in said
    personal_dates = [c.name for c in table.columns if c.personal and c.kind is Kind.DATE]
    for row in pseudonymised(table, filled(table), ONE):
        assert not set(personal_dates) & set(row)
        assert all(row[f"{name}_year"] == 2014 for name in personal_dates)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("child", "upn"),
        ("child", "legacy_id"),
        ("child", "forename"),
        ("child", "surname"),
        ("child", "child_id_order"),
        ("send", "uln"),
        ("address", "postcode"),
        ("address", "address"),
        ("linked_identifier", "identifier_value"),
        ("worker", "swe_number"),
        ("worker", "name"),
        ("worker", "name_words"),
        ("action", "action"),
        ("pre_proceedings", "court_reference"),
    ],
)
def test_what_is_known_elsewhere_or_is_free_text_stays_behind(table, column):
    assert not leaves(TABLES[table][column])


def test_a_worked_export_of_children():
    rows = [
        {"child_id": str(n), "forename": "Tansy", "dob": DAY, "sex": "F", "ethnicity": "WBRI"}
        for n in range(5)
    ] + [{"child_id": "9", "forename": "Fern", "dob": None, "sex": "F", "ethnicity": "says she is Cornish"}]
    left = pseudonymised(TABLES["child"], rows, ONE)
    assert {"forename", "surname", "dob", "upn"}.isdisjoint(left[0])
    assert left[0]["child_id"] == ONE.code("0")
    assert [r["dob_year"] for r in left] == [2014] * 5 + [None]
    assert [r["ethnicity"] for r in left] == ["WBRI"] * 5 + [OTHER]
    assert [r["sex"] for r in left] == ["F"] * 6
