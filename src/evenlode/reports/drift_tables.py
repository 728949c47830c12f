"""The drift list as a file: one row a child, in order, with every sign and its date."""

from __future__ import annotations

import json
from collections.abc import Iterable

from evenlode.reports.sheets import Heading, Sheet, Value
from evenlode.rules.drift_list import DriftList, DriftRow, Sign, Told, drift_list
from evenlode.rules.evaluate import Day
from evenlode.rules.indicators import INDICATORS, Indicator
from evenlode.rules.results import Evaluation

DRIFT_HEADINGS = (
    Heading("place", "int", 7),
    Heading("child_id"),
    Heading("worker_id"),
    Heading("team_id"),
    Heading("statute_breach", "bool", 10),
    Heading("plan_or_care", width=12),
    Heading("indicators", "int", 10),
    Heading("days_over", "int", 10),
    Heading("since", "date", 12),
    Heading("which", width=60),
    Heading("statute_rules", width=18),
    Heading("cannot_tell", width=24),
    Heading("apart", width=14),
    Heading("of_worker", width=10),
    Heading("evidence", width=70),
)
"""The columns of the drift list."""

TOLD_HEADINGS = (
    Heading("indicator", width=10),
    Heading("name", width=34),
    Heading("question", width=60),
    Heading("about", width=9),
    Heading("rules", width=40),
    Heading("children", "int", 10),
    Heading("cannot_tell", "int", 11),
    Heading("missing", width=60),
)
"""The columns of what each indicator means and how far it can be told."""

HOW_ORDERED = (
    "In order of: a breach of a duty set by law, a protection plan or care, the number of indicators, days overdue. "
    "A list to talk about, not a score: none of these was shown to predict harm."
)


def drift_of(position: Day, evaluation: Evaluation) -> DriftList:
    """The drift list of a day whose rules have been asked."""
    return drift_list(
        evaluation,
        on_plan=position.total_ids("child_protection"),
        in_care=position.total_ids("looked_after"),
    )


def drift_sheet(drift: DriftList, *, with_council: bool) -> Sheet:
    """One row a child; children of whom only something apart is true stand last, without a place."""
    headings = ((Heading("la_code", width=9),) if with_council else ()) + DRIFT_HEADINGS
    rows = []
    for place, row in enumerate(drift.rows, start=1):
        cells = _cells(row, place if row.signs else None)
        rows.append((row.la_code, *cells) if with_council else cells)
    return Sheet("Drift list", headings, rows, note=HOW_ORDERED)


def told_sheet(drift: DriftList) -> Sheet:
    """Each indicator: what it asks, which rules make it true, of how many it is, and what cannot be told."""
    return Sheet("Indicators", TOLD_HEADINGS, [_told(t) for t in drift.told])


def names_of(indicators: Iterable[Indicator]) -> str:
    """Indicators in words, each once."""
    return "; ".join(f"{i.id} {i.name}" for i in dict.fromkeys(indicators))


def on_plan_or_in_care(row: DriftRow) -> str:
    """Whether the child is on a protection plan, looked after or both."""
    return " and ".join(word for word, true in (("CP", row.plan), ("CLA", row.care)) if true)


def _ids(indicators: Iterable[Indicator]) -> str:
    return " ".join(dict.fromkeys(i.id for i in indicators))


def _cells(row: DriftRow, place: int | None) -> tuple[Value, ...]:
    return (
        place,
        row.child_id,
        row.worker_id,
        row.team_id,
        bool(row.statute),
        on_plan_or_in_care(row),
        len(row.indicators),
        row.days_over,
        row.since,
        names_of(row.indicators),
        " ".join(row.statute),
        _ids(row.unknown),
        _ids(s.indicator for s in row.apart),
        _ids(s.indicator for s in row.of_worker),
        json.dumps(
            {
                part: [_sign(s) for s in signs]
                for part, signs in (
                    ("indicators", row.signs),
                    ("apart", row.apart),
                    ("of_worker", row.of_worker),
                )
            },
            ensure_ascii=False,
        ),
    )


def _sign(sign: Sign) -> dict[str, object]:
    return {
        "indicator": sign.indicator.id,
        "rule_id": sign.rule_id,
        "record_id": sign.record_id,
        "status": sign.status,
        "severity": sign.severity,
        "since": sign.since.isoformat() if sign.since else None,
        "days_over": sign.days_over,
        "evidence": dict(sign.evidence),
    }


def _told(told: Told) -> tuple[Value, ...]:
    indicator = told.indicator
    return (
        indicator.id,
        indicator.name,
        indicator.question,
        indicator.about,
        " ".join(p.rule_id for p in indicator.parts),
        told.children,
        told.unknown,
        missing_words(told),
    )


def missing_words(told: Told) -> str:
    """What the council's files lack for an indicator, rule by rule."""
    return "; ".join(f"{rule}: {why}" for (_, rule), why in sorted(told.missing.items()))


def indicators_page(made: str) -> str:
    """Every indicator, as it is declared, for the reference."""
    lines = [
        made + "# The drift list\n",
        f"{HOW_ORDERED}\n",
        "An indicator made of other rules' findings is no finding of its own.",
        "A child is on the list when one is true; what cannot be told makes none true and is counted beside.\n",
        "| indicator | asks | true when a finding of | about |",
        "|---|---|---|---|",
    ]
    for i in INDICATORS:
        parts = ", ".join(
            p.rule_id
            + (f" ({', '.join(p.only)} only)" if p.only else "")
            + (f" (apart where `{p.apart}`)" if p.apart else "")
            for p in i.parts
        )
        lines.append(f"| {i.id} {i.name} | {i.question} | {parts} | {i.about} |")
    return "\n".join(lines) + "\n"
