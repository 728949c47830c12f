"""Where on a child's timeline each finding stands: the lane of its rule, and its date."""

from __future__ import annotations

from evenlode.oversight.timeline import Attention, Timeline
from evenlode.oversight.timeline_kinds import Lane
from evenlode.oversight.words import day_words
from evenlode.web.charts.timeline_lanes import Flag

LANES: dict[Lane, str] = {
    Lane.WORKERS: "AL CW NQ AGY CP-16 CIN-08 DR-17 DR-18",
    Lane.VISITS: "CP-05 CP-06 CP-07 CP-08 CIN-02 CIN-04 CLA-V AL-05 PF CL-05 CL-06 CL-07 DR-09 DR-10 VN ASM-03",
    Lane.REVIEWS: "CP-01 CP-02 CP-03 CP-04 CP-14 CP-15 CIN-01 CIN-03 CIN-06 CIN-07 CLA-R CL-04",
    Lane.SUPERVISION: "SUP SQ DR-16",
    Lane.ACTIONS: "ACT SQ-07 DR-07 QA",
    Lane.PLACEMENTS: "CLA-S",
    Lane.NEED: "REF OPN ASM S47 STR CLA-M DR-03",
}
"""The beginnings of the ids of the rules that stand on each lane; every other rule is about a plan."""

_LANE_OF = {start: lane for lane, starts in LANES.items() for start in starts.split()}


def lane_of(rule_id: str) -> Lane:
    """The lane that a rule's findings stand on; the longest beginning that fits decides."""
    fits = [start for start in _LANE_OF if rule_id.startswith(start)]
    return _LANE_OF[max(fits, key=len)] if fits else Lane.PLANS


def flags_of(told: Timeline) -> tuple[Flag, ...]:
    """The numbers of a child's findings for the drawing, in the order of the list above it."""
    return tuple(_flag(one, told) for one in told.attention)


def _flag(one: Attention, told: Timeline) -> Flag:
    due = one.finding.due_date
    past = due if due is not None and due <= told.as_at else None
    short = day_words(past, told.as_at, short=True) if past else one.said.state.words
    return Flag(one.number, lane_of(one.finding.rule_id), past, short, one.finding.record_id)
