"""Case supervision: is each child talked about often enough?"""

from __future__ import annotations

from collections.abc import Callable

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import CHILD, Context, beside, without
from evenlode.rules.rule import RUNNING, Rule, Severity, Status, Who, answers

SEVERITIES = (Severity.AMBER, Severity.RED)


def _of_status(rule_id: str, clock: str) -> Callable[[Context], ir.Table]:
    def find(at: Context) -> ir.Table:
        rows = at.step("supervision_clock")
        rows = rows.filter(rows.rule == rule_id)
        return answers(
            rows,
            due="due",
            severity=ibis.ifelse(rows.red_from <= at.as_at, "red", "amber"),
            evidence={
                "last_held": rows.last_held,
                "base": rows.base,
                "status": rows.status,
                "status_since": rows.since,
                "red_from": rows.red_from,
                "interval": str(at.policy.clock(clock)),
            },
        )

    return find


def care_leavers(at: Context) -> ir.Table:
    """Contract 3, SUP-08: care leavers under 21 who are not open children."""
    rows = at.step("care_leaver_now")
    rows = without(rows.filter(~rows.over_21), at.step("open_child")).select(*CHILD)
    note = at.step("supervision_note")
    last = note.filter(note.is_case).group_by(*CHILD).agg(last_held=lambda t: t.held_date.max())
    rows = beside(rows, last)
    episode = at.step("current_referral").select(*CHILD, "referral_date")
    rows = beside(rows, episode)
    rows = rows.mutate(base=ibis.coalesce(rows.last_held, rows.referral_date))
    rows = at.due(rows, due=("base", "supervision_care_leaver"))
    rows = at.due(rows, red_from=("due", "supervision_care_leaver_half"))
    return answers(
        rows,
        due="due",
        status=ibis.ifelse(rows.base.isnull(), str(Status.CANNOT_TELL), RUNNING),
        severity=ibis.ifelse((rows.red_from <= at.as_at).fill_null(False), "red", "amber"),
        evidence={
            "last_held": rows.last_held,
            "base": rows.base,
            "red_from": rows.red_from,
            "interval": str(at.policy.clock("supervision_care_leaver")),
        },
    )


def _supervision(rule_id: str, of_whom: str, clock: str, given_by: str) -> Rule:
    return Rule(
        rule_id,
        f"Case supervision: {of_whom}",
        f"Which children ({of_whom}) were not talked about in time?",
        Who.MANAGER,
        Authority.LOCAL,
        SEVERITIES,
        f"practice-standards {rule_id} (house default)",
        "child",
        "",
        (clock, "supervision_longest", "case_supervision_notes"),
        ("supervision", "episode", given_by),
        _of_status(rule_id, clock),
        "How good the supervision was; one held but not recorded counts as not held.",
    )


SUPERVISION_RULES = (
    _supervision("SUP-05", "on a protection plan", "supervision_cp", "cp_plan"),
    _supervision("SUP-06", "in need", "supervision_cin", "cin_plan"),
    _supervision("SUP-07", "looked after", "supervision_care", "care_episode"),
    Rule(
        "SUP-08",
        "Case supervision: care leavers",
        "Which care leavers were not talked about in time?",
        Who.MANAGER,
        Authority.LOCAL,
        SEVERITIES,
        "practice-standards SUP-08 (house default)",
        "child",
        "",
        ("supervision_care_leaver",),
        ("supervision", "care_leaver"),
        care_leavers,
    ),
    _supervision("SUP-09", "in assessment or enquiry", "supervision_assessment", "assessment"),
)
