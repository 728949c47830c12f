"""Writes the lists that the council keeps itself."""

from __future__ import annotations

from evenlode.demo.dates import SSD, UK
from evenlode.demo.files import END, ExtractFiles
from evenlode.demo.keeping.kept import Kept

PERSONAL = "Personal Supervision"


def write_lists(files: ExtractFiles, kept: Kept) -> None:
    """Every row of every list."""
    own = files.rows["worker_supervision_export"]
    for sessions in kept.sessions.values():
        for s in sessions:
            minutes = "" if s.minutes is None else s.minutes
            holds = ",".join(s.holds)
            number = files.give("note", "N", 7_000_001)
            own.append(
                f",{PERSONAL},{UK[s.day]},{s.supervisor},{s.worker.staff_number},{number},{minutes},{s.state},{holds}{END}"
            )
    dates = files.rows["key_dates"]
    for rows in kept.dates.values():
        dates.extend(
            f"{d.child},{d.kind},{UK[d.due]},{UK[d.done]},{UK[d.start]},{d.worker},{d.outcome}{END}"
            for d in rows
        )
    notes = files.rows["visit_notes"]
    for written in kept.visit_notes.values():
        notes.extend(
            f"{v.child},{UK[v.day]},{v.worker},{v.purpose},{v.at_home},{v.wishes},{v.second_parent},{UK[v.recorded]}{END}"
            for v in written
        )
    files.rows["case_entries"].extend(
        f"{e.child},{UK[e.day]},{e.kind},{e.by_manager},{UK[e.day]}{END}" for e in kept.entries
    )
    for checks in kept.health.values():
        files.rows["ssd_cla_health"].extend(
            f"{files.give('health', 'H', 18000001)},{c.child},{c.type},{SSD[c.day]},Completed{END}"
            for c in checks
        )
    files.rows["plan_intervals"].extend(f"{child},,{days},,{END}" for child, days in kept.visit_every.items())
    files.rows["audits"].extend(
        f"{a.id},{a.child},{UK[a.day]},{a.auditor},{a.grade},Whole record,,{a.moderated},{UK[a.moderated_on]},{a.moderator},{a.team}{END}"
        for a in kept.audits
    )
    files.rows["guard_overrides"].extend(
        f"{o.child},{o.guard},,{o.manager},{o.reason},{UK[o.decided]},{UK[o.review]}{END}"
        for o in kept.overrides
    )
