"""Tables of children led by workers of whom HR says this and that."""

from __future__ import annotations

from tests.small_council import ask, said

D = "2026-11-20"

WORKERS = """
    worker_id | staff_number | name      | title
    N1        | N1           | Ann Reed  | Social Worker
    N2        | N2           | Cat Ford  | Social Worker
    E1        | E1           | Ben Hall  | Social Worker
    E2        | E2           | Eve Pike  | Social Worker
"""
HR = """
    staff_number | programme_start | qualified_date | swe_number
    N1           | 2026-06-01      | 2026-05-01     | SW1
    N2           |                 | 2025-12-01     | SW2
    E1           |                 | 2015-05-01     | SW3
    E2           |                 |                | SW4
"""
"""N1 is in the programme; N2 qualified in December 2025 and has no programme; E1 eleven years ago; of
E2 it is not known."""


def held(leads, /, **tables):
    """Open children (all under 18, referred in January) with these leads: rows of child, worker, role."""
    rows = leads.strip().splitlines()
    children = sorted({r.split("|")[0].strip() for r in rows})
    given = {
        "child": "\n".join(["child_id | dob", *(f"{c} | 2015-03-01" for c in children)]),
        "episode": "\n".join(
            ["child_id | episode_id | referral_date", *(f"{c} | R{c} | 2026-01-05" for c in children)]
        ),
        "worker": WORKERS,
        "establishment": HR,
        "involvement": "\n".join(
            [
                "involvement_id | child_id | worker_id | role | start_date",
                *(f"{n} | {r} | 2026-06-01" for n, r in enumerate(rows)),
            ]
        ),
    }
    return {**given, **tables}


def found(rule, leads, /, *columns, as_at=D, **tables):
    """Those columns of what the rule says."""
    return said(ask(rule, as_at, **held(leads, **tables)), *columns)
