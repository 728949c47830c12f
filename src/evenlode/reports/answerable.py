"""Which rules a council's files can answer, and what would let them answer the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evenlode.extracts.layouts import LOCAL_SOURCES
from evenlode.record.delivery import OF_TIME
from evenlode.record.key_dates import kind_of
from evenlode.record.tables import TABLES
from evenlode.rules.book import RULES
from evenlode.rules.missing import table_of


@dataclass(frozen=True)
class Unanswered:
    """A rule that these files cannot answer: what is missing, what to add, and the exports that it lies in."""

    rule_id: str
    name: str
    missing: str
    to_add: str
    exports: tuple[str, ...]


def unanswered(absent: Mapping[str, list[str]]) -> list[Unanswered]:
    """Every rule of the book that is not answered, in its order.

    absent: rule id to its unmet needs.
    """
    names = {rule.id: rule.name for rule in RULES}
    return [
        Unanswered(
            rule.id,
            names[rule.id],
            "; ".join(plainly(need) for need in absent[rule.id]),
            "; ".join(dict.fromkeys(to_add(need) for need in absent[rule.id])),
            tuple(dict.fromkeys(export_of(need) for need in absent[rule.id])),
        )
        for rule in RULES
        if rule.id in absent
    ]


def unlocked(missing: Iterable[Unanswered]) -> list[tuple[str, list[str]]]:
    """Each single export to add, with the rules that it alone would answer once filled in, the most first."""
    found: dict[str, list[str]] = {}
    for one in missing:
        if len(one.exports) == 1:
            found.setdefault(one.exports[0], []).append(one.rule_id)
    return sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))


def export_of(need: str) -> str:
    """The export that would meet a need: a layout of ours, or a table of the Standard Safeguarding Dataset."""
    table = TABLES[table_of(need.split("|", maxsplit=1)[0])]
    layout = _layout_of(table.name)
    if layout is not None:
        return f"{layout} (evenlode template {layout})"
    return f"{table.ssd or table.name} of the Standard Safeguarding Dataset"


def _layout_of(table: str) -> str | None:
    return next((name for name, filled in LOCAL_SOURCES.items() if filled == table), None)


def plainly(need: str) -> str:
    """A need in a manager's words: "each visit to a child in need", 'dates of the kind "core group"'."""
    return " or ".join(map(_one_plainly, need.split("|")))


def _one_plainly(need: str) -> str:
    if kind := kind_of(need):
        return f'dates of the kind "{kind}"'
    table = TABLES[table_of(need)]
    row = table.row.partition(":")[0].partition("(")[0].strip().rstrip(".")
    each = f"each {row.removeprefix('One ')}" if row.startswith("One ") else row[:1].lower() + row[1:]
    what = need[len(table.name) + 1 :]
    if what == "history":
        return f"{each}, not the newest alone"
    if what == "newest":
        return f"{each}, the newest too"
    return f'"{what.replace("_", " ")}" of {each}' if what else each


def to_add(need: str) -> str:
    """What a council can hand over to meet a need, in words."""
    one = need.split("|", maxsplit=1)[0]
    table = TABLES[table_of(one)]
    layout = _layout_of(table.name)
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
