"""Children looked after: visits to each placement, reviews, and how often they have moved."""

from __future__ import annotations

from collections.abc import Callable

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import CHILD, Context, beside, impossible, only, without
from evenlode.position.living import so_many_days_after
from evenlode.position.visits import PLAN, counted
from evenlode.rules.front_door import cannot_be
from evenlode.rules.rule import RUNNING, Rule, Severity, Status, Who, answers


def placement_clock(at: Context) -> ir.Table:
    """Which visit rule applies to each current placement, its due date, and whether that is sure.

    Contract 3, CLA-V1 to V4 and V7.  The same sum is done twice: with the visits that were surely
    seen, and with those whose "seen" is blank; a blank cures only where no rule of this clock
    would be late with it.
    """
    placed = only(at.step("placement_now"), at.step("period_open")).rename(plan_id="placement_id")
    rows = counted(at, placed)
    order = at.step("on_interim_order").mutate(interim=ibis.literal(True))
    reviews = _reviews(at, rows.select(*CHILD, "count_from"))
    rows = beside(beside(rows, order, reviews), at.step("placement_last_visit"), keys=PLAN)
    weekly = at.listed(rows.placement_type, "with_parents_placements") & (rows.interim.fill_null(False))
    clocks: dict[str, tuple[str, str]] = {
        "first_due": ("count_from", "care_first_visit"),
        "first_year": ("count_from", "care_first_year"),
        "weekly_first": ("count_from", "care_visit_weekly"),
        "later_first": ("count_from", "care_visit_after_review"),
    }
    for which in ("seen", "perhaps"):
        last = f"last_{which}"
        clocks |= {
            f"{which}_year": (last, "care_visit"),
            f"{which}_settled": (last, "care_visit_settled"),
            f"{which}_weekly": (last, "care_visit_weekly"),
            f"{which}_after": (last, "care_visit_after_review"),
        }
    settled = at.listed(rows.placement_type, "settled_placements")
    rows = at.due(rows.mutate(weekly=weekly, settled=settled), **clocks)
    if at.policy.lists["seldom_visited_placements"]:
        rows = _with_seldom(at, rows)
    rows = rows.select(
        *CHILD,
        "plan_id",
        "start_date",
        "last_seen",
        "count_from",
        "weekly",
        "reviewed",
        seen_rule=_which_rule(rows, "seen")[0],
        seen_due=_which_rule(rows, "seen")[1],
        perhaps_due=_which_rule(rows, "perhaps")[1],
    )
    late, late_perhaps = rows.seen_due < at.as_at, rows.perhaps_due < at.as_at
    return rows.select(
        *CHILD,
        "plan_id",
        "start_date",
        "last_seen",
        "count_from",
        "weekly",
        "reviewed",
        rule="seen_rule",
        due="seen_due",
        cured=late & ~late_perhaps,
    )


def _with_seldom(at: Context, rows: ir.Table) -> ir.Table:
    """Practice-standards CLA-V5, where a council has switched it on: the due dates that may stand for V4's.

    Only for a child whose own plan says how often to visit; where that is sooner, it holds.
    """
    plan = at.record("plan_interval", "child_id", "visit_every_days")
    plan = plan.filter((plan.visit_every_days > 0) & (plan.visit_every_days <= 366))
    rows = beside(rows, plan.group_by(*CHILD).agg(every=plan.visit_every_days.min().cast("int64")))
    seldom = at.listed(rows.placement_type, "seldom_visited_placements") & rows.every.notnull()
    rows = rows.mutate(seldom=seldom)
    for which in ("seen", "perhaps"):
        rows = so_many_days_after(rows, f"last_{which}", "every", f"{which}_own")
        rows = at.due(rows, **{f"{which}_half_year": (f"last_{which}", "care_visit_seldom")})
        soonest = ibis.least(rows[f"{which}_own"], rows[f"{which}_half_year"])
        rows = rows.mutate(**{f"{which}_seldom": soonest})
    return rows


