"""A setting as people read it: what it is called, its value in words, who says so, and since when it holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from evenlode.oversight.words import WHO_SAYS_SO
from evenlode.policy import CLOCKS, DATES, LISTS, NUMBERS, Authority, Policy, shipped_policy
from evenlode.policy.tariff import TARIFF_ENTRIES
from evenlode.web.council import policy as council_policy
from evenlode.web.models import PersonRow, PolicyProposal, ProposalState
from evenlode.web.themes import THEME_OF, THEMES

WORKLOAD: dict[str, str] = {
    "ceiling_per_fte": "The points that a full-time, experienced worker may carry.",
    "sibling_share": "What each further child of a family weighs, as a share.",
    "co_working_share": "What a co-worker carries of a child's points, as a share.",
    "newly_qualified_factor": "A newly qualified worker's ceiling, as a share of the full one.",
    "stable_points": "Points that a stable case is lighter by.",
}
"""The single numbers of a workload scheme."""


LETTERS = {"cp": "CP", "cin": "CIN", "fte": "FTE", "s47": "S47", "cla": "CLA"}
"""Words of a setting's name that are letters for something."""

COUNTED = "Who and what is counted"
THEMES_WITHOUT_RULE: dict[str, str] = {
    "section 5": "Complex cases and who may hold them",
    "section 2.12": "Complex cases and who may hold them",
    "section 2.13": "First years in practice",
    "section 8": "Teams",
    "practice-standards 4.4": "Who holds the child",
    "contract 5": "What a case weighs",
    "workload scheme": "What a case weighs",
    "data quality": "Doubts about the data",
    "rises": "What is said of measures",
    "since the last inspection": "What is said of measures",
}
"""The headings of settings that no single rule uses."""


def spoken(name: str) -> str:
    """A name of ours as people say it: cp_visit is "CP visit"."""
    return " ".join(LETTERS.get(word, word) for word in name.split("_"))


@dataclass(frozen=True)
class Declared:
    """One setting as it is declared.  section: where the policy file keeps it; authority: blank for words and weights."""

    section: str
    name: str
    meaning: str
    authority: str
    source: str

    @property
    def key(self) -> str:
        """What stands for it in addresses: a weight has its own word, since two settings may have one name."""
        return f"weight-{self.name}" if self.section == "tariff" else self.name

    @property
    def label(self) -> str:
        """Its name as people read it."""
        said = spoken(self.name)
        return f"Weight: {said}" if self.section == "tariff" else said[:1].upper() + said[1:]

    @property
    def theme(self) -> str:
        """The heading under which it stands: that of the rule it is for, or its own."""
        of_rule = THEME_OF.get(self.source.partition("-")[0])
        return of_rule or THEMES_WITHOUT_RULE.get(self.source, COUNTED)

    @property
    def who_says_so(self) -> str:
        """Who stands behind the shipped value."""
        return WHO_SAYS_SO[Authority(self.authority)]


@dataclass(frozen=True)
class Shown:
    """One setting on a day.

    since: the day from which its value holds, None where it has held as far back as the policy goes.
    changed: whether it is another one than shipped.  by: who brought it in, and when, where that was done here.
    """

    declared: Declared
    words: str
    changed: bool
    since: date | None
    by: str


@cache
def every_setting() -> dict[str, Declared]:
    """Every setting by its name, in the order of the declarations."""
    found = [
        *(Declared("clocks", c.name, c.meaning, str(c.authority), c.source) for c in CLOCKS),
        *(Declared("numbers", n.name, n.meaning, str(n.authority), n.source) for n in NUMBERS),
        *(Declared("lists", x.name, x.meaning, "local", x.source) for x in LISTS),
        *(Declared("dates", d.name, d.meaning, str(d.authority), d.source) for d in DATES),
        *(Declared("workload", n, says, "local", "workload scheme") for n, says in WORKLOAD.items()),
        *(Declared("tariff", n, says, "local", "workload scheme") for n, says in TARIFF_ENTRIES.items()),
    ]
    return {one.key: one for one in found}


def themes() -> list[str]:
    """The headings, those of the rules first."""
    return list(dict.fromkeys([*(theme for theme, _ in THEMES), *THEMES_WITHOUT_RULE.values(), COUNTED]))


def value_of(policy: Policy, one: Declared) -> object:
    """The value of a setting in a policy that holds on one day."""
    if one.section == "workload":
        return getattr(policy.tariff, one.name)
    if one.section == "tariff":
        return policy.tariff.points.get(one.name)
    held: dict[str, object] = dict(getattr(policy, one.section))
    return held[one.name]


def in_words(value: object, one: Declared) -> str:
    """A value as people read it."""
    if value is None:
        return "not fixed" if one.section == "dates" else "not set"
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, Decimal):
        said = f"{value.normalize():f}"
        return f"{said} points" if one.section == "tariff" else said
    return str(value)


def shown(names: Iterable[str], day: date) -> list[Shown]:
    """These settings as they hold on a day, in the order given."""
    declared = every_setting()
    policy = council_policy()
    names = list(names)
    brought = _brought_in(names)
    return [_shown(declared[name], policy, day, brought) for name in names if name in declared]


def _shown(one: Declared, policy: Policy, day: date, brought: dict[tuple[str, date], str]) -> Shown:
    value = value_of(policy.on(day), one)
    since = since_of(policy, one, day)
    changed = value != value_of(shipped_policy(), one)
    by = brought.get((one.key, since), "") if since else ""
    return Shown(one, in_words(value, one), changed, since, by)


def since_of(policy: Policy, one: Declared, day: date) -> date | None:
    """The day from which the value that holds on a day has held; None where no dated change brought it."""
    since: date | None = None
    before = value_of(policy.on(date.min), one)
    for later in policy.later:
        if later.since is None or later.since > day:
            break
        now = value_of(later, one)
        if now != before:
            since, before = later.since, now
    return since


def _brought_in(names: Iterable[str]) -> dict[tuple[str, date], str]:
    """Who proposed and who approved each change that was made here, by setting and day."""
    rows = PolicyProposal.objects.filter(state=ProposalState.APPROVED, setting__in=list(names))
    found = list(rows.order_by("decided_at"))
    people = names_of_people(p for row in found for p in (row.by, row.decided_by))
    return {
        (row.setting, row.since): f"{people.get(row.by, row.by)}, approved by "
        f"{people.get(row.decided_by, row.decided_by)}"
        + (f" on {row.decided_at.day} {row.decided_at:%B %Y}" if row.decided_at else "")
        for row in found
    }


def names_of_people(ids: Iterable[str]) -> dict[str, str]:
    """People's names by the ids that are kept with what they did."""
    return dict(PersonRow.objects.filter(pk__in=set(ids)).values_list("pk", "name"))


@dataclass(frozen=True)
class Held:
    """One value of a setting with the days for which it holds; None: as far back, or on, as anybody looks."""

    words: str
    since: date | None
    until: date | None


def held_over_time(one: Declared) -> list[Held]:
    """Every value that a setting has had and will have by the policy, the oldest first."""
    policy = council_policy()
    steps: list[tuple[date | None, object]] = [(None, value_of(policy.on(date.min), one))]
    for later in policy.later:
        now = value_of(later, one)
        if now != steps[-1][1]:
            steps.append((later.since, now))
    ends = [since for since, _ in steps[1:]]
    return [
        Held(in_words(value, one), since, end)
        for (since, value), end in zip(steps, [*ends, None], strict=True)
    ]
