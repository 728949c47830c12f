"""Workers' own supervision: their sessions, since when they work here, and when the next is due."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.position.context import Context, Step, beside, latest, only
from evenlode.position.people import WORKER
from evenlode.position.supervision import was_held

PRIVATE = ("wellbeing", "workload_considered", "learning")
"""SQ-10: what a worker's own supervision looks at; kept in the worker's private record, as yes or no."""


def worker_session(at: Context) -> ir.Table:
    """Sessions of personal supervision, joined to the worker by worker id or staff number alone.

    See `with_worker` for how they join.
    """
    rows = at.record("supervision", "note_type", "held_date", "worker", "state", "minutes", *PRIVATE)
    rows = rows.filter((rows.held_date <= at.as_at) & at.listed(rows.note_type, "personal_supervision_notes"))
    rows = with_worker(at, rows)
    return rows.filter(rows.worker_id.notnull()).select(
        "la_code",
        "held_date",
        "minutes",
        *PRIVATE,
        "worker_id",
        held=was_held(at, rows.state),
        cancelled=at.listed(rows.state, "cancelled_sessions"),
        planned=at.listed(rows.state, "planned_sessions"),
    )


def with_worker(at: Context, rows: ir.Table) -> ir.Table:
    """Sessions with `worker_id`: whom their text `worker` names by worker id or staff number alone.

    A name never joins: two workers may share one.  A staff number that two workers share joins neither.
    """
    columns = rows.columns
    worker = at.record("worker", "worker_id", "staff_number")
    by_id = worker.select(i_la="la_code", i_worker="worker_id").distinct()
    by_number = worker.group_by("la_code", "staff_number").agg(
        n_worker=worker.worker_id.min(), other=worker.worker_id.max()
    )
    by_number = by_number.filter(by_number.n_worker == by_number.other)
    by_number = by_number.select(n_la="la_code", n_number="staff_number", n_worker="n_worker")
    rows = rows.left_join(by_id, [rows.la_code == by_id.i_la, rows.worker == by_id.i_worker])
    rows = rows.left_join(by_number, [rows.la_code == by_number.n_la, rows.worker == by_number.n_number])
    return rows.select(*columns, worker_id=ibis.coalesce(rows.i_worker, rows.n_worker))


def worker_to_supervise(at: Context) -> ir.Table:
    """Named workers who lead somebody, are newly qualified, or have been supervised before.

    counted_from: the day from which sessions are due: the start here, and for a newly qualified worker
    the start of the programme where that is later.  first_due, weeks_end and months_end follow from it.
    """
    rows = at.step("worker_now")
    rows = rows.filter(
        ~rows.left & ~rows.placeholder & (rows.employed_from.isnull() | (rows.employed_from <= at.as_at))
    )
    known = at.step("lead").select(*WORKER).union(at.step("worker_session").select(*WORKER), distinct=True)
    rows = beside(rows, known.mutate(known=ibis.literal(True)), keys=WORKER)
    rows = rows.filter(rows.newly_qualified | rows.known.fill_null(False))
    on_programme = (rows.programme_start <= at.as_at).fill_null(False)
    began = ibis.greatest(rows.programme_start, ibis.coalesce(rows.employed_from, rows.programme_start))
    rows = rows.select(
        *WORKER,
        "absent_from",
        "back_on",
        on_programme=on_programme,
        counted_from=ibis.ifelse(on_programme, began, rows.employed_from),
    )
    return at.due(
        rows,
        weeks_end=("counted_from", "worker_first_weeks"),
        months_end=("counted_from", "worker_first_months"),
        pause_after=("absent_from", "absence_pause"),
    )


def worker_session_clock(at: Context) -> ir.Table:
    """SUP-01 to SUP-03 and SUP-14: which rule applies, its due date and the day from which it is red.

    The last session decides the interval.  Workers whose clock stands still today are left out.
    """
    rows = _phase(at, at.step("worker_to_supervise"))
    rows = at.due(
        rows,
        weekly=("base", "worker_supervision_first"),
        fortnightly=("base", "worker_supervision_second"),
        monthly=("base", "worker_supervision"),
    )
    due = ibis.cases(
        (rows.rule == "SUP-01", rows.weekly), (rows.rule == "SUP-02", rows.fortnightly), else_=rows.monthly
    )
    rows = rows.mutate(due=due)
    rows = _paused(at, rows)
    rows = at.due(
        rows,
        red_first=("due", "worker_supervision_first_half"),
        red_second=("due", "worker_supervision_second_half"),
        red_later=("due", "worker_supervision_half"),
    )
    red = ibis.cases(
        (rows.rule == "SUP-01", rows.red_first),
        (rows.rule == "SUP-02", rows.red_second),
        else_=rows.red_later,
    )
    kept = (*WORKER, "rule", "counted_from", "base", "last_held", "absent_from", "back_on", "was_paused")
    return rows.select(*kept, "last_cancelled", "last_planned", "due", red_from=red)


def _phase(at: Context, workers: ir.Table) -> ir.Table:
    """The workers with their last session held, and the rule of the phase that it fell in (4.1)."""
    session = at.step("worker_session").inner_join(workers.select(*WORKER, "counted_from"), list(WORKER))
    counts = session.counted_from.isnull() | (session.held_date >= session.counted_from)

    def on(what: ir.BooleanValue) -> ir.DateValue:
        return ibis.ifelse(what, session.held_date, ibis.null("date")).max()

    last = session.filter(counts).group_by(*WORKER)
    last = last.agg(
        last_held=on(session.held), last_cancelled=on(session.cancelled), last_planned=on(session.planned)
    )
    rows = beside(workers, last, keys=WORKER)
    none, held = rows.last_held.isnull(), rows.last_held
    return rows.mutate(
        base=ibis.coalesce(rows.last_held, rows.counted_from),
        rule=ibis.cases(
            (rows.on_programme & (none | (held <= rows.weeks_end)), "SUP-01"),
            (rows.on_programme & (held <= rows.months_end), "SUP-02"),
            else_="SUP-03",
        ),
    )


def _paused(at: Context, rows: ir.Table) -> ir.Table:
    """SUP-14: an absence of more than the policy's working days moves the due date by its length.

    It counts where it began by the due date and ended after the clock began.
    """
    still_away = rows.back_on.isnull() | (rows.back_on > at.as_at)
    long = (rows.absent_from <= rows.due) & (
        rows.pause_after < ibis.coalesce(rows.back_on, at.as_at)
    ).fill_null(False)
    rows = rows.mutate(standing_still=(long & still_away & (rows.absent_from <= at.as_at)).fill_null(False))
    rows = rows.filter(~rows.standing_still)
    long = (
        (rows.absent_from <= rows.due)
        & (rows.pause_after < rows.back_on)
        & (rows.back_on <= at.as_at)
        & (rows.back_on > rows.base)
    ).fill_null(False)
    away_from = ibis.greatest(rows.absent_from, rows.base)
    rows = rows.mutate(was_paused=long, away_from=ibis.ifelse(long, away_from, ibis.null("date")))
    return at.moved(rows, "due", by=("away_from", "back_on"))


def last_worker_session(at: Context) -> ir.Table:
    """The last session held of each worker who is to be supervised: how long it took, what was in it.

    Of two on one day a yes of either counts.  `private_part` is blank where nothing of it is filled in.
    """
    rows = only(at.step("worker_session"), at.step("worker_to_supervise"), WORKER)
    rows = rows.filter(rows.held)
    private = {name: rows[name].max() for name in PRIVATE}
    rows = rows.group_by(*WORKER, "held_date").agg(minutes=rows.minutes.sum(), **private)
    rows = rows.mutate(private_part=ibis.coalesce(*(rows[name] for name in PRIVATE)))
    return latest(rows, WORKER, newest=[rows.held_date.desc()])


WORKER_SUPERVISION_STEPS = (
    Step("worker_session", "Workers' own supervision, joined by id.", worker_session),
    Step("worker_to_supervise", "Which workers are to be supervised, and since when.", worker_to_supervise),
    Step("worker_session_clock", "When each worker's next supervision is due.", worker_session_clock),
    Step("last_worker_session", "Each worker's last supervision and its length.", last_worker_session),
)
