"""What was there at the load before and is put right now: only what somebody did is shown by name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from evenlode.access import Thing
from evenlode.oversight.since import Gone
from evenlode.rules.book import RULE_BY_ID
from evenlode.web.door import Door
from evenlode.web.models import Figures, GoneFigure
from evenlode.web.people_of import names_of
from evenlode.web.refs import ref_of

MOST = 5
"""So many are named; the rest are counted."""


@dataclass(frozen=True)
class PutRight:
    """done: rule and child of what was done, the first few; done_count: how many; other: how else findings went."""

    done: list[dict[str, str]]
    done_count: int
    other: list[tuple[str, int]]


def put_right(door: Door, figures: Figures) -> PutRight | None:
    """What has gone since the load before, of the children within reach; None where there is no load before."""
    if figures.before is None:
        return None
    rows = GoneFigure.objects.visible_to(door.visible(Thing.TODAY)).filter(figures=figures)
    how = Counter(dict(_counted(rows)))
    names = names_of(figures)
    done = [
        {
            "rule": RULE_BY_ID[row.rule_id].name if row.rule_id in RULE_BY_ID else row.rule_id,
            "child": names.child((figures.la_code, row.child_id)),
            "ref": ref_of("child", row.child_id),
        }
        for row in rows.filter(how=str(Gone.DONE)).order_by("rule_id", "child_id")[:MOST]
    ]
    return PutRight(done, how.pop(str(Gone.DONE), 0), how.most_common())


def _counted(rows: object) -> list[tuple[str, int]]:
    from django.db.models import Count  # noqa: PLC0415 - wanted here alone

    return list(rows.order_by().values("how").annotate(n=Count("pk")).values_list("how", "n"))  # type: ignore[attr-defined]
