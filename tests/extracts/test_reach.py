"""How far a sheet reaches is found wherever its furthest cell is named, however its text is cut."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenlode.extracts.reach import Reach

PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,4})(\d{1,10})["']""")


def reach(*pieces):
    looked = Reach()
    for piece in pieces:
        looked.look(piece)
    return looked.rows, looked.columns


@pytest.mark.parametrize(
    ("text", "furthest"),
    [
        (b'<row r="1"><c r="A1"/><c r="C1"/></row><row r="2"><c r="B2"/></row>', (2, 3)),
        (b"<c r='AB7'/>", (7, 28)),
        (b'<c r="XFD1048576"/>', (1048576, 16384)),
        (b'<c r = "Z9"/>', (9, 26)),
        (b'<c r= "Z9"/>', (9, 26)),
        (b'<c\nr="aa10"/>', (10, 27)),
        (b'r="D4"', (4, 4)),
        (b'<row r="44" spans="1:3">', (0, 0)),
        (b'<c str="ZZ99"/>', (0, 0)),
        (b'<c r="ABCDE5"/><c r="A12345678901"/><c r="A1', (0, 0)),
        (b"", (0, 0)),
    ],
)
def test_the_furthest_cell_is_found(text, furthest):
    assert reach(text) == furthest


def test_a_place_that_two_pieces_share_is_found():
    assert reach(b'<c r="XF', b'D90000"/>') == (90000, 16384)


@given(
    st.lists(
        st.sampled_from(
            [
                b'<c r="',
                b"r",
                b"=",
                b'"',
                b"'",
                b" ",
                b"A",
                b"zz",
                b"QQQQ",
                b"7",
                b"123",
                b"0000000009",
                b"_",
                b"\n",
                b"/>",
            ]
        ),
        max_size=40,
    ).map(b"".join)
)
def test_all_places_at_once_give_what_place_by_place_gives(text):
    found = PLACE.findall(text)
    column = 0
    for name, _ in found:
        number = 0
        for letter in name.upper():
            number = number * 26 + letter - 64
        column = max(column, number)
    assert reach(text) == (max((int(row) for _, row in found), default=0), column)