def _reviews(at: Context, placed: ir.Table) -> ir.Table:
    """Children whose placement has had a review held since it began."""
    periods = at.record("care_episode", "period_id", "child_id").distinct()
    periods = periods.select(q_la="la_code", q_period="period_id", q_child="child_id")
    reviews = at.step("care_review_held")
    reviews = reviews.inner_join(
        periods, [reviews.la_code == periods.q_la, reviews.period_id == periods.q_period]
    )
    rows = reviews.select("la_code", "held_date", child_id="q_child").inner_join(placed, list(CHILD))
    rows = rows.filter(rows.held_date >= rows.count_from)
    return rows.select(*CHILD, reviewed=ibis.literal(True)).distinct()


def _which_rule(rows: ir.Table, which: str) -> tuple[ir.StringValue, ir.DateValue]:
    """The rule that applies and its due date, taking `last_<which>` as the last visit."""
    last, visited = rows[f"last_{which}"], rows[f"last_{which}"].notnull()
    reviewed = rows.reviewed.fill_null(False)
    settled = rows.settled
    first_year = last < rows.first_year
    weekly_due = ibis.cases(
        (visited & reviewed, rows[f"{which}_after"]),
        (visited, rows[f"{which}_weekly"]),
        (reviewed, rows.later_first),
        else_=rows.weekly_first,
    )
    seldom = [(rows.seldom, "CLA-V5", rows[f"{which}_seldom"])] if "seldom" in rows.columns else []
    rule = ibis.cases(
        (rows.weekly, "CLA-V7"),
        (~visited, "CLA-V1"),
        (first_year, "CLA-V2"),
        *((applies, name) for applies, name, _ in seldom),
        (settled, "CLA-V4"),
        else_="CLA-V3",
    )
    due = ibis.cases(
        (rows.weekly, weekly_due),
        (~visited, rows.first_due),
        *((~first_year & applies, soonest) for applies, _, soonest in seldom),
        (~first_year & settled, rows[f"{which}_settled"]),
        else_=rows[f"{which}_year"],
    )
    return rule, due


def visits_of(rule_id: str, clock: str, after_review: str = "") -> Callable[[Context], ir.Table]:
    """What finds the placements to which that rule of `placement_clock` applies.

    after_review: the interval once a review has been held, where it is another.
    """

    def find(at: Context) -> ir.Table:
        rows = at.step("placement_clock")
        rows = rows.filter(rows.rule == rule_id)
        reviewed = rows.reviewed.fill_null(False)
        interval: ir.Value | str = str(at.policy.clock(clock))
        if after_review:
            interval = ibis.ifelse(reviewed, str(at.policy.clock(after_review)), interval)
        running = answers(
            rows,
            record="plan_id",
            due="due",
            severity=Severity.RED,
            status=ibis.ifelse(rows.cured, str(Status.CANNOT_TELL), RUNNING),
            evidence={
                "placement_start": rows.start_date,
                "last_seen": rows.last_seen,
                "reviewed_since_start": reviewed,
                "interval": interval,
            },
        )
        if rule_id != "CLA-V1":
            return running
        every = at.record("placement", "child_id", "placement_id", "start_date", "end_date")
        wrong = without(every.filter(impossible(every.start_date, every.end_date, at.as_at)), at.step("gone"))
        return running.union(cannot_be(wrong, "placement_id", wrong.start_date, wrong.end_date, Severity.RED))

    return find


def _review_rule(which: str, base: str, clock: str) -> Callable[[Context], ir.Table]:
    def find(at: Context) -> ir.Table:
        rows = at.step("period_review")
        wanted = {"none": rows.held == 0, "one": rows.held == 1, "more": rows.held > 1}[which]
        rows = at.due(rows.filter(wanted), due=(base, clock))
        running = answers(
            rows,
            record="period_id",
            due="due",
            severity=Severity.RED,
            evidence={
                "entered_care": rows.entered_care,
                "last_held": rows.last_held,
                "reviews_held": rows.held,
                "interval": str(at.policy.clock(clock)),
            },
        )
        if which != "none":
            return running
        wrong = at.step("period_faulty")
        return running.union(
            cannot_be(wrong, "period_id", wrong.faulty_start, wrong.faulty_end, Severity.RED)
        )

    return find


