"""Privately fostered children who were not visited in time or not spoken to alone, and one who has grown out of it."""

from __future__ import annotations

from evenlode.demo.dates import ISO, add_months, add_wd, wd_before
from evenlode.demo.expected import BREACH, FLAG, OVERDUE
from evenlode.demo.keeping.fostering import ARRANGEMENT, NOT_ALONE, REPORT, VISIT, arrange, not_fostered
from evenlode.demo.planting.ground import Ground

_YOUNG = (1, 15)


def first_visits(ground: Ground) -> None:
    """PF-01: nobody has been there since the council knew."""
    since = wd_before(ground.day, 10)
    for child in not_fostered(ground, since, _YOUNG)[-1:]:
        ground.kept.date(ARRANGEMENT, child.id, start=since)
        why = "planted: privately fostered, not visited in seven working days"
        ground.expected.add("PF-01", child, ISO[since], OVERDUE, add_wd(since, 7), why)


def first_year(ground: Ground) -> None:
    """PF-02: not visited for more than six weeks."""
    since = ground.day - 170
    for child in not_fostered(ground, since, _YOUNG)[:1]:
        last = arrange(ground, child, since, ground.day - 48)[-1]
        why = "planted: privately fostered, not visited for six weeks"
        ground.expected.add("PF-02", child, ISO[since], OVERDUE, last + 42, why)


def later_years(ground: Ground) -> None:
    """PF-03: after the first year, not visited for more than twelve weeks."""
    for since in (ground.day - 560, ground.day - 500):
        for child in not_fostered(ground, since, _YOUNG)[:1]:
            days = arrange(ground, child, since, ground.day - 90)
            if days[-1] >= add_months(since, 12):
                why = "planted: privately fostered for longer, not visited for twelve weeks"
                ground.expected.add("PF-03", child, ISO[since], OVERDUE, days[-1] + 84, why)
            else:
                why = "planted: privately fostered, not visited for six weeks"
                ground.expected.add("PF-02", child, ISO[since], OVERDUE, days[-1] + 42, why)


def not_alone(ground: Ground) -> None:
    """PF-05: not spoken to alone at the last visit."""
    since = ground.day - 60
    for child in not_fostered(ground, since, _YOUNG)[:1]:
        last = arrange(ground, child, since, ground.day)[-1]
        row = next(d for d in ground.kept.dates_of(VISIT, child.id) if d.done == last)
        row.outcome = NOT_ALONE
        why = "planted: privately fostered, not spoken to alone"
        ground.expected.add("PF-05", child, ISO[since], BREACH, None, why)


def not_written(ground: Ground) -> None:
    """PF-05b: of a visit that is long over there is no report yet."""
    children = {c.id: c for family in ground.families for c in family.children}
    for row in ground.kept.dates.get(ARRANGEMENT, [])[:2]:
        reports = [r for r in ground.kept.dates_of(REPORT, row.child) if add_wd(r.start or 0, 5) < ground.day]
        for report in reports[-1:]:
            report.done = None
            why = "planted: privately fostered, no report on a visit"
            due = add_wd(report.start or 0, 5)
            ground.expected.add("PF-05b", children[row.child], ISO[row.start], OVERDUE, due, why)


def too_old(ground: Ground) -> None:
    """PF-06: sixteen, and still on the list."""
    since = ground.day - 45
    for child in [c for c in not_fostered(ground, since, (16, 17)) if not c.disabilities][:1]:
        arrange(ground, child, since, ground.day)
        ground.expected.add("PF-06", child, "", FLAG, None, "planted: sixteen or older, still listed")
