"""Why we cannot tell, in words: what of the evidence is blank or cannot be right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from evenlode.oversight.finding import Value
from evenlode.oversight.words import day_words

BLANKS: tuple[tuple[str, str], ...] = (
    ("missing", "the files do not tell {value}"),
    ("why", "{value}"),
    ("visit_with_seen_blank", '"seen" is blank on {value}'),
    ("last_visit_seen_blank", '"seen" is blank on {value}'),
    ("visit_that_does_not_say", "the visit of {value} does not say whether it was at home and alone"),
    ("alone_blank", '"seen alone" is blank'),
    ("age_unknown", "the age is not known"),
    ("bedroom_blank", '"bedroom seen" is blank'),
    ("with_reversed_rows", "a worker's row ends before it starts"),
    ("ends_without_a_reason", "a placement ended without a reason on record"),
    ("workers_without_a_title", "a worker's title is blank"),
    ("experience_unknown", "when a worker qualified is not on record"),
)
"""What stands in the evidence where the record does not tell, the first that is there is said."""

NOT_ON_RECORD = "{value} is not on record"


def why_not(evidence: Mapping[str, Value], as_at: date) -> str:
    """The reason in words; where none is marked, which of the values is blank."""
    for name, words in BLANKS:
        value = evidence.get(name)
        if value:
            return words.format(value=_told(value, as_at))
    blank = [name.replace("_", " ") for name, value in evidence.items() if value is None]
    if blank:
        return NOT_ON_RECORD.format(value=f'"{blank[0]}"')
    return "a value that it rests on is blank or cannot be right"


def sort_of_why(evidence: Mapping[str, Value]) -> str:
    """The same reason without its day, so that reasons of one sort can be counted together."""
    for name, words in BLANKS:
        value = evidence.get(name)
        if isinstance(value, date):
            return words.replace(" on {value}", "").replace(" of {value}", "")
        if value:
            break
    return why_not(evidence, date.min)


def _told(value: Value, as_at: date) -> str:
    return day_words(value, as_at) if isinstance(value, date) else str(value).replace("_", " ")
