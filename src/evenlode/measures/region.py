"""The measures of several councils side by side, and of all together, fit to leave each of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from evenlode.calendar import add_months
from evenlode.measures.answer import MeasureRow, row_of, untold
from evenlode.measures.book import FACTS, MEASURES
from evenlode.measures.measure import Level, Measure
from evenlode.measures.release import held_back
from evenlode.measures.tally import Count, Key, Tally, tally
from evenlode.rules.evaluate import Day

REGION = "region"
"""What stands for the whole of the councils in the place of a council's code."""


def regional(day: Day, *, period_from: date | None = None) -> list[MeasureRow]:
    """Every measure for the region and for each council in it, small numbers hidden (safety bar P2).

    period_from: the first day of the period; else the 12 months to the day.  No service and no team
    is told, and nothing stands beside a figure.  Where one council cannot tell a measure, the region
    cannot either, and says which: a sum of the others would be taken for the whole.
    """
    after = period_from - timedelta(days=1) if period_from else add_months(day.as_at, -12)
    counted = tally(day, after, newest=day.as_at)
    whole = folded(counted)
    hidden = held_back(whole, from_units=True)
    rows: list[MeasureRow] = []
    for measure in MEASURES:
        first = after + timedelta(days=1) if measure.yearly else None
        rows += _of_measure(counted, whole, measure, day.as_at, first, hidden)
    return rows


def folded(counted: Tally) -> Tally:
    """The counts of councils as those of the units of one region: a council stands where a service did."""
    result = Tally(councils=(REGION,))
    for (la, fact, level, _), count in counted.counts.items():
        if level is not Level.COUNCIL:
            continue
        largest = FACTS[fact].largest if fact in FACTS else False
        for up, unit in ((Level.SERVICE, la), (Level.COUNCIL, REGION)):
            result.counts.setdefault((REGION, fact, up, unit), Count()).add(count, largest=largest)
    for la in counted.councils:
        result.names[REGION, Level.SERVICE, la] = la
    result.names[REGION, Level.COUNCIL, REGION] = "all councils together"
    return result


def _of_measure(
    counted: Tally, whole: Tally, measure: Measure, as_at: date, first: date | None, hidden: set[Key]
) -> list[MeasureRow]:
    why = {la: _why(counted, la, measure) for la in counted.councils}
    unknown = {la: words for la, words in why.items() if words}
    said = "; ".join(f"{la}: {words}" for la, words in unknown.items())
    together = (
        untold(REGION, measure, Level.REGION, REGION, as_at, first, said)
        if said
        else _moved(
            row_of(whole, REGION, measure, Level.COUNCIL, REGION, as_at, first, hidden), REGION, Level.REGION
        )
    )
    rows = [together]
    for la in counted.councils:
        if la in unknown:
            rows.append(untold(la, measure, Level.COUNCIL, la, as_at, first, unknown[la]))
        else:
            row = row_of(whole, REGION, measure, Level.SERVICE, la, as_at, first, hidden)
            rows.append(_moved(row, la, Level.COUNCIL))
    return rows


def _moved(row: MeasureRow, la: str, level: Level) -> MeasureRow:
    return replace(row, la_code=la, level=level)


def _why(counted: Tally, la: str, measure: Measure) -> str:
    doubts = (counted.doubts.get((la, fact)) for fact in measure.facts)
    return "; ".join(dict.fromkeys(words for words in doubts if words))
