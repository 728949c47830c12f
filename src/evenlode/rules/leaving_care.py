"""Leaving care: who is entitled to help, their plan, their adviser, and what is known of them."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import CHILD, Context, beside, only, without
from evenlode.position.key_dates import of_kind
from evenlode.rules.rule import RUNNING, Evidence, Rule, Severity, Status, Who, answers

_PLANNING = "Care Planning, Placement and Case Review (England) Regulations 2010"
_LEAVING = "Care Leavers (England) Regulations 2010"


def unlisted(at: Context) -> ir.Table:
    """CL-01: entitled to help with leaving care, and not on the list of care leavers."""
    rows = without(at.step("eligible_in_care"), at.step("care_leaver_now"))
    return answers(
        rows,
        record="period_id",
        status=Status.FLAG,
        severity=Severity.AMBER,
        evidence={
            "eligible_on": rows.eligible_on,
            "days_in_care_since_14": rows.days_in_care,
            "needed": int(at.policy.numbers["eligible_days"]),
        },
    )


def _since_eligible(at: Context, done: ir.Table, severity: Severity) -> ir.Table:
    """Entitled young people for whom that has not been done, with the three months they have."""
    rows = at.due(without(at.step("eligible_in_care"), done), due=("eligible_on", "needs_assessment"))
    return answers(
        rows,
        record="period_id",
        due="due",
        severity=severity,
        evidence={
            "eligible_on": rows.eligible_on,
            "sixteenth_birthday_passed": rows.sixteen <= at.as_at,
            "interval": str(at.policy.clock("needs_assessment")),
        },
    )


def needs_assessment(at: Context) -> ir.Table:
    """CL-02: no assessment of needs before leaving care."""
    done = of_kind(at, "needs assessment")
    return _since_eligible(at, done.filter(done.done_date.notnull()), Severity.RED)


def pathway_plan(at: Context) -> ir.Table:
    """CL-03: no pathway plan, by its own date or by the care leavers' list."""
    made = of_kind(at, "pathway plan")
    made = made.filter(made.done_date.notnull()).select(*CHILD)
    listed = at.step("care_leaver_now")
    listed = listed.filter(listed.pathway_review.notnull()).select(*CHILD)
    return _since_eligible(at, made.union(listed), Severity.AMBER)


def _leaver(at: Context) -> ir.Table:
    rows = at.step("care_leaver_now")
    return rows.filter(~rows.over_21)


def _last_visit(at: Context) -> ir.Table:
    visits = of_kind(at, "adviser visit")
    return visits.group_by(*CHILD).agg(last_visit=visits.done_date.max())


def _newest_home(at: Context) -> ir.Table:
    homes = of_kind(at, "new accommodation")
    homes = homes.group_by(*CHILD).agg(
        moved_in=homes.start_date.max(), undated=homes.start_date.isnull().max()
    )
    return only(homes, _leaver(at))


def new_home_visit(at: Context) -> ir.Table:
    """CL-05: no visit of the adviser since the young person's newest move."""
    rows = beside(_newest_home(at), _last_visit(at))
    rows = rows.filter(~(rows.last_visit >= rows.moved_in).fill_null(False))
    rows = at.due(rows, due=("moved_in", "new_accommodation_visit"))
    return answers(
        rows,
        due="due",
        severity=Severity.RED,
        status=_known(rows.moved_in),
        evidence={
            "moved_in": rows.moved_in,
            "last_visit": rows.last_visit,
            "interval": str(at.policy.clock("new_accommodation_visit")),
        },
    )


def _known(day: ir.DateValue) -> ir.StringValue:
    return ibis.ifelse(day.isnull(), str(Status.CANNOT_TELL), RUNNING)


