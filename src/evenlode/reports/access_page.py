"""The reference page of access: who may do what, how far, and on what terms, out of the matrix."""

from __future__ import annotations

from evenlode.access import Role, Scope
from evenlode.access.matrix import Declared, matrix
from evenlode.access.words import Verb

SCOPES = {
    Scope.OWN: "oneself; the children whom one holds on the day, as lead or as co-worker",
    Scope.LINE: "oneself, those whom one supervises, and those whom they supervise: the two and the manager above",
    Scope.SUPERVISEES: "own, and those whom one supervises, with their children",
    Scope.TEAM: "the above, and the team of one's post with the teams under it",
    Scope.SERVICE: "the above, and everything in the service of one's post",
    Scope.COUNCIL: "everything",
}


def access_page(made: str) -> str:
    """Every thing with its verbs, and how far each role reaches."""
    lines = [
        made + "# Who may do what\n",
        "A role that is not named may not. A restricted record is there for nobody but those named on it, whatever stands here.",
        "A refusal says the same on the page whatever its reason; the reason is in the audit log.\n",
        "## How far a role reaches\n",
        "| reach | takes in |",
        "|---|---|",
        *(f"| {scope.word} | {words} |" for scope, words in SCOPES.items()),
        "",
        "## Things\n",
    ]
    for declared in matrix().things.values():
        lines += [
            f"### {declared.thing[0].upper()}{declared.thing[1:]}\n",
            f"{declared.meaning}",
            f"About: {declared.about}. Shows something about a child: {'yes' if declared.shows_a_child else 'no'}.\n",
            "| may | how far, and who | terms |",
            "|---|---|---|",
            *(_row(declared, verb) for verb in declared.verbs),
            "",
        ]
    opened = sorted(thing.value for _, thing in matrix().glass_opens)
    lines += [
        "## What a broken glass opens\n",
        f"For 60 minutes at most, one child, to see and nothing else: {', '.join(opened)}.",
        "",
        "## Each role\n",
        *(line for role in Role for line in _role(role)),
    ]
    return "\n".join(lines)


def _row(declared: Declared, verb: Verb) -> str:
    reach = declared.verbs[verb]
    parts = [
        f"{scope.word}: {', '.join(r for r in Role if reach.get(r) is scope)}"
        for scope in SCOPES
        if scope in reach.values()
    ]
    terms = ", ".join(sorted(declared.terms[verb])) or "none"
    return f"| {verb} | {'; '.join(parts)} | {terms} |"


def _role(role: Role) -> list[str]:
    lines = [f"### {role[0].upper()}{role[1:]}\n", "| thing | may |", "|---|---|"]
    for thing, declared in matrix().things.items():
        may = [f"{v} ({r[role].word})" for v, r in declared.verbs.items() if role in r]
        if may:
            lines.append(f"| {thing} | {', '.join(may)} |")
    return [*lines, ""]
