"""Today: at most twelve lines, one a family or worker, and the count of everything else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from evenlode.oversight.explained import Explanation, explained
from evenlode.oversight.finding import Finding, Key
from evenlode.oversight.groups import GROUPS, MOST_LINES, STRENGTH, By, Group, Role
from evenlode.oversight.names import Id, Names
from evenlode.oversight.patterns import PATTERN_BY_RULE
from evenlode.oversight.sentences import Said, Speaker
from evenlode.oversight.since import Changes
from evenlode.oversight.strengths import Strength
from evenlode.oversight.words import WHO_SAYS_SO, day_words, so_many
from evenlode.policy import Authority
from evenlode.rules.book import RULES
from evenlode.rules.rule import Severity, Status

Whose = tuple[str, str]
"""One family or one worker: council, and "family 7", "child 12" or "worker W1"."""


def team_of(finding: Finding, names: Names) -> str:
    """The team that answers for a finding: its own, else that of the child's referral; blank where none is known."""
    if not finding.team_id and finding.subject_kind == "child" and finding.subject in names.children:
        return names.children[finding.subject].team_id
    return finding.team_id


@dataclass(frozen=True)
class Scope:
    """Whose Today it is.

    teams: the teams that one answers for; None means the whole council.  worker: only this worker's own.
    """

    role: Role
    teams: frozenset[Id] | None = None
    worker: Id | None = None

    def covers(self, finding: Finding, names: Names) -> bool:
        """Whether a finding is theirs: the lead worker's team decides, else the team of the child's referral."""
        if self.worker is not None:
            return (finding.la_code, finding.worker_id) == self.worker
        if self.teams is None:
            return True
        return (finding.la_code, team_of(finding, names)) in self.teams


@dataclass(frozen=True)
class Line:
    """One line: its group, its words, and the findings that it stands for.

    said: the finding that is put into words, None for a strength.  stands_for: the keys of all of them;
    more: how many there are beyond what the sentence says.  rules: the rules of this group that it rests on.
    new: whether what is said was not there the day before; None where no day before is known.
    """

    group: str
    whose: Whose
    text: str
    said: Said | None
    stands_for: tuple[Key, ...] = ()
    more: int = 0
    rules: tuple[str, ...] = ()
    children: tuple[Id, ...] = ()
    worker: Id | None = None
    new: bool | None = None


@dataclass(frozen=True)
class RuleCount:
    """How often one rule is true: on the lines above and beside them; due soon apart."""

    rule_id: str
    name: str
    who_says_so: str
    on_lines: int
    elsewhere: int
    due_soon: int
    new: int | None

    @property
    def now(self) -> int:
        """How many are there, wherever they stand; what is only due soon is not counted."""
        return self.on_lines + self.elsewhere


@dataclass(frozen=True)
class Today:
    """The page as data.

    left_out: how many families and workers of a group found no room among the lines.
    changes: None where no day before is known.
    """

    as_at: date
    scope: Scope
    lines: tuple[Line, ...]
    left_out: Mapping[str, int]
    counts: tuple[RuleCount, ...]
    explained: tuple[tuple[Finding, Explanation], ...]
    cannot_tell: tuple[Finding, ...]
    changes: Changes | None
    children: int | None = None

    @property
    def opening(self) -> str:
        """The sentence above the lines."""
        return "".join(_opening(self))


@dataclass
class Family:
    """What is found of one family or worker, and which group takes it; families: whose findings stand on one line."""

    whose: Whose
    findings: list[Finding] = field(default_factory=list)
    taken: dict[str, list[tuple[int, Finding]]] = field(default_factory=dict)
    families: set[Whose] = field(default_factory=set)


def today(
    findings: Iterable[Finding],
    *,
    scope: Scope,
    speaker: Speaker,
    holds: Mapping[Key, Explanation] | None = None,
    changed: Changes | None = None,
    strengths: Sequence[Strength] = (),
    children: int | None = None,
) -> Today:
    """What needs this person this morning, and the count of all the rest?

    findings: the whole day's, due soon too.  holds: the explanations of the day (`holding`).
    changed: against the day before.  Every finding of the scope is on a line, in a count, explained or
    something we cannot tell: never in two of them, never in none.
    """
    names = speaker.names
    ours = [f for f in findings if scope.covers(f, names)]
    apart = explained(ours, holds or {})
    out = {f.key for f, _ in apart}
    told = [f for f in ours if not f.unsure and f.key not in out]
    ours_changed = _narrowed(changed, scope, names)
    new = None if ours_changed is None else ours_changed.new_keys
    lines, left_out = _lines(families(told, names, scope.role), scope, speaker, new, strengths)
    return Today(
        speaker.as_at,
        scope,
        lines,
        left_out,
        tuple(_counts(told, lines, new)),
        apart,
        tuple(f for f in ours if f.unsure),
        ours_changed,
        children,
    )