def adviser_visit(at: Context) -> ir.Table:
    """CL-06: no visit of the adviser in two months, where the council provides the accommodation."""
    table = at.record("care_leaver", "child_id", "accommodation")
    provided = table.filter(at.listed(table.accommodation, "provided_accommodation")).select(*CHILD)
    homes = of_kind(at, "new accommodation")
    provided = provided.union(homes.select(*CHILD)).distinct()
    homes = homes.group_by(*CHILD).agg(moved_in=homes.start_date.max())
    rows = beside(only(_leaver(at), provided).select(*CHILD), _last_visit(at), homes)
    rows = rows.mutate(counted_from=ibis.coalesce(rows.last_visit, rows.moved_in))
    rows = at.due(rows, due=("counted_from", "adviser_visit"))
    return answers(
        rows,
        due="due",
        severity=Severity.RED,
        status=_known(rows.counted_from),
        evidence={
            "last_visit": rows.last_visit,
            "moved_in": rows.moved_in,
            "interval": str(at.policy.clock("adviser_visit")),
        },
    )


def birthday(at: Context) -> ir.Table:
    """CL-08: not known, when DfE's window round a birthday closes, how the young person is.

    Left care only.  Where the council is not in touch, nothing more is asked.
    """
    table = at.record(
        "care_leaver", "child_id", "in_touch", "latest_contact_date", "accommodation", "activity"
    )
    blank_home = _blank(table.accommodation) | at.listed(table.accommodation, "unknown_accommodation")
    table = table.select(
        *CHILD,
        told_touch=~_blank(table.in_touch),
        told_more=at.listed(table.in_touch, "not_in_touch"),
        told_home=~blank_home,
        told_activity=~_blank(table.activity),
    )
    told = table.group_by(*CHILD).agg(
        told_touch=table.told_touch.max(),
        told_more=table.told_more.max(),
        told_home=table.told_home.max(),
        told_activity=table.told_activity.max(),
    )
    rows = _leaver(at)
    rows = beside(rows.filter(~rows.still_in_care), told)
    rows = rows.filter(~(rows.told_touch & (rows.told_more | (rows.told_home & rows.told_activity))))
    rows = at.due(rows, due=("born_on", "birthday_window_end"))
    rows = rows.filter(rows.due.notnull() | rows.born_on.isnull())
    evidence: Evidence = {
        "in_touch_known": rows.told_touch,
        "accommodation_known": rows.told_home,
        "activity_known": rows.told_activity,
        "months_before": int(at.policy.numbers["birthday_before"]),
        "months_after": int(at.policy.numbers["birthday_after"]),
    }
    return answers(rows, due="due", severity=Severity.AMBER, status=_known(rows.due), evidence=evidence)


def _blank(text: ir.StringValue) -> ir.BooleanValue:
    return text.isnull() | (text.strip() == "")


def change(at: Context) -> ir.Table:
    """CL-09: something changed since the pathway plan was last reviewed.

    A change is one that was written down, a new accommodation, or a move to another placement.
    """
    written = of_kind(at, "change of circumstances")
    answered = written.filter(written.done_date.notnull())
    answered = answered.group_by(*CHILD).agg(reviewed_for=answered.done_date.max())
    homes = of_kind(at, "new accommodation")
    moves = at.step("placement_spell").select(*CHILD, placed_on="start_date")
    moves = moves.inner_join(at.step("period_open").select(*CHILD, "entered_care"), list(CHILD))
    moves = moves.filter(moves.placed_on > moves.entered_care)
    changes = ibis.union(
        written.filter(written.done_date.isnull()).select(*CHILD, changed_on="start_date"),
        homes.select(*CHILD, changed_on="start_date"),
        moves.select(*CHILD, changed_on="placed_on"),
    )
    rows = _leaver(at).select(*CHILD, "pathway_review")
    rows = beside(rows, answered)
    rows = rows.mutate(
        reviewed_on=ibis.greatest(
            ibis.coalesce(rows.pathway_review, rows.reviewed_for),
            ibis.coalesce(rows.reviewed_for, rows.pathway_review),
        )
    )
    rows = rows.inner_join(changes.filter(changes.changed_on.notnull()), list(CHILD))
    rows = rows.filter(rows.reviewed_on.isnull() | (rows.changed_on > rows.reviewed_on))
    rows = rows.group_by(*CHILD, "reviewed_on").agg(changed_on=rows.changed_on.min())
    rows = at.due(rows, due=("changed_on", "pathway_change_review"))
    return answers(
        rows,
        due="due",
        severity=Severity.AMBER,
        status=_known(rows.reviewed_on),
        evidence={
            "changed_on": rows.changed_on,
            "last_review": rows.reviewed_on,
            "interval": str(at.policy.clock("pathway_change_review")),
        },
    )


