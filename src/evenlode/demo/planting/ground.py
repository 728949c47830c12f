"""Where planters work: which families are still untouched, and the edits that several planters share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from evenlode.demo.dates import on_working_day
from evenlode.demo.expected import Expected
from evenlode.demo.facts import (
    CASE_DISCUSSION,
    CASE_SUPERVISION,
    OVERSIGHT,
    Child,
    Family,
    Note,
    Spell,
    Team,
    Visit,
    Worker,
)
from evenlode.demo.keeping.kept import Kept
from evenlode.demo.making import Making
from evenlode.demo.people import school_age
from evenlode.demo.workforce import SAFEGUARDING, Recruiter, Workforce

Test = Callable[[Family], bool]


@dataclass(slots=True)
class Ground:
    """The whole council while problems are planted in it."""

    making: Making
    workforce: Workforce
    recruiter: Recruiter
    families: list[Family]
    closed: list[Family]
    expected: Expected
    ghosts: list[Child] = field(default_factory=list)
    repeated_children: list[Child] = field(default_factory=list)
    repeated_workers: list[Worker] = field(default_factory=list)
    story: dict[str, list[str]] = field(default_factory=dict)
    kept: Kept = field(default_factory=Kept)
    waiting: dict[str, int] = field(default_factory=dict)
    _by_kind: dict[str, list[Family]] = field(default_factory=dict)

    @property
    def day(self) -> int:
        """The day of the extract."""
        return self.making.as_at

    @property
    def strong_team(self) -> Team:
        """The team in which everything is done in time."""
        return self.workforce.of_kind(SAFEGUARDING)[0]

    def tell(self, chapter: str, sentence: str) -> None:
        """A sentence for the story of this council."""
        self.story.setdefault(chapter, []).append(sentence)

    def kind(self, kind: str) -> list[Family]:
        """Families of one kind in an order of their own, shuffled once."""
        if not self._by_kind:
            for family in self.families:
                self._by_kind.setdefault(family.kind, []).append(family)
            for families in self._by_kind.values():
                self.making.rng.shuffle(families)
        return self._by_kind.get(kind, [])

    def team_of(self, family: Family) -> Team | None:
        """The team that leads a family today."""
        spell = family.children[0].lead(self.day)
        return spell.team if spell is not None else None

    def free(
        self, kind: str, test: Test | None = None, cast: str = "", team: Team | None = None
    ) -> list[Family]:
        """Untouched families of a kind, outside the strong team; those of a cast or a team first."""
        found = [
            family
            for family in self.kind(kind)
            if not family.touched
            and (test is None or test(family))
            and self.team_of(family) is not self.strong_team
        ]
        return sorted(
            found,
            key=lambda f: (
                f.cast != cast if cast else False,
                team is not None and self.team_of(f) is not team,
            ),
        )

    def take(
        self,
        kind: str,
        share: float,
        problem: str,
        test: Test | None = None,
        *,
        cast: str = "",
        team: Team | None = None,
    ) -> list[Family]:
        """The families for one problem: a share of their kind, at least one where any fits; they are touched from now on."""
        many = max(1, round(share * len(self.kind(kind))))
        chosen = self.free(kind, test, cast, team)[:many]
        for family in chosen:
            family.touched = problem
        return chosen

    def pick(self, kinds: tuple[str, ...], share: float, test: Test) -> list[Family]:
        """Families for a problem in the council's own lists: a share of their kinds, at least one where any fits.

        They may have other troubles too: a list says nothing that another rule asks.
        """
        every = [family for kind in kinds for family in self.kind(kind)]
        able = [
            f for f in every if f.touched != "died" and self.team_of(f) is not self.strong_team and test(f)
        ]
        many = max(1, round(share * len(every)))
        return self.making.dice.sample(able, min(many, len(able)))


def lead_spell(child: Child, day: int) -> Spell:
    """The lead spell of a child that is known to have one."""
    spell = child.lead(day)
    if spell is None:
        raise ValueError(f"child {child.id} has no lead worker to plant with")
    return spell


def leave_last_visit(visits: list[Visit], child: Child, day: int, as_at: int, plan: str = "") -> None:
    """Make a day the last on which the child was seen, with one closed door since."""
    kept = [visit for visit in visits if visit.day < day]
    kept.append(Visit(day, "Y", "Y" if school_age(child, as_at) else "N", "Y", plan))
    if as_at - day > 6:
        kept.append(Visit(day + (as_at - day) // 2, "N", "N", "N", plan))
    visits[:] = kept


def talked_last(child: Child, day: int) -> None:
    """Take away everything said in supervision after a day, and the actions that came of it."""
    child.notes[:] = [note for note in child.notes if note.day <= day]
    child.actions[:] = [action for action in child.actions if action.day <= day]


def talk_base(child: Child) -> int:
    """When the child was last talked about in this episode, else its first day; oversight counts while something is assessed."""
    counted = {CASE_SUPERVISION, CASE_DISCUSSION}
    if child.clock is not None and child.clock.rule == "SUP-09":
        counted.add(OVERSIGHT)
    first = child.referral.day
    return max(
        [note.day for note in child.notes if note.type in counted and note.day >= first], default=first
    )


def talk_due(child: Child) -> int | None:
    """When the child must be talked about next: a status that began since the last talk brings its own interval."""
    clock = child.clock
    if clock is None:
        return None
    base = talk_base(child)
    if clock.since > base:
        return min(base + 56, clock.since + clock.days)
    return base + clock.days


def freshly_talked(ground: Ground, child: Child, most: int = 6) -> None:
    """A talk in the last few days, so that nothing about supervision is planted with something else."""
    day = on_working_day(ground.day - ground.making.rng.randint(0, most))
    if talk_base(child) >= day or day < child.referral.day:
        return
    spell = child.lead(ground.day)
    author = spell.team.manager.name if spell is not None and spell.team.manager is not None else ""
    worker = spell.worker.name if spell is not None and spell.worker is not None else ""
    child.notes.append(Note(day, CASE_SUPERVISION, author, worker, day + 14))


def expect_talk(ground: Ground, child: Child, why: str) -> bool:
    """Write down the supervision finding of a child, if the next talk was due before the day of the extract."""
    due = talk_due(child)
    if child.clock is None or due is None or due >= ground.day:
        return False
    ground.expected.add(child.clock.rule, child, "", "overdue", due, why)
    return True
