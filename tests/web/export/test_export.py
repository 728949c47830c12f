"""What leaves for Power BI: the published columns, nothing closed, and with codes nothing by which a child is known."""

from __future__ import annotations

import csv
import re
from datetime import timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from django.utils import timezone

from evenlode.access import RestrictionCategory
from evenlode.audit_trail import what_opened
from evenlode.cli import evenlode
from evenlode.reports.measure_tables import MEASURE_HEADINGS
from evenlode.reports.reference_pages import MADE
from evenlode.reports.tables import DEFINITION_HEADINGS, WORKLOAD_HEADINGS
from evenlode.rules.results import FINDING_COLUMNS, FINDING_SCHEMA
from evenlode.web import handing_over
from evenlode.web.exporting import exports_page
from evenlode.web.handing_over import write_export
from evenlode.web.models import ChildFigure, Figures, FindingFigure, WorkerFigure
from evenlode.web.restricting import restrict
from evenlode.web.trail import NotWritten, trail

pytestmark = pytest.mark.django_db
TABLES = {
    "findings": FINDING_COLUMNS,
    "workload": tuple(h.name for h in WORKLOAD_HEADINGS),
    "measures": tuple(h.name for h in MEASURE_HEADINGS),
    "rules": tuple(h.name for h in DEFINITION_HEADINGS),
}
PAGE = Path(__file__).parents[3] / "docs" / "reference" / "exports.md"


def exported(folder, *, pseudonymised=False):
    folder.mkdir(exist_ok=True)
    write_export(folder, at=timezone.now(), pseudonymised=pseudonymised)
    return folder


