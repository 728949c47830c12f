"""What the tests of lists read with."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime
from html import unescape
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.http import QueryDict

from evenlode.audit_trail import what_opened
from evenlode.reports.safe_text import unguard
from evenlode.web.trail import trail


class Told:
    """Reads pages and files."""

    @staticmethod
    def text(answer) -> str:
        """A page as words."""
        return unescape(re.sub(r'(?<=")\w{64}(?=")', "", answer.content.decode()))

    @staticmethod
    def csv_rows(answer) -> list[list[str]]:
        """The rows of a CSV file, its headings first."""
        return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))

    @staticmethod
    def workbook(answer):
        """The first sheet of a workbook."""
        return openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]

    @staticmethod
    def unguarded(rows):
        """What stood in a file's fields before they were made safe."""
        return [[unguard(value) for value in row] for row in rows]

    @staticmethod
    def trail_of(person_id, since):
        """What the audit trail says that somebody did, newest first."""
        return what_opened(trail(), person_id, since=since).rows

    @staticmethod
    def asked(query: str = "") -> QueryDict:
        """An address' choices."""
        return QueryDict(query)


@pytest.fixture
def told():
    return Told


@pytest.fixture
def began():
    """The moment at which the test began."""
    return datetime.now(UTC)