def _narrowed(changed: Changes | None, scope: Scope, names: Names) -> Changes | None:
    if changed is None:
        return None
    return Changes(
        tuple(f for f in changed.new if scope.covers(f, names)),
        tuple(p for p in changed.put_right if scope.covers(p[0], names)),
        tuple(p for p in changed.moved if scope.covers(p[1], names)),
        tuple(f for f in changed.still if scope.covers(f, names)),
    )


def whose(finding: Finding, names: Names) -> Whose:
    """The family or worker (or team, or council) that a finding is about."""
    if finding.subject_kind == "child":
        return (finding.la_code, names.family(finding.subject))
    return (finding.la_code, f"{finding.subject_kind} {finding.subject_id}")


def families(told: Iterable[Finding], names: Names, role: Role) -> list[Family]:
    """The findings put to the families and workers that they are about, with the groups that take them."""
    found: dict[Whose, Family] = {}
    groups = [g for g in GROUPS if role in g.roles]
    for f in told:
        family = found.setdefault(whose(f, names), Family(whose(f, names)))
        family.findings.append(f)
        for group in groups:
            place = _place(group, f)
            if place is not None:
                family.taken.setdefault(group.name, []).append((place, f))
    return list(found.values())


def first_group(family: Family) -> str | None:
    """The group in which a family has its line; None where no group takes any finding of theirs."""
    return next((g.name for g in GROUPS if g.name in family.taken), None)


def _place(group: Group, f: Finding) -> int | None:
    """Where in a group's rules a finding is taken; None where it is not."""
    place = 0
    for takes in group.takes:
        if f.status in takes.statuses and f.severity in takes.severities and f.rule_id in takes.rules:
            return place + takes.rules.index(f.rule_id)
        place += len(takes.rules)
    return None


def _lines(
    found: list[Family],
    scope: Scope,
    speaker: Speaker,
    new: frozenset[Key] | None,
    strengths: Sequence[Strength],
) -> tuple[tuple[Line, ...], Mapping[str, int]]:
    groups = [g for g in GROUPS if scope.role in g.roles]
    waiting: dict[str, list[Line]] = {}
    for group in groups:
        if group.name == STRENGTH:
            waiting[group.name] = [
                Line(STRENGTH, s.whose, s.sentence, None, worker=s.worker) for s in strengths
            ]
            continue
        here = _by_worker(group, [f for f in found if first_group(f) == group.name], speaker.names)
        ordered = sorted(here, key=lambda f: _order(group, f, speaker.names))
        waiting[group.name] = [_line(group, f, speaker, new) for f in ordered]
    room = shares({g.name: min(len(waiting[g.name]), g.at_most) for g in groups}, MOST_LINES)
    lines = tuple(line for g in groups for line in waiting[g.name][: room[g.name]])
    left = {g.name: len(waiting[g.name]) - room[g.name] for g in groups if g.name != STRENGTH}
    return lines, {name: n for name, n in left.items() if n}


def shares(wanted: Mapping[str, int], most: int) -> dict[str, int]:
    """How many lines each group has: one kept for each that has any, the rest in the order of the groups."""
    given: dict[str, int] = {}
    for name, n in wanted.items():
        given[name] = min(n, 1, most - sum(given.values()))
    for name, n in wanted.items():
        given[name] += min(n - given[name], most - sum(given.values()))
    return given


def _head(group: Group, family: Family, names: Names) -> tuple[int, Finding]:
    return min(family.taken[group.name], key=lambda t: (t[0], _order_of(group, t, names)))


def _order(group: Group, family: Family, names: Names) -> tuple[object, ...]:
    """A family stands where the foremost of its findings stands."""
    return min(_order_of(group, t, names) for t in family.taken[group.name])


def _order_of(group: Group, taken: tuple[int, Finding], names: Names) -> tuple[object, ...]:
    place, f = taken
    keys: dict[By, object] = {
        By.TAKEN: place,
        By.UNDER_ONE: not (f.subject_kind == "child" and names.under_one(f.subject)),
        By.RED: f.severity != Severity.RED,
        By.NEVER: "last_held" not in f.evidence or f.evidence["last_held"] is not None,
        By.TO_COME: f.status != Status.DUE_SOON,
        By.DATE: f.due_date or date.max,
        By.LONGEST: -days_of(f, names.as_at),
    }
    return (*(keys[by] for by in group.order), f.key)