def moves(at: Context) -> ir.Table:
    """Contract 3, CLA-S1: three or more placements in 12 months."""
    period = at.step("period_open").anti_join(at.step("period_faulty"), [*CHILD, "period_id"])
    rows = period.inner_join(at.step("placement_recent"), list(CHILD))
    enough = int(at.policy.numbers["placements_in_window"])
    rows = rows.filter(rows.placements >= enough)
    return answers(
        rows,
        record="period_id",
        status=Status.BREACH,
        severity=Severity.AMBER,
        evidence={
            "placements": rows.placements,
            "limit": enough,
            "window_months": int(at.policy.numbers["placement_window_months"]),
        },
    )


def _visit(rule_id: str, name: str, question: str, clock: str, after_review: str = "") -> Rule:
    return Rule(
        rule_id,
        name,
        question,
        Who.WORKER,
        Authority.STATUTE,
        (Severity.RED,),
        "Care Planning, Placement and Case Review (England) Regulations 2010, reg. 28",
        "child",
        "placement",
        (clock, after_review) if after_review else (clock,),
        ("care_episode", "placement", "care_visit", "legal_status"),
        visits_of(rule_id, clock, after_review),
    )


def _review(rule_id: str, name: str, question: str, which: str, base: str, clock: str) -> Rule:
    reviews = "care_review:newest" if which == "none" else "care_review:history"
    return Rule(
        rule_id,
        name,
        question,
        Who.REVIEWING_OFFICER,
        Authority.STATUTE,
        (Severity.RED,),
        "Care Planning, Placement and Case Review (England) Regulations 2010, reg. 33",
        "child",
        "period of care",
        (clock,),
        ("care_episode", reviews, "legal_status"),
        _review_rule(which, base, clock),
    )


LOOKED_AFTER_RULES = (
    _visit(
        "CLA-V1",
        "First visit in a placement",
        "Which children were not visited within a week of moving?",
        "care_first_visit",
    ),
    _visit(
        "CLA-V2",
        "Visits in a placement's first year",
        "Which children in a newer placement were not visited in six weeks?",
        "care_visit",
    ),
    _visit(
        "CLA-V3",
        "Visits after the first year",
        "Which children, not settled for good, were not visited in six weeks?",
        "care_visit",
    ),
    _visit(
        "CLA-V4",
        "Visits to settled children",
        "Which children, settled for good, were not visited in three months?",
        "care_visit_settled",
    ),
    _visit(
        "CLA-V7",
        "Visits under an interim order with parents",
        "Which children at home under an interim care order were not visited in time?",
        "care_visit_weekly",
        "care_visit_after_review",
    ),
    _review(
        "CLA-R1",
        "First review",
        "Which children new to care have had no review in time?",
        "none",
        "entered_care",
        "care_first_review",
    ),
    _review(
        "CLA-R2",
        "Second review",
        "Which children have had no second review in time?",
        "one",
        "first_held",
        "care_second_review",
    ),
    _review(
        "CLA-R3",
        "Later reviews",
        "Which children have had no review for six months?",
        "more",
        "last_held",
        "care_later_review",
    ),
    Rule(
        "CLA-S1",
        "Three or more placements",
        "Which children have lived in three or more places in 12 months?",
        Who.HEAD,
        Authority.NORM,
        (Severity.AMBER,),
        "DfE measure",
        "child",
        "period of care",
        ("placements_in_window", "placement_window_months"),
        ("care_episode", "placement:history", "legal_status"),
        moves,
    ),
)
