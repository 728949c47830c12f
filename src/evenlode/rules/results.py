"""What the rules said on one day, put in order for whoever reads it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from evenlode.policy import Policy
from evenlode.rules.book import RULES
from evenlode.rules.compiled import rules_version
from evenlode.rules.rule import IN_TIME, Status
from evenlode.workload.workers import WorkerLoad

FINDING_COLUMNS = (
    "rule_id",
    "subject_kind",
    "subject_id",
    "record_id",
    "status",
    "kind",
    "severity",
    "due_date",
    "days_over",
    "worker_id",
    "team_id",
    "evidence",
)
"""The columns of a findings file, in the order of the contract."""

FINDING_SCHEMA = pa.schema(
    [(c, {"due_date": pa.date32(), "days_over": pa.int64()}.get(c, pa.string())) for c in FINDING_COLUMNS]
)
"""Their types, as published for other tools."""

FOUND_SCHEMA = pa.schema([pa.field("la_code", pa.string()), *FINDING_SCHEMA])
"""The same with the council in front, as an engine works them out."""

_RUNNING = "SELECT rule_id, count(*) FROM everything WHERE status = ? GROUP BY 1"
_IN_ORDER = """SELECT everything.* FROM everything JOIN book USING (rule_id) WHERE status <> ?
ORDER BY la_code, place, due_date NULLS LAST, subject_id, record_id"""
"""What runs in time is counted; all else is told, by council, in the order of the rule book."""

Missing = dict[tuple[str, str], str]
"""(Council, rule) to what its files do not tell, in words."""


@dataclass(frozen=True)
class Evaluation:
    """What the rules said on one day.

    findings: contract section 3, with la_code in front; due_soon rows are apart.
    loads: one row a worker (contract section 5).  in_time: clocks running and not late, by rule.
    missing: which rules could not be answered, for which council, and for want of what.
    """

    as_at: date
    rules_version: str
    policy_fingerprint: str
    findings: pa.Table
    due_soon: pa.Table
    loads: tuple[WorkerLoad, ...]
    in_time: dict[str, int]
    missing: dict[tuple[str, str], str] = field(default_factory=dict)


def result_of(
    everything: pa.Table,
    *,
    as_at: date,
    policy: Policy,
    loads: tuple[WorkerLoad, ...],
    missing: Missing,
) -> Evaluation:
    """The answers of every rule, sorted out: what is found, what is due soon, what runs in time.

    everything: the table `finding` of an engine.
    """
    with duckdb.connect() as con:
        con.register("everything", everything)
        con.register("book", pa.table({"rule_id": [r.id for r in RULES], "place": range(len(RULES))}))
        counts = con.execute(_RUNNING, [IN_TIME]).fetchall()
        ordered = con.sql(_IN_ORDER, params=[IN_TIME]).to_arrow_table()
    soon = pc.equal(ordered["status"], str(Status.DUE_SOON))
    return Evaluation(
        as_at=as_at,
        rules_version=rules_version(),
        policy_fingerprint=policy.fingerprint,
        findings=_with_council(ordered.filter(pc.invert(soon)), missing),
        due_soon=ordered.filter(soon),
        loads=loads,
        in_time=dict(counts),
        missing=missing,
    )


def _with_council(findings: pa.Table, missing: Missing) -> pa.Table:
    """Adds one cannot_tell for the council where a rule had nothing at all to look at."""
    said = set(zip(findings["la_code"].to_pylist(), findings["rule_id"].to_pylist(), strict=True))
    rules = {r.id: r for r in RULES}
    rows = [
        {
            "la_code": la,
            "rule_id": rule_id,
            "subject_kind": "council",
            "subject_id": la,
            "record_id": "",
            "status": str(Status.CANNOT_TELL),
            "kind": str(rules[rule_id].kind),
            "severity": "note",
            "due_date": None,
            "days_over": None,
            "worker_id": "",
            "team_id": "",
            "evidence": json.dumps({"missing": tables}, ensure_ascii=False),
        }
        for (la, rule_id), tables in missing.items()
        if (la, rule_id) not in said
    ]
    if not rows:
        return findings
    return pa.concat_tables([findings, pa.Table.from_pylist(rows, schema=findings.schema)])
