"""What a child's timeline is made of: which record rows, on which lane, in which words; declared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Row = Mapping[str, Any]


class Lane(StrEnum):
    """The lanes of the timeline, in their order from the top."""

    WORKERS = "Workers"
    PLANS = "Plans"
    VISITS = "Visits"
    REVIEWS = "Reviews"
    SUPERVISION = "Supervision"
    ACTIONS = "Actions"
    PLACEMENTS = "Placements"
    NEED = "Referrals and assessments"


class Mark(StrEnum):
    """How an event is drawn; its words say the same."""

    SPAN = "from one day to another"
    HELD = "held"
    SEEN_ALONE = "seen alone"
    SEEN = "seen with others"
    NOT_SEEN = "not seen"
    NOT_RECORDED = "not recorded"
    GAP = "nobody"
    DONE = "done"
    OPEN = "open"


@dataclass(frozen=True)
class Kind:
    """One sort of event: the table and columns that it is read from.

    starts, ends: columns of dates; without an end it is one day.  words: what is said of a row; mark: how
    it is drawn.  who: columns of worker ids, the first that is filled names somebody.
    """

    lane: Lane
    table: str
    starts: str
    words: Callable[[Row], str]
    id: str = ""
    ends: str = ""
    mark: Callable[[Row], Mark] = lambda _: Mark.HELD
    who: tuple[str, ...] = ()
    recorded: str = ""


def fixed(words: str) -> Callable[[Row], str]:
    """The same words for every row."""
    return lambda _: words


def span(_: Row) -> Mark:
    """An event that lasts."""
    return Mark.SPAN


YES, NO = "Y", "N"

PLACES: tuple[tuple[str, str], ...] = (
    ("U", "Foster home"),
    ("K1", "Secure home"),
    ("K2", "Children's home"),
    ("H5", "Supported accommodation"),
    ("P1", "At home with parents"),
    ("P2", "Living independently"),
    ("A", "Placed for adoption"),
    ("R", "Residential care or school"),
    ("S", "Residential school"),
    ("T", "Temporary placement"),
)
"""The beginnings of the placement codes of the return on looked-after children, in words."""


def visit_words(row: Row) -> str:
    """What a visit shows: whether the child was seen, alone, and the bedroom; what is blank is said."""
    if row["seen"] == NO:
        return "Visit: not seen"
    if row["seen"] != YES:
        return "Visit: whether seen is not recorded"
    alone = {YES: "seen alone", NO: "seen with others"}.get(
        row["seen_alone"] or "", "seen; whether alone is not recorded"
    )
    return f"Visit: {alone}" + (", bedroom seen" if row.get("bedroom") == YES else "")


def visit_mark(row: Row) -> Mark:
    """The shape of a visit."""
    if row["seen"] == NO:
        return Mark.NOT_SEEN
    if row["seen"] != YES:
        return Mark.NOT_RECORDED
    return Mark.SEEN_ALONE if row["seen_alone"] == YES else Mark.SEEN


def placement_words(row: Row) -> str:
    """Where the child lived, in words; a code that is not known stands as it is."""
    code = (row["placement_type"] or "").upper()
    return next((words for start, words in PLACES if code.startswith(start)), f"Placement {code}".strip())


def review_words(row: Row) -> str:
    """A review of a child in care."""
    return "Review in care: called off" if row["cancelled"] == YES else "Review in care"


def talk_words(row: Row) -> str:
    """A session about the child; its state (called off, planned) in the words of the record."""
    return (row["note_type"] or "Supervision") + (f" ({row['state'].lower()})" if row["state"] else "")


def action_words(row: Row) -> str:
    """What was agreed, in the words of the record."""
    return f"Action: {row['action']}" if row["action"] else "Action without words"


def action_mark(row: Row) -> Mark:
    """Whether it was done."""
    return Mark.DONE if row["completed_date"] else Mark.OPEN


def involvement_words(row: Row) -> str:
    """The part that a worker has."""
    return (row["role"] or "Involved").strip()


KINDS: tuple[Kind, ...] = (
    Kind(
        Lane.WORKERS,
        "involvement",
        "start_date",
        involvement_words,
        "involvement_id",
        "end_date",
        span,
        ("worker_id",),
    ),
    Kind(Lane.PLANS, "cp_plan", "start_date", fixed("Child protection plan"), "plan_id", "end_date", span),
    Kind(Lane.PLANS, "cin_plan", "start_date", fixed("Child in need plan"), "plan_id", "end_date", span),
    Kind(Lane.PLANS, "care_plan", "start_date", fixed("Care plan"), "care_plan_id", "end_date", span),
    Kind(Lane.VISITS, "cp_visit", "visit_date", visit_words, "visit_id", mark=visit_mark),
    Kind(Lane.VISITS, "cin_visit", "visit_date", visit_words, "visit_id", mark=visit_mark),
    Kind(Lane.VISITS, "care_visit", "visit_date", visit_words, "visit_id", mark=visit_mark),
    Kind(Lane.REVIEWS, "conference", "held_date", fixed("First conference"), "conference_id"),
    Kind(Lane.REVIEWS, "cp_review", "held_date", fixed("Review conference"), "review_id"),
    Kind(Lane.REVIEWS, "care_review", "held_date", review_words, "review_id"),
    Kind(
        Lane.SUPERVISION,
        "supervision",
        "held_date",
        talk_words,
        "note_id",
        who=("supervisor",),
        recorded="recorded_date",
    ),
    Kind(
        Lane.ACTIONS,
        "action",
        "set_date",
        action_words,
        "action_id",
        "completed_date",
        action_mark,
        ("owner",),
    ),
    Kind(Lane.PLACEMENTS, "placement", "start_date", placement_words, "placement_id", "end_date", span),
    Kind(Lane.NEED, "episode", "referral_date", fixed("Referral"), "episode_id", "close_date", span),
    Kind(
        Lane.NEED,
        "assessment",
        "start_date",
        fixed("Assessment"),
        "assessment_id",
        "authorised_date",
        span,
        ("worker_id",),
    ),
    Kind(
        Lane.NEED,
        "enquiry",
        "start_date",
        fixed("Enquiry (section 47)"),
        "enquiry_id",
        "end_date",
        span,
        ("worker_id",),
    ),
    Kind(Lane.NEED, "missing_episode", "start_date", fixed("Missing"), "missing_id", "end_date", span),
)
"""Every sort of event that is read row by row; time in care and gaps between workers are put together."""
