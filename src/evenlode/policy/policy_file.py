"""Reads a council's policy file: YAML that changes shipped settings, checked line by line.

    council: {name: Evenlode, la_code: "999"}
    visits: {cp: cp-2wk, cin: cin-6wk}
    clocks:
      cp_not_seen: {n: 21, unit: days}
    numbers:
      workers_in_window: 3
    lists:
      lead_roles: [CW, KEY WORKER]
    closures: [2026-12-29, 2026-12-30]
    workload:
      preset: evenlode-starter
      agreed: true
      tariff: {cp_plan: 8}
    changes:
      - from: 2027-04-01
        visits: {cin: cin-20wd}
        workload: {tariff: {cp_plan: 9}}

Whatever the file leaves out stays as shipped.  Each of the changes holds from its day on and says only
what is different from then; the rest carries on.  A clock set by law may be tightened, never loosened
(practice-standards.md, "read this first").
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from evenlode.calendar import ENGLAND, Clock, Unit
from evenlode.errors import PolicyFault
from evenlode.policy.policy import Policy, shipped_policy
from evenlode.policy.setting import Authority
from evenlode.policy.settings import CLOCKS, DATES, LISTS, NUMBERS
from evenlode.policy.tariff import TARIFF_ENTRIES, presets, tariff_from
from evenlode.policy.visit_presets import VISIT_PRESETS, VisitPreset, settings_of

DATED_SECTIONS = ("visits", "clocks", "numbers", "lists", "dates", "workload")
"""What may change from a day on."""
SECTIONS = ("council", *DATED_SECTIONS, "closures", "changes")
_WORKLOAD_KEYS = (
    "preset",
    "agreed",
    "tariff",
    "sibling_share",
    "co_working_share",
    "ceiling_per_fte",
    "newly_qualified_factor",
    "stable_points",
    "bands",
    "effective_from",
    "label",
)


@dataclass
class _File:
    """The file's name and the line of every key, for messages."""

    name: str
    lines: dict[tuple[str, ...], int]

    def fault(self, where: tuple[str, ...], words: str) -> PolicyFault:
        line = self.lines.get(where) or self.lines.get(where[:-1], 1)
        return PolicyFault(f"{self.name}, line {line}: {words}")

    def within(self, *where: str) -> _File:
        """The same file, read from that place on."""
        depth = len(where)
        return _File(
            self.name, {path[depth:]: line for path, line in self.lines.items() if path[:depth] == where}
        )


def read_policy(path: Path) -> Policy:
    """The policy of a council's file.

    Raises PolicyFault, naming file and line, where the file is not there, is not YAML, names a
    setting that does not exist, or gives a value that cannot be followed.
    """
    try:
        text = path.read_text("utf-8-sig")
    except OSError as fault:
        raise PolicyFault(f"The policy file {path.name} cannot be opened: {fault.strerror}.") from None
    except UnicodeDecodeError:
        raise PolicyFault(f"The policy file {path.name} is not UTF-8 text; save it as UTF-8.") from None
    return policy_from(text, path.name)


def policy_from(text: str, name: str) -> Policy:
    """The policy that a text says, read as the file of that name would be; raises as `read_policy` does."""
    try:
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        said = yaml.safe_load(text) or {}
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise PolicyFault(
            f"{name}, line {line}: this is not well-formed YAML; check the indentation and the colons."
        ) from None
    source = _File(name, {})
    _lines(source, tree)
    if not isinstance(said, dict):
        raise source.fault((), f"the file must hold sections such as {', '.join(SECTIONS)}.")
    _known(source, (), said, SECTIONS, "section")
    return _apply(source, said)


