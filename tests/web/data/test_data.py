"""Data: loads with receipts, rows set aside, doubts; sending, withdrawing, and work that is broken off."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from evenlode.access import RestrictionCategory, Role
from evenlode.audit_trail import what_opened
from evenlode.record import Record
from evenlode.web.log_lines import OneLine
from evenlode.web.models import (
    ChildFigure,
    DoubtFigure,
    Figures,
    Job,
    LoadRow,
    MeasureMonth,
    SetAsideRow,
)
from evenlode.web.restricting import restrict
from evenlode.web.trail import trail
from evenlode.web.working import only_worker, somebody_works, take_up_again
from evenlode.web.working_off import work_off

sys.path.insert(0, str(Path(__file__).parents[1]))
from homes import own_home

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def home(tmp_path, settings):
    return own_home(tmp_path, settings)


@pytest.fixture
def extracts():
    return django_settings.EVENLODE.home / "made-up" / "extracts"


def packed(folder, without=(), changed=None):
    """The folder's files as a zip; changed: text of some of them, by name."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name not in without:
                text = (changed or {}).get(path.name)
                archive.writestr(
                    path.relative_to(folder).as_posix(), text if text is not None else path.read_bytes()
                )
    return data.getvalue()


def send(who, *files, **more):
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    return who.client.post("/data/send", {"sent": sent, **more}, secure=True)


def left_behind(home):
    return [p for p in (home / "uploads").rglob("*") if p.is_file()] if (home / "uploads").exists() else []


