"""The Department's files: marks kept, joint returns once, editions side by side, faults in one sentence."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from evenlode.errors import CannotRead
from evenlode.measures.beside import beside, median
from evenlode.published import LAYOUTS, read_published, shares, total

AREA = "time_period,geographic_level,country_code,region_code,region_name,old_la_code,new_la_code,la_name"
HEAD = f"{AREA},CPP_start,CPP_subsequent,CPP_subsequent_percent\n"
ENGLAND = "2025,National,E92000001,,,,,,61840,15130,24.5\n"
REGION = "2025,Regional,E92000001,E13000002,Outer London,,,,900,180,20\n"
ROWS = (
    "2025,Local authority,E92000001,E13000002,Outer London,301,E09000002,Barking and Dagenham,100,20,20\n"
    "2025,Local authority,E92000001,E13000002,Outer London,302,E09000003,Barnet,c,c,c\n"
    "2025,Local authority,E92000001,E13000002,Outer London,314 / 318,E09000021 / E09000027,"
    "Kingston upon Thames / Richmond upon Thames,200,50,25\n"
    "2024,Local authority,E92000001,E13000002,Outer London,303,E09000004,Bexley,80,8,10\n"
    "2025,Local authority,E92000001,E13000002,Outer London,320,E09000031,Waltham Forest,150,33,22\n"
)
NEIGHBOURS = "old_la_code,la_name," + ",".join(f"SN_{n}" for n in range(1, 11)) + "\n"
NEIGHBOURS += "302,Barnet,301,314,318,320,303,999,998,997,996,995\n"


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "d3.csv").write_text(HEAD + ENGLAND + REGION + ROWS, "utf-8-sig")
    (tmp_path / "sn.csv").write_text(NEIGHBOURS, "utf-8")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", "utf-8")
    return tmp_path


def one(folder: Path, council: str, year: int = 2025):
    (figure,) = (f for f in read_published(folder).figures if council in f.councils and f.year == year)
    return figure


def test_files_are_known_by_their_headings_and_others_are_named(folder):
    found = read_published(folder)
    assert (found.files, found.passed_over) == (["d3.csv", "sn.csv"], ["other.csv"])


@pytest.mark.parametrize("mark", ["c", "x", "z", "u", "k", "low", ":", ".."])
def test_a_mark_is_missing_and_is_kept(folder, mark):
    (folder / "d3.csv").write_text(HEAD + ENGLAND + ROWS.replace("c,c,c", f"{mark},{mark},{mark}"), "utf-8")
    figure = one(folder, "302")
    assert (figure.value, figure.mark, figure.parts["plans_again"]) == (None, mark, None)
    assert read_published(folder).odd_marks == {}


def test_a_mark_that_nobody_has_declared_is_missing_too_and_is_counted(folder):
    (folder / "d3.csv").write_text(HEAD + ENGLAND + ROWS.replace("c,c,c", "?,7,?"), "utf-8")
    assert read_published(folder).odd_marks == {("d3.csv", "?"): 2}
    assert one(folder, "302").value is None


def test_a_joint_return_belongs_to_both_councils_and_says_so(folder):
    figure = one(folder, "314")
    assert (figure.councils, figure.joint, figure.value) == (("314", "318"), True, Decimal(25))
    assert one(folder, "318") == figure


def test_a_joint_return_is_counted_once_in_a_sum(folder):
    year = [f for f in read_published(folder).figures if f.year == 2025 and f.level == "council"]
    views = [s for s in shares(year) if s.council in {"301", "314", "318"}]
    assert [s.joint for s in views] == [False, True, True]
    assert total(views, "plans_started") == Decimal(300)


def test_a_sum_with_a_missing_count_is_missing(folder):
    year = [f for f in read_published(folder).figures if f.year == 2025 and f.level == "council"]
    assert total(shares(year), "plans_started") is None


def test_a_council_stands_beside_england_its_region_and_the_median_of_its_neighbours(folder):
    told = beside(read_published(folder), "302")["CP-12"]
    # Neighbours with a figure of 2025: 20, 25 (joint, once) and 22.
    assert (told.england, told.region, told.neighbours, told.own) == (
        Decimal("24.5"),
        Decimal(20),
        Decimal("22.0"),
        None,
    )
    assert told.note == (
        "the council's own figure is marked c (held back to protect confidentiality); region: Outer London; "
        "median of 3 of 10 statistical neighbours"
    )
    assert (told.year, told.taken) == (2025, "year to 31 March")


def test_a_reorganised_council_is_told_when_it_was_last_published(folder):
    told = beside(read_published(folder), "303")["CP-12"]
    assert (told.own, told.region) == (None, Decimal(20))
    assert told.note.startswith("the council was last published for 2024 (Bexley)")


def test_without_a_known_code_only_england_stands_there(folder):
    told = beside(read_published(folder), "council")["CP-12"]
    assert (told.england, told.region, told.neighbours) == (Decimal("24.5"), None, None)
    assert told.note == "the council's code is not in the published file: name it with --council"


def test_two_editions_of_one_figure_stand_side_by_side_and_the_newer_is_taken(folder):
    for day, value in (("2025-11-20", "24.6"), ("2026-04-27", "24.5")):
        (folder / day).mkdir()
        (folder / day / "d3.csv").write_text(HEAD + ENGLAND.replace("24.5", value) + REGION, "utf-8")
    (folder / "d3.csv").unlink()
    found = read_published(folder)
    assert sorted((f.published_as_of, str(f.value)) for f in found.figures if f.level == "england") == [
        ("2025-11-20", "24.6"),
        ("2026-04-27", "24.5"),
    ]
    told = beside(found, "302")["CP-12"]
    assert told.england == Decimal("24.5")
    assert told.vintage == "published as of 2026-04-27, edition to 2025 (2026-04-27/d3.csv)"
    assert "another edition gives England 24.6 (published as of 2025-11-20" in told.note


def test_a_median_of_an_even_number_lies_half_way_half_up():
    assert median([Decimal("14.5"), Decimal("14.6")]) == Decimal("14.6")
    assert median([]) is None


def test_a_folder_without_a_known_file_is_refused(tmp_path):
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(CannotRead, match="holds no published file whose headings are known"):
        read_published(tmp_path)
    with pytest.raises(CannotRead, match="is not a folder"):
        read_published(tmp_path / "nowhere")


def test_a_file_that_is_cut_short_is_refused_wherever_it_is_cut(folder):
    whole = (folder / "d3.csv").read_bytes()
    rows_start = whole.index(b"\n") + 1
    for cut in range(rows_start + 1, len(whole)):
        if whole[cut - 1 : cut] == b"\n":
            continue
        (folder / "d3.csv").write_bytes(whole[:cut])
        with pytest.raises(CannotRead, match=r"^d3.csv.*fetch (it|the file) again"):
            read_published(folder)


def test_a_file_that_is_not_utf_8_is_refused(folder):
    (folder / "d3.csv").write_bytes(
        (HEAD + ENGLAND).encode() + ROWS.replace("Barnet", "B\xe9").encode("cp1252")
    )
    with pytest.raises(CannotRead, match=r"d3.csv: byte \d+ is not UTF-8"):
        read_published(folder)


def test_a_time_period_that_is_no_year_is_refused(folder):
    (folder / "d3.csv").write_text(HEAD + ENGLAND.replace("2025", "last year"), "utf-8")
    with pytest.raises(CannotRead, match='the time period "last year" is no year'):
        read_published(folder)


def test_a_period_of_two_years_is_the_later_one(folder):
    (folder / "d3.csv").write_text(HEAD + ENGLAND.replace("2025", "202425"), "utf-8")
    assert {f.year for f in read_published(folder).figures} == {2025}


def test_no_two_layouts_could_be_taken_for_each_other():
    for one_layout in LAYOUTS:
        others = [o for o in LAYOUTS if o is not one_layout]
        assert not any(o.columns <= one_layout.columns for o in others)
