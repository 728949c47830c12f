"""The answers: which findings the rules give for the files written here, noted by whoever planted them, and why.

CONTRACT_RULES are those of the findings contract, which an independent reading answers too.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from evenlode.demo.dates import ISO
from evenlode.demo.facts import Child, Team, Worker

OVERDUE, BREACH, FLAG, CANNOT_TELL = "overdue", "breach", "flag", "cannot_tell"
CONTRACT_RULES = (
    "REF-02 OPN-01 ASM-04 S47-01 S47-02 CP-03 CP-04 CP-05 CP-06 CP-08 CP-10 CP-11 CP-12 CIN-02 CIN-05 CLA-V1 CLA-V2 CLA-V3 CLA-V4 "
    "CLA-V7 CLA-R1 CLA-R2 CLA-R3 CLA-S1 CL-04 CL-07 AL-01 AL-04 AL-12 AL-14 CW-02 SUP-05 SUP-06 SUP-07 SUP-08 SUP-09 ACT-02 SQ-07 "
    "NQ-02 NQ-07 DR-18"
).split()
LIST_RULES = (
    "SUP-01 SUP-02 SUP-03 SUP-04 SUP-11 SUP-13 SUP-13W SQ-01 SQ-02 SQ-03 SQ-04 SQ-05 SQ-06 SQ-08 SQ-09 SQ-10 SQ-11 "
    "REF-01 ASM-02 STR-01 CP-01 CP-02 CP-14 CP-15 CIN-01 CIN-03 CIN-04 CIN-06 CIN-07 "
    "CP-07 CP-08b VN-01 VN-02 VN-03 DR-16 DR-19 "
    "CLA-H1 CLA-H2 CLA-E1 CLA-R4 CLA-R6 CLA-V9 CLA-V10 CL-02 CL-05 CL-06 CT-01 "
    "AL-03 AL-06 AL-07 CW-07 NQ-03 NQ-04 NQ-05 NQ-11 NQ-12 AGY-01 TM-01 TM-02 "
    "ACT-01 ACT-04 QA-03 QA-06 QA-07 PF-01 PF-02 PF-03 PF-05 PF-05b PF-06 "
    "ASM-01 CP-13 CLA-M1 CLA-R5 CL-01 CL-03 CL-09 DR-20 AL-08 CW-04 ACT-03 DR-07 "
    "CT-04 CT-05 CLA-P1 AL-09 DR-09 DR-10 NQ-01 NQ-09 "
    "NQ-08 NQ-14 CLA-S4 DR-18a DR-03a"
).split()
RULES = CONTRACT_RULES + LIST_RULES
_ORDER = {rule: place for place, rule in enumerate(RULES)}
FINDING_COLUMNS = "rule_id,subject_kind,subject_id,record_id,status,due_date,why"
FAULT_COLUMNS = "file,table,record_id,field,problem"


@dataclass(slots=True, frozen=True)
class ExpectedFinding:
    """One finding that a right reading of the extract gives."""

    rule: str
    subject_kind: str
    subject: str
    record: str
    status: str
    due: int | None
    why: str


@dataclass(slots=True, frozen=True)
class ExpectedFault:
    """One fault that the load report should name."""

    file: str
    table: str
    record: str
    field: str
    problem: str


@dataclass(slots=True)
class Expected:
    """All answers for one council."""

    findings: list[ExpectedFinding] = field(default_factory=list)
    faults: list[ExpectedFault] = field(default_factory=list)

    def add(self, rule: str, child: Child, record: str, status: str, due: int | None, why: str) -> None:
        """A finding about a child."""
        self.findings.append(ExpectedFinding(rule, "child", child.id, record, status, due, why))

    def add_worker(
        self, rule: str, worker: Worker, why: str, status: str = BREACH, due: int | None = None
    ) -> None:
        """A finding about a worker: the load, if nothing else is said."""
        self.findings.append(ExpectedFinding(rule, "worker", worker.id, "", status, due, why))

    def add_team(self, rule: str, team: Team, status: str, due: int | None, why: str) -> None:
        """A finding about a team."""
        self.findings.append(ExpectedFinding(rule, "team", team.id, "", status, due, why))

    def add_kept(self, rule: str, child: Child, record: str, since: int | None, due: int, why: str) -> None:
        """An overdue date of a list; what fell due before the list begins cannot be told."""
        if since is not None and due < since:
            self.add(rule, child, record, CANNOT_TELL, None, f"{why}, before the list begins")
        else:
            self.add(rule, child, record, OVERDUE, due, why)

    def add_fault(self, table: str, record: str, name: str, problem: str) -> None:
        """A fault of the data."""
        self.faults.append(ExpectedFault(f"ssd/{table}.csv", table, record, name, problem))

    def finding_lines(self) -> list[str]:
        """The findings as lines of a CSV file, in a fixed order."""
        ordered = sorted(
            self.findings,
            key=lambda f: (_ORDER[f.rule], len(f.subject), f.subject, f.record, f.due or 0, f.why),
        )
        return [FINDING_COLUMNS] + [
            f'{f.rule},{f.subject_kind},{f.subject},{f.record},{f.status},{ISO[f.due]},"{f.why}"'
            for f in ordered
        ]

    def fault_lines(self) -> list[str]:
        """The faults as lines of a CSV file."""
        return [FAULT_COLUMNS] + [
            f'{f.file},{f.table},{f.record},{f.field},"{f.problem}"' for f in self.faults
        ]

    def by_rule(self) -> dict[str, int]:
        """How many findings each rule gives."""
        counts = dict.fromkeys(RULES, 0)
        for finding in self.findings:
            counts[finding.rule] += 1
        return counts