def read(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def everything(folder) -> str:
    return "\n".join(p.read_text("utf-8") for p in sorted(folder.glob("*.csv")))


@pytest.mark.parametrize("name", TABLES)
def test_each_table_is_there_as_csv_and_as_parquet_with_the_published_columns(figures, tmp_path, name):
    folder = exported(tmp_path / "out")
    rows = read(folder, name)
    assert rows
    assert tuple(rows[0]) == TABLES[name]
    parquet = pq.read_table(folder / f"{name}.parquet")
    assert tuple(parquet.column_names) == TABLES[name]
    assert parquet.num_rows == len(rows)
    if name == "findings":
        assert parquet.schema.equals(FINDING_SCHEMA)


def test_the_findings_of_an_export_are_those_that_stand_but_for_what_is_due_soon(figures, tmp_path):
    stand = FindingFigure.objects.whole().filter(figures=figures).exclude(status="due_soon")
    keys = {(f.rule_id, f.subject_id, f.record_id) for f in stand.exclude(subject_kind="council")}
    rows = read(exported(tmp_path / "out"), "findings")
    assert {(r["rule_id"], r["subject_id"], r["record_id"]) for r in rows} == keys


def test_the_day_of_the_figures_stands_in_a_table_of_its_own(figures, tmp_path):
    (row,) = read(exported(tmp_path / "out"), "figures")
    assert row["as_at"] == "2026-11-20"
    assert row["pseudonymised"] == "false"


@pytest.mark.parametrize("pseudonymised", [False, True])
def test_a_closed_record_is_in_no_file(figures, tmp_path, pseudonymised):
    row = FindingFigure.objects.whole().filter(figures=figures, subject_kind="child").exclude(worker_id="")[0]
    before = len(read(exported(tmp_path / "before", pseudonymised=pseudonymised), "findings"))
    restrict(
        child_id=row.child_id,
        category=RestrictionCategory.ADOPTION,
        named=[],
        review_on=None,
        by="somebody",
        at=timezone.now() - timedelta(minutes=1),
    )
    folder = exported(tmp_path / "out", pseudonymised=pseudonymised)
    of_child = FindingFigure.objects.whole().filter(
        figures=figures, subject_kind="child", child_id=row.child_id
    )
    fewer = of_child.exclude(status="due_soon").count()
    assert len(read(folder, "findings")) == before - fewer
    assert f'"{row.child_id}"' not in everything(folder).replace('""', '"')


def identities(figures) -> set[str]:
    """Every id, name and day of birth of the council, as text."""
    children = ChildFigure.objects.whole().filter(figures=figures)
    workers = WorkerFigure.objects.whole().filter(figures=figures)
    found = set()
    for c in children:
        found |= {c.child_id, f"{c.forename} {c.surname}"}
        if c.born:
            found |= {c.born.isoformat(), f"{c.born:%d/%m/%Y}", f"{c.born.day} {c.born:%B %Y}"}
    for w in workers:
        found |= {w.worker_id, w.name}
    findings = FindingFigure.objects.whole().filter(figures=figures)
    return found | set(findings.exclude(record_id="").values_list("record_id", flat=True))


def test_with_codes_no_name_id_birthday_evidence_or_sentence_leaves(figures, tmp_path):
    FindingFigure.objects.whole().filter(figures=figures).update(evidence='{"note": "Wrenfeather"}')
    plain, coded = exported(tmp_path / "plain"), exported(tmp_path / "coded", pseudonymised=True)
    known = identities(figures)
    cells = {
        cell
        for name in ("findings", "workload", "measures")
        for row in read(coded, name)
        for column, cell in row.items()
        if column not in {"as_at", "period_from"}
    }
    assert known & cells == set()
    text = everything(coded)
    assert [one for one in known if len(one) > 6 and one in text] == []
    assert "Wrenfeather" in everything(plain)
    assert "Wrenfeather" not in text
    assert len(known & {cell for row in read(plain, "findings") for cell in row.values()}) > 10


def test_with_codes_only_the_listed_columns_leave_and_a_due_date_only_as_its_month(figures, tmp_path):
    coded = exported(tmp_path / "out", pseudonymised=True)
    assert list(read(coded, "findings")[0]) == [
        "rule_id",
        "subject_kind",
        "subject_id",
        "record_id",
        "status",
        "kind",
        "severity",
        "due_month",
        "weeks_over",
        "worker_id",
        "team_id",
    ]
    assert not {"name", "parts"} & set(read(coded, "workload")[0])
    assert not {"unit_name", "why", "note", "published_note"} & set(read(coded, "measures")[0])
    months = {row["due_month"] for row in read(coded, "findings")} - {""}
    assert months
    assert all(re.fullmatch(r"\d{4}-\d\d", month) for month in months)
    assert re.findall(r"\d{4}-\d\d-\d\d", (coded / "findings.csv").read_text("utf-8")) == []


def test_a_code_is_the_same_in_every_file_of_an_export_and_another_in_the_next(figures, tmp_path):
    first, second = exported(tmp_path / "1", pseudonymised=True), exported(tmp_path / "2", pseudonymised=True)
    workers = {row["worker_id"] for row in read(first, "workload")}
    of_findings = {row["worker_id"] for row in read(first, "findings")} - {""}
    assert len(of_findings & workers) > 3
    assert workers & {row["worker_id"] for row in read(second, "workload")} == set()
    assert len(workers) == len(read(first, "workload"))


def test_the_key_of_the_codes_is_in_no_file(figures, tmp_path, monkeypatch):
    key = b"0123456789abcdef0123456789ABCDEF"
    monkeypatch.setattr(handing_over, "new_key", lambda: key)
    folder = exported(tmp_path / "out", pseudonymised=True)
    for path in folder.iterdir():
        assert key not in path.read_bytes()
        assert key.hex().encode() not in path.read_bytes()


def test_an_export_stands_in_the_trail_and_nothing_is_written_without_it(figures, tmp_path, monkeypatch):
    exported(tmp_path / "out", pseudonymised=True)
    (row,) = what_opened(trail(), "command line").rows
    assert (row["thing"], row["verb"], row["why"]) == (
        "bulk export",
        "export",
        "taken on the server, with codes",
    )

    def breaks(**_):
        raise NotWritten("OperationalError")

    monkeypatch.setattr(handing_over, "note", breaks)
    with pytest.raises(NotWritten):
        exported(tmp_path / "other")
    assert list((tmp_path / "other").iterdir()) == []


def test_the_command_writes_the_files_and_says_of_which_day(figures, tmp_path, settings):
    answer = CliRunner().invoke(
        evenlode,
        ["--home", str(settings.EVENLODE.home), "export", "--out", str(tmp_path / "out"), "--pseudonymised"],
    )
    assert answer.exit_code == 0, answer.output
    assert "as at 20 November 2026, pseudonymised" in answer.output
    assert len(list((tmp_path / "out").iterdir())) == 10


def test_before_the_first_load_the_command_says_what_to_do(figures, tmp_path, settings):
    Figures.objects.filter(standing=True).update(standing=False)
    answer = CliRunner().invoke(
        evenlode, ["--home", str(settings.EVENLODE.home), "export", "--out", str(tmp_path / "out")]
    )
    assert "No extract has been loaded yet" in str(answer.exception)


def test_the_page_of_the_columns_is_as_the_declarations_are():
    assert PAGE.read_text("utf-8") == exports_page(MADE), (
        "write exports_page(MADE) to docs/reference/exports.md"
    )
