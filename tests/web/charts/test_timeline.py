"""A child's timeline as a drawing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.web.charts.reading import SVG, drawing, shapes, texts

from evenlode.oversight.timeline import Event
from evenlode.oversight.timeline_kinds import Lane, Mark
from evenlode.rules.book import RULES
from evenlode.web.charts import Flag, timeline
from evenlode.web.charts.timeline_flags import LANES, lane_of
from evenlode.web.charts.timeline_window import LEFT, NOW

DAY = date(2026, 11, 20)
VISIT = Event(Lane.VISITS, date(2026, 10, 6), None, "Visit: seen alone", Mark.SEEN_ALONE)
ACTION = Event(Lane.ACTIONS, date(2026, 9, 22), None, "Action: Refer", Mark.OPEN, "Rowan", "A1", ongoing=True)


def visit(mark, on=date(2026, 10, 6)):
    return replace(VISIT, mark=mark, on=on)


def test_seen_alone_seen_with_others_not_seen_and_not_recorded_have_four_shapes():
    drawn = []
    for mark in (Mark.SEEN_ALONE, Mark.SEEN, Mark.NOT_SEEN, Mark.NOT_RECORDED):
        last = list(drawing(timeline([visit(mark)], DAY)))[-1]
        drawn.append((last.tag.removeprefix(SVG), last.get("fill"), last.get("stroke-dasharray")))
    assert drawn == [
        ("circle", "#12436D", None),
        ("circle", "#FFFFFF", None),
        ("path", "none", None),
        ("rect", "#FFFFFF", "2.5 1.6"),
    ]


def test_a_visit_at_which_nobody_was_seen_stands_above_the_line():
    (alone,) = shapes(timeline([visit(Mark.SEEN_ALONE)], DAY), "circle")
    not_seen = shapes(timeline([visit(Mark.NOT_SEEN)], DAY), "path")[0]["d"]
    assert float(not_seen.split("L")[1].split("M")[0].split()[1]) < float(alone["cy"])


def test_a_day_stands_where_it_lies_between_the_first_and_the_day_of_the_figures():
    # The first visit is 113 days back; with a week before it the drawing holds 120 days.
    middle = DAY - timedelta(days=60)
    chart = timeline(
        [visit(Mark.SEEN, middle), visit(Mark.SEEN, DAY), visit(Mark.SEEN, DAY - timedelta(days=113))], DAY
    )
    places = sorted(float(circle["cx"]) for circle in shapes(chart, "circle"))
    assert places[1:] == [(LEFT + NOW) / 2, NOW]


def test_every_event_stands_in_the_rows_with_its_words_and_who():
    chart = timeline([ACTION, replace(VISIT, who="Rowan", recorded=date(2026, 10, 7))], DAY)
    assert chart.rows == (
        ("since 22\u00a0Sep", "Action: Refer", "Rowan", ""),
        ("6\u00a0Oct", "Visit: seen alone", "Rowan", "7\u00a0Oct"),
    )


def test_what_lies_before_the_drawing_is_counted_and_stays_in_the_rows():
    old = replace(VISIT, on=date(2024, 3, 1))
    chart = timeline([VISIT, old], DAY, says="2 visits since 1 March 2024: seen alone at 2.")
    assert len(shapes(chart, "circle")) == 1
    assert len(chart.rows) == 2
    assert chart.sentence == "2 visits since 1 March 2024: seen alone at 2. 1 event is only in the list."


def test_a_finding_that_is_past_due_is_hatched_from_its_date_with_its_number_at_the_end():
    flag = Flag(3, Lane.SUPERVISION, date(2026, 11, 4), "4 Nov")
    held = replace(VISIT, lane=Lane.SUPERVISION, mark=Mark.HELD)
    chart = timeline([held], DAY, flags=[flag])
    assert texts(chart)[-2:] == ["3", "4 Nov"]
    hatch = next(box for box in shapes(chart, "rect") if box["fill"] == "#F6E8EF")
    assert round(float(hatch["x"]) + float(hatch["width"])) == NOW


def test_an_action_that_a_finding_is_about_is_drawn_before_all_others_and_hatched():
    many = [
        replace(ACTION, on=date(2026, 11, n), record_id=f"B{n}", words=f"Action: Ring school {n}")
        for n in range(1, 9)
    ]
    chart = timeline([*many, ACTION], DAY, flags=[Flag(4, Lane.ACTIONS, date(2026, 11, 12), "12 Nov", "A1")])
    assert "Refer" in texts(chart)
    assert any(box["fill"] == "#F6E8EF" for box in shapes(chart, "rect"))


def test_a_lane_has_at_most_three_rows_and_what_has_no_room_is_counted():
    many = [
        replace(ACTION, on=date(2026, 11, n), record_id=f"B{n}", words=f"Action: Ring {n}")
        for n in range(1, 9)
    ]
    chart = timeline(many, DAY)
    assert sum(text.startswith("Ring") for text in texts(chart)) == 3
    assert chart.sentence == "8 events on record. 5 events are only in the list."


def test_days_with_nobody_are_hatched_and_say_so():
    gap = Event(Lane.WORKERS, date(2026, 10, 1), date(2026, 10, 11), "No lead worker for 10 days", Mark.GAP)
    chart = timeline([gap], DAY)
    assert any(box["fill"] == "#F6E8EF" for box in shapes(chart, "rect"))
    assert "No lead worker for 10 days" in texts(chart)


def test_what_is_done_is_ticked_and_a_spell_is_named_by_its_worker():
    done = replace(ACTION, mark=Mark.DONE, until=date(2026, 10, 3), ongoing=False)
    spell = Event(
        Lane.WORKERS, date(2026, 8, 28), None, "Allocated", Mark.SPAN, "Rowan Thistlewood", ongoing=True
    )
    chart = timeline([done, spell], DAY)
    assert any(path.get("stroke") == "#0B5C50" for path in shapes(chart, "path"))
    assert "Rowan Thistlewood" in texts(chart)


def test_dates_that_cannot_be_right_are_drawn_as_not_known_and_say_so():
    wrong = replace(ACTION, until=date(2026, 9, 1), ongoing=False, doubt=True)
    chart = timeline([wrong], DAY)
    assert any(box.get("stroke-dasharray") for box in shapes(chart, "rect"))
    assert chart.rows[0][1] == "Action: Refer; its dates cannot be right"


def test_nothing_on_record_is_said():
    assert timeline([], DAY).sentence == "Nothing is on record."


def test_no_label_stands_outside_the_drawing():
    chart = timeline(
        [replace(ACTION, on=DAY - timedelta(days=n), words="Action: " + "very long " * 9) for n in (0, 400)],
        DAY,
    )
    assert all(0 <= float(text["x"]) <= 1200 for text in shapes(chart, "text"))


@pytest.mark.parametrize(
    ("rule_id", "lane"),
    [
        ("CP-05", Lane.VISITS),
        ("CP-05b", Lane.VISITS),
        ("CP-03", Lane.REVIEWS),
        ("CP-10", Lane.PLANS),
        ("SUP-05", Lane.SUPERVISION),
        ("SQ-07", Lane.ACTIONS),
        ("SQ-01", Lane.SUPERVISION),
        ("CLA-V1", Lane.VISITS),
        ("CLA-S1", Lane.PLACEMENTS),
        ("CW-02", Lane.WORKERS),
        ("ASM-04", Lane.NEED),
        ("CL-04", Lane.REVIEWS),
    ],
)
def test_a_finding_stands_on_the_lane_of_what_it_is_about(rule_id, lane):
    assert lane_of(rule_id) is lane


def test_every_beginning_in_the_table_of_lanes_is_that_of_a_rule():
    ids = [rule.id for rule in RULES]
    for starts in LANES.values():
        for start in starts.split():
            assert any(rule_id.startswith(start) for rule_id in ids), start


def test_a_review_that_is_due_stands_there_where_none_was_ever_held():
    flag = Flag(1, Lane.REVIEWS, date(2026, 11, 4), "4 Nov")
    assert "1" in texts(timeline([VISIT], DAY, flags=[flag]))
