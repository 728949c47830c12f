"""Writes one dated change of one setting into the text of a policy file, and leaves the rest as it stands.

What comes out is read back by the reader of policy files before anybody gets it: it changes that one
setting, from that one day on, and nothing before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import yaml

from evenlode.errors import PolicyFault
from evenlode.policy.policy import differences
from evenlode.policy.policy_file import policy_from

SECTIONS = ("clocks", "numbers", "lists", "dates", "workload", "tariff")
"""Where a setting stands; a tariff entry stands within workload."""


@dataclass(frozen=True)
class Change:
    """One setting that gets another value from a day on; value: as the file writes it."""

    section: str
    setting: str
    value: Any
    since: date

    @property
    def item(self) -> dict[str, Any]:
        """The change as the file holds it."""
        value = {self.setting: plain(self.value)}
        if self.section == "tariff":
            return {"from": self.since, "workload": {"tariff": value}}
        return {"from": self.since, self.section: value}


def plain(value: Any) -> Any:
    """A value as YAML writes it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple):
        return list(value)
    return value


def with_change(text: str, name: str, change: Change) -> str:
    """The text of a policy file with a change in it; what a council wrote around it stays.

    Raises PolicyFault where the setting cannot have that value, where nothing would be different
    from that day on, or where the file is written in a way that cannot be added to.
    """
    before = policy_from(text, name)
    added = _added(text, change)
    after = policy_from(added, name)
    eve = change.since - timedelta(days=1)
    same_before = before.on(eve).fingerprint == after.on(eve).fingerprint
    found = differences(before.on(change.since), after.on(change.since))
    own = change.setting if change.section != "tariff" else f"workload {change.setting}"
    own = f"workload {change.setting}" if change.section == "workload" else own
    if not found and same_before:
        raise PolicyFault(f"{name}: it is so already from {change.since:%-d %B %Y}; choose another value.")
    if not same_before or any(not words.startswith(f"{own} ") for words in found):
        raise PolicyFault(
            f"{name} is written in a way that a change cannot be added to: write this one into the file by hand."
        )
    return added


def _added(text: str, change: Change) -> str:
    """The text with the change at its place: changes stand in the order of their days, one a day."""
    node = _changes(text)
    if node is None:
        whole = text.rstrip()
        return (
            f"{whole}\n\nchanges:\n{_block(change.item, 2)}"
            if whole
            else f"changes:\n{_block(change.item, 2)}"
        )
    said: list[dict[str, Any]] = (yaml.safe_load(text) or {}).get("changes") or []
    if not isinstance(node, yaml.SequenceNode) or node.flow_style or not said:
        items = _merged(said, change)
        blocks = "".join(_block(item, 2) for item in items)
        return (
            f"{text[: node.start_mark.index].rstrip(' ')}\n{blocks}{text[node.end_mark.index :].lstrip(' ')}"
        )
    column = node.start_mark.column
    for item, there in zip(node.value, said, strict=True):
        start = text.rindex("-", 0, item.start_mark.index)
        line = text.rfind("\n", 0, start) + 1
        if there.get("from") == change.since:
            end = _end_of_line(text, _last(item))
            return text[:line] + _block(_together(there, change.item), column) + text[end:]
        if there["from"] > change.since:
            return text[:line] + _block(change.item, column) + text[line:]
    end = _end_of_line(text, _last(node))
    head = text[:end] if text[:end].endswith("\n") else f"{text[:end]}\n"
    return head + _block(change.item, column) + text[end:]


def _changes(text: str) -> yaml.Node | None:
    tree = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(tree, yaml.MappingNode):
        return None
    return next((value for key, value in tree.value if key.value == "changes"), None)


def _last(node: yaml.Node) -> int:
    """Where the last word of a node ends; the mark of a block stands after the comments that follow it."""
    if isinstance(node, yaml.MappingNode) and node.value and not node.flow_style:
        return _last(node.value[-1][1])
    if isinstance(node, yaml.SequenceNode) and node.value and not node.flow_style:
        return _last(node.value[-1])
    return int(node.end_mark.index)


def _end_of_line(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _merged(said: list[dict[str, Any]], change: Change) -> list[dict[str, Any]]:
    """The changes with this one among them, in the order of their days."""
    others = [item for item in said if item.get("from") != change.since]
    same = next((item for item in said if item.get("from") == change.since), {})
    return sorted([*others, _together(same, change.item)], key=lambda item: str(item.get("from")))


def _together(there: dict[str, Any], item: dict[str, Any]) -> dict[str, Any]:
    """Two changes of one day as one; what the second says stands."""
    both = dict(there)
    for name, value in item.items():
        held = both.get(name)
        both[name] = _together(held, value) if isinstance(held, dict) and isinstance(value, dict) else value
    return both


def _block(item: dict[str, Any], column: int) -> str:
    dumped = yaml.safe_dump([item], sort_keys=False, default_flow_style=False, allow_unicode=True, width=100)
    return "".join(f"{' ' * column}{line}\n" for line in dumped.splitlines())
