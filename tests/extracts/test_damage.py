"""A1: whatever is cut off, swapped or thrown in, an extract is read, set aside row by row, or refused in a sentence."""

import random
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenlode.errors import CannotRead

from .handing import PEOPLE, SAMPLE, VISITS, adds_up, cells, hand, read, rows, workbook, zipped

needs_sample = pytest.mark.skipif(
    not SAMPLE.exists(), reason="the sample extract ../shared/data/ssd/made-here is not there"
)


BOOK = workbook(people=cells(PEOPLE))


def read_or_refused(path):
    """The deliveries, or None where the load was refused in one sentence that names something."""
    try:
        given = read(path)
    except CannotRead as refusal:
        sentence = str(refusal)
        assert "\n" not in sentence
        assert ":" in sentence or " " in sentence
        return None
    assert adds_up(given.values())
    return given


@needs_sample
@pytest.mark.parametrize(
    "name", ["ssd/ssd_person.csv", "ssd/ssd_s47_enquiry.csv", "local/supervision_actions_export.csv"]
)
def test_an_extract_cut_at_any_of_two_hundred_places_is_refused_or_loses_only_its_last_row(tmp_path, name):
    whole = (SAMPLE / name).read_bytes()
    full = read(SAMPLE / name)
    ((source, delivery),) = full.items()
    (table,) = delivery.tables
    every = rows(delivery, table)
    chance = random.Random(20261121)  # noqa: S311 - the same places every time are wanted
    for cut in sorted(chance.sample(range(len(whole)), 200)):
        given = read_or_refused(hand(tmp_path, **{"cut.csv": whole[:cut]}) / "cut.csv")
        if given is None:
            continue
        (part,) = given.values()
        if part.source != source:
            continue
        kept = rows(part, table)
        assert len(kept) <= whole[:cut].count(b"\n") + 1
        assert kept[:-1] == every[: len(kept)][:-1]
        lines = [line for line in whole[:cut].splitlines()[1:] if line.strip(b",")]
        assert sum(c.read for c in part.counts) == len(lines)


@needs_sample
def test_an_archive_and_a_workbook_cut_anywhere_are_refused(tmp_path):
    chance = random.Random(7)  # noqa: S311 - as above
    packed = zipped({p.name: p.read_bytes() for p in sorted((SAMPLE / "ssd").glob("*.csv"))[:4]})
    book = workbook(people=cells(PEOPLE), visits=cells(VISITS))
    for name, whole in (("all.zip", packed), ("all.xlsx", book)):
        for cut in chance.sample(range(1, len(whole) - 1), 60):
            assert read_or_refused(hand(tmp_path, **{name: whole[:cut]}) / name) is None


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_bytes_thrown_into_an_extract_never_end_in_anything_but_a_report(tmp_path_factory, data):
    whole = bytearray((PEOPLE.strip() + "\n").encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole)))
        junk = data.draw(
            st.sampled_from(
                [
                    b'"',
                    b'""',
                    b",",
                    b"\n",
                    b"\r",
                    b"\x00",
                    b"\xff",
                    b"\xc3",
                    b"\xef\xbf\xbd",
                    b";",
                    b"'",
                    b"=",
                    b"\t",
                    b"",
                ]
            )
        )
        whole[at : at + data.draw(st.integers(0, 3))] = junk
    folder = tmp_path_factory.mktemp("junk")
    read_or_refused(hand(folder, **{"people.csv": bytes(whole)}) / "people.csv")
    shutil.rmtree(folder)


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a.zip", "a.txt", "a.xml"]),
    st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
)
def test_any_bytes_at_all_are_refused_in_a_sentence(tmp_path_factory, content, name, start):
    folder = tmp_path_factory.mktemp("any")
    assert read_or_refused(hand(folder, **{name: start + content}) / name) is None
    shutil.rmtree(folder)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_bytes_changed_in_a_workbook_never_end_in_anything_but_a_report(tmp_path_factory, data):
    whole = bytearray(BOOK)
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    folder = tmp_path_factory.mktemp("book")
    read_or_refused(hand(folder, **{"people.xlsx": bytes(whole)}) / "people.xlsx")
    shutil.rmtree(folder)


def test_a_folder_is_refused_whole_where_one_of_its_tables_cannot_be_read(tmp_path):
    hand(tmp_path, people=PEOPLE, visits=VISITS.encode()[:60])
    with pytest.raises(CannotRead, match=r"^visits.csv: these are the headings of ssd_cp_visits"):
        read(tmp_path)
