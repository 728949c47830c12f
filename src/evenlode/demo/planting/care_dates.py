"""Children in care for whom something was not done: health, schooling, reviews asked for, visits, proceedings."""

from __future__ import annotations

from collections.abc import Callable

from evenlode.demo.dates import ISO, add_months, add_wd, on_working_day
from evenlode.demo.expected import BREACH, OVERDUE
from evenlode.demo.facts import Care, Child
from evenlode.demo.keeping.care_dates import (
    ASKED,
    DENTAL,
    EARLY,
    EXTENSION,
    OFFICER,
    PLAN,
    PROCEEDINGS,
    in_care,
    next_term_end,
    schooling_from,
    young,
)
from evenlode.demo.keeping.kept import KeyDate
from evenlode.demo.planting.ground import Ground

Fits = Callable[[Child, Care], bool]


def choose(ground: Ground, share: float, fits: Fits) -> list[tuple[Child, Care]]:
    """Some looked-after children who fit: a share of all, at least one where there is any."""
    every = in_care(ground)
    able = [(child, care) for child, care in every if fits(child, care)]
    return ground.making.dice.sample(able, min(len(able), max(1, round(share * len(every)))))


def health(ground: Ground) -> None:
    """CLA-H1 and CLA-H2: no first health assessment, or the next one is late."""
    kept = ground.kept.health

    def new(_: Child, care: Care) -> bool:
        """In care for some weeks and not yet a year."""
        return add_wd(care.entered, 20) < ground.day < care.entered + 300

    for child, care in choose(ground, 0.02, new):
        kept[child.id] = []
        due = add_wd(care.entered, 20)
        ground.expected.add("CLA-H1", child, care.id, OVERDUE, due, "planted: no first health assessment")

    def late_after(child: Child) -> list[tuple[int, int]]:
        """Assessments after which the next would be late by now: when, and when the next was due."""
        found = []
        for row in kept.get(child.id, []):
            due = add_months(row.day, 6 if young(child, row.day) else 12)
            if row.type != DENTAL and due < ground.day:
                found.append((row.day, due))
        return found

    for child, care in choose(ground, 0.04, lambda c, _: bool(late_after(c))):
        last, due = late_after(child)[-1]
        kept[child.id] = [row for row in kept[child.id] if row.day <= last]
        ground.expected.add("CLA-H2", child, care.id, OVERDUE, due, "planted: health not assessed in time")


def schooling(ground: Ground) -> None:
    """CLA-E1: no education plan at all, or none in the last two terms."""

    def schooled(child: Child, care: Care) -> bool:
        """At an age for it, and in care for some weeks."""
        since = schooling_from(child, care)
        return since is not None and add_wd(since, 10) < ground.day

    for turn, (child, care) in enumerate(choose(ground, 0.05, schooled)):
        done = [d.done for d in ground.kept.dates_of(PLAN, child.id) if d.done is not None]
        old = [day for day in done if next_term_end(day) < ground.day]
        since = schooling_from(child, care) or 0
        if old and turn % 2:
            ground.kept.drop(PLAN, child.id, max(old) + 1)
            due, why = next_term_end(max(old)), "no education plan this term or the last"
        else:
            ground.kept.drop(PLAN, child.id)
            due, why = add_wd(since, 10), "no education plan"
        ground.expected.add("CLA-E1", child, care.id, OVERDUE, due, f"planted: {why}")


def _held(care: Care) -> list[int]:
    """The days of the reviews that were held."""
    return [r.held for r in care.reviews if r.held is not None and not r.cancelled]


def reviewing_officers(ground: Ground) -> None:
    """CLA-R6: nobody is named, and no review shows that there is somebody."""
    for child, care in choose(
        ground, 0.02, lambda _, care: not _held(care) and add_wd(care.entered, 5) < ground.day
    ):
        ground.kept.drop(OFFICER, child.id)
        due = add_wd(care.entered, 5)
        ground.expected.add("CLA-R6", child, care.id, OVERDUE, due, "planted: no reviewing officer named")


def early_reviews(ground: Ground) -> None:
    """CLA-R4: the reviewing officer asked for an early review, and none was held since."""
    asked = on_working_day(ground.day - 36)
    for child, care in choose(
        ground, 0.02, lambda _, care: care.entered < asked and all(day < asked for day in _held(care))
    ):
        ground.kept.date(EARLY, child.id, start=asked)
        due = add_wd(asked, 20)
        ground.expected.add(
            "CLA-R4", child, care.id, OVERDUE, due, "planted: early review asked for, not held"
        )


