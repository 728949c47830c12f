"""Which rules a council's files can answer, and what would let them answer the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evenlode.extracts.layouts import LOCAL_SOURCES
from evenlode.record.delivery import OF_TIME
from evenlode.record.key_dates import kind_of
from evenlode.record.tables import TABLES
from evenlode.rules.book import RULES
from evenlode.rules.evaluate import in_words, table_of


@dataclass(frozen=True)
class Unanswered:
    """A rule that these files cannot answer: what is missing, and what to add."""

    rule_id: str
    name: str
    missing: str
    to_add: str


def unanswered(absent: Mapping[str, list[str]]) -> list[Unanswered]:
    """Every rule of the book that is not answered, in its order.

    absent: rule id to its unmet needs.
    """
    names = {rule.id: rule.name for rule in RULES}
    return [
        Unanswered(
            rule.id,
            names[rule.id],
            ", ".join(in_words(need) for need in absent[rule.id]),
            "; ".join(dict.fromkeys(to_add(need) for need in absent[rule.id])),
        )
        for rule in RULES
        if rule.id in absent
    ]


def to_add(need: str) -> str:
    """What a council can hand over to meet a need, in words."""
    one = need.split("|", maxsplit=1)[0]
    table = TABLES[table_of(one)]
    layout = next((name for name, filled in LOCAL_SOURCES.items() if filled == table.name), None)
    what = one[len(table.name) + 1 :]
    if kind := kind_of(one):
        return f'add rows of the kind "{kind}" to {layout} (evenlode template {layout})'
    if layout is not None:
        column = f", its column {what}" if what and what not in OF_TIME else ""
        return f"add {layout}{column} (evenlode template {layout})"
    if what in OF_TIME:
        return f"add {table.ssd or table.name} of the Standard Safeguarding Dataset, which holds earlier rows too"
    column = f", its column {table[what].source[0] if table[what].source else what}" if what else ""
    return f"add {table.ssd or table.name} of the Standard Safeguarding Dataset{column}"
