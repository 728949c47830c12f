"""How experienced each worker is, and who with experience stands beside a child's lead worker."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.position.context import CHILD, Context, Step, beside
from evenlode.position.people import WORKER

UNKNOWN = "unknown"
BANDS = ("0-6 m", "6-12 m", "12-24 m", "2-5 y", "5 y+")
"""The bands of NQ-12, from the date of qualification."""


def worker_experience(at: Context) -> ir.Table:
    """NQ-12: each worker's band from the date of qualification or first registration.

    A worker without either date is of unknown experience, however long they have been here; a date
    after the day does not exist yet.  `guarded`: newly qualified, or known to have
    qualified less than a year ago.  `new`: the same with two years.
    """
    worker = at.step("worker_now")
    said = ibis.coalesce(worker.qualified_date, worker.registered_from)
    rows = worker.mutate(qualified_on=ibis.ifelse(said <= at.as_at, said, ibis.null("date")))
    rows = at.due(
        rows,
        half_year=("qualified_on", "experience_half_year"),
        one_year=("qualified_on", "experience_one_year"),
        two_years=("qualified_on", "experience_two_years"),
        five_years=("qualified_on", "experience_five_years"),
        agency_until=("qualified_on", "agency_experience"),
    )
    guarded = rows.newly_qualified
    first, second, third, fourth, fifth = BANDS
    return rows.select(
        *WORKER,
        "title",
        "fte",
        "placeholder",
        "left",
        "absent",
        "absent_from",
        "newly_qualified",
        "programme_start",
        "programme_half",
        "programme_over",
        "programme_end",
        "programme",
        "in_programme",
        "qualified_on",
        "agency_until",
        band=ibis.cases(
            (rows.qualified_on.isnull(), UNKNOWN),
            (rows.half_year > at.as_at, first),
            (rows.one_year > at.as_at, second),
            (rows.two_years > at.as_at, third),
            (rows.five_years > at.as_at, fourth),
            else_=fifth,
        ),
        phase=ibis.cases(
            (guarded & (at.as_at < rows.programme_half), "first half"),
            (guarded, "second half"),
            (rows.in_programme, "later"),
            else_="none",
        ),
        guarded=guarded | (rows.one_year > at.as_at).fill_null(False),
        new=rows.in_programme | (rows.two_years > at.as_at).fill_null(False),
        is_agency=(rows.agency == "Y").fill_null(False) | at.listed(rows.contract, "agency_contracts"),
        student=at.listed(rows.title, "unregistered_titles"),
        not_yet=(rows.registered_from > at.as_at).fill_null(False),
        lapsed=(rows.registration_ends < at.as_at).fill_null(False),
        lapsed_on=rows.registration_ends,
        unregistered=(rows.swe_number.strip().fill_null("") == "")
        & rows.registered_from.isnull()
        & rows.registration_ends.isnull(),
    )


def lead_experience(at: Context) -> ir.Table:
    """Each led child with the lead worker's experience, and whether an experienced worker shares the work.

    `helped`: somebody else, named and present, co-works and is neither in the programme nor known to
    have qualified less than a year ago.
    """
    known = at.step("worker_experience").select(
        *WORKER,
        "band",
        "phase",
        "qualified_on",
        "guarded",
        "is_agency",
        "student",
        "not_yet",
        "lapsed",
        "lapsed_on",
        "unregistered",
    )
    rows = at.step("lead").select(*CHILD, "worker_id", "named", "programme_start", "programme_half")
    rows = beside(rows, known, keys=WORKER)
    helper = at.step("sharing")
    helper = helper.filter((helper.part == "co-worker") & ~helper.absent)
    helper = helper.inner_join(known.filter(~known.guarded).select(*WORKER), list(WORKER))
    helper = helper.select(h_la="la_code", h_child="child_id", h_worker="worker_id")
    helped = rows.inner_join(
        helper,
        [rows.la_code == helper.h_la, rows.child_id == helper.h_child, rows.worker_id != helper.h_worker],
    )
    helped = helped.select(*CHILD, is_helped=ibis.literal(True)).distinct()
    rows = beside(rows, helped)
    return rows.select(
        *CHILD,
        "worker_id",
        "named",
        "programme_start",
        "programme_half",
        "qualified_on",
        "student",
        "not_yet",
        "lapsed",
        "lapsed_on",
        "unregistered",
        band=rows.band.fill_null(UNKNOWN),
        phase=rows.phase.fill_null("none"),
        guarded=rows.guarded.fill_null(False),
        is_agency=rows.is_agency.fill_null(False),
        helped=rows.is_helped.fill_null(False),
    )


EXPERIENCE_STEPS = (
    Step(
        "worker_experience",
        "Each worker's band of experience, programme phase, agency and registration.",
        worker_experience,
    ),
    Step(
        "lead_experience",
        "Each child's lead worker's experience, and whether an experienced co-worker is beside them.",
        lead_experience,
    ),
)
