"""Openings that somebody should ask about: the curious insider report.

It asks of each opening whether the person had work with the child, and whether the child is somebody they may
know.  Names and addresses are compared and never handed on: the report holds ids and signs alone.
It ranks nobody and accuses nobody: most openings in it have a good reason, which somebody who knows the work
can say.  Source: safety-bars.md C6.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from statistics import median

from evenlode.access import Holding

AROUND = timedelta(days=30)
"""Work with a child so long before it begins and after it ends is no curiosity."""
REPEAT_DAYS = 3
"""A child outside one's work opened on so many different days is a repeat."""
VOLUME_LEAST = 6
"""Fewer children than this outside one's work in a month are never an unusual volume."""
VOLUME_SPREADS = 5
"""Unusual is what lies more than so many spreads above the middle of those in the same role."""


class Sign(StrEnum):
    """Why an opening is in the report."""

    OWN_NAME = "own name"
    OWN_ADDRESS = "own address"
    OWN_SURNAME = "own surname"
    OUTSIDE_CASELOAD = "outside caseload"
    UNUSUAL_VOLUME = "unusual volume"
    REPEATED = "repeated"


@dataclass(frozen=True)
class Opened:
    """One opening of one child's record by one person, allowed or refused."""

    seq: int
    at: datetime
    person_id: str
    child_id: str


@dataclass(frozen=True)
class Known:
    """What a person and a child are compared by: names and addresses, in `plain` spelling; never shown.

    names: whole names; of a child, those of the household too.  surnames: each, former ones too.
    """

    names: frozenset[str] = field(default=frozenset(), repr=False)
    surnames: frozenset[str] = field(default=frozenset(), repr=False)
    addresses: frozenset[str] = field(default=frozenset(), repr=False)


@dataclass(frozen=True)
class AnswersFor:
    """Whose children are a person's work: those of these workers (themselves among them) and these teams."""

    workers: frozenset[str]
    units: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Flag:
    """An opening with its signs.

    ask_first: there is more than that it was outside the caseload, or the child may be known to the person.
    """

    opened: Opened
    signs: frozenset[Sign]

    @property
    def ask_first(self) -> bool:
        """Whether it stands before those that were only outside the caseload."""
        return self.signs != {Sign.OUTSIDE_CASELOAD}


@dataclass(frozen=True)
class InsiderReport:
    """The openings to ask about, by person and time, of how many that were looked at."""

    flags: list[Flag]
    looked_at: int

    def counts(self) -> dict[str, Counter[Sign]]:
        """For each person in the report how many openings have each sign, by id and in no order of merit."""
        found: dict[str, Counter[Sign]] = {}
        for flag in self.flags:
            found.setdefault(flag.opened.person_id, Counter()).update(flag.signs)
        return found


def curious(
    openings: Sequence[Opened],
    *,
    staff: Mapping[str, Known],
    children: Mapping[str, Known],
    holdings: Mapping[str, Sequence[Holding]],
    answers_for: Callable[[str, date], AnswersFor],
    role_of: Mapping[str, str],
) -> InsiderReport:
    """Which openings should somebody ask about?

    answers_for: whose children are a person's work on a day.  role_of: whom a person's volume is set beside.
    Does not tell whether an opening was wrong: duty, cover and a call from another team look the same.
    """
    outside = [o for o in openings if not _theirs(o, holdings.get(o.child_id, ()), answers_for)]
    signs: dict[int, set[Sign]] = defaultdict(set)
    for opened in outside:
        signs[opened.seq].add(Sign.OUTSIDE_CASELOAD)
    for seq in _repeats(outside):
        signs[seq].add(Sign.REPEATED)
    for seq in _volumes(outside, openings, role_of):
        signs[seq].add(Sign.UNUSUAL_VOLUME)
    out = {o.seq for o in outside}
    met: set[tuple[str, str]] = set()
    for opened in sorted(openings, key=lambda o: o.seq):
        same = _alike(staff.get(opened.person_id), children.get(opened.child_id))
        pair = (opened.person_id, opened.child_id)
        if same and (opened.seq in out or pair not in met):
            signs[opened.seq] |= same
            met.add(pair)
    flags = [Flag(o, frozenset(signs[o.seq])) for o in openings if o.seq in signs]
    return InsiderReport(sorted(flags, key=lambda f: (f.opened.person_id, f.opened.seq)), len(openings))


def plain(said: str) -> str:
    """A name or an address as it is compared: no accents, case, spaces or signs."""
    apart = unicodedata.normalize("NFKD", said)
    return "".join(c for c in apart.casefold() if c.isalnum())


def known(*, names: Sequence[tuple[str, str]] = (), addresses: Sequence[tuple[str, str]] = ()) -> Known:
    """What somebody is compared by: forename and surname, house and postcode; a double-barrelled surname in its parts too."""
    surnames = {part for _, surname in names for part in (surname, *surname.replace(" ", "-").split("-"))}
    return Known(
        frozenset(plain(f"{forename} {surname}") for forename, surname in names if forename and surname),
        frozenset(p for s in surnames if (p := plain(s))),
        frozenset(plain(f"{house} {postcode}") for house, postcode in addresses if house and postcode),
    )


def _theirs(
    opened: Opened, holdings: Sequence[Holding], answers_for: Callable[[str, date], AnswersFor]
) -> bool:
    """Whether the child was the person's work on the day, or shortly before or after."""
    day = opened.at.date()
    answers = answers_for(opened.person_id, day)
    return any(
        (h.worker_id in answers.workers or h.team_id in answers.units)
        and h.since <= day + AROUND
        and (h.until is None or day - AROUND <= h.until)
        for h in holdings
    )


def _alike(person: Known | None, child: Known | None) -> set[Sign]:
    """The signs that a person may know a child."""
    if person is None or child is None:
        return set()
    same = {
        Sign.OWN_NAME: person.names & child.names,
        Sign.OWN_ADDRESS: person.addresses & child.addresses,
        Sign.OWN_SURNAME: person.surnames & child.surnames,
    }
    return {sign for sign, both in same.items() if both}


def _repeats(outside: Sequence[Opened]) -> set[int]:
    """The openings of children whom one person opened on several days without work with them."""
    days: dict[tuple[str, str], set[date]] = defaultdict(set)
    for o in outside:
        days[o.person_id, o.child_id].add(o.at.date())
    return {o.seq for o in outside if len(days[o.person_id, o.child_id]) >= REPEAT_DAYS}


def _volumes(outside: Sequence[Opened], every: Sequence[Opened], role_of: Mapping[str, str]) -> set[int]:
    """The openings outside the caseload in months with far more children than others of the same role open.

    A month in which somebody opened nothing at all says nothing about the middle and is left out of it.
    """
    seen: dict[tuple[str, str], set[str]] = {(o.person_id, _month(o)): set() for o in every}
    for o in outside:
        seen[o.person_id, _month(o)].add(o.child_id)
    of_role: dict[str, list[int]] = defaultdict(list)
    for (person, _), opened in seen.items():
        of_role[role_of.get(person, "")].append(len(opened))
    limit = {role: _limit(counts) for role, counts in of_role.items()}
    return {o.seq for o in outside if len(seen[o.person_id, _month(o)]) > limit[role_of.get(o.person_id, "")]}


def _limit(counts: list[int]) -> float:
    """Above how many children a month is unusual: the middle and several times the usual distance from it."""
    middle = median(counts)
    spread = max(median(abs(n - middle) for n in counts), 1)
    return max(VOLUME_LEAST - 1, middle + VOLUME_SPREADS * spread)


def _month(opened: Opened) -> str:
    return f"{opened.at:%Y-%m}"
