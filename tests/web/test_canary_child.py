"""A child with unmistakable values, driven through every page: they are on pages, and nowhere beside them (P3)."""

from __future__ import annotations

import logging
import re
import shutil
import tempfile
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import duckdb
import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse
from tests.web.test_matrix import OURS, addresses, named  # noqa: F401 - named is a fixture, asked for by its name

from evenlode.access import Role
from evenlode.web import one_child, people_of
from evenlode.web import page as guard
from evenlode.web.log_lines import OneLine
from evenlode.web.models import ChildFigure, ExplanationRow, FindingFigure, KeptPage
from evenlode.web.routes import PAGES
from evenlode.web.writing.timeline_file import path_of

pytestmark = pytest.mark.django_db

FORENAME, SURNAME = "Zzquanary", "Oxbowthrush"
BORN = date(2016, 2, 29)
TEXT = "Grandmother Wrenfeather keeps the blue kettle"
WORDS = (
    "zzquanary",
    "oxbowthrush",
    "wrenfeather",
    "2016-02-29",
    "29 february 2016",
    "29 feb 2016",
    "29/02/2016",
)
OPENERS = (Role.DIRECTOR, Role.TEAM_MANAGER, Role.PERFORMANCE_ANALYST)


def hits(text: str) -> list[str]:
    lower = unquote(text.replace("+", " ")).lower()
    return [word for word in WORDS if word in lower]


class Lines(logging.Handler):
    """Keeps every line as the shipped settings would write it."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.setFormatter(OneLine())
        self.lines: list[str] = []

    def emit(self, record):
        self.lines.append(self.format(record))


@pytest.fixture
def lines():
    kept = Lines()
    loggers = [logging.getLogger(), *map(logging.getLogger, settings.LOGGING["loggers"])]
    for logger in loggers:
        logger.addHandler(kept)
    yield kept.lines
    for logger in loggers:
        logger.removeHandler(kept)


@pytest.fixture
def canary(named, figures, tmp_path, monkeypatch):
    """The child whom the first address names, with values that stand nowhere else."""
    child = named[OURS]["child"]
    name = f"{SURNAME} {FORENAME}".lower()
    ChildFigure.objects.whole().filter(pk=child.pk).update(
        forename=FORENAME, surname=SURNAME, born=BORN, unborn=False, by_name=name, search=name
    )
    of_child = FindingFigure.objects.whole().filter(figures=figures, child_id=child.child_id)
    for row in of_child:
        row.sentence = f"{FORENAME} {SURNAME} (born 29 February 2016): {TEXT}."
        row.by_name = name
        row.save()
    KeptPage.objects.all().delete()
    people_of._names.cache_clear()  # names of a load are held in memory, and these have changed behind its back
    row = named[OURS]["finding"]
    ExplanationRow.objects.create(
        la_code=row.la_code,
        rule_id=row.rule_id,
        subject_kind="child",
        subject_id=child.child_id,
        record_id=row.record_id,
        reason="the child is abroad",
        text=TEXT,
        by="somebody",
        recorded_at=figures.loaded_at,
        since=figures.as_at,
        until=figures.as_at,
    )
    own = path_of(settings.EVENLODE.home, figures.manifest, figures.as_at.isoformat())
    copy = tmp_path / "record" / own.name
    copy.parent.mkdir()
    shutil.copy(own, copy)
    with duckdb.connect(str(copy)) as con:
        con.execute(
            "UPDATE action SET child_id = ?, action = ? WHERE action_id = (SELECT min(action_id) FROM action)",
            [child.child_id, TEXT],
        )
    monkeypatch.setattr(one_child, "path_of", lambda *_: copy)
    child.refresh_from_db()
    yield child
    people_of._names.cache_clear()


@pytest.fixture
def beside(tmp_path, monkeypatch):
    """A folder for temporary files of its own, and what lies in the home."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def everything_opened(who, named, signed_in, figures):
    """Every page that can be opened by GET, and each list as both files."""
    for page in PAGES:
        if page.changes:
            continue
        values = addresses(page, named, OURS, signed_in, figures)
        url = reverse(page.name, kwargs=values)
        answer = who.get(url)
        yield page, url, answer
        for kind in ("csv", "xlsx"):
            if answer.status_code == 200 and f"file={kind}" in answer.content.decode():
                yield page, f"{url}?file={kind}", who.get(url, data={"file": kind})


@pytest.mark.parametrize("role", OPENERS)
def test_nothing_of_a_child_stands_in_a_line_an_address_a_title_a_file_s_name_or_a_file_left_behind(
    signed_in,
    named,
    figures,
    canary,
    lines,
    beside,
    role,
):
    who = signed_in(role)
    home = Path(settings.EVENLODE.home)
    there = {p for p in home.rglob("*") if "sqlite" not in p.name}
    shown_on, files = set(), set()
    for page, url, answer in everything_opened(who, named, signed_in, figures):
        assert hits(url) == []
        name = answer.headers.get("Content-Disposition", "")
        assert hits(name + str(answer.headers)) == [], page.name
        if name:
            files.add(page.name)
            if ".csv" in name and hits(answer.content.decode()):
                shown_on.add(f"{page.name} (file)")
            continue
        html = answer.content.decode()
        if hits(html):
            shown_on.add(page.name)
        for title in re.findall(r"<title>(.*?)</title>", html, flags=re.DOTALL):
            assert hits(title) == [], page.name
        for link in re.findall(r"""(?:href|action|src|hx-\w+)=["']([^"']*)["']""", html):
            assert hits(link) == [], page.name
            assert f"/{canary.child_id}" not in link, page.name
            assert f"={canary.child_id}" not in link, page.name
    found = who.post(reverse("search"), {"words": SURNAME})
    assert hits(found.content.decode())
    assert hits(found.request["PATH_INFO"] + found.request["QUERY_STRING"]) == []
    assert {"child", "children (file)", "findings (file)"} <= shown_on, "the child was never there to be seen"
    assert {"children", "findings"} <= files
    assert any("answered" in line for line in lines)
    assert [line for line in lines if hits(line) or canary.child_id in line] == []
    assert mail.outbox == []
    assert [p.name for p in beside.rglob("*")] == []
    assert {p for p in home.rglob("*") if "sqlite" not in p.name} <= there


def test_a_child_s_own_words_are_on_the_page_of_whoever_may_read_them(signed_in, canary):
    """Else the test above would look for something that is nowhere."""
    html = signed_in(Role.DIRECTOR).get(reverse("child", args=[canary.ref])).content.decode()
    assert TEXT in html
    assert FORENAME in html


def test_a_fault_that_speaks_of_a_child_says_neither_on_the_page_nor_in_a_line_of_whom(
    signed_in, canary, lines, monkeypatch
):
    def breaks(*_):
        raise ValueError(f"{FORENAME} {SURNAME}, {BORN}: {TEXT}")

    who = signed_in(Role.DIRECTOR)
    monkeypatch.setattr(guard, "append", breaks)
    who.client.raise_request_exception = False
    answer = who.get(reverse("child", args=[canary.ref]))
    assert answer.status_code == 500
    assert hits(answer.content.decode()) == []
    assert any("ValueError" in line for line in lines)
    assert [line for line in lines if hits(line)] == []
