"""Which published files are known, and which figure each column holds: declared once.

A file is known by its headings, never by its name (extract-formats section 10).
"""

from __future__ import annotations

from dataclasses import dataclass, field

MARKS: dict[str, str] = {
    "c": "held back to protect confidentiality",
    "x": "not available",
    "z": "not applicable",
    "u": "low reliability",
    "k": "held back",
    "low": "rounds to nought",
    ":": "not available (older mark)",
    "..": "not available (older mark)",
    "-": "not available (older mark)",
    "": "blank",
}
"""What stands in a cell where a number is missing.  None of them is nought."""

AREA = (
    "time_period",
    "geographic_level",
    "country_code",
    "region_code",
    "region_name",
    "old_la_code",
    "new_la_code",
    "la_name",
)
"""The leading columns that say when and where; every layout has them."""


@dataclass(frozen=True)
class Indicator:
    """One published figure: the column that holds it, and the counts that it is made of.

    id: the measure of ours beside which it stands.  value: the column of the rate, blank where the
    Department publishes only the counts.  parts: the name of each count in our measures, with the
    columns that add up to it.  where: cells that must hold these words.
    """

    id: str
    value: str
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> set[str]:
        """Every column that is read for it."""
        said = {self.value} if self.value else set()
        return said | {c for group in self.parts.values() for c in group} | set(self.where)


@dataclass(frozen=True)
class Layout:
    """One known file: its title, when its figures are taken, and what it holds."""

    name: str
    title: str
    taken: str
    indicators: tuple[Indicator, ...]

    @property
    def columns(self) -> frozenset[str]:
        """The headings by which the file is known."""
        return frozenset(AREA).union(*(i.columns for i in self.indicators))


def _workforce(name: str, title: str, say: dict[str, str]) -> Layout:
    """The two generations of the workforce file hold the same figures under other names."""

    def one(measure: str, rate: str, **parts: str) -> Indicator:
        return Indicator(measure, say[rate], {fact: (say[column],) for fact, column in parts.items()})

    return Layout(
        name,
        title,
        "30 September, and the year to it",
        (
            one("WF-05", "caseload", cases="cases", holders_fte="holders"),
            one("WF-06", "agency_rate", agency_fte="agency", employed_fte="employed"),
            one("WF-07", "vacancy_rate", vacant_fte="vacant", employed_fte="employed"),
            one("WF-08", "turnover", leavers_fte="leavers", employed_fte="employed"),
            one("WF-09a", "cover_rate", covering_fte="cover", agency_fte="agency"),
            one("WF-09b", "vacancy_cover", covering_fte="cover", vacant_fte="vacant"),
            one("WF-10", "absence", days_lost="days_lost", absence_fte="employed"),
        ),
    )


WORKFORCE = _workforce(
    "workforce",
    "Children's social work workforce: indicators",
    {
        "employed": "inpost_fte",
        "leavers": "leavers_fte",
        "turnover": "turnover_rate_fte",
        "agency": "agency_fte",
        "agency_rate": "agency_rate_fte",
        "cover": "agency_cover_fte",
        "cover_rate": "agency_cover_rate_fte",
        "vacant": "vacancy_fte",
        "vacancy_rate": "vacancy_rate_fte",
        "vacancy_cover": "vacancy_agency_cover_rate_fte",
        "holders": "case_holders_fte",
        "cases": "cases",
        "caseload": "caseload_fte",
        "days_lost": "working_days_lost_fte",
        "absence": "absence_rate_fte",
    },
)
WORKFORCE_TO_2022 = _workforce(
    "workforce to 2022",
    "Children's social work workforce: headline measures (older names)",
    {
        "employed": "social_worker_fte",
        "leavers": "leaver_fte",
        "turnover": "turnover_rate_fte_%",
        "agency": "agency_fte",
        "agency_rate": "agency_worker_rate_fte_%",
        "cover": "agency_cover_fte",
        "cover_rate": "agency_cover_rate_fte_%",
        "vacant": "vacancy_fte",
        "vacancy_rate": "vacancy_rate_fte_%",
        "vacancy_cover": "vacancy_agency_cover_rate_fte_%",
        "holders": "case_holders_fte",
        "cases": "cases",
        "caseload": "caseload_fte",
        "days_lost": "working_days_lost_fte",
        "absence": "absence_rate_fte_%",
    },
)

ASSESSMENT_BANDS: tuple[tuple[str, str, int, int | None, str], ...] = (
    ("ASM-01c0", "the same day", 0, 0, "Same_day"),
    ("ASM-01c1", "1 to 10 working days", 1, 10, "1-10_days"),
    ("ASM-01c2", "11 to 20 working days", 11, 20, "11-20_days"),
    ("ASM-01c3", "21 to 30 working days", 21, 30, "21-30_days"),
    ("ASM-01c4", "31 to 40 working days", 31, 40, "31-40_days"),
    ("ASM-01c5", "41 to 45 working days", 41, 45, "41-45_days"),
    ("ASM-01c6", "46 to 50 working days", 46, 50, "46-50_days"),
    ("ASM-01c7", "51 to 60 working days", 51, 60, "51-60_days"),
    ("ASM-01c8", "61 working days or more", 61, None, "61+_days"),
)
"""The Department's bands of assessments: measure, words, from, to, column."""

CONFERENCE_BANDS: tuple[tuple[str, str, int, int | None, str], ...] = (
    ("S47-01c0", "within 10 working days", 0, 10, "Duration_0-10_days"),
    ("S47-01c1", "11 to 15 working days", 11, 15, "Duration_11-15_days"),
    ("S47-01c2", "16 to 20 working days", 16, 20, "Duration_16-20_days"),
    ("S47-01c3", "21 working days or more", 21, None, "Duration_21+_days"),
)
"""The Department's bands from section 47 enquiry to initial conference."""

