"""Audits of children's records, most of them moderated, each below good with an action; and who is to do what was agreed."""

from __future__ import annotations

from evenlode.demo.dates import on_working_day
from evenlode.demo.facts import Action, Child
from evenlode.demo.keeping.kept import Audit
from evenlode.demo.keeping.plan_dates import open_children
from evenlode.demo.planting.ground import Ground

GOOD, RI = "Good", "Requires improvement"
_GRADES, _WEIGHTS = ("Outstanding", GOOD, RI, "Inadequate"), (8, 58, 30, 4)
_SHARE = 0.09


def owners(ground: Ground) -> None:
    """Every agreed action of an open child is now the lead worker's, by staff number."""
    for family in ground.families:
        for child in open_children(ground, family):
            spell = child.lead(ground.day)
            worker = spell.worker if spell is not None else None
            if worker is not None and not worker.placeholder:
                for action in child.actions:
                    action.owner = worker.staff_number


def audited_action(ground: Ground, child: Child, audit: Audit) -> Action:
    """What was agreed from an audit: done some weeks later, and looked at again."""
    day = audit.day + 5
    done = min(on_working_day(day + 28), ground.day)
    owner = child.actions[-1].owner if child.actions else ""
    return Action(day, "Bring the record up to date", done, done, owner, audit.id, changed="Y")


def audits(ground: Ground) -> None:
    """An audit of every eleventh child in the last eleven months; six in ten are moderated and keep their grade."""
    dice = ground.making.dice
    children = [c for family in ground.families for c in open_children(ground, family)]
    auditors = [team.manager for team in ground.workforce.teams if team.manager is not None]
    for child in dice.sample(children, max(3, round(_SHARE * len(children)))):
        spell = child.lead(ground.day)
        day = on_working_day(ground.day - dice.randint(45, 330))
        audit = Audit(
            ground.making.ids.give("audit", "A", 901),
            child.id,
            day,
            dice.choice(auditors).id,
            dice.choices(_GRADES, _WEIGHTS)[0],
            spell.team.id if spell is not None else "",
        )
        if dice.random() < 0.6:
            audit.moderated, audit.moderated_on = audit.grade, on_working_day(day + 14)
            audit.moderator = dice.choice(auditors).id
        ground.kept.audits.append(audit)
        if audit.grade not in {GOOD, "Outstanding"}:
            child.actions.append(audited_action(ground, child, audit))
