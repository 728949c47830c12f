"""The anchors of the audit trail (safety bar C3): each hour and at the end, and a trail that was cut short is found."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as django_settings
from tests.audit_trail.making import entry
from tests.web.cluster import free_port
from tests.web.running.conftest import Home
from tests.web.running.test_killed_pages import Server

from evenlode.audit_trail import Outcome, SqliteTrail, read_anchors
from evenlode.web import trail
from evenlode.web.serving import HOUR, keep_anchored

NINE = datetime(2026, 11, 20, 9, tzinfo=UTC)


class Hours:
    """So many hours that pass at once; in each somebody opens something."""

    def __init__(self, hours, then=lambda hour: None):
        self.passed, self.hours, self.then = 0, hours, then

    def wait(self, timeout):
        assert timeout == HOUR
        if self.passed == self.hours:
            return True
        self.passed += 1
        trail.note(
            person_id="p-1", verb="see", thing="child's record", outcome=Outcome.ALLOWED, why="within scope"
        )
        self.then(self.passed)
        return False

    def now(self):
        return NINE + timedelta(hours=self.passed)


@pytest.fixture
def sink(tmp_path, settings):
    """Where the anchors of this test go."""
    settings.EVENLODE = replace(django_settings.EVENLODE, anchors=tmp_path / "anchors.jsonl")
    return tmp_path / "anchors.jsonl"


@pytest.fixture
def kept(monkeypatch):
    """The connection of the test stays, since what it wrote is not committed."""
    from django.db import connection

    monkeypatch.setattr(connection, "close", lambda: None)


@pytest.mark.django_db
def test_an_anchor_is_dropped_each_hour_and_says_where_the_trail_stood(sink, kept):
    began = trail.trail().about()
    hours = Hours(3)
    keep_anchored(hours, hours.now)
    dropped = list(read_anchors(sink, trail.key()))
    assert [a.seq for a in dropped] == [began + 1, began + 2, began + 3]
    assert [a.at for a in dropped] == [f"2026-11-20T{hour}:00:00+00:00" for hour in (10, 11, 12)]
    assert dropped[-1].mac == trail.trail().head(trail.key()).mac
    assert not any(a.altered for a in dropped)


@pytest.mark.django_db
def test_an_hour_in_which_the_place_of_the_anchors_is_away_does_not_stop_the_next(sink, kept, caplog):
    def away(hour):
        if hour == 1:
            sink.mkdir()
        elif hour == 2:
            sink.rmdir()

    began = trail.trail().about()
    hours = Hours(2, away)
    keep_anchored(hours, hours.now)
    assert [a.seq for a in read_anchors(sink, trail.key())] == [began + 2]
    assert "no anchor of the audit trail could be dropped" in caplog.text


@pytest.mark.django_db
def test_an_anchor_is_only_ever_added_behind_those_that_stand(sink, kept, monkeypatch):
    opened = []

    def watched(path, flags, *more, opening=os.open, **others):
        if str(path) == str(sink):
            opened.append(flags)
        return opening(path, flags, *more, **others)

    monkeypatch.setattr(os, "open", watched)
    hours = Hours(1)
    keep_anchored(hours, hours.now)
    before = sink.read_bytes()
    hours = Hours(1)
    keep_anchored(hours, hours.now)
    assert sink.read_bytes().startswith(before)
    assert len(opened) == 2
    assert all(flags & os.O_APPEND and not flags & os.O_TRUNC for flags in opened)


@pytest.fixture(scope="module")
def stopped(home, tmp_path_factory):
    """A service that was started and asked to stop, with its anchors outside its home."""
    folder = tmp_path_factory.mktemp("stopped")
    shutil.copytree(home.path, folder / "home", ignore=shutil.ignore_patterns("audit-anchors"))
    with closing(sqlite3.connect(folder / "home" / "service.sqlite3")) as con:
        SqliteTrail(con).append(home.audit_key, [entry(n) for n in range(1, 4)])
        (newest,) = con.execute("SELECT max(seq) FROM audit_entry").fetchone()
    anchors = folder / "outside" / "anchors.jsonl"
    anchors.parent.mkdir()
    there = Home(folder / "home", {"EVENLODE_ANCHORS": str(anchors)})
    server = Server(there, free_port())
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(60) == 0
    return there, anchors, newest


def checked(home, database, anchors):
    return home.run(
        *("verify-audit", database, "--anchors", anchors),
        EVENLODE_AUDIT_KEY_FILE=home.path / "keys" / "audit",
    )


def test_a_service_that_stops_leaves_an_anchor_outside_its_database(stopped):
    home, anchors, newest = stopped
    [anchor] = read_anchors(anchors, home.audit_key)
    assert (anchor.seq, anchor.altered) == (newest, False)
    said = checked(home, home.path / "service.sqlite3", anchors)
    assert said.returncode == 0
    assert f"1 anchor agrees; it saw entry {newest}." in said.stdout


def test_a_trail_that_was_cut_short_is_found_by_the_anchor_alone(stopped, tmp_path):
    home, anchors, newest = stopped
    shutil.copy(home.path / "service.sqlite3", tmp_path / "cut.sqlite3")
    with closing(sqlite3.connect(tmp_path / "cut.sqlite3")) as con:
        con.execute("DROP TRIGGER audit_entry_delete")
        con.execute("DELETE FROM audit_entry WHERE seq > ?", [newest - 3])
        con.commit()
    said = checked(home, tmp_path / "cut.sqlite3", anchors)
    assert said.returncode == 1
    assert f"the trail ends at entry {newest - 3}, and an anchor has seen entry {newest}" in said.stdout
