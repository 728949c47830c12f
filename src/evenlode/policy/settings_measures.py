"""Settings for what is said of measures: by how much one must rise to be said, and since when it is compared."""

from __future__ import annotations

from evenlode.policy.setting import LOCAL, DateSetting, NumberSetting, number

_SOURCE = "rises"

MEASURES_NUMBERS: tuple[NumberSetting, ...] = (
    number("rise_months", "3", "A rise is said after so many months of rising in a row.", LOCAL, _SOURCE),
    number(
        "rise_caseload",
        "1.0",
        "... where the average caseload has risen by so many children in all.",
        LOCAL,
        _SOURCE,
    ),
    number("rise_agency", "2", "... the agency rate, by so many points of a percentage.", LOCAL, _SOURCE),
    number("rise_utilisation", "5", "... utilisation, by so many points of a percentage.", LOCAL, _SOURCE),
    number(
        "rise_unallocated",
        "1",
        "... children unallocated, by so many points of a percentage.",
        LOCAL,
        _SOURCE,
    ),
    number("rise_waiting_days", "7", "... the average days waiting, by so many days.", LOCAL, _SOURCE),
    number(
        "rise_newly_qualified",
        "5",
        "... the newly qualified share of case holders, by so many points of a percentage.",
        LOCAL,
        _SOURCE,
    ),
    number(
        "rise_long_plans",
        "2",
        "... protection plans of two years or more, by so many points of a percentage.",
        LOCAL,
        _SOURCE,
    ),
)

MEASURES_DATES: tuple[DateSetting, ...] = (
    DateSetting(
        "last_inspection",
        None,
        "The day on which the last inspection began; measures are compared with the month end before it.",
        LOCAL,
        "since the last inspection",
    ),
)