def one_child_more_out_of_time(extracts):
    """The extracts with the last visit of every protection plan taken out of the visits."""
    name = "ssd_cp_visits.csv"
    path = next(p for p in extracts.rglob("*.csv") if p.name == name)
    lines = path.read_text("utf-8-sig").splitlines(keepends=True)
    return {name: "".join([lines[0], *lines[1 : len(lines) // 2]])}


def test_loads_stand_with_their_receipts(signed_in, home):
    row = LoadRow.objects.get(load_id="0001")
    said = words(signed_in(Role.DIRECTOR).get("/data"))
    assert row.sentence in said
    assert "Stands" in said
    said = words(signed_in(Role.DIRECTOR).get("/data/load/0001"))
    kept = next(t for t in row.tables if t["table"] == "child")
    assert f"child {kept['read']} {kept['kept']} {kept['quarantined']}" in said


def test_the_bar_of_every_page_leads_to_what_was_set_aside_for_those_who_may_read_of_it(signed_in, figures):
    figures.set_aside = 3
    figures.save()
    assert 'href="/data#set-aside"' in signed_in(Role.DIRECTOR).get("/rules").content.decode()
    assert 'href="/data#set-aside"' not in signed_in(Role.SOCIAL_WORKER).get("/rules").content.decode()


def test_a_grave_doubt_is_said_with_its_count_and_who_mends_it(signed_in, figures):
    DoubtFigure.objects.filter(figures=figures, doubt_id="DQ-01").update(found=3, of=12345)
    said = words(signed_in(Role.DIRECTOR).get("/data"))
    assert "Rows set aside in reading : 3 of 12,345 rows read." in said
    said = words(signed_in(Role.DIRECTOR).get("/data/doubts"))
    assert "The performance team: the load report names the file, the row and the reason." in said


def test_coverage_says_which_table_stops_early(signed_in, figures):
    said = words(signed_in(Role.DIRECTOR).get("/data/coverage"))
    assert "CP visit" in said
    assert "Runs on" in said or "Stops early" in said


def test_an_analyst_sends_a_zip_and_the_pages_change(
    signed_in, home, extracts, figures, django_capture_on_commit_callbacks
):
    analyst = signed_in(Role.PERFORMANCE_ANALYST)
    changed = one_child_more_out_of_time(extracts)
    answer = send(analyst, ("november.zip", packed(extracts, changed=changed)), as_at="20/11/2026")
    job = Job.objects.get()
    assert answer["Location"] == f"/data/task/{job.ref}"
    assert "It waits for its turn." in words(analyst.get(f"/data/task/{job.ref}"))
    assert work_off() == 1
    job.refresh_from_db()
    assert job.state == "done", job.sentence
    assert "The pages show 20 November 2026 now." in job.sentence
    new = Figures.objects.get(standing=True)
    assert new.pk != figures.pk
    row = LoadRow.objects.get(load_id="0002")
    assert (row.by, row.stands) == (analyst.person_id, True)
    said = words(analyst.get(f"/data/task/{job.ref}"))
    assert "The receipt: load 0002" in said
    assert left_behind(home) == []
    assert analyst.account.person.name in words(analyst.get("/data/load/0002"))


def test_files_that_are_no_extract_are_named_and_nothing_changes(signed_in, home, figures):
    analyst = signed_in(Role.PERFORMANCE_ANALYST)
    send(analyst, ("minutes.csv", b"when,what\n2026-11-01,met\n"))
    work_off()
    job = Job.objects.get()
    assert job.state == "failed"
    assert "minutes.csv" in job.sentence
    assert "mapping file" in job.sentence
    assert Record.open(home).history()[-1].load_id == "0001"
    assert Figures.objects.get(standing=True).pk == figures.pk
    assert left_behind(home) == []
    assert "Not done" in words(analyst.get(f"/data/task/{job.ref}"))


def test_a_name_that_is_sent_never_becomes_a_path(signed_in, home, tmp_path, extracts):
    analyst = signed_in(Role.PERFORMANCE_ANALYST)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("../../escaped.csv", "a,b\n1,2\n")
    send(analyst, ("../../../escaped.zip", data.getvalue()), ("..%2fsecond.csv", b"a,b\n1,2\n"))
    kept = {p.name for p in left_behind(home)}
    assert kept == {"1.sent", "2.sent"}
    work_off()
    assert not list(tmp_path.rglob("*escaped*"))
    assert left_behind(home) == []


def test_more_than_the_declared_size_is_refused_and_not_kept(signed_in, home, settings):
    settings.EVENLODE = type(settings.EVENLODE)(**{**vars(settings.EVENLODE), "upload_bytes": 1000})
    answer = send(signed_in(Role.PERFORMANCE_ANALYST), ("much.csv", b"x" * 5000))
    assert "The files are larger than 0 MB together: send them as a zip." in words(answer)
    assert left_behind(home) == []
    assert not Job.objects.exists()


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.DIRECTOR, Role.AUDITOR])
def test_of_those_who_may_not_load_not_a_byte_is_kept(signed_in, home, role):
    who = signed_in(role)
    answer = send(who, ("extract.csv", b"a,b\n1,2\n"))
    assert answer.status_code == 404
    assert left_behind(home) == []
    assert not Job.objects.exists()
    assert [r["outcome"] for r in what_opened(trail(), who.person_id).rows] == ["denied"]


def test_nobody_who_is_not_signed_in_leaves_a_byte(client, home):
    sent = {"sent": SimpleUploadedFile("extract.csv", b"a,b\n1,2\n")}
    assert client.post("/data/send", sent, secure=True).status_code == 302
    assert left_behind(home) == []


def test_two_loads_do_not_run_into_each_other(signed_in, home):
    analyst = signed_in(Role.PERFORMANCE_ANALYST)
    send(analyst, ("one.csv", b"a,b\n1,2\n"))
    said = words(send(analyst, ("two.csv", b"a,b\n1,2\n")))
    assert "Another load is at work." in said
    assert Job.objects.count() == 1


def test_a_wrong_load_is_taken_out_with_a_reason_and_what_stood_before_stands_again(
    signed_in, home, extracts, figures
):
    analyst = signed_in(Role.PERFORMANCE_ANALYST)
    changed = one_child_more_out_of_time(extracts)
    send(analyst, ("wrong.zip", packed(extracts, changed=changed)), as_at="20/11/2026")
    work_off()
    children = ChildFigure.objects.whole().filter(figures=figures).count()
    said = words(analyst.post("/data/load/0002/take-out", {"reason": " "}))
    assert "Say in a few words why." in said
    analyst.post("/data/load/0002/take-out", {"reason": "Half of the visits are missing"})
    work_off()
    job = Job.objects.get(kind="withdraw")
    assert job.state == "done", job.sentence
    rows = {row.load_id: row for row in LoadRow.objects.all()}
    assert (rows["0002"].stands, rows["0002"].withdrawn_by) == (False, "0003")
    assert rows["0001"].stands
    said = words(signed_in(Role.DIRECTOR).get("/data"))
    assert "Half of the visits are missing" in said
    now = Figures.objects.get(standing=True)
    assert ChildFigure.objects.whole().filter(figures=now).count() == children
    assert MeasureMonth.objects.filter(as_at=date(2026, 10, 31)).exists()


def test_when_the_only_load_is_taken_out_the_pages_show_no_figures(signed_in, home):
    analyst = signed_in(Role.PERFORMANCE_ANALYST)
    analyst.post("/data/load/0001/take-out", {"reason": "Another council's files"})
    work_off()
    assert "The record is empty now" in Job.objects.get().sentence
    assert "No extract has been loaded yet" in words(signed_in(Role.DIRECTOR).get("/rules"))
    assert signed_in(Role.DIRECTOR).get("/data").status_code == 200


def test_whoever_only_reads_loads_cannot_take_one_out(signed_in, home):
    director = signed_in(Role.DIRECTOR)
    assert director.get("/data/load/0001/take-out").status_code == 404
    assert director.post("/data/load/0001/take-out", {"reason": "x"}).status_code == 404
    assert "Take it out again" not in words(director.get("/data/load/0001"))


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.SYSTEM_ADMINISTRATOR, Role.INFORMATION_GOVERNANCE])
def test_rows_that_were_set_aside_are_for_the_analyst_alone(signed_in, figures, role):
    assert signed_in(role).get("/data/set-aside").status_code == 404
    assert signed_in(Role.PERFORMANCE_ANALYST).get("/data/set-aside").status_code == 200


