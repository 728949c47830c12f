"""What the walks over every route share: which addresses there are, who opens them, and what a question to the database was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver
from tests.web.test_matrix import NEAR, OURS, kinds, scope_in_matrix

from evenlode.access import Role, Scope
from evenlode.web.page import Page

READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "PRAGMA", "WITH")


def every_pattern(of: URLResolver | None = None, under: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address that the service knows, as its pattern."""
    for one in (of or get_resolver()).url_patterns:
        said = under + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from every_pattern(one, said)
        else:
            yield said, one


def may_open(page: Page, role: Role) -> bool:
    """Whether the matrix lets a role open the page of what is theirs."""
    cell = scope_in_matrix(role, page.verb, page.thing)
    near = NEAR[OURS if kinds(page) else "everybody's"].get(role, Scope.COUNCIL + 1)
    return cell is not Scope.NONE and near <= cell


def first_who_opens(page: Page) -> Role:
    """The first role that opens a page."""
    return next(role for role in Role if may_open(page, role))


@dataclass(frozen=True)
class Question:
    """One statement that was sent to the database, and the values beside it."""

    sql: str
    values: tuple[object, ...]

    @property
    def writes(self) -> bool:
        """Whether it could change anything."""
        return not self.sql.lstrip("( ").upper().startswith(READS)


@contextmanager
def asked_of_the_database() -> Iterator[list[Question]]:
    """Every statement that goes to the database through Django while this holds."""
    asked: list[Question] = []

    def keep(execute, sql, params, many, context):
        rows = params if many else [params]
        asked.extend(Question(sql, tuple(row or ())) for row in rows)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        yield asked
