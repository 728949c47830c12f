"""Settings for doubts about the data: house defaults, each local, for a council to set."""

from __future__ import annotations

from evenlode.policy.setting import LOCAL, ListSetting, NumberSetting, number

QUALITY_NUMBERS: tuple[NumberSetting, ...] = (
    number(
        "quality_days", "365", "Doubts about what has ended look back so many days.", LOCAL, "data quality"
    ),
    number("pregnancy_days", "294", "Work may begin so many days before a birth.", LOCAL, "data quality"),
    number(
        "birth_overdue_days",
        "28",
        "So long after an expected date the date of birth is on the record.",
        LOCAL,
        "data quality",
    ),
    number("fte_highest", "1.2", "Nobody works more than this full-time equivalent.", LOCAL, "data quality"),
    number(
        "tray_children",
        "40",
        "So many children under somebody without a registration number is a tray and no person.",
        LOCAL,
        "data quality",
    ),
    number(
        "coverage_months", "12", "Coverage is counted for so many whole months back.", LOCAL, "data quality"
    ),
    number(
        "coverage_thin_share",
        "0.5",
        "Under this share of the rows that the council's own median rate makes likely, a month or team is thin.",
        LOCAL,
        "data quality",
    ),
    number(
        "coverage_fewest",
        "20",
        "Where fewer rows than this are likely, few rows say nothing: chance alone would do it.",
        LOCAL,
        "data quality",
    ),
    number(
        "coverage_fewest_none",
        "5",
        "Where this many rows are likely, none at all says something.",
        LOCAL,
        "data quality",
    ),
    number(
        "coverage_quiet_days",
        "14",
        "A table whose newest row is this many days older than that of another may stop early.",
        LOCAL,
        "data quality",
    ),
)

QUALITY_LISTS: tuple[ListSetting, ...] = (
    ListSetting(
        "tray_words",
        ("tray", "pool", "queue", "inbox", "worklist", "awaiting allocation", "generic", "dummy", "unknown"),
        "Words of a worker's name or id that show a tray, beside the placeholder words.",
        "data quality",
    ),
)
