"""Which guards for the newly qualified are breached, and which of them a manager has overridden."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.position.context import CHILD, Context, Step, beside, latest, only
from evenlode.position.key_dates import of_kind

SEXUAL_ABUSE = "sexual abuse enquiry"


def plan_led_alone(at: Context) -> ir.Table:
    """Contract 3, NQ-07: a protection plan led by a newly qualified worker without a co-worker."""
    led = at.step("lead")
    led = led.filter(led.newly_qualified)
    rows = at.step("cp_plan_open").inner_join(
        led.select(*CHILD, "worker_id", "programme_start", "programme_half"), list(CHILD)
    )
    helper = at.step("sharing")
    helper = helper.filter((helper.part == "co-worker") & ~helper.absent & ~helper.newly_qualified)
    helper = helper.select(h_la="la_code", h_child="child_id", h_worker="worker_id")
    helped = rows.inner_join(
        helper,
        [rows.la_code == helper.h_la, rows.child_id == helper.h_child, rows.worker_id != helper.h_worker],
    )
    return rows.anti_join(helped.select(*CHILD).distinct(), list(CHILD))


def not_sole(at: Context) -> ir.Table:
    """NQ-10: what nobody new should hold alone, with the day since when it is known.

    Complex exploitation is a factor of exploitation together with a time missing; fabricated illness and
    earlier children removed come from the council's own key dates.
    """
    doubt = at.step("placement_doubt").select(*CHILD, "what", "since")
    exploited = at.step("exploited_and_missing").select(
        *CHILD, what=ibis.literal("complex exploitation"), since="since"
    )
    ill = of_kind(at, "fabricated illness")
    ill = ill.filter(ill.start_date.notnull() & ill.done_date.isnull()).select(
        *CHILD, what=ibis.literal("fabricated illness"), since="start_date"
    )
    unborn = at.step("open_child")
    removed = of_kind(at, "earlier child removed")
    removed = only(removed.filter(removed.done_date.notnull()), unborn.filter(unborn.unborn)).select(
        *CHILD, what=ibis.literal("unborn, an earlier child removed"), since="done_date"
    )
    rows = ibis.union(doubt, exploited, ill, removed)
    rows = rows.group_by(*CHILD, "what").agg(since=rows.since.max())
    return only(rows, at.step("open_child"))


def guard_breach(at: Context) -> ir.Table:
    """Each guard that is breached: one row a guard and what it is about."""
    lead = at.step("lead_experience")
    new = lead.filter(lead.guarded).select(*CHILD, "worker_id", "programme_start", "programme_half", "helped")
    alone = new.filter(~new.helped)
    plans = at.step("plan_led_alone").select(
        *CHILD,
        "worker_id",
        "programme_start",
        "programme_half",
        guard=ibis.literal("NQ-07"),
        record_id="plan_id",
        what=ibis.literal("protection plan"),
        since="start_date",
    )

    def rows(held: ir.Table, guard: str, work: ir.Table) -> ir.Table:
        found = work.inner_join(held, list(CHILD))
        return found.select(
            *CHILD,
            "worker_id",
            "programme_start",
            "programme_half",
            "record_id",
            "what",
            "since",
            guard=ibis.literal(guard),
        ).select(*plans.columns)

    nothing = ibis.literal("")
    court = at.step("court_work").mutate(record_id=nothing)
    marker = at.step("complexity_marker")
    sexual = marker.filter(marker.marker == "sexual_abuse").select(*CHILD, sexual=ibis.literal(True))
    enquiry = only(at.step("enquiry_open"), at.step("open_child"))
    enquiry = beside(enquiry, sexual)
    enquiry = enquiry.select(
        *CHILD,
        record_id="enquiry_id",
        what=ibis.ifelse(enquiry.sexual.fill_null(False), SEXUAL_ABUSE, "section 47 enquiry"),
        since="start_date",
    )
    risky = at.step("not_sole").mutate(record_id=nothing)
    return ibis.union(
        plans,
        rows(alone, "NQ-08", court),
        rows(alone, "NQ-09", enquiry.filter(enquiry.what != SEXUAL_ABUSE)),
        rows(new, "NQ-09", enquiry.filter(enquiry.what == SEXUAL_ABUSE)),
        rows(alone, "NQ-10", risky),
    )


def guard_found(at: Context) -> ir.Table:
    """The same with the newest override that is meant for the child, the guard and this worker.

    `overridden`: decided by a named manager with a reason and a review date no more than four weeks
    (policy) after the decision and not yet past.  `fault`: what an override lacks to be one.
    """
    rows = at.record(
        "guard_override",
        "child_id",
        "guard",
        "worker_id",
        "manager_id",
        "reason_recorded",
        "decided_on",
        "review_by",
    )
    rows = rows.filter(rows.decided_on <= at.as_at)
    lead = at.step("lead").select(*CHILD, lead_id="worker_id")
    rows = rows.inner_join(lead, list(CHILD))
    rows = rows.filter(rows.worker_id.isnull() | (rows.worker_id == rows.lead_id))
    rows = rows.mutate(guard=rows.guard.strip().upper())
    rows = latest(
        rows,
        (*CHILD, "guard"),
        newest=[rows.decided_on.desc(), rows.review_by.desc(nulls_first=False), rows.manager_id.asc()],
    )
    rows = at.due(rows, review_limit=("decided_on", "override_limit"))
    fault = ibis.cases(
        (rows.manager_id.isnull(), "no manager named"),
        ((rows.reason_recorded != "Y") | rows.reason_recorded.isnull(), "no reason recorded"),
        (rows.review_by.isnull(), "no review date"),
        (rows.review_by > rows.review_limit, "review date too far off"),
        else_="",
    )
    rows = rows.select(*CHILD, "guard", "decided_on", "review_by", overridden_by="manager_id", fault=fault)
    found = beside(at.step("guard_breach"), rows, keys=(*CHILD, "guard"))
    return found.mutate(
        overridden=((found.fault == "") & (found.review_by >= at.as_at)).fill_null(False),
    )


GUARD_STEPS = (
    Step("plan_led_alone", "Protection plans that a newly qualified worker leads alone.", plan_led_alone),
    Step("not_sole", "What nobody new should hold alone.", not_sole),
    Step("guard_breach", "Guards for the newly qualified that are breached.", guard_breach),
    Step("guard_found", "The same, with the manager's override where there is one.", guard_found),
)