def _lines(source: _File, node: yaml.Node | None, path: tuple[str, ...] = ()) -> None:
    """Notes the line of every name; one that stands twice would silently lose its first value."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*path, str(key.value))
            if here in source.lines:
                first = source.lines[here]
                source.lines[here] = key.start_mark.line + 1
                raise source.fault(here, f"{here[-1]} is already written in line {first}; keep one of them.")
            source.lines[here] = key.start_mark.line + 1
            _lines(source, value, here)
    if isinstance(node, yaml.SequenceNode):
        for place, value in enumerate(node.value):
            here = (*path, str(place))
            source.lines[here] = value.start_mark.line + 1
            _lines(source, value, here)


def _known(
    source: _File, where: tuple[str, ...], said: dict[str, Any], names: tuple[str, ...], what: str
) -> None:
    for name in said:
        if name not in names:
            near = ", ".join(names)
            raise source.fault((*where, str(name)), f'"{name}" is no {what}; there are: {near}.')


def _section(source: _File, said: dict[str, Any], name: str) -> dict[str, Any]:
    value = said.get(name) or {}
    if not isinstance(value, dict):
        raise source.fault((name,), f"{name} must be a list of names with values, one a line.")
    return value


def _apply(source: _File, said: dict[str, Any]) -> Policy:
    """The policy of the file's own sections, with those of its changes after it."""
    council = _section(source, said, "council")
    _known(source, ("council",), council, ("name", "la_code"), "council setting")
    first = replace(
        shipped_policy(),
        closures=_closures(source, said.get("closures") or []),
        council=str(council.get("name", "")),
        la_code=str(council.get("la_code", "")),
    )
    policy, preset = _settings(source, said, first, presets()["evenlode-starter"])
    later: list[Policy] = []
    for place, change in enumerate(_changes(source, said.get("changes") or [])):
        here = source.within("changes", str(place))
        before = later[-1] if later else policy
        _known(here, (), change, ("from", *DATED_SECTIONS), "part of a change")
        begun, preset = _settings(here, change, replace(before, since=_since(here, change, before)), preset)
        later.append(begun)
    return replace(policy, later=tuple(later))