def set_aside(figures, child_id, row_number):
    return SetAsideRow.objects.whole().create(
        figures=figures,
        load="0001",
        source="ssd",
        file="ssd/ssd_person.csv",
        table="child",
        row_number=row_number,
        reason="repeats an id",
        values=f'{{"pers_person_id": "{child_id}", "pers_forename": "Canary"}}',
    )


def test_a_row_of_a_closed_record_is_not_among_the_rows_set_aside(signed_in, figures, children):
    closed, other = list(children)[:2]
    set_aside(figures, closed, 11)
    set_aside(figures, other, 12)
    restrict(
        child_id=closed,
        category=RestrictionCategory.ADOPTION,
        named=[],
        review_on=None,
        by="somebody",
        at=timezone.now(),
    )
    said = words(signed_in(Role.PERFORMANCE_ANALYST).get("/data/set-aside"))
    assert f"pers_person_id: {other}" in said
    assert f"pers_person_id: {closed}" not in said


def test_work_that_nobody_does_any_more_is_said_to_be_broken_off(signed_in, home):
    job = Job.objects.create(
        ref="a" * 32,
        kind="load",
        state="running",
        by="somebody",
        asked_at=timezone.now() - timedelta(minutes=5),
        started_at=timezone.now() - timedelta(minutes=4),
    )
    assert not somebody_works()
    assert "Broken off" in words(signed_in(Role.PERFORMANCE_ANALYST).get(f"/data/task/{job.ref}"))
    take_up_again(timezone.now())
    job.refresh_from_db()
    assert job.state == "broken off"


def test_work_that_somebody_is_at_is_left_alone(home):
    Job.objects.create(ref="b" * 32, kind="load", state="running", by="x", asked_at=timezone.now())
    with only_worker() as mine:
        assert mine
        take_up_again(timezone.now())
        assert work_off() == 0
    assert Job.objects.get().state == "running"


def test_the_page_of_running_work_asks_for_itself_again_and_reads_without_script(signed_in, home):
    Job.objects.create(
        ref="c" * 32,
        kind="load",
        state="running",
        by="x",
        asked_at=timezone.now(),
        step="Asking the rules",
        done=3,
        of=4,
    )
    analyst = signed_in(Role.PERFORMANCE_ANALYST)
    with only_worker():
        page = analyst.get("/data/task/" + "c" * 32).content.decode()
        part = analyst.get("/data/task/" + "c" * 32, headers={"HX-Request": "true"}).content.decode()
    assert "Asking the rules" in page
    assert 'hx-trigger="every 2s"' in page
    assert "Look again" in page
    assert "75 %" in part
    assert "<h1" not in part


def test_a_fault_of_ours_says_no_value_and_that_nothing_changed(signed_in, home, monkeypatch, caplog):
    def broken(job, told):
        raise KeyError("Canary Marjoram")

    monkeypatch.setitem(__import__("evenlode.web.work_kinds", fromlist=["KINDS"]).KINDS, "load", broken)
    Job.objects.create(ref="d" * 32, kind="load", state="waiting", by="x", asked_at=timezone.now())
    work_off()
    job = Job.objects.get()
    assert job.state == "failed"
    assert "Something broke on our side" in job.sentence
    [line] = [OneLine().format(record) for record in caplog.records if record.name == "evenlode.work"]
    assert "KeyError" in line
    assert "Canary" not in job.sentence + line
