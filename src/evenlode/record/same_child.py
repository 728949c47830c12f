"""One child in several formats: who is the same, and which source speaks for a table.

Ids differ between formats.  A child of one source is taken as a child of another by pupil number and
date of birth, else by the case system's id and date of birth; never by name, and never by an id alone
(extract-formats.md, section 11, point 9).  Whoever is not found keeps their own id.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb

from evenlode.record.migration import quoted

SPEAKS: tuple[str, ...] = ("evenlode", "ssd", "dfe_api", "ssda903", "cin_census", "annex_a")
"""Sources that tell of the same things, the fullest first: where two carry a table, the first speaks for it."""

SHARED = ("child", "worker", "team")
"""Tables of people and teams: a later source adds those whom an earlier one does not know."""

MATCHES = "same_child"
_NEXT = "next_children"


@dataclass(frozen=True)
class Matched:
    """How many children of a source were found in the sources before it, and how."""

    la_code: str
    source: str
    method: str
    children: int


@dataclass(frozen=True)
class Carried:
    """One table of one delivery, as a query."""

    la_code: str
    source: str
    sql: str


def ranked(source: str) -> int | None:
    """Where a source stands among those that tell of the same things; None for a list of its own."""
    return SPEAKS.index(source) if source in SPEAKS else None


def speakers(carried: Sequence[Carried], table: str) -> list[Carried]:
    """Who speaks for a table: of the sources that tell of the same things the first, and every other list."""
    first: dict[str, int] = {}
    for one in carried:
        rank = ranked(one.source)
        if rank is not None:
            first[one.la_code] = min(rank, first.get(one.la_code, rank))
    return [one for one in carried if table in SHARED or ranked(one.source) in {None, first.get(one.la_code)}]


def mixed(carried: Iterable[Carried]) -> set[str]:
    """The councils that hand over children in more than one format."""
    sources: dict[str, set[str]] = {}
    for one in carried:
        if ranked(one.source) is not None:
            sources.setdefault(one.la_code, set()).add(one.source)
    return {la_code for la_code, found in sources.items() if len(found) > 1}


def match_children(con: duckdb.DuckDBPyConnection, children: Sequence[Carried]) -> list[Matched]:
    """Fills the table `same_child` for every source after the first of each council.

    children: the `child` table of each delivery.  Answers how many were found by which method.
    """
    con.execute(
        f"CREATE TABLE {MATCHES} (la_code VARCHAR, source VARCHAR, child_id VARCHAR, the_child VARCHAR, "
        "the_order VARCHAR, upn VARCHAR, dob DATE, method VARCHAR)"
    )
    councils = mixed(children)
    for one in sorted(children, key=lambda c: (c.la_code, ranked(c.source) or 0)):
        if one.la_code in councils:
            _add(con, one)
    rows = con.execute(
        f"SELECT la_code, source, method, count(*) FROM {MATCHES} WHERE method <> 'first' "
        "GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return [Matched(*row) for row in rows]


def _add(con: duckdb.DuckDBPyConnection, one: Carried) -> None:
    """The children of one source, each found among those before or added to them."""
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {_NEXT} AS SELECT la_code, source, child_id, child_id_order, "
        f"nullif(upper(trim(upn)), '') AS upn, dob FROM ({one.sql})"
    )
    con.execute(
        f"""
        INSERT INTO {MATCHES}
        WITH known AS (SELECT * FROM {MATCHES} WHERE la_code = $la AND method IN ('first', 'not found')),
        nobody_yet AS (SELECT count(*) = 0 AS it FROM {MATCHES} WHERE la_code = $la),
        by_upn AS (
            SELECT n.child_id, min(k.the_child) AS the_child, min(k.the_order) AS the_order
            FROM {_NEXT} n JOIN known k ON n.upn = k.upn AND n.dob = k.dob
            GROUP BY n.child_id HAVING count(DISTINCT k.the_child) = 1),
        by_id AS (
            SELECT n.child_id, k.the_child, k.the_order FROM {_NEXT} n
            JOIN known k ON n.child_id = k.child_id AND n.dob = k.dob AND k.child_id = k.the_child)
        SELECT n.la_code, n.source, n.child_id,
               coalesce(u.the_child, i.the_child,
                        CASE WHEN taken.child_id IS NULL THEN n.child_id ELSE n.source || ':' || n.child_id END),
               coalesce(u.the_order, i.the_order,
                        CASE WHEN taken.child_id IS NULL THEN n.child_id_order
                             ELSE '1' || n.source || ':' || n.child_id END),
               n.upn, n.dob,
               CASE WHEN it THEN 'first' WHEN u.the_child IS NOT NULL THEN 'pupil number and date of birth'
                    WHEN i.the_child IS NOT NULL THEN 'id and date of birth' ELSE 'not found' END
        FROM {_NEXT} n CROSS JOIN nobody_yet
        LEFT JOIN by_upn u ON n.child_id = u.child_id
        LEFT JOIN by_id i ON n.child_id = i.child_id
        LEFT JOIN (SELECT DISTINCT the_child AS child_id FROM known) taken ON n.child_id = taken.child_id
        """,
        {"la": one.la_code},
    )
    con.execute(f"DROP TABLE {_NEXT}")


def with_the_child(sql: str, columns: Sequence[str]) -> str:
    """A query's rows with the id of the child as the first source knows it."""
    if "child_id" not in columns:
        return sql
    replaced = "coalesce(m.the_child, r.child_id) AS child_id"
    if "child_id_order" in columns:
        replaced += ", coalesce(m.the_order, r.child_id_order) AS child_id_order"
    return (
        f"SELECT r.* REPLACE ({replaced}) FROM ({sql}) r LEFT JOIN {MATCHES} m "
        "ON r.la_code = m.la_code AND r.source = m.source AND r.child_id = m.child_id"
    )


def those_not_known(sql: str, key: str, earlier: Sequence[str]) -> str:
    """Of a table of people or teams, those whom no earlier source knows."""
    if not earlier:
        return sql
    known = " UNION ALL ".join(f"SELECT la_code, {quoted(key)} FROM ({e})" for e in earlier)
    return f"SELECT * FROM ({sql}) WHERE (la_code, {quoted(key)}) NOT IN ({known})"
