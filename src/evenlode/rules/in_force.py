"""Which rules are in force on a day: the law changes, and a rule asks nothing outside its dates."""

from __future__ import annotations

from datetime import date

from evenlode.policy import Policy
from evenlode.rules.book import RULES
from evenlode.rules.rule import Rule


def not_in_force(policy: Policy, day: date) -> dict[str, str]:
    """The rules that are not asked on a day, and why, in words.

    policy: the one in force on that day, since a council sets some of the dates.
    """
    return {rule.id: why for rule in RULES if (why := why_not(rule, policy, day))}


def why_not(rule: Rule, policy: Policy, day: date) -> str:
    """Why a rule is not in force on a day; nothing where it is."""
    span = rule.in_force
    first = policy.dates[span.first_set_by] if span.first_set_by else span.first
    if span.first_set_by and first is None:
        return f"the day from which it holds is not fixed (setting {span.first_set_by})"
    if first is not None and day < first:
        return f"in force from {first:%-d %B %Y}"
    if span.last is not None and day > span.last:
        return f"in force until {span.last:%-d %B %Y}"
    return ""


def dates_in_words(rule: Rule, policy: Policy) -> str:
    """From when and until when a rule is in force; nothing where it always is."""
    span = rule.in_force
    first = policy.dates[span.first_set_by] if span.first_set_by else span.first
    words = []
    if span.first_set_by and first is None:
        words.append(f"not before {span.first_set_by} is set")
    if first is not None:
        words.append(f"from {first:%-d %B %Y}")
    if span.last is not None:
        words.append(f"until {span.last:%-d %B %Y}")
    return " ".join(words)
