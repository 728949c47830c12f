"""Audits that led to nothing, were far too kind, or whose effect nobody showed; actions without proof, or of somebody who has left."""

from __future__ import annotations

from evenlode.demo.dates import add_months
from evenlode.demo.expected import BREACH, CANNOT_TELL, FLAG
from evenlode.demo.facts import Child
from evenlode.demo.keeping.audits import GOOD, audited_action
from evenlode.demo.keeping.kept import Audit
from evenlode.demo.keeping.plan_dates import open_children
from evenlode.demo.planting.ground import Ground


def _audited(ground: Ground) -> list[tuple[Child, Audit]]:
    """Every audit with its child, outside the strong team."""
    children = {c.id: c for family in ground.families for c in family.children}
    strong = ground.strong_team.id
    return [(children[audit.child], audit) for audit in ground.kept.audits if audit.team != strong]


def without_action(ground: Ground) -> None:
    """QA-06: the work needs to improve, and nothing was agreed; of one audit nobody wrote down the grade."""
    able = [(child, audit) for child, audit in _audited(ground) if audit.grade == GOOD]
    many = max(1, len(able) // 8)
    for turn, (child, audit) in enumerate(able[: many + 1]):
        blank = turn == 1
        audit.grade = "" if blank else "Requires improvement to be good"
        audit.moderated, audit.moderated_on = (
            ("", None) if blank or not audit.moderated else (audit.grade, audit.moderated_on)
        )
        status = CANNOT_TELL if blank else FLAG
        ground.expected.add(
            "QA-06", child, audit.id, status, None, "planted: audit below good, and no action from it"
        )


def moderated_lower(ground: Ground) -> None:
    """QA-03: outstanding to its auditor, and not to the moderator, who found that it needs to improve."""
    able = [(child, audit) for child, audit in _audited(ground) if audit.grade == GOOD and audit.moderated]
    for child, audit in able[-max(1, len(able) // 25) :]:
        audit.grade, audit.moderated = "Outstanding", "Requires improvement"
        child.actions.append(audited_action(ground, child, audit))
        ground.expected.add("QA-03", child, audit.id, FLAG, None, "planted: moderated down by two grades")


def effect_not_shown(ground: Ground) -> None:
    """QA-07: the action from an audit is done, and nobody has looked whether practice changed."""
    able = [(c, a) for c, _ in _audited(ground) for a in c.actions if a.audit and a.done is not None]
    for turn, (child, action) in enumerate(able[: max(1, len(able) // 5)]):
        action.changed = "N" if turn % 2 == 0 else ""
        ground.expected.add("QA-07", child, "", FLAG, None, "planted: audit action done, effect not shown")


def without_proof(ground: Ground) -> None:
    """ACT-01: ticked off in the last months, with nothing to show for it."""
    dice = ground.making.dice
    able = [
        (child, action)
        for family in ground.families
        if ground.team_of(family) is not ground.strong_team
        for child in open_children(ground, family)
        for action in child.actions
        if action.done is not None and add_months(action.done, 5) > ground.day and not action.audit
    ]
    for child, action in dice.sample(able, min(len(able), max(1, len(able) // 50))):
        action.proof = "N"
        ground.expected.add("ACT-01", child, "", BREACH, None, "planted: done, and nothing shows it")


def of_leavers(ground: Ground) -> None:
    """ACT-04: open actions in the name of somebody who has left."""
    dice = ground.making.dice
    gone = {w.staff_number for w in ground.workforce.workers if w.left is not None and w.left <= ground.day}
    able = [
        action
        for family in ground.families
        if ground.team_of(family) is not ground.strong_team
        for child in open_children(ground, family)
        for action in child.actions
        if action.done is None and action.owner
    ]
    for action in dice.sample(able, min(len(able), max(1, len(able) // 40))):
        action.owner = dice.choice(sorted(gone))
    for family in ground.families:
        for child in open_children(ground, family):
            for action in child.actions:
                if action.done is None and action.owner in gone:
                    why = "planted: open action of somebody who has left"
                    ground.expected.add("ACT-04", child, "", BREACH, None, why)
