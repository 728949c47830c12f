"""When each child was last talked about, and when the next supervision is due."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.position.context import CHILD, Context, Step, beside, latest, only

STATUS_RULES: tuple[tuple[str, str, str], ...] = (
    ("CP", "SUP-05", "supervision_cp"),
    ("CIN", "SUP-06", "supervision_cin"),
    ("CLA", "SUP-07", "supervision_care"),
    ("ASSESSMENT", "SUP-09", "supervision_assessment"),
)
"""Status, the rule it gives, and the clock; in this order where two intervals are equal."""


def was_held(at: Context, state: ir.StringValue) -> ir.BooleanValue:
    """SUP-13: a session that was cancelled, missed or only planned was not held; a blank state is."""
    return ~at.listed(state, "cancelled_sessions") & ~at.listed(state, "planned_sessions")


def supervision_note(at: Context) -> ir.Table:
    """Case supervision and management oversight of open children and care leavers that was held."""
    people = at.step("open_child").select(*CHILD).union(at.step("care_leaver_now").select(*CHILD)).distinct()
    rows = only(at.record("supervision", "child_id", "note_type", "held_date", "state"), people)
    case = at.listed(rows.note_type, "case_supervision_notes")
    oversight = at.listed(rows.note_type, "oversight_notes")
    rows = rows.filter((rows.held_date <= at.as_at) & (case | oversight) & was_held(at, rows.state))
    return rows.select(*CHILD, "held_date", is_case=at.listed(rows.note_type, "case_supervision_notes"))


def supervision_status(at: Context) -> ir.Table:
    """The status that sets each open child's interval: the shortest, and in the list's order."""
    rows = at.step("status")
    length = {s: at.policy.clock(c).n for s, _, c in STATUS_RULES}
    rows = rows.mutate(
        days=ibis.cases(*((rows.status == s, length[s]) for s, _, _ in STATUS_RULES), else_=9999),
        place=ibis.cases(*((rows.status == s, i) for i, (s, _, _) in enumerate(STATUS_RULES)), else_=99),
        rule=ibis.cases(*((rows.status == s, r) for s, r, _ in STATUS_RULES), else_=""),
    )
    return latest(only(rows, at.step("open_child")), CHILD, newest=[rows.days.asc(), rows.place.asc()])


def supervision_clock(at: Context) -> ir.Table:
    """Contract 3, SUP-05, 06, 07 and 09: base, due date and the day from which a gap is red."""
    rows = at.step("supervision_status")
    child = at.step("open_child").select(*CHILD, "episode_start")
    rows = rows.inner_join(child, list(CHILD))
    note = at.step("supervision_note").inner_join(rows.select(*CHILD, "rule", "episode_start"), list(CHILD))
    note = note.filter((note.held_date >= note.episode_start) & (note.is_case | (note.rule == "SUP-09")))
    last = note.group_by(*CHILD).agg(last_held=note.held_date.max())
    rows = beside(rows, last)
    rows = rows.mutate(base=ibis.coalesce(rows.last_held, rows.episode_start))
    clocks: dict[str, tuple[str, str]] = {"late_limit": ("base", "supervision_longest")}
    for _, rule, clock in STATUS_RULES:
        clocks[f"from_base_{rule}"] = ("base", clock)
        clocks[f"from_status_{rule}"] = ("since", clock)
    rows = at.due(rows, **clocks)

    def of_rule(name: str) -> ir.DateValue:
        return ibis.cases(
            *((rows.rule == r, rows[f"{name}_{r}"]) for _, r, _ in STATUS_RULES), else_=ibis.null("date")
        )

    began_after = rows.since > rows.base
    due = ibis.ifelse(began_after, ibis.least(rows.late_limit, of_rule("from_status")), of_rule("from_base"))
    rows = rows.select(
        *CHILD, "rule", "status", "since", "base", "last_held", "days", "episode_start", due=due
    )
    halves = {f"red_{rule}": ("due", f"{clock}_half") for _, rule, clock in STATUS_RULES}
    rows = at.due(rows, **halves)
    red = ibis.cases(
        *((rows.rule == r, rows[f"red_{r}"]) for _, r, _ in STATUS_RULES), else_=ibis.null("date")
    )
    return rows.select(*(c for c in rows.columns if c not in halves), red_from=red)


SUPERVISION_STEPS = (
    Step("supervision_note", "Supervision and oversight notes by the day.", supervision_note),
    Step("supervision_status", "The status that sets a child's interval.", supervision_status),
    Step("supervision_clock", "When each open child's next case supervision is due.", supervision_clock),
)
