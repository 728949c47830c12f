"""What rests on a table or a column: taken from what rules and measures declare that they need."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from evenlode.measures.book import MEASURE_BY_ID, needs
from evenlode.quality.doubt import Look
from evenlode.rules.book import RULE_BY_ID, RULES
from evenlode.rules.missing import table_of


@dataclass(frozen=True)
class Spoilt:
    """The rules and measures that a doubt bears on, in the order of the books."""

    rules: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()

    def __add__(self, other: Spoilt) -> Spoilt:
        rules, measures = {*self.rules, *other.rules}, {*self.measures, *other.measures}
        return Spoilt(
            tuple(i for i in RULE_BY_ID if i in rules), tuple(i for i in MEASURE_BY_ID if i in measures)
        )


@cache
def resting_on(what: str) -> Spoilt:
    """The rules and measures that need a table ("cp_visit") or a column ("child.dob")."""
    rules = (r.id for r in RULES if any(_is(part, what) for need in r.needs for part in need.split("|")))
    return Spoilt(tuple(rules), tuple(i for i, m in MEASURE_BY_ID.items() if what in needs(m)))


def _is(need: str, what: str) -> bool:
    return need == what or ("." not in what and table_of(need) == what)


@cache
def spoilt_by(look: Look) -> Spoilt:
    """Everything that a look casts doubt on."""
    found = Spoilt(look.also_rules, look.also_measures)
    for what in look.spoils or (look.table,):
        found += resting_on(what)
    return found
