"""The findings file: one row a finding, in the order of section 3."""

import csv
import json
from datetime import date
from pathlib import Path

COLUMNS = [
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
]


class Finding:
    """Subject is a Child, or the id of a worker."""

    def __init__(self, rule, subject, record, status, kind, severity, due=None, evidence=None):
        self.rule, self.subject, self.record = rule, subject, record
        self.status, self.kind, self.severity = status, kind, severity
        self.due, self.evidence = due, evidence or {}

    def as_row(self, as_at, lead):
        worker = isinstance(self.subject, str)
        return {
            "rule_id": self.rule,
            "subject_kind": "worker" if worker else "child",
            "subject_id": self.subject if worker else self.subject.id,
            "record_id": self.record,
            "status": self.status,
            "kind": self.kind,
            "severity": self.severity,
            "due_date": self.due.isoformat() if self.due else "",
            "days_over": (as_at - self.due).days if self.due else "",
            "worker_id": self.subject if worker else lead.worker_id,
            "team_id": "" if worker else lead.team_id,
            "evidence": json.dumps(self.evidence, default=as_text, sort_keys=True),
        }


def as_text(value):
    return value.isoformat() if isinstance(value, date) else str(value)


def all_findings(council):
    """Every finding of the 41 rules, as rows."""
    from . import allocation, care, enquiries, leavers, newly_qualified, plans, supervision, workload

    rows = []
    for child in council.children:
        if child.out_of_scope:  # "no findings, no points"
            continue
        found = []
        for theme in (
            enquiries.enquiry_findings,
            plans.plan_findings,
            care.care_findings,
            leavers.leaver_findings,
            allocation.allocation_findings,
            supervision.supervision_findings,
            supervision.action_findings,
            newly_qualified.plan_lead_findings,
        ):
            found += theme(child)
        lead = allocation.lead_at(child)
        rows += [finding.as_row(council.as_at, lead) for finding in found]
    for finding in workload.workload_findings(council):
        rows.append(finding.as_row(council.as_at, None))
    return rows


def write_findings(rows, path):
    with Path(path).open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
