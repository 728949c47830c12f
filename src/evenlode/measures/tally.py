"""Counts everything once, and adds it up for the council, its services and its teams."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from evenlode.measures.book import COUNTINGS, FACTS, MEASURES
from evenlode.measures.ground import filled, lay_ground
from evenlode.measures.measure import Counting, Level
from evenlode.measures.workforce import WORKFORCE_GROUND
from evenlode.rules.evaluate import Day
from evenlode.rules.missing import in_words, is_told

Key = tuple[str, str, Level, str]
"""Council, fact, level, unit."""

NO_TEAM, NO_SERVICE = "no team named", "no service named"


@dataclass
class Count:
    """An amount, how many children, people or events make it up, and how many are left out as not known."""

    amount: Decimal = Decimal(0)
    people: int = 0
    left_out: int = 0

    def add(self, other: Count, *, largest: bool) -> None:
        """Takes another unit's count in."""
        self.amount = max(self.amount, other.amount) if largest else self.amount + other.amount
        self.people += other.people
        self.left_out += other.left_out


@dataclass
class Tally:
    """Every count of a day, and why some cannot be told.

    services: the service of each (council, team).  names: of (council, level, unit).
    """

    counts: dict[Key, Count] = field(default_factory=dict)
    doubts: dict[tuple[str, str], str] = field(default_factory=dict)
    services: dict[tuple[str, str], str] = field(default_factory=dict)
    names: dict[tuple[str, Level, str], str] = field(default_factory=dict)
    councils: tuple[str, ...] = ()

    def count(self, la_code: str, fact: str, level: Level, unit: str) -> Count:
        """A count; nought where nobody was counted."""
        return self.counts.get((la_code, fact, level, unit)) or Count()

    def units(self, la_code: str, level: Level, facts: Iterable[str]) -> list[str]:
        """The units in which any of these facts was counted, by name; those without one last."""
        wanted = set(facts)
        found = {
            unit
            for (la, fact, at, unit), count in self.counts.items()
            if la == la_code and at is level and fact in wanted and (count.people or count.left_out)
        }
        return sorted(found, key=lambda u: (u == "", self.names.get((la_code, level, u), u), u))


def tally(day: Day, after: date, *, newest: date) -> Tally:
    """Everything counted on the day, and in the period from the day after `after`.

    newest: the as-at date of the run: on an earlier day the hours of workers can only be told from
    when the establishment's leavers begin.
    """
    day.have(MONTHLY_STEPS if day.as_at < newest else (*MONTHLY_STEPS, *YEARLY_STEPS))
    lay_ground(day, after)
    for name, sql in WORKFORCE_GROUND.items():
        day.tables.replace(name, filled(sql, day.policy))
    result = Tally(councils=tuple(sorted({la for la, _ in day.delivered})))
    _teams(day, result)
    for counting in COUNTINGS if day.as_at == newest else MONTHLY:
        _add(day, counting, result)
        _doubts(day, counting, result)
    if day.as_at < newest:
        _past(day, result)
    return result


def _teams(day: Day, result: Tally) -> None:
    rows = day.cursor.execute(
        "SELECT la_code, team_id, any_value(name), any_value(parent_id), any_value(parent_name) "
        "FROM team WHERE team_id IS NOT NULL GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    names = {(la, team): name or team for la, team, name, _, _ in rows}
    parents = {(la, parent): said for la, _, _, parent, said in rows if parent}
    for la, team, name, parent, _ in rows:
        result.names[la, Level.TEAM, team] = name or team
        service = team if (la, team) in parents else (parent or "")
        result.services[la, team] = service
    for (la, parent), said in parents.items():
        result.names[la, Level.SERVICE, parent] = names.get((la, parent)) or said or parent
    for la in result.councils:
        result.names[la, Level.TEAM, ""] = NO_TEAM
        result.names[la, Level.SERVICE, ""] = NO_SERVICE
        result.names[la, Level.COUNCIL, la] = la


def _add(day: Day, counting: Counting, result: Tally) -> None:
    sql = f"""
SELECT la_code, team, fact, coalesce(sum(known), 0), coalesce(max(known), 0),
  count(*) FILTER (WHERE known <> 0), count(*) FILTER (WHERE known IS NULL)
FROM (SELECT la_code, coalesce(team_id, '') AS team, fact, CAST(amount AS DECIMAL(18, 6)) AS known
  FROM ({filled(counting.sql, day.policy)}))
GROUP BY la_code, team, fact ORDER BY la_code, team, fact"""
    for la, team, fact, total, most, people, left_out in day.cursor.execute(sql).fetchall():
        largest = FACTS[fact].largest
        one = Count(most if largest else total, people, left_out)
        service = result.services.get((la, team), "")
        for level, unit in ((Level.TEAM, team), (Level.SERVICE, service), (Level.COUNCIL, la)):
            result.counts.setdefault((la, fact, level, unit), Count()).add(one, largest=largest)


def _doubts(day: Day, counting: Counting, result: Tally) -> None:
    for fact in counting.facts:
        for la in result.councils:
            absent = [need for need in fact.needs if not is_told(la, need, day.delivered, day.untold)]
            if absent:
                result.doubts[la, fact.name] = f"not in the files: {', '.join(map(in_words, absent))}"
    if counting.doubt:
        for la, fact_name, why in day.cursor.execute(filled(counting.doubt, day.policy)).fetchall():
            result.doubts.setdefault((la, fact_name), why)


def _past(day: Day, result: Tally) -> None:
    """On an earlier day: whose hours were there then is only known where leavers are still listed."""
    first = dict(
        day.cursor.execute("SELECT la_code, min(leaving_date) FROM establishment GROUP BY 1").fetchall()
    )
    begun = dict(day.cursor.execute("SELECT la_code, min(start_date) FROM involvement GROUP BY 1").fetchall())
    for la in result.councils:
        listed = first.get(la)
        for fact in FACTS.values():
            if fact.of_hours and (listed is None or listed > day.as_at):
                why = (
                    f"the establishment lists no leaver before {listed:%-d %B %Y}"
                    if listed
                    else "the establishment lists no leaver"
                )
                result.doubts.setdefault((la, fact.name), f"{why}, so who was in post then is not known")
            if "involvement" in fact.needs and (begun.get(la) is None or begun[la] > day.as_at):
                result.doubts.setdefault(
                    (la, fact.name), "the files hold no involvement that had begun by then"
                )


_MONTHLY_FACTS = {name for m in MEASURES if m.monthly for name in (*m.facts, *(fact for fact, _ in m.beside))}
MONTHLY = tuple(c for c in COUNTINGS if any(fact.name in _MONTHLY_FACTS for fact in c.facts))
"""What has to be counted again for an earlier month end."""

MONTHLY_STEPS = (
    "open_child",
    "care_leaver_now",
    "cp_plan_open",
    "period_open",
    "lead",
    "load_sum",
    "unallocated",
    "worker_now",
    "worker_team",
)
"""The shared steps that this needs; the steps these build on come with them."""

YEARLY_STEPS = (
    "cin_plan_open",
    "period_faulty",
    "placement_spell",
    "placement_now",
    "placement_recent",
    "lead_changes",
    "lead_handover",
    "on_interim_order",
)
"""What the measures of the as-at date need besides."""
