"""What Today shows, in which order and in which words, as a page of the reference."""

from __future__ import annotations

from evenlode.oversight.explained import Reason
from evenlode.oversight.groups import GROUPS, MOST_LINES, STRENGTH, Group
from evenlode.oversight.patterns import PATTERN_BY_RULE
from evenlode.oversight.since import Gone
from evenlode.oversight.watch_lists import WATCH_LISTS
from evenlode.rules.book import RULES
from evenlode.rules.rule import Severity


def today_page(made: str) -> str:
    """The groups, the watch lists and every rule's sentence, as they are declared."""
    lines = [
        made + "# Today, and the sentences\n",
        (
            f"At most {MOST_LINES} lines, one a family or worker: in the first group below that takes anything found of "
            "them; everything else found of the same family is folded into the line."
        ),
        (
            "Each group that has anything keeps one line; the rest go to the groups in their order. What finds no "
            "room is counted, and so is everything that no group takes.\n"
        ),
        "## The groups\n",
        "| group | takes, the most telling first | its order | at most | for |",
        "|---|---|---|---|---|",
        *(_group(g) for g in GROUPS),
        "",
        "## How a finding goes away\n",
        *(f"- {gone}" for gone in Gone),
        "",
        "Only the first is somebody's work.\n",
        "## Why a finding may be explained\n",
        *(f"- {reason}" for reason in Reason),
        "",
        "## Watch lists\n",
        "| list | rules | columns | who is on it |",
        "|---|---|---|---|",
        *(
            f"| {w.title} | {', '.join(w.rules)} | {', '.join(c.heading for c in w.columns)} | {w.only} |"
            for w in WATCH_LISTS
        ),
        "",
        "## The sentence of each rule\n",
        (
            "The first sentence that can be filled whole is said. `[has|have]` is one child or several, `<was|is>` a day "
            "gone by or to come.\n"
        ),
    ]
    for rule in RULES:
        pattern = PATTERN_BY_RULE[rule.id]
        lines += [f"### {rule.id} {rule.name}\n", *(f"- {_as_written(text)}" for text in pattern.says)]
        lines += [f"- What to do: {_as_written(pattern.do)} Link: {pattern.action}.", ""]
    return "\n".join(lines)


def _as_written(text: str) -> str:
    return f"`{text}`"


def _group(group: Group) -> str:
    if group.name == STRENGTH:
        return f"| {group.title} | facts of three months that leave no doubt | one after another | {group.at_most} | everybody |"
    takes = "; ".join(
        ", ".join(t.rules)
        + (
            ""
            if t.severities == frozenset(Severity)
            else f" ({' or '.join(s for s in Severity if s in t.severities)})"
        )
        + f": {', '.join(sorted(t.statuses))}"
        for t in group.takes
    )
    order = ", then ".join(group.order)
    return f"| {group.title} | {takes} | {order} | {group.at_most} | {', '.join(sorted(group.roles))} |"