def days_of(finding: Finding, as_at: date) -> int:
    """For how many days a finding has been true, as far as it tells: from its due date, else since it began."""
    if finding.days_over is not None:
        return finding.days_over
    since = finding.evidence.get(PATTERN_BY_RULE[finding.rule_id].since)
    return (as_at - since).days if isinstance(since, date) else 0


def _by_worker(group: Group, found: list[Family], names: Names) -> list[Family]:
    """Families of one worker whose line would say the same of that worker become one: it is said once, of all of them."""
    merged: dict[object, Family] = {}
    for family in found:
        _, head = _head(group, family, names)
        alone = not PATTERN_BY_RULE[head.rule_id].together or not head.worker_id
        key = family.whose if alone else (head.la_code, head.worker_id, _what_is_said(head))
        one = merged.setdefault(key, Family(family.whose))
        one.findings += family.findings
        one.families.add(family.whose)
        for name, taken in family.taken.items():
            one.taken.setdefault(name, []).extend(taken)
    return list(merged.values())


def _line(group: Group, family: Family, speaker: Speaker, new: frozenset[Key] | None) -> Line:
    """The line of a family: its most telling finding in words, with brothers and sisters of whom the same is true."""
    _, head = _head(group, family, speaker.names)
    alike = [f for _, f in family.taken[group.name] if _what_is_said(f) == _what_is_said(head)]
    children = tuple(dict.fromkeys(f.subject for f in alike)) if head.subject_kind == "child" else ()
    children = tuple(sorted(children, key=lambda c: _older_first(c, speaker.names)))
    together = len(family.families) > 1
    told = speaker.say(head, children or None, aged=not together, together=together)
    here = [f for _, f in sorted(family.taken[group.name], key=lambda t: (t[1] is not head, t[0], t[1].key))]
    return Line(
        group.name,
        family.whose,
        f"{told.sentence} {told.do}".strip(),
        told,
        tuple(f.key for f in family.findings),
        len(family.findings) - len(alike),
        tuple(dict.fromkeys(f.rule_id for f in here)),
        children,
        (head.la_code, head.worker_id) if head.worker_id else None,
        None if new is None else head.key in new,
    )


def _what_is_said(f: Finding) -> tuple[object, ...]:
    """What two findings share whose sentence is the same but for the child."""
    return (f.rule_id, f.status, f.due_date, f.worker_id, tuple(sorted(map(repr, f.evidence.items()))))


def _older_first(child: Id, names: Names) -> tuple[date, Id]:
    of = names.children.get(child)
    return (of.born if of and of.born else date.max, child)


def _counts(told: list[Finding], lines: Sequence[Line], new: frozenset[Key] | None) -> Iterator[RuleCount]:
    on = {key for line in lines for key in line.stands_for}
    late = [f for f in told if f.status != Status.DUE_SOON]
    on_lines = Counter(f.rule_id for f in late if f.key in on)
    beside = Counter(f.rule_id for f in late if f.key not in on)
    soon = Counter(f.rule_id for f in told if f.status == Status.DUE_SOON)
    fresh = Counter(f.rule_id for f in late if new is not None and f.key in new)
    for rule in RULES:
        if on_lines[rule.id] or beside[rule.id] or soon[rule.id]:
            yield RuleCount(
                rule.id,
                rule.name,
                WHO_SAYS_SO[Authority(rule.kind)],
                on_lines[rule.id],
                beside[rule.id],
                soon[rule.id],
                None if new is None else fresh[rule.id],
            )


def _opening(page: Today) -> Iterator[str]:
    needing = [line for line in page.lines if line.group != STRENGTH]
    unsure = len(page.cannot_tell)
    others = sum(c.now for c in page.counts)
    if not needing:
        yield "Nothing needs you this morning."
        if page.children is not None:
            all_well = ", all dates in time" if not others else ""
            yield f" {so_many(page.children, 'child/children')}{all_well} at {day_words(page.as_at, page.as_at)}"
            yield f"; {unsure:,} we cannot tell." if unsure else "."
        if others:
            yield f" {so_many(others, 'other date')} or lengths are counted below."
        return
    yield f"{so_many(len(page.lines), 'line')}, one a family or worker."
    if page.changes is not None:
        fresh = sum(bool(line.new) for line in needing)
        yield f" {fresh} {'is' if fresh == 1 else 'are'} new since the day before"
        right = len(page.changes.put_right)
        yield f", and {right:,} {'finding has' if right == 1 else 'findings have'} gone."
    if len(needing) < len(page.lines):
        yield f" {len(needing)} need{'s' if len(needing) == 1 else ''} something from you; the last is good news."
    left = sum(page.left_out.values())
    if left:
        yield f" {left:,} more families or workers are in the counts below."
