"""Tells the story of the invented council: which teams do well, which do not, and which children show it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from evenlode.demo.casemix import loads
from evenlode.demo.expected import RULES
from evenlode.demo.facts import Child, Team
from evenlode.demo.planting.ground import Ground
from evenlode.demo.workforce import ASSESSING, FRONT_DOOR, IN_CARE, SAFEGUARDING, TEENAGERS

_SHOWN = 8


def write_story(
    path: Path, ground: Ground, as_at: date, counts: dict[str, int], by_rule: dict[str, int]
) -> None:
    """Write the story beside the expected findings."""
    lines = [
        f"# Evenlode, an invented council, on {as_at.day} {as_at:%B %Y}",
        "",
        "Nobody in here exists: children are called after plants, workers after rivers and stones.",
        (
            f"{counts['open_children']} open children: {counts['child_protection']} on child protection plans, "
            f"{counts['looked_after']} looked after, {counts['cin_plans']} on child in need plans; "
            f"{counts['care_leavers']} care leavers; {counts['case_holding_workers']} workers hold cases."
        ),
        "",
        "## Teams",
        "",
        *_team_table(ground),
        "",
        "## What goes wrong, and which row of the mission it shows",
        "",
        *_chapters(ground),
        "",
        "## Expected findings",
        "",
        "| rule | findings |",
        "|---|---|",
        *(f"| {rule} | {by_rule[rule]} |" for rule in RULES),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _team_table(ground: Ground) -> list[str]:
    """One line a team: its manager, its people, the children it leads, how full it is, and what was planted there."""
    held = loads(ground.families, ground.day)
    led: dict[Team, int] = {}
    planted: dict[Team, int] = {}
    team_of: dict[str, Team] = {}
    for family in ground.families:
        for child in family.children:
            spell = child.lead(ground.day)
            if spell is not None:
                led[spell.team] = led.get(spell.team, 0) + 1
                team_of[child.id] = spell.team
    for finding in ground.expected.findings:
        team = team_of.get(finding.subject)
        if team is not None and finding.why.startswith("planted"):
            planted[team] = planted.get(team, 0) + 1
    lines = [
        "| team | service | manager | workers | children | fullness | planted findings | |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for team in ground.workforce.teams:
        staff = [w for w in team.workers if w.present(ground.day) and w is not team.manager]
        capacity = sum(w.capacity(ground.day) for w in staff)
        full = f"{100 * sum(held.get(w, 0) for w in staff) // capacity} %" if capacity else ""
        service = team.parent.name if team.parent is not None else ""
        manager = team.manager.name if team.manager is not None else ""
        row = (
            team.name,
            service,
            manager,
            len(staff),
            led.get(team, 0),
            full,
            planted.get(team, 0),
            _word(ground, team),
        )
        lines.append("| " + " | ".join(str(cell) for cell in row) + " |")
    return lines


def _word(ground: Ground, team: Team) -> str:
    """What there is to say of a team in a few words."""
    force = ground.workforce
    words = {
        force.of_kind(FRONT_DOOR)[0].id: "takes contacts and referrals, leads nobody",
        force.of_kind(ASSESSING)[0].id: "too much work: late assessments, children waiting for a worker",
        force.of_kind(ASSESSING)[1].id: "steady",
        force.of_kind(SAFEGUARDING)[0].id: "the strong team: everything in time",
        force.of_kind(SAFEGUARDING)[1].id: "manager absent, supervision stopped",
        force.of_kind(SAFEGUARDING)[
            2
        ].id: "newly qualified workers with protection plans, drift, actions never closed",
        force.of_kind(TEENAGERS)[0].id: "low caseloads",
        force.of_kind(IN_CARE)[1].id: "changes of worker, late reviews",
    }
    return words.get(team.id, "")


_TOLD: tuple[tuple[str, str, str], ...] = (
    ("novices", "Newly qualified and alone", "Child protection plans led by newly qualified workers with nobody alongside; nobody senior has been told (NQ-07; rows 1, 2, 6, 22)."),
    ("held by a leaver", "Held by somebody who has left", "A baby on a child protection plan, and a family in need, still in the name of a worker who has gone (AL-01, AL-04; rows 21, 97)."),
    ("absent manager", "Nobody to supervise", "The team manager is off sick and supervision stopped that day (SUP-05, SUP-06; rows 8, 21, 25, 26)."),
    ("waiting", "Assessed and waiting", "Children who were assessed and have no worker for what comes next (OPN-01, AL-01, AL-04; row 88)."),
    ("late assessments", "Late assessments", "Open for more than 45 working days (ASM-04; rows 87, 97, 102)."),
    ("overloaded", "Too much work", "Workers at 110 % of what they can hold, or more (DR-18, NQ-02; rows 4, 82, 100)."),
    ("short notice", "Changes at short notice", "Three workers within weeks (CW-02; rows 39, 101)."),
    ("absent worker", "Away, and nobody covers", "Children of a worker who is off sick (AL-12; row 21)."),
    ("not seen", "Not seen", "Children on plans whom nobody has seen for more than four weeks (CP-08; rows 34, 98)."),
    ("late reviews", "Reviews not held", "First review conferences past three months (CP-03; rows 11, 28)."),
)  # fmt: skip


def _chapters(ground: Ground) -> list[str]:
    """A short chapter for each trouble that this council has."""
    names = {child.id: child for family in ground.families for child in family.children}
    lines: list[str] = []
    for key, title, sentence in _TOLD:
        told = ground.story.get(key, [])
        if not told:
            continue
        shown = [_named(names, item) for item in told[:_SHOWN]]
        more = f", and {len(told) - _SHOWN} more" if len(told) > _SHOWN else ""
        lines += [f"**{title}.** {sentence}", f"See {'; '.join(shown)}{more}.", ""]
    lines += ["**Plans drifting.** " + _drift(ground), ""]
    lines += [
        "**What is good.** The first safeguarding team keeps every clock; the adolescent team has room for its young people."
    ]
    return lines


def _named(names: dict[str, Child], item: str) -> str:
    """A child's name and id in place of the id alone."""
    number, _, rest = item.partition(" ")
    child = names.get(number)
    return f"{child.forename} {child.surname} ({number}) {rest}".strip() if child is not None else item


def _drift(ground: Ground) -> str:
    """How many plans have run long."""
    long = [f for f in ground.expected.findings if f.rule == "CP-10"]
    return f"{len(long)} child protection plans have run for nine months or more (CP-10; rows 11, 24, 28); actions stay open most in the same team (ACT-02)."
