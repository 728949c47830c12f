"""Builds a whole invented council: extract files, the council's own totals, and the findings that a right reading gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from evenlode.demo import published
from evenlode.demo.caseloads import Caseloads, posts_needed, write_past_spells
from evenlode.demo.dates import EARLIEST_AS_AT, LATEST_AS_AT, add_months, day_of
from evenlode.demo.earlier import add_pasts, closed_family
from evenlode.demo.expected import Expected
from evenlode.demo.facts import Family
from evenlode.demo.files import ExtractFiles
from evenlode.demo.journeys import ASSESSMENT, CASTS, CIN, CLA, CP, DISABILITY, REFERRAL, background_cast
from evenlode.demo.keeping.files import write_lists
from evenlode.demo.keeping.order import keep_lists
from evenlode.demo.leaving_care import leaver_family
from evenlode.demo.lives import open_family
from evenlode.demo.making import Making, Numbers
from evenlode.demo.planting.background import re_referrals
from evenlode.demo.planting.following import of_the_past
from evenlode.demo.planting.ground import Ground
from evenlode.demo.planting.order import plant_everything, plant_in_lists
from evenlode.demo.published import CHILDREN_IN_NEED, LOOKED_AFTER, ON_CP_PLANS
from evenlode.demo.story import write_story
from evenlode.demo.talks import talk_about_closed, talk_about_family
from evenlode.demo.totals import write_totals
from evenlode.demo.trimmings import finish_family, last_september
from evenlode.demo.workforce import FRONT_DOOR, Recruiter, Workforce, build_workforce

Progress = Callable[[str, int, int], None]
FEWEST_CHILDREN = 30
# Of all open children: looked after and on plans as England has them; the others by our own judgement.
_SHARES = (
    (CLA, LOOKED_AFTER / CHILDREN_IN_NEED),
    (CP, ON_CP_PLANS / CHILDREN_IN_NEED),
    (DISABILITY, 0.07),
    (ASSESSMENT, 0.19),
    (REFERRAL, 0.04),
)  # fmt: skip
# What one closed child's life holds by itself, measured; a larger council can ask for a busier history.
_CLOSED_VISITS, _CLOSED_NOTES, _OPEN_VISITS, _OPEN_NOTES = 10.0, 11.0, 21.2, 12.1


@dataclass(frozen=True, slots=True)
class BuiltCouncil:
    """Where the files of one invented council are, and how large it is."""

    folder: Path
    extracts: Path
    totals: Path
    expected_findings: Path
    expected_faults: Path
    story: Path
    as_at: date
    counts: dict[str, int]
    findings_by_rule: dict[str, int]


def build_council(
    folder: Path,
    *,
    as_at: date,
    children: int = 400,
    seed: int = 2026,
    closed: int | None = None,
    workers: int | None = None,
    visits_per_open: float | None = None,
    notes_per_open: float | None = None,
    progress: Progress | None = None,
) -> BuiltCouncil:
    """Write a whole council of so many open children as extract files, with the findings to expect of them.

    Args:
        folder: where to write; made if missing, files of the same names are replaced.
        as_at: the day of the extract; nothing happens after it (one planted fault excepted).
        children: open children, 30 or more.
        seed: the same seed and day give the same bytes.
        closed: children whose case is closed, in the six years before; twice the open ones if not given.
        workers: staff in post; enough for the work if not given, and if too few are given they are overloaded.
        visits_per_open: visits on the whole record for each open child; about 45 if not given.
        notes_per_open: supervision notes on the whole record for each open child; about 35 if not given.
        progress: told a stage's name, how much is done and how much there is.
    """
    _check_asked_for(children, as_at)
    closed = 2 * children if closed is None else closed
    tell = progress or _silent
    making = _making(as_at, seed)
    families = _open_families(making, children, tell)
    workforce, recruiter = _workforce(making, families, workers)
    Caseloads(making, workforce, recruiter, fixed=workers is not None).allocate(families)
    for family in families:
        talk_about_family(making, family)
        finish_family(making, family)
    paces = _paces(children, closed, visits_per_open, notes_per_open)
    past = _closed_families(making, workforce, closed, paces)
    ground = Ground(making, workforce, recruiter, families, _a_few(past, 60 + closed // 100), Expected())
    plant_everything(ground, tell)
    keep_lists(ground)
    plant_in_lists(ground)
    return _write(folder, as_at, ground, past, closed, tell)


def _check_asked_for(children: int, as_at: date) -> None:
    """Refuse a council that cannot be built, and say what could."""
    if children < FEWEST_CHILDREN:
        raise ValueError(
            f"A council needs at least {FEWEST_CHILDREN} open children to be worth checking; {children} were asked for."
        )
    if not EARLIEST_AS_AT <= as_at <= LATEST_AS_AT:
        raise ValueError(
            f"The day of the extract must lie between {EARLIEST_AS_AT} and {LATEST_AS_AT}; {as_at} was asked for."
        )


def _silent(stage: str, done: int, of: int) -> None:
    """Nobody asked to be told."""


def _making(as_at: date, seed: int) -> Making:
    """Dice and ids for one council."""
    day = day_of(as_at)
    name = f"{seed}-{as_at.isoformat()}"
    return Making(
        day,
        Random(f"evenlode-{name}"),
        Numbers(),
        add_months(day, -12),
        dice=Random(f"evenlode-lists-{name}"),
    )


def _open_families(making: Making, children: int, tell: Progress) -> list[Family]:
    """Families of every kind until there are as many open children as asked for, and the care leavers that go with them."""
    wanted = {kind: max(1, round(children * share)) for kind, share in _SHARES}
    wanted[CIN] = children - sum(wanted.values())
    families: list[Family] = []
    done = 0
    for kind, many in wanted.items():
        casts, left, turn = CASTS.get(kind, ()), many, 0
        while left > 0:
            cast = casts[turn] if turn < min(len(casts), many // 2 + 1) else background_cast(making.rng, kind)
            family = open_family(making, kind, cast, left)
            add_pasts(making, family)
            families.append(family)
            left, turn = left - len(family.children), turn + 1
        done += many
        tell("open children", done, children)
    if children > 2 * FEWEST_CHILDREN:
        families.append(open_family(making, CIN, "remembered", 1))
    leavers = max(2, round(wanted[CLA] * published.CARE_LEAVERS_PER_LOOKED_AFTER))
    families += [leaver_family(making) for _ in range(leavers)]
    return families


def _workforce(making: Making, families: list[Family], workers: int | None) -> tuple[Workforce, Recruiter]:
    """As many posts as the work needs, or as many staff as asked for."""
    posts = posts_needed(families, making.as_at)
    if workers is not None:
        # Besides the case holders there are the front door (6 %), a manager for every ten of them, and the heads of service.
        share = max(0.0, (workers - 14) / 1.17) / max(1, sum(posts.values()))
        posts = {kind: max(1, round(many * share)) for kind, many in posts.items()}
    posts = {FRONT_DOOR: max(2, round(0.06 * sum(posts.values()))), **posts}
    return build_workforce(making, posts)


def _paces(children: int, closed: int, visits: float | None, notes: float | None) -> tuple[float, float]:
    """How busy the history of closed cases must be to reach the volumes asked for."""
    many = max(1, closed)
    visit_pace = 1.0 if visits is None else (visits - _OPEN_VISITS) * children / (many * _CLOSED_VISITS)
    note_pace = 1.0 if notes is None else (notes - _OPEN_NOTES) * children / (many * _CLOSED_NOTES)
    return max(0.3, visit_pace), max(0.3, note_pace)


def _closed_families(
    making: Making, workforce: Workforce, closed: int, paces: tuple[float, float]
) -> Iterator[Family]:
    """Closed families one at a time, so that a large history needs little memory."""
    made = 0
    while made < closed:
        making.visit_pace, making.note_pace = paces
        family = closed_family(making, closed - made)
        for child in family.children:
            write_past_spells(making, workforce, child, None)
        talk_about_closed(making, family)
        making.visit_pace = making.note_pace = 1.0
        made += len(family.children)
        yield family


def _a_few(families: Iterator[Family], many: int) -> list[Family]:
    """The first few closed families, kept so that problems can be planted in them."""
    return [family for _, family in zip(range(many), families, strict=False)]


def _write(
    folder: Path, as_at: date, ground: Ground, past: Iterator[Family], closed: int, tell: Progress
) -> BuiltCouncil:
    """Write everything, the closed families as they are made."""
    last_september(ground.families, ground.day)
    expected = folder / "expected"
    expected.mkdir(parents=True, exist_ok=True)
    with ExtractFiles(folder / "extracts", ground.making.ids) as files:
        for family in (*ground.families, *ground.closed):
            files.family(family)
        done = sum(len(family.children) for family in ground.closed)
        for turn, family in enumerate(past):
            files.family(family)
            done += len(family.children)
            for child in family.children:
                re_referrals(ground, child)
                of_the_past(ground, child)
            if turn % 500 == 0:
                tell("closed cases", done, closed)
        _write_staff_and_faults(files, ground)
    counts = write_totals(folder, ground)
    lines = {
        "expected_findings.csv": ground.expected.finding_lines(),
        "expected_faults.csv": ground.expected.fault_lines(),
    }
    for name, text in lines.items():
        (expected / name).write_text("\n".join(text) + "\n", encoding="utf-8")
    by_rule = ground.expected.by_rule()
    write_story(expected / "expected_story.md", ground, as_at, counts, by_rule)
    counts |= files.counts
    tell("files", 1, 1)
    return BuiltCouncil(
        folder, folder / "extracts", folder / "totals.csv", expected / "expected_findings.csv", expected / "expected_faults.csv",
        expected / "expected_story.md", as_at, counts, by_rule,
    )  # fmt: skip


def _write_staff_and_faults(files: ExtractFiles, ground: Ground) -> None:
    """Teams, workers and posts, and the rows that are wrong on purpose."""
    for team in ground.workforce.all_teams():
        files.team(team)
    for worker in ground.workforce.workers:
        files.worker(worker)
        if not worker.placeholder:
            files.post(worker)
    write_lists(files, ground.kept)
    for worker in ground.repeated_workers:
        files.worker(worker)
    for child in ground.repeated_children:
        child.surname = child.surname.upper()
        files.person(child)
    for ghost in ground.ghosts:
        files.protection(ghost)
        files.involvements(ghost)
