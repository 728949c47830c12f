from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import evenlode.extracts.quick_dates as quick_dates_module
from evenlode.extracts import csv_quick
from evenlode.extracts.csv_careful import careful_table
from evenlode.extracts.csv_quick import quick_columns
from evenlode.extracts.dates import read_date
from evenlode.extracts.layouts import layouts
from evenlode.extracts.mapping import default_mapping
from evenlode.extracts.quick_dates import WrittenDates, as_dates, quick_dates, written_dates
from evenlode.extracts.text_columns import Blanks, tidy
from evenlode.extracts.text_tables import text_table

CELL = st.text(
    st.characters(codec="utf-8", exclude_characters='\x00\r\n",', exclude_categories=("Cs",)), max_size=8
)
QUOTED = st.text(st.sampled_from('ab ,;"é'), max_size=6).map(lambda t: '"' + t.replace('"', '""') + '"')
ROUGH = st.text(st.sampled_from('ab,"\n\r; \x00é'), max_size=120)


@given(
    st.lists(st.lists(CELL | QUOTED, min_size=3, max_size=3), max_size=20),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_on_sound_tables_both_readers_give_the_same_rows(table, end):
    body = end.join(",".join(row) for row in table).encode()
    quick = quick_columns(body, 0, ",", 3)
    assume(quick is not None)
    filled = [i for i in range(len(quick[0])) if any(c[i].as_py().strip(" \t\x1a\u00a0") for c in quick)]
    careful = careful_table(body, ",", ["a", "b", "c"], 2, cut=False)
    assert [c.take(pa.array(filled, pa.int64())).to_pylist() for c in quick] == [
        c.to_pylist() for c in careful.columns
    ]
    assert not careful.set_aside
    assert careful.row_numbers.tolist() == [i + 2 for i in filled]


@settings(max_examples=400)
@given(
    st.lists(st.lists(CELL | QUOTED, min_size=2, max_size=2), max_size=6),
    st.lists(st.tuples(st.integers(0, 80), st.text(st.sampled_from('",\n\r a'), max_size=2)), max_size=3),
)
def test_where_the_quick_reader_takes_a_spoilt_table_it_reads_it_as_the_careful_one_does(table, spoils):
    text = "\n".join(",".join(row) for row in table)
    for place, what in spoils:
        text = text[:place] + what + text[place:]
    quick = quick_columns(text.encode(), 0, ",", 2)
    if quick is not None:
        filled = [i for i in range(len(quick[0])) if any(c[i].as_py().strip(" \t\x1a\u00a0") for c in quick)]
        careful = careful_table(text.encode(), ",", ["a", "b"], 2, cut=False)
        assert [c.take(pa.array(filled, pa.int64())).to_pylist() for c in quick] == [
            c.to_pylist() for c in careful.columns
        ]
        assert not careful.set_aside


@given(ROUGH, st.integers(2, 4))
def test_the_careful_reader_accounts_for_every_line_with_something_on_it(text, width):
    table = careful_table(text.encode(), ",", list("abcd")[:width], 2, cut=False)
    rows = len(table.row_numbers) + len(table.set_aside)
    numbers = [*table.row_numbers.tolist(), *(a.row_number for a in table.set_aside)]
    assert len(set(numbers)) == rows
    assert all(c.null_count == 0 for c in table.columns)
    kept = "".join("".join(c.to_pylist()) for c in table.columns) + "".join(
        "".join(a.values.values()) for a in table.set_aside
    )
    assert sum(kept.count(letter) for letter in "abé;") >= sum(text.count(letter) for letter in "abé;")


DAYS = st.dates(date(1919, 12, 1), date(2121, 2, 1))
FORMS = st.sampled_from(
    [
        "%Y-%m-%d",
        "%Y-%m-%d 00:00:00.000",
        "%Y-%m-%dT00:00:00",
        "%d/%m/%Y",
        "%d-%m-%Y",
        "%d/%m/%Y 00:00",
        "%d/%m-%Y",
    ]
)
ODD = st.sampled_from(
    [
        "",
        "31/02/2026",
        "2026-02-30",
        "ASAP",
        "1900-01-01",
        "2026-01-0x",
        "04/13/2026",
        "2026-01-05 12:00:00.000",
    ]
)


@given(st.lists(DAYS, max_size=30), FORMS, st.lists(ODD, max_size=3), st.randoms(use_true_random=False))
def test_dates_read_all_at_once_are_those_read_one_by_one(days, form, odd, chance):
    cells = [d.strftime(form) for d in days] + odd
    chance.shuffle(cells)
    text = tidy(pa.array(cells, pa.string()), Blanks([""]))
    quick = quick_dates(text)
    assume(quick is not None)
    for cell, number, solved in zip(cells, quick.days.tolist(), quick.solved.tolist(), strict=True):
        if solved and cell:
            assert date(1970, 1, 1) + timedelta(days=number) == read_date(cell).day


def test_every_day_of_the_accepted_years_is_read_all_at_once():
    days = [date(1920, 1, 1) + timedelta(days=n) for n in range((date(2121, 1, 1) - date(1920, 1, 1)).days)]
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        quick = quick_dates(pa.array([d.strftime(form) for d in days]))
        assert quick.solved.all()
        assert [date(1970, 1, 1) + timedelta(days=n) for n in quick.days.tolist()] == days


@given(st.lists(st.text(max_size=6), max_size=20))
def test_tidy_cells_are_what_python_makes_of_them(cells):
    wanted = []
    for cell in cells:
        bare = cell.replace("\ufeff", "").replace("\u200b", "").replace("\u2060", "").replace("\u00a0", " ")
        bare = pa.compute.utf8_trim_whitespace(pa.scalar(bare)).as_py()
        wanted.append(None if bare in {"", "NULL"} else bare)
    assert tidy(pa.array(cells, pa.string()), Blanks(["NULL"])).to_pylist() == wanted


@given(st.lists(DAYS, max_size=20), FORMS)
def test_the_text_of_dates_that_was_not_kept_can_be_written_again(days, form):
    cells = ["" if d.year in {1919, 2121} else d.strftime(form) for d in days]
    quick = quick_dates(pa.array(cells, pa.string()))
    if quick is not None:
        written = WrittenDates(as_dates(quick.days), quick.form)
        assert written.take(pa.array(range(len(cells)), pa.int64())).to_pylist() == [
            c if s else "" for c, s in zip(cells, quick.solved, strict=True)
        ]


def test_a_table_longer_than_a_block_is_read_as_one(monkeypatch):
    monkeypatch.setattr(csv_quick, "_LOOK", 40)
    lines = [f'{n},"a ""quoted"" word, {n}",é' for n in range(50)]
    columns = quick_columns("\r\n".join(lines).encode(), 0, ",", 3)
    assert [c.to_pylist() for c in columns] == [
        [str(n) for n in range(50)],
        [f'a "quoted" word, {n}' for n in range(50)],
        ["é"] * 50,
    ]


@pytest.mark.parametrize("spoilt", ['a,"b\nc"', 'a,b"c', "a", "a,b,c"])
def test_one_row_out_of_the_ordinary_sends_the_whole_table_to_the_careful_reader(monkeypatch, spoilt):
    monkeypatch.setattr(csv_quick, "_LOOK", 40)
    for place in range(1, 50, 7):
        lines = [f"{n},b" for n in range(50)]
        lines.insert(place, spoilt)
        assert quick_columns("\n".join(lines).encode(), 0, ",", 2) is None


@pytest.mark.parametrize("look", range(1, 30))
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_rows_keep_their_numbers_wherever_a_block_ends_among_blank_lines(monkeypatch, look, end):
    monkeypatch.setattr(csv_quick, "_LOOK", look)
    lines = ["cppv_cp_visit_id,cppv_person_id", "1,a", "", "2,b", "", "", "3,c"]
    grid = text_table("visits.csv", end.join(lines).encode(), layouts(default_mapping()))
    assert [c.to_pylist() for c in grid.columns] == [["1", "2", "3"], ["a", "b", "c"]]
    assert grid.row_numbers.tolist() == [2, 4, 7]


def test_a_mark_of_the_encoding_where_a_block_begins_is_not_lost(monkeypatch):
    monkeypatch.setattr(csv_quick, "_LOOK", 1)
    text = "a,b\n\ufeffc,d".encode()
    assert quick_columns(text, 0, ",", 2) is None
    careful = careful_table(text, ",", ["a", "b"], 2, cut=False)
    assert [c.to_pylist() for c in careful.columns] == [["a", "\ufeffc"], ["b", "d"]]


@given(st.lists(DAYS, min_size=1, max_size=30), FORMS, st.lists(ODD, max_size=2), st.integers(1, 9))
def test_dates_read_in_pieces_are_those_read_all_at_once(days, form, odd, size):
    text = pa.array([d.strftime(form) for d in days] + odd, pa.string())
    whole = written_dates(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quick_dates_module, "_PIECE", size)
        pieces = written_dates(text)
    if whole is None:
        assert pieces is None
    else:
        assert pieces.days.equals(whole.days)
        assert pieces.form == whole.form
