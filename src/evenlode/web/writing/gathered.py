"""What one load's figures are made of, before any of it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

Rows = list[dict[str, Any]]


@dataclass
class Gathered:
    """Rows by table, as keyword arguments of the tables' models without their figures."""

    la_code: str
    as_at: date
    rules_version: str
    policy_fingerprint: str
    totals: dict[str, int] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    before: date | None = None
    children: Rows = field(default_factory=list)
    holders: Rows = field(default_factory=list)
    workers: Rows = field(default_factory=list)
    findings: Rows = field(default_factory=list)
    gone: Rows = field(default_factory=list)
    teams: Rows = field(default_factory=list)
    watched: Rows = field(default_factory=list)
    measures: Rows = field(default_factory=list)
    loads: Rows = field(default_factory=list)
    rule_days: Rows = field(default_factory=list)
    heading_days: Rows = field(default_factory=list)
    doubts: Rows = field(default_factory=list)
    coverage: Rows = field(default_factory=list)
    set_aside: Rows = field(default_factory=list)