def visits_asked_for(ground: Ground) -> None:
    """CLA-V10: a visit that the child or the carer asked for, and that nobody made."""
    asked = ground.day - 9

    def not_since(_: Child, care: Care) -> bool:
        """Nobody has been there since, as far as anybody knows."""
        return care.entered < asked and all(v.day < asked or v.seen == "N" for v in care.visits)

    for child, _ in choose(ground, 0.02, not_since):
        ground.kept.date(ASKED, child.id, start=asked)
        why = "planted: a visit was asked for and not made"
        ground.expected.add("CLA-V10", child, f"visit requested {ISO[asked]}", OVERDUE, asked + 7, why)


def short_breaks(ground: Ground) -> None:
    """CLA-V9: a child on short breaks who was not visited as often as the plan says; the last such child there is."""
    for family in reversed(ground.families):
        child = family.children[0]
        every = ground.kept.visit_every.get(child.id)
        care = next((c for c in child.care if c.short_break), None)
        if every is None or care is None:
            continue
        old = [v.day for v in care.visits if v.day + every < ground.day]
        base = max(old, default=care.entered)
        if base + every >= ground.day:
            continue
        care.visits[:] = [v for v in care.visits if v.day <= base]
        status = next(s for s in child.legal if s.status == "V4")
        why = "planted: on short breaks, not visited as often as was agreed"
        ground.expected.add("CLA-V9", child, status.id, OVERDUE, base + every, why)
        return


def proceedings(ground: Ground) -> None:
    """CT-01: past 26 weeks, and the court has not allowed more time, or the time is over; or the list has no final order."""

    def long(child: Child, _: Care) -> bool:
        """In proceedings for longer."""
        return any(d.done is None and (d.start or 0) + 182 < ground.day for d in _issued(ground, child))

    def over(child: Child, _: Care) -> bool:
        """A final order was made in the last years."""
        return any(d.done is not None and d.done > ground.day - 900 for d in _issued(ground, child))

    chosen = choose(ground, 0.02, long) or choose(ground, 0.01, over)
    for turn, (child, _) in enumerate(chosen):
        issued = _issued(ground, child)[-1]
        issued.done, start = None, issued.start or 0
        ground.kept.dates[EXTENSION] = [
            d for d in ground.kept.dates.get(EXTENSION, []) if d.child != child.id
        ]
        due = start + 182
        if turn % 2 and due < ground.day - 20:
            due = ground.day - 10
            ground.kept.date(EXTENSION, child.id, due=due)
        ground.expected.add("CT-01", child, ISO[start], OVERDUE, due, "planted: proceedings past their time")


def _issued(ground: Ground, child: Child) -> list[KeyDate]:
    """The proceedings about a child."""
    return ground.kept.dates_of(PROCEEDINGS, child.id)


def no_plan(ground: Ground) -> None:
    """CT-05, CT-04 and CLA-P1: two reviews or six months without a plan for permanence; or no care plan at all."""
    chosen = choose(ground, 0.02, lambda _, care: len(_held(care)) > 1)
    chosen += choose(ground, 0.01, lambda child, care: _agreed_for_long(ground, child, care) is not None)
    for _, care in chosen:
        care.plan = "open"
    for _, care in choose(
        ground, 0.01, lambda _, care: care.plan == "agreed" and add_wd(care.entered, 10) < ground.day
    ):
        care.plan = "none"
    for child, care in in_care(ground, whole=False):
        if care.plan == "agreed":
            continue
        why = "planted: no plan for permanence"
        if len(_held(care)) > 1:
            ground.expected.add("CT-05", child, care.id, BREACH, None, why)
        due = _agreed_for_long(ground, child, care)
        if due is not None:
            ground.expected.add("CT-04", child, care.id, OVERDUE, due, why)
        if care.plan == "none":
            due = add_wd(care.entered, 10)
            ground.expected.add("CLA-P1", child, care.id, OVERDUE, due, "planted: no care plan")


def _agreed_for_long(ground: Ground, child: Child, care: Care) -> int | None:
    """Accommodated by agreement for six months: when a decision was due, if that day has passed."""
    now = [s for s in child.legal if s.start <= ground.day and (s.end is None or s.end > ground.day)]
    if not now or max(now, key=lambda s: s.start).status != "V2":
        return None
    due = add_months(max(care.entered, min(s.start for s in now)), 6)
    return due if due < ground.day else None
