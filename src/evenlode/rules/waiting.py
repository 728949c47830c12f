"""What is owed to a child who waits for a worker: reviews, being seen, a risk assessment, a letter."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import CHILD, Context, beside
from evenlode.position.key_dates import of_kind
from evenlode.rules.rule import RUNNING, Rule, Severity, Status, Who, answers


def _since_waiting(at: Context, kind: str) -> ir.Table:
    """Unallocated children with the last date of that kind since they began to wait."""
    rows = at.step("unallocated")
    done = of_kind(at, kind)
    done = done.filter(done.done_date.notnull()).select(*CHILD, "done_date")
    done = done.inner_join(rows.select(*CHILD, "waiting_since"), list(CHILD))
    done = done.filter(done.done_date >= done.waiting_since)
    done = done.group_by(*CHILD).agg(last=done.done_date.max())
    return beside(rows, done)


def _answers(at: Context, rows: ir.Table, clock: str, severity: ir.StringValue | Severity) -> ir.Table:
    return answers(
        rows,
        due="due",
        severity=severity,
        evidence={
            "waiting_since": rows.waiting_since,
            "status": rows.status,
            "last": rows["last"],
            "interval": str(at.policy.clock(clock)),
        },
    )


def manager_review(at: Context) -> ir.Table:
    """AL-03: a manager looks at each waiting child every seven days."""
    rows = _since_waiting(at, "unallocated review")
    rows = rows.mutate(base=ibis.coalesce(rows["last"], rows.waiting_since))
    rows = at.due(rows, due=("base", "waiting_review"))
    return _answers(at, rows, "waiting_review", ibis.ifelse(rows.protected, "red", "amber"))


def seen_while_waiting(at: Context) -> ir.Table:
    """AL-05: a waiting child is seen every four weeks, on whatever kind of visit."""
    rows = at.step("unallocated")
    waiting = rows.select(*CHILD, "waiting_since")

    def visits(table: str) -> ir.Table:
        found = at.record(table, "child_id", "visit_date", "seen")
        found = found.filter(found.visit_date <= at.as_at).inner_join(waiting, list(CHILD))
        found = found.filter(found.visit_date >= found.waiting_since)
        return found.select(*CHILD, "visit_date", "seen")

    seen = ibis.union(*(visits(table) for table in ("cp_visit", "cin_visit", "care_visit")))
    sure = ibis.ifelse(seen.seen == "Y", seen.visit_date, ibis.null("date"))
    perhaps = ibis.ifelse((seen.seen == "Y") | seen.seen.isnull(), seen.visit_date, ibis.null("date"))
    seen = seen.group_by(*CHILD).agg(last=sure.max(), last_perhaps=perhaps.max())
    rows = beside(rows, seen)
    rows = rows.mutate(
        base=ibis.coalesce(rows["last"], rows.waiting_since),
        base_perhaps=ibis.coalesce(rows.last_perhaps, rows.waiting_since),
    )
    rows = at.due(rows, due=("base", "waiting_seen"), perhaps=("base_perhaps", "waiting_seen"))
    unclear = (rows.due < at.as_at) & (rows.perhaps >= at.as_at)
    return answers(
        rows,
        due="due",
        status=ibis.ifelse(unclear, str(Status.CANNOT_TELL), RUNNING),
        severity=ibis.ifelse(rows.protected, "red", "amber"),
        evidence={
            "waiting_since": rows.waiting_since,
            "status": rows.status,
            "last_seen": rows["last"],
            "last_visit_seen_blank": rows.last_perhaps,
            "interval": str(at.policy.clock("waiting_seen")),
        },
    )


def risk_assessment(at: Context) -> ir.Table:
    """AL-06: a risk assessment signed by the service manager."""
    rows = _since_waiting(at, "unallocated risk assessment")
    rows = at.due(rows.filter(rows["last"].isnull()), due=("waiting_since", "waiting_risk"))
    return _answers(at, rows, "waiting_risk", ibis.ifelse(rows.protected, "red", "amber"))


def family_told(at: Context) -> ir.Table:
    """AL-07: the family is told in writing whom to contact."""
    rows = _since_waiting(at, "family told whom to contact")
    rows = at.due(rows.filter(rows["last"].isnull()), due=("waiting_since", "waiting_told"))
    return _answers(at, rows, "waiting_told", Severity.NOTE)


def first_worker(at: Context) -> ir.Table:
    """AL-08: a new referral has a named worker within one working day; only while it never had one."""
    rows = at.step("unallocated")
    rows = at.due(rows.filter(~rows.had_one), due=("episode_start", "allocation_grace"))
    return answers(
        rows,
        due="due",
        severity=Severity.AMBER,
        evidence={
            "episode_start": rows.episode_start,
            "status": rows.status,
            "interval": str(at.policy.clock("allocation_grace")),
        },
    )


_NEEDS = ("involvement", "involvement.start_date", "involvement:history", "worker")
_RED, _AMBER, _NOTE = Severity.RED, Severity.AMBER, Severity.NOTE

WAITING_RULES = (
    Rule(
        "AL-03",
        "Weekly look at a waiting child",
        "Which children without a worker has no manager looked at for seven days?",
        Who.MANAGER,
        Authority.NORM,
        (_RED, _AMBER),
        "Walsall and Cumberland; practice-standards AL-03; key date: unallocated review",
        "child",
        "",
        ("waiting_review",),
        (*_NEEDS, "key_date=unallocated review"),
        manager_review,
    ),
    Rule(
        "AL-05",
        "Seen while waiting",
        "Which children without a worker has nobody seen for four weeks?",
        Who.MANAGER,
        Authority.NORM,
        (_RED, _AMBER),
        "Cumberland; practice-standards AL-05",
        "child",
        "",
        ("waiting_seen",),
        (*_NEEDS, "cp_visit", "cin_visit", "care_visit"),
        seen_while_waiting,
        "Visits by a duty worker that no visit table holds.",
    ),
    Rule(
        "AL-06",
        "Risk of waiting not assessed",
        "For which children without a worker is there no risk assessment signed by a service manager?",
        Who.HEAD,
        Authority.LOCAL,
        (_RED, _AMBER),
        "Cumberland, the days are ours; practice-standards AL-06; key date: unallocated risk assessment",
        "child",
        "",
        ("waiting_risk",),
        (*_NEEDS, "key_date=unallocated risk assessment"),
        risk_assessment,
    ),
    Rule(
        "AL-07",
        "Family not told whom to contact",
        "Which families of children without a worker have not been told in writing whom to contact?",
        Who.MANAGER,
        Authority.LOCAL,
        (_NOTE,),
        "Milton Keynes and Walsall, the days are ours; practice-standards AL-07; key date: family told whom "
        "to contact",
        "child",
        "",
        ("waiting_told",),
        (*_NEEDS, "key_date=family told whom to contact"),
        family_told,
    ),
    Rule(
        "AL-08",
        "No worker since the referral",
        "Which newly referred children have had no named worker from the first working day on?",
        Who.MANAGER,
        Authority.NORM,
        (_AMBER,),
        "Cambridgeshire framework; practice-standards AL-08",
        "child",
        "",
        ("allocation_grace",),
        _NEEDS,
        first_worker,
        "Children who had a worker and lost them: AL-01 and AL-04 show those.",
    ),
)
