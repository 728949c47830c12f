"""How the sentence of a rule is declared.

In a pattern `{last_seen}` is filled from the evidence, `{child}`, `{worker}`, `{due}` and the pronouns
from beside it.  `[has|have]` is one child or several; `<was|is>` is a day that has gone by or one to
come.  `{workers:lead worker}` says a number with its noun, `{times_moved:times}` once, twice, 3 times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter

CHILD_WORDS = frozenset({"child", "child's", "they", "them", "their"})
"""What is always there for a finding about a child."""

ALWAYS_THERE: dict[str, frozenset[str]] = {
    "child": CHILD_WORDS,
    "worker": frozenset({"worker", "worker's"}),
    "team": frozenset({"team", "team's"}),
    "council": frozenset(),
}
"""What can be filled whatever is blank, by the rule's subject."""

BESIDE = frozenset(
    {
        "due",
        "counted",
        "worker",
        "worker's",
        "worker_left",
        "action",
        "owner_name",
        "standing",
        "illustrative",
    }
)
"""What may be filled from beside the evidence: the finding's own date and worker, and the lookup.

`{counted}` is "3 months after 24 August", and is blank where no declared sum adds up to the due date; `{illustrative}` says
that the weights behind a load are as shipped and nobody has agreed them.
"""

ONE_OR_MORE = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")
PAST_OR_TO_COME = re.compile(r"<([^<>|]*)\|([^<>|]*)>")


@dataclass(frozen=True)
class Sum:
    """The arithmetic behind a due date: `Due = last visit 22 Oct + 10 working days = 5 Nov`.

    event: what it is counted from.  base: the evidence's date.  interval: how long, as a template
    ("{interval}", "{tier} months") or "setting:NAME" for an interval that the policy holds.
    times: the evidence's number of such intervals, one after another; blank for one.
    """

    event: str
    base: str
    interval: str = "{interval}"
    times: str = ""


@dataclass(frozen=True)
class Pattern:
    """What one rule says, what to do about it, and how it speaks where values are blank.

    says: sentences, the fullest first; the first that can be filled whole is said, and the last needs
    nothing that may be blank.  do: what is to be done.  action: the words of the link.
    matter: what cannot be told, after "We cannot say whether".
    sums: what the due date may be made of; only a sum that adds up is shown.
    state: what stands beside it where no date is due ("{workers:worker}"); since: the evidence's date
    from which it is true.  together: what is said once of all the families of one worker of whom the same is
    true; blank where each family has a line of its own.
    """

    rule_id: str
    says: tuple[str, ...]
    do: str
    action: str
    matter: str
    sums: tuple[Sum, ...] = ()
    state: str = ""
    since: str = ""
    together: str = ""

    def texts(self) -> Iterator[str]:
        """Everything that may be shown to somebody."""
        yield from (*self.says, self.do, self.action, self.matter, self.state, self.together)
        yield from (s.event for s in self.sums)


def placeholders(text: str) -> set[str]:
    """The names that a pattern asks for."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def pattern(rule_id: str, *says: str, do: str, action: str, matter: str, **more: object) -> Pattern:
    """Declares the sentence of a rule."""
    return Pattern(rule_id, says, do, action, matter, **more)  # type: ignore[arg-type]
