"""What a council's files do not tell, rule by rule: said once, and never held against a child."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

import pyarrow as pa

from evenlode.record.key_dates import kind_of
from evenlode.rules.book import CONTRACT, RULE_BY_ID, RULES
from evenlode.rules.compiled import Compiled
from evenlode.rules.handed_over import rows_handed_over
from evenlode.rules.results import Missing


def nothing_to_go_by(
    plan: Compiled, delivered: frozenset[tuple[str, str]], councils_of: Callable[[str], set[str]]
) -> Missing:
    """Rules for which a council's rows are there, and join to nothing or hold nothing.

    councils_of: the council codes that a query over the day's steps gives.
    """
    asked = {query.name for query in plan.rules}
    councils = {la for la, _ in delivered}
    found: Missing = {}
    for rule in RULES:
        if rule.goes_by is None or rule.id not in asked:
            continue
        filled = f'WHERE "{rule.goes_by.column}" IS NOT NULL' if rule.goes_by.column else ""
        held = councils_of(f'SELECT DISTINCT la_code FROM "{rule.goes_by.step}" {filled}')
        found.update({(la, rule.id): rule.goes_by.words for la in councils - held})
    return found


def asking(plan: Compiled, rule_ids: Iterable[str], steps: Iterable[str] = ()) -> Compiled:
    """The plan for these rules alone, with the steps that show whether there is anything to go by.

    steps: those that are wanted besides.
    """
    asked = [RULE_BY_ID[rule_id] for rule_id in rule_ids]
    return plan.only((r.id for r in asked), {*steps, *(r.goes_by.step for r in asked if r.goes_by)})


def told_once(missing: Missing, delivered: frozenset[tuple[str, str]]) -> set[str]:
    """The rules that no council here can answer and of which each is told once: no row is looked at for them.

    The rules of the contract are asked all the same: there each child is told of.
    """
    councils = {la for la, _ in delivered}
    lacking = Counter(rule_id for _, rule_id in missing if rule_id not in CONTRACT)
    return {rule_id for rule_id, number in lacking.items() if number == len(councils)}


def missing_table(missing: Missing) -> pa.Table:
    """The table of what is missing, as the findings read it."""
    rows = [
        {"la_code": la_code, "rule_id": rule_id, "missing": what, "once": rule_id not in CONTRACT}
        for (la_code, rule_id), what in missing.items()
    ]
    return rows_handed_over("missing_input", rows)


def missing_inputs(
    delivered: frozenset[tuple[str, str]], untold: frozenset[tuple[str, str]] = frozenset()
) -> Missing:
    """Which rules no council's files can answer: (council, rule) to what is missing.

    A need is a table, a column ("cp_visit.bedroom"), a table's past ("involvement:history") or a kind
    of date that councils keep in a list of their own ("key_date=core group"); where a need names
    several with a bar between them, any of them will do.  Where dates of a list that the council does
    not keep are among what is missing, that is said once for the council and of no child.
    """
    return {key: ", ".join(map(in_words, needs)) for key, needs in unmet_needs(delivered, untold).items()}


def unmet_needs(
    delivered: frozenset[tuple[str, str]], untold: frozenset[tuple[str, str]] = frozenset()
) -> dict[tuple[str, str], list[str]]:
    """The same, need by need as rules declare them."""
    result = {}
    for la_code in sorted({la for la, _ in delivered}):
        for rule in RULES:
            absent = [need for need in rule.needs if not is_told(la_code, need, delivered, untold)]
            if absent:
                result[(la_code, rule.id)] = absent
    return result


def is_told(
    la_code: str, need: str, delivered: frozenset[tuple[str, str]], untold: frozenset[tuple[str, str]]
) -> bool:
    """Whether a council's files hold what is needed: any of several with a bar between them."""
    return any(
        (la_code, table_of(one)) in delivered and (la_code, one) not in untold for one in need.split("|")
    )


def table_of(need: str) -> str:
    """The table that a need is about."""
    return need.partition("=")[0].partition(":")[0].partition(".")[0]


def in_words(need: str) -> str:
    """A need as a person reads it: "history of involvement", 'key dates of the kind "core group"'."""
    return " or ".join(map(_one_in_words, need.split("|")))


def _one_in_words(need: str) -> str:
    if kind := kind_of(need):
        return f'key dates of the kind "{kind}"'
    table = table_of(need)
    what = need[len(table) + 1 :]
    return f"{what} of {table}" if what else need
