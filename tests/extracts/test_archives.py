import io
import struct
import tracemalloc
import zipfile

import pytest

from evenlode.errors import CannotRead
from evenlode.extracts import archives, limits, workbooks

from .handing import PEOPLE, VISITS, cells, hand, read, rows, said, workbook, zipped


def refused(folder, content, name="all.zip"):
    with pytest.raises(CannotRead) as caught:
        read(hand(folder, **{name: content}) / name)
    return str(caught.value)


def test_names_of_entries_never_become_paths(tmp_path):
    names = {
        "../../escaped.csv": PEOPLE,
        "/etc/absolute.csv": VISITS,
        "C:\\temp\\x.txt": "nothing\n",
        "a\x1b[31m.md": "nothing\n",
    }
    given = read(hand(tmp_path, **{"in/all.zip": zipped(names)}) / "in" / "all.zip")["ssd"]
    assert sorted(f.name for f in given.files) == ["../../escaped.csv", "/etc/absolute.csv"]
    assert [p.name for p in tmp_path.rglob("*")] == ["in", "all.zip"]
    assert not any("\x1b" in p.file for p in given.problems)


def test_an_archive_that_unpacks_to_far_more_than_extracts_do_is_refused(tmp_path):
    tracemalloc.start()
    message = refused(tmp_path, zipped({"people.csv": b"\x00" * (limits.RATIO_FROM + 10 * 1024**2)}))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert message.startswith("all.zip: the archive unpacks to far more than extracts are")
    assert peak < 4 * limits.RATIO_FROM


def test_the_limit_on_everything_in_an_archive_holds_over_all_its_entries(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_UNPACKED", 50_000)
    monkeypatch.setattr(archives.Archive.__init__, "__kwdefaults__", {"most": 50_000})
    many = {f"{n}.csv": "x" * 20_000 for n in range(3)}
    assert "unpacks to far more" in refused(tmp_path, zipped(many, compression=zipfile.ZIP_STORED))


def test_an_archive_that_lies_about_its_sizes_is_refused(tmp_path):
    whole = bytearray(zipped({"people.csv": "pers_person_id,pers_surname\n" + "1,x\n" * 5_000}))
    at = whole.rindex(b"PK\x01\x02")
    whole[at + 24 : at + 28] = struct.pack("<I", 40)
    assert "is damaged" in refused(tmp_path, bytes(whole))


def test_too_many_entries_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_FILES", 3)
    assert "has 4 entries, more than 3" in refused(tmp_path, zipped({f"{n}.csv": PEOPLE for n in range(4)}))


def test_an_archive_in_an_archive_stays_closed(tmp_path):
    assert refused(tmp_path, zipped({"people.csv": PEOPLE, "more.zip": zipped({"visits.csv": VISITS})})) == (
        "more.zip: this is an archive inside an archive; unpack it first."
    )


def test_a_workbook_in_an_archive_is_read(tmp_path):
    given = read(
        hand(tmp_path, **{"all.zip": zipped({"people.xlsx": workbook(people=cells(PEOPLE))})}) / "all.zip"
    )
    assert rows(given["ssd"], "child", "child_id") == [("100",), ("101",)]


def test_an_empty_a_damaged_and_a_locked_archive_are_refused(tmp_path):
    assert refused(tmp_path, zipped({})) == "all.zip: the archive is empty; pack the extracts into it."
    whole = zipped({"people.csv": PEOPLE * 50})
    assert "damaged or cut off" in refused(tmp_path, whole[:-30])
    spoilt = bytearray(whole)
    spoilt[60:80] = b"x" * 20
    assert "is damaged" in refused(tmp_path, bytes(spoilt))
    locked = bytearray(whole)
    locked[6] |= 1
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    assert "locked with a password" in refused(tmp_path, bytes(locked))


def test_what_an_operating_system_adds_to_an_archive_is_left_alone(tmp_path):
    files = {"people.csv": PEOPLE, "__MACOSX/._people.csv": b"\x00\x05\x16\x07" * 40}
    given = read(hand(tmp_path, **{"all.zip": zipped(files)}) / "all.zip")["ssd"]
    assert said(given) == ["- : not read: the operating system left it there; kept out"]


def sheet_reaching(cell):
    """A workbook of two cells, one of them at that place."""
    whole = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(people=[["pers_person_id", "pers_surname"], ["1", "x"]]))) as old,
        zipfile.ZipFile(whole, "w") as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                extra = (
                    f'<row r="3"><c r="{cell}" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'.encode()
                )
                content = content.replace(b"</sheetData>", extra)
            new.writestr(name, content)
    return whole.getvalue()


@pytest.mark.parametrize("cell", ["XFD1048576", "ZZ1048576", "AAA3", "xfd1048576"])
def test_a_sheet_that_reaches_over_far_more_cells_than_it_fills_is_refused(tmp_path, cell):
    tracemalloc.start()
    message = refused(tmp_path, sheet_reaching(cell), name="people.xlsx")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert message.startswith("people.xlsx: a sheet reaches over")
    assert peak < 50 * 1024**2


def test_too_many_sheets_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(workbooks, "MAX_SHEETS", 2)
    book = workbook(a=cells(PEOPLE), b=cells(VISITS), c=cells(VISITS))
    assert (
        refused(tmp_path, book, name="a.xlsx")
        == "a.xlsx: the workbook has 3 sheets, more than 2; keep one sheet a table."
    )


def test_a_workbook_that_unpacks_to_far_more_than_extracts_do_is_refused(tmp_path):
    whole = io.BytesIO(workbook(people=cells(PEOPLE)))
    with zipfile.ZipFile(whole, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/media/image1.png", b"\x00" * (limits.RATIO_FROM + 10 * 1024**2))
    assert "unpacks to far more" in refused(tmp_path, whole.getvalue(), name="a.xlsx")


def test_too_many_files_in_a_folder_are_refused(tmp_path, monkeypatch):
    from evenlode.extracts import sources

    monkeypatch.setattr(sources, "MAX_FILES", 2)
    hand(tmp_path, a=PEOPLE, b=VISITS, c=VISITS)
    with pytest.raises(CannotRead, match=r"holds more than 2 files"):
        read(tmp_path)
