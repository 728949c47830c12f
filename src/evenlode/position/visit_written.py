"""What was written of each visit to an open child."""

from __future__ import annotations

import ibis.expr.types as ir

from evenlode.position.context import CHILD, Context, Step


def visit_written(at: Context) -> ir.Table:
    """Each day on which an open child was visited, with what any note of that day says."""
    child = at.step("open_child").select(*CHILD, "unborn", "episode_start")
    rows = at.record("visit_note", "child_id", "visit_date", "purpose", "wishes", "second_parent")
    rows = rows.filter(rows.visit_date <= at.as_at).inner_join(child, list(CHILD))
    rows = rows.filter(rows.visit_date >= rows.episode_start)
    return rows.group_by(*CHILD, "visit_date").agg(
        unborn=rows.unborn.max(),
        purpose=rows.purpose.max(),
        wishes=rows.wishes.max(),
        second_parent=rows.second_parent.max(),
    )


VISIT_WRITTEN_STEPS = (
    Step("visit_written", "Visits to each open child, with what their notes say.", visit_written),
)
