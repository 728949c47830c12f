"""The findings of a child's page on the timeline, by the same number."""

from __future__ import annotations

from datetime import date

from evenlode.oversight.finding import Finding
from evenlode.oversight.sentences import Said, Shape, State
from evenlode.oversight.timeline import Attention, Timeline
from evenlode.oversight.timeline_kinds import Lane
from evenlode.web.charts import Flag, flags_of

DAY = date(2026, 11, 20)


def attention(number, rule_id, due, state):
    finding = Finding("L", rule_id, "child", "C1", "A1", "late", "norm", "RED", due, 3, "W", "T", {})
    said = Said(rule_id, "x", "", "", State(Shape.OVER, state), "Common practice", "")
    return Attention(number, said, finding)


def test_a_finding_with_a_date_is_shown_by_its_date_and_one_without_by_its_state():
    told = Timeline(
        ("L", "C1"),
        DAY,
        (attention(1, "CP-05", date(2026, 11, 17), "3 days over"), attention(2, "CP-10", None, "15 months")),
        (),
        (),
        (),
        {},
    )
    assert flags_of(told) == (
        Flag(1, Lane.VISITS, date(2026, 11, 17), "17\u00a0Nov", "A1"),
        Flag(2, Lane.PLANS, None, "15 months", "A1"),
    )


def test_a_date_that_is_still_to_come_is_not_drawn_as_past_due():
    told = Timeline(
        ("L", "C1"), DAY, (attention(1, "CP-03", date(2026, 11, 24), "2 days left"),), (), (), (), {}
    )
    assert flags_of(told)[0].due is None
    assert flags_of(told)[0].words == "2 days left"