def _changes(source: _File, value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
        raise source.fault(
            ("changes",), "changes must be a list in which each begins with a day: - from: 2027-04-01."
        )
    return value


def _since(source: _File, change: dict[str, Any], before: Policy) -> date:
    """The day from which a change holds: after the one before it."""
    day = change.get("from")
    if type(day) is not date:
        raise source.fault(("from",), "a change must say from which day it holds, such as from: 2027-04-01.")
    if before.since is not None and day == before.since:
        raise source.fault(("from",), f"two changes are from {day}; write them as one.")
    if before.since is not None and day < before.since:
        raise source.fault(
            ("from",), f"the change from {day} stands after the one from {before.since}; put them in order."
        )
    if not any(change.get(name) for name in DATED_SECTIONS):
        raise source.fault(("from",), f"nothing changes from {day}; say what does, or take it out.")
    return day


def _settings(
    source: _File, said: dict[str, Any], policy: Policy, preset: dict[str, Any]
) -> tuple[Policy, dict[str, Any]]:
    """The policy with what these sections set, and the workload preset that it now goes by."""
    clocks, numbers, lists = dict(policy.clocks), dict(policy.numbers), dict(policy.lists)
    dates, changed = dict(policy.dates), set(policy.changed)
    for name, value in _section(source, said, "visits").items():
        set_clocks, set_numbers = settings_of(_visits(source, name, value))
        clocks |= set_clocks
        numbers |= set_numbers
        changed |= {*set_clocks, *set_numbers}
    for name, value in _section(source, said, "clocks").items():
        clocks[name] = _clock(source, name, value)
        changed.add(name)
    for name, value in _section(source, said, "numbers").items():
        _known(source, ("numbers",), {name: value}, tuple(n.name for n in NUMBERS), "number")
        numbers[name] = _number(source, ("numbers", name), value)
        changed.add(name)
    for name, value in _section(source, said, "lists").items():
        _known(source, ("lists",), {name: value}, tuple(x.name for x in LISTS), "list")
        lists[name] = _words(source, ("lists", name), value)
        changed.add(name)
    for name, value in _section(source, said, "dates").items():
        _known(source, ("dates",), {name: value}, tuple(d.name for d in DATES), "date")
        dates[name] = _date(source, ("dates", name), value)
        changed.add(name)
    policy = replace(
        policy, clocks=clocks, numbers=numbers, lists=lists, dates=dates, changed=frozenset(changed)
    )
    return _workload(source, policy, preset, _section(source, said, "workload"))


def _date(source: _File, where: tuple[str, ...], value: Any) -> date:
    if type(value) is not date:
        raise source.fault(where, f"{where[-1]} must be a day such as 2027-09-01, not {value!r}.")
    return value


def _visits(source: _File, name: str, value: Any) -> VisitPreset:
    _known(source, ("visits",), {name: value}, ("cp", "cin"), "kind of plan for visits")
    there = [p.name for p in VISIT_PRESETS.values() if p.plan == name]
    if value not in there:
        raise source.fault(
            ("visits", name), f'"{value}" is no way to visit for {name}; there are: {", ".join(there)}.'
        )
    return VISIT_PRESETS[value]


def _clock(source: _File, name: str, value: Any) -> Clock:
    where = ("clocks", name)
    _known(source, ("clocks",), {name: value}, tuple(c.name for c in CLOCKS), "clock")
    shipped = next(c for c in CLOCKS if c.name == name)
    if not isinstance(value, dict):
        raise source.fault(where, f"{name} must be written as {{n: 10, unit: working_days}}.")
    _known(source, where, value, ("n", "unit", "count_start_day"), "part of a clock")
    n, unit = value.get("n", shipped.clock.n), value.get("unit", str(shipped.clock.unit))
    if not isinstance(n, int) or isinstance(n, bool) or not 1 <= n <= 1000:
        raise source.fault(where, f"n of {name} must be a whole number from 1 to 1000, not {n!r}.")
    if unit not in [str(u) for u in Unit]:
        raise source.fault(where, f"unit of {name} must be working_days, days or months, not {unit!r}.")
    counted = value.get("count_start_day", shipped.clock.count_start_day)
    if not isinstance(counted, bool):
        raise source.fault(where, f"count_start_day of {name} must be true or false.")
    clock = Clock(n, Unit(unit), counted)
    if name.startswith("supervision_") and clock.unit is not Unit.DAYS:
        raise source.fault(where, f"{name} is counted in days, so that 1.5 intervals is a day.")
    if shipped.authority is Authority.STATUTE and _looser(clock, shipped.clock):
        raise source.fault(
            where, f"{name} is set by law ({shipped.clock}) and may be made shorter, not longer."
        )
    return clock


def _looser(new: Clock, shipped: Clock) -> bool:
    days = np.arange("2024-01-01", "2028-01-01", dtype="datetime64[D]")
    return bool((new.due_for_days(days, ENGLAND) > shipped.due_for_days(days, ENGLAND)).any())


def _number(source: _File, where: tuple[str, ...], value: Any) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise source.fault(where, f"{where[-1]} must be a number, not {value!r}.") from None
    if isinstance(value, bool) or not number.is_finite() or number < 0:
        raise source.fault(where, f"{where[-1]} must be a number of 0 or more, not {value!r}.")
    return number


def _words(source: _File, where: tuple[str, ...], value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise source.fault(where, f"{where[-1]} must be a list such as [CW, SOCIAL WORKER].")
    words = tuple(str(v) for v in value)
    if where[-1] == "school_term_ends" and not all(map(_is_month_day, words)):
        raise source.fault(where, f'{where[-1]} must be months and days such as ["12-31", "04-15", "08-31"].')
    return words


def _is_month_day(word: str) -> bool:
    """Is this a day of every year, written as month and day?"""
    try:
        return date.fromisoformat(f"2025-{word}").strftime("%m-%d") == word
    except ValueError:
        return False


def _closures(source: _File, value: Any) -> tuple[date, ...]:
    if not isinstance(value, list) or not all(type(v) is date for v in value):
        raise source.fault(("closures",), "closures must be dates such as [2026-12-29].")
    return tuple(sorted(value))


def _workload(
    source: _File, policy: Policy, before: dict[str, Any], said: dict[str, Any]
) -> tuple[Policy, dict[str, Any]]:
    """The policy with its tariff, and the preset as filled in; a change that names none carries on."""
    if not said:
        return policy, before
    dated = policy.since is not None
    _known(
        source,
        ("workload",),
        said,
        tuple(k for k in _WORKLOAD_KEYS if not (dated and k == "effective_from")),
        "workload setting",
    )
    name = said.get("preset", before["id"])
    if name not in presets():
        raise source.fault(
            ("workload", "preset"), f'"{name}" is no workload preset; there are: {", ".join(presets())}.'
        )
    preset = copy.deepcopy(before if name == before["id"] else presets()[name])
    if dated:
        preset["effective_from"] = policy.since
    for key, value in said.items():
        if key == "tariff":
            entries = _section(source.within("workload"), said, "tariff")
            _known(source, ("workload", "tariff"), entries, tuple(TARIFF_ENTRIES), "tariff entry")
            preset["tariff"].update(
                {k: _number(source, ("workload", "tariff", k), v) for k, v in entries.items()}
            )
        elif key == "agreed":
            preset["illustrative"] = not value
        elif key != "preset":
            preset[key] = value
    try:
        return replace(policy, tariff=tariff_from(preset)), preset
    except PolicyFault as fault:
        raise source.fault(("workload",), str(fault)) from None