_ENTITLED = ("care_episode", "legal_status", "child.dob")

LEAVING_CARE_RULES = (
    Rule(
        "CL-01",
        "Entitled to help with leaving care",
        "Which young people in care should be on the list of care leavers and are not?",
        Who.MANAGER,
        Authority.STATUTE,
        (Severity.AMBER,),
        f"{_PLANNING}, reg. 40",
        "child",
        "period of care",
        ("fourteen", "sixteen", "eligible_days", "care_leaver_eligibility"),
        (*_ENTITLED, "care_leaver", "care_episode:history"),
        unlisted,
        "Short breaks in earlier periods of care are counted as time in care. A council that lists care "
        "leavers only once they have left care sees all of its 16 and 17 year olds here.",
    ),
    Rule(
        "CL-02",
        "Assessment before leaving care",
        "Which young people in care have had no assessment of what they need to leave it?",
        Who.WORKER,
        Authority.STATUTE,
        (Severity.RED,),
        f"{_PLANNING}, reg. 42; key date: needs assessment",
        "child",
        "period of care",
        ("needs_assessment", "eligible_days"),
        (*_ENTITLED, "key_date=needs assessment"),
        needs_assessment,
    ),
    Rule(
        "CL-03",
        "First pathway plan",
        "Which young people in care have no pathway plan?",
        Who.WORKER,
        Authority.LOCAL,
        (Severity.AMBER,),
        f"{_PLANNING}, reg. 43, for the duty, which says as soon as possible; key date: pathway plan",
        "child",
        "period of care",
        ("needs_assessment", "eligible_days"),
        (*_ENTITLED, "care_leaver.pathway_review_date|key_date=pathway plan"),
        pathway_plan,
        "Where care leavers are listed only once they have left care, a plan made before is not seen "
        "unless it is handed over as a key date.",
    ),
    Rule(
        "CL-05",
        "Adviser's visit to a new home",
        "Which care leavers were not visited within a week of moving?",
        Who.WORKER,
        Authority.STATUTE,
        (Severity.RED,),
        f"{_LEAVING}, reg. 8; key dates: new accommodation, adviser visit",
        "child",
        "",
        ("new_accommodation_visit",),
        ("care_leaver", "key_date=new accommodation", "key_date=adviser visit"),
        new_home_visit,
        "Whether it is the council that provides the accommodation.",
    ),
    Rule(
        "CL-06",
        "Adviser's visits",
        "Which care leavers in accommodation that we provide were not visited in two months?",
        Who.WORKER,
        Authority.STATUTE,
        (Severity.RED,),
        f"{_LEAVING}, reg. 8; key date: adviser visit",
        "child",
        "",
        ("adviser_visit", "provided_accommodation"),
        ("care_leaver.accommodation", "key_date=adviser visit"),
        adviser_visit,
        "Who provides the accommodation: the codes do not say, so a policy list says which kinds count.",
    ),
    Rule(
        "CL-08",
        "Known at the birthday",
        "Of which care leavers do we not know how they are, round their birthday?",
        Who.WORKER,
        Authority.NORM,
        (Severity.AMBER,),
        "SSDA903; DfE's care leavers' measures",
        "child",
        "",
        ("birthday_before", "birthday_after", "not_in_touch", "unknown_accommodation"),
        ("care_leaver.in_touch", "care_leaver.accommodation", "care_leaver.activity", "child.dob"),
        birthday,
        "Whether what is known now was known within the window: the list of care leavers keeps no past.",
    ),
    Rule(
        "CL-09",
        "Pathway plan after a change",
        "Whose pathway plan was not reviewed after something changed?",
        Who.WORKER,
        Authority.LOCAL,
        (Severity.AMBER,),
        "practice-standards CL-09 (house default); key dates: change of circumstances, new accommodation",
        "child",
        "",
        ("pathway_change_review",),
        (
            "care_leaver.pathway_review_date",
            "key_date=change of circumstances|key_date=new accommodation|placement:history",
        ),
        change,
        "Changes that nobody wrote down: loss of work or schooling, pregnancy, custody.",
    ),
)
