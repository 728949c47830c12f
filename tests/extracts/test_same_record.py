import csv
import io
import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from .handing import adds_up, read, rows, workbook, zipped

EXCEL_DAY_NOUGHT = date(1899, 12, 30)
FORMS = {
    "ssd": lambda d: d.strftime("%Y-%m-%d 00:00:00.000"),
    "iso": date.isoformat,
    "time": lambda d: d.strftime("%Y-%m-%dT09:30:00"),
    "uk": lambda d: d.strftime("%d/%m/%Y"),
    "dots": lambda d: f"{d.day}.{d.month}.{d.year}",
    "dashes": lambda d: d.strftime("%d-%m-%Y"),
    "month": lambda d: d.strftime("%d-%b-%Y"),
    "serial": lambda d: str((d - EXCEL_DAY_NOUGHT).days),
    "serial with a point": lambda d: f"{(d - EXCEL_DAY_NOUGHT).days}.0",
}
HEADINGS = [
    "cppv_cp_visit_id",
    "cppv_person_id",
    "cppv_cp_plan_id",
    "cppv_cp_visit_date",
    "cppv_cp_visit_seen",
    "cppv_cp_visit_bedroom",
]
NOTE_HEADINGS = ["Person ID", "Case Note Type", "Date of Note", "Author"]
DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))
TEXT = st.text(st.sampled_from("aZé\u2019Ł =;|-,\"'0"), max_size=6).map(lambda t: t.strip(" '"))
VISITS = st.lists(
    st.tuples(st.integers(0, 30).map(lambda n: f"V{n}"), st.sampled_from(["007", "7", "12"]), st.sampled_from(["P1", ""]), DAYS,
              st.sampled_from(["Y", "N", ""]), st.sampled_from(["Y", "N"])),
    max_size=12, unique_by=lambda v: v[0],
)  # fmt: skip
NOTES = st.lists(
    st.tuples(st.sampled_from(["1", "01"]), TEXT, DAYS, TEXT), max_size=10, unique_by=lambda n: n
)


def as_csv(headings, lines, separator=","):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows([headings, *lines])
    return text.getvalue()


def record(files):
    """What is read from these files, as sets of rows, however it is ordered."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        given = read(folder)
    assert adds_up(given.values())
    return {
        (source, table): sorted(map(str, rows(d, table))) for source, d in given.items() for table in d.tables
    }


def told(visits, notes, form=date.isoformat):
    dated = [[*v[:3], form(v[3]), *v[4:]] for v in visits], [[*n[:2], form(n[2]), *n[3:]] for n in notes]
    return {"v.csv": as_csv(HEADINGS, dated[0]), "n.csv": as_csv(NOTE_HEADINGS, dated[1])}


@given(VISITS, NOTES, st.randoms(use_true_random=False), st.integers(1, 3))
def test_any_order_of_rows_and_any_number_of_repeats_give_the_same_record(visits, notes, chance, times):
    mixed = visits * times, notes * times
    for lines in mixed:
        chance.shuffle(lines)
    assert record(told(visits, notes)) == record(told(*mixed))


@given(VISITS, NOTES, st.sampled_from(sorted(FORMS)))
def test_any_accepted_form_of_dates_gives_the_same_record(visits, notes, form):
    assert record(told(visits, notes)) == record(told(visits, notes, FORMS[form]))


@given(VISITS, st.lists(st.sampled_from(sorted(FORMS)), min_size=12, max_size=12))
def test_forms_of_dates_may_be_mixed_in_one_column(visits, forms):
    lines = [[*v[:3], FORMS[f](v[3]), *v[4:]] for v, f in zip(visits, forms, strict=False)]
    assert record(told(visits, [])) == record({**told([], []), "v.csv": as_csv(HEADINGS, lines)})


@given(
    VISITS, NOTES, st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])
)
def test_any_separator_and_any_encoding_give_the_same_record(visits, notes, separator, encoding):
    plain = told(visits, notes)
    other = {name: as_csv(*_split(text), separator).encode(encoding) for name, text in plain.items()}
    assert record(plain) == record(other)


@given(VISITS, NOTES, st.permutations(range(6)))
def test_any_order_of_columns_gives_the_same_record(visits, notes, order):
    plain = told(visits, notes)
    headings, lines = _split(plain["v.csv"])
    turned = as_csv([headings[i] for i in order], [[line[i] for i in order] for line in lines])
    assert record(plain) == record({**plain, "v.csv": turned})


@settings(max_examples=30)
@given(VISITS, NOTES)
def test_a_folder_an_archive_a_workbook_and_split_files_give_the_same_record(visits, notes):
    plain = told(visits, notes)
    sheets = {
        name: [h, *lines]
        for name, (h, lines) in ((n.removesuffix(".csv"), _split(t)) for n, t in plain.items())
    }
    headings, lines = _split(plain["v.csv"])
    split = {
        "v1.csv": as_csv(headings, lines[:3]),
        "w/v2.csv": as_csv(headings, lines[3:]),
        "n.csv": plain["n.csv"],
    }
    assert (
        record(plain)
        == record({"all.zip": zipped(plain)})
        == record({"all.xlsx": workbook(**sheets)})
        == record(split)
    )


@given(VISITS, NOTES)
def test_the_same_files_twice_over_add_nothing(visits, notes):
    plain = told(visits, notes)
    twice = {**plain, **{f"again/{name}": text for name, text in plain.items()}}
    assert record(plain) == record(twice)


@given(VISITS, st.integers(0, 12), st.integers(0, 12))
def test_overlapping_files_hold_no_event_twice(visits, first, second):
    lines = [[*v[:3], v[3].isoformat(), *v[4:]] for v in visits]
    start, end = sorted((first, second))
    parts = {
        "v1.csv": as_csv(HEADINGS, lines[:end]),
        "v2.csv": as_csv(HEADINGS, lines[start:]),
        "n.csv": as_csv(NOTE_HEADINGS, []),
    }
    assert record(told(visits, [])) == record(parts)


def test_a_year_of_visits_is_the_same_by_csv_and_by_workbook_with_real_dates():
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    lines = [[f"V{n}", "100", "P1", day, "Y", "N"] for n, day in enumerate(days)]
    book = {"a.xlsx": workbook(v=[HEADINGS, *lines])}
    assert record({"a.csv": as_csv(HEADINGS, lines)}) == record(book)


def _split(text):
    headings, *lines = csv.reader(io.StringIO(text, newline=""))
    return headings, lines