PLAN_BANDS: tuple[tuple[str, str, int, int | None, str], ...] = (
    ("CP-10c0", "3 months or less", 0, 3, "3_months_or_less"),
    ("CP-10c1", "more than 3 months, to 6", 3, 6, "more_than_3_months_6_months"),
    ("CP-10c2", "more than 6 months, less than a year", 6, 12, "more_than_6_months_less_than_1_year"),
    ("CP-10c3", "a year, less than two", 12, 24, "1_year_less_than_2_years"),
    ("CP-11", "two years or more", 24, None, "2_years_or_more"),
)
"""The Department's bands of open protection plans, in months."""

_TO_45 = tuple(column for _, _, _, last, column in ASSESSMENT_BANDS if last is not None and last <= 45)
_CONFERENCES = tuple(column for *_, column in CONFERENCE_BANDS)
_YEAR = "year to 31 March"
_DAY = "31 March"

REFERRALS = Layout(
    "referrals",
    "Referrals and re-referrals (c1)",
    _YEAR,
    (
        Indicator(
            "REF-02a",
            "rereferral_percent",
            {"rereferrals": ("rereferral_count",), "referrals": ("referral_count",)},
        ),
        Indicator(
            "REF-02b",
            "rereferral_child_percent",
            {
                "children_rereferred": ("rereferral_child_count",),
                "children_referred": ("referral_child_count",),
            },
        ),
    ),
)
ASSESSMENTS = Layout(
    "assessments",
    "Duration of assessments (c2)",
    _YEAR,
    (
        Indicator(
            "ASM-01b",
            "",
            {"assessments_within_45": _TO_45, "assessments_timed": ("Assessments_completed",)},
        ),
        *(
            Indicator(
                band, "", {f"assessments_{band}": (column,), "assessments_timed": ("Assessments_completed",)}
            )
            for band, _, _, _, column in ASSESSMENT_BANDS
        ),
    ),
)
ENQUIRIES = Layout(
    "enquiries",
    "Section 47 enquiries and initial conferences (c4)",
    _YEAR,
    (
        Indicator(
            "S47-01",
            "",
            {"conferences_in_time": _CONFERENCES[:2], "conferences_timed": _CONFERENCES},
        ),
        *(
            Indicator(band, "", {f"conferences_{band}": (column,), "conferences_timed": _CONFERENCES})
            for band, _, _, _, column in CONFERENCE_BANDS
        ),
    ),
)
SECOND_PLANS = Layout(
    "second plans",
    "Second or subsequent protection plans (d3)",
    _YEAR,
    (
        Indicator(
            "CP-12",
            "CPP_subsequent_percent",
            {"plans_again": ("CPP_subsequent",), "plans_started": ("CPP_start",)},
        ),
    ),
)
PLAN_LENGTHS = Layout(
    "plan lengths",
    "Protection plans by length of time (d5)",
    _DAY,
    tuple(
        Indicator(band, f"{column}_percent", {f"plans_{band}": (column,), "plans_open": ("CPP_At31",)})
        for band, _, _, _, column in PLAN_BANDS
    ),
)
PLAN_REVIEWS = Layout(
    "plan reviews",
    "Protection plans reviewed within timescales (d6)",
    _DAY,
    (
        Indicator(
            "CP-04a",
            "Reviewed_within_timescales_percent",
            {
                "plans_reviewed_in_time": ("Reviewed_within_timescales",),
                "plans_open_3_months": ("CPP_At31_3Months",),
            },
        ),
    ),
)
PLACEMENTS = Layout(
    "placement stability",
    "Placement stability of children looked after",
    _DAY,
    (
        Indicator(
            "CLA-S1",
            "children_percent",
            where={
                "cla_group": "CLA on 31 March",
                "placement_stability": "With 3 or more placements during the year",
            },
        ),
        Indicator(
            "CLA-S2",
            "children_percent",
            where={
                "cla_group": "Children looked after continuously for at least 2.5 years on 31 March "
                "aged under 16 years",
                "placement_stability": "Living with the same carer for at least 2 years",
            },
        ),
    ),
)
CHANGES_OF_WORKER = Layout(
    "changes of worker",
    "Social workers of children looked after in the year",
    _DAY,
    (
        Indicator(
            "CW-02a",
            "percentage",
            where={
                "cla_group": "CLA on 31 March",
                "sw_stability": "3 or more social workers during the year",
            },
        ),
    ),
)
CARE_LEAVERS = Layout(
    "care leavers",
    "Accommodation of care leavers",
    _YEAR,
    tuple(
        Indicator(
            measure,
            "care_leaver_percent",
            where={"care_leaver_age": ages, "breakdown": "Accommodation considered suitable"},
        )
        for measure, ages in (("CL-08b1", "17 to 18 years"), ("CL-08b2", "19 to 21 years"))
    ),
)

LAYOUTS: tuple[Layout, ...] = (
    WORKFORCE,
    WORKFORCE_TO_2022,
    REFERRALS,
    ASSESSMENTS,
    ENQUIRIES,
    SECOND_PLANS,
    PLAN_LENGTHS,
    PLAN_REVIEWS,
    PLACEMENTS,
    CHANGES_OF_WORKER,
    CARE_LEAVERS,
)

NEIGHBOURS = frozenset({"old_la_code", "la_name", "SN_1", "SN_10"})
"""The headings of the statistical neighbours file (one row a council, its ten neighbours in order)."""

INDICATORS: frozenset[str] = frozenset(i.id for layout in LAYOUTS for i in layout.indicators)
"""Every measure beside which a published figure can stand."""
