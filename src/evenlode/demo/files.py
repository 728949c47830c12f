"""Writes the extract files: a child at a time, so that a council of any size goes through a small memory."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from evenlode.demo import headings as h
from evenlode.demo.dates import SSD, UK
from evenlode.demo.facts import ELEMENTS, Care, Child, Family, Team, Visit, Worker
from evenlode.demo.making import Numbers

_ENOUGH = 20_000
_NOT_ASKED = ("",) * len(ELEMENTS)
END = "\r\n"


class ExtractFiles:
    """All extract files of one council, open for writing."""

    def __init__(self, folder: Path, ids: Numbers) -> None:
        """Open every file and write its heading."""
        self._ids = ids
        self._files: dict[str, TextIO] = {}
        self.rows: dict[str, list[str]] = {}
        self.counts: dict[str, int] = {}
        for sub, tables in (("ssd", h.SSD_HEADINGS), ("local", h.LOCAL_HEADINGS)):
            (folder / sub).mkdir(parents=True, exist_ok=True)
            for table, heading in tables.items():
                out = (folder / sub / f"{table}.csv").open("w", encoding="utf-8", newline="")
                out.write(heading + END)
                self._files[table], self.rows[table], self.counts[table] = out, [], 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for table, out in self._files.items():
            self._flush(table)
            out.close()

    def _flush(self, table: str) -> None:
        """Hand a table's waiting rows to its file."""
        rows = self.rows[table]
        self.counts[table] += len(rows)
        self._files[table].writelines(rows)
        rows.clear()

    def give(self, table: str, prefix: str, first: int) -> str:
        """The next free id of a table."""
        return self._ids.give(table, prefix, first)

    def family(self, family: Family) -> None:
        """Every row about every child of a family."""
        for child in family.children:
            self.child(child, family.id)

    def child(self, child: Child, family_id: str) -> None:
        """Every row about one child."""
        self.person(child)
        self.rows["ssd_family"].append(f"{self.give('family row', '', 11000001)},{family_id},{child.id}{END}")
        for code in child.disabilities:
            self.rows["ssd_disability"].append(
                f"{child.id},{self.give('disability', '', 12000001)},{code}{END}"
            )
        for start, end in child.early_help:
            row = f"EH{self.give('early help', '', 13000001)},{child.id},{SSD[start]},{SSD[end]},Family support,Needs met,Council,{END}"
            self.rows["ssd_early_help_episodes"].append(row)
        for number, start, end, offered in child.missing:
            row = f"{number},{child.id},{SSD[start]},Missing,{SSD[end]},{offered},{'Y' if offered == 'Y' else 'N'}{END}"
            self.rows["ssd_missing"].append(row)
        self._need(child)
        self.protection(child)
        for care in child.care:
            self._care(child, care)
        self._status(child)
        self.involvements(child)
        self._talks(child)
        for table in self.rows:
            if len(self.rows[table]) > _ENOUGH:
                self._flush(table)

    def person(self, child: Child) -> None:
        """The row of the child's own."""
        died = SSD[child.died]
        nation = child.nationality
        row = f",{child.id},,{child.forename},{child.surname},{child.sex},,{child.ethnicity},{SSD[child.born]},,UN4,N,{SSD[child.expected]},{died},N,{nation}{END}"
        self.rows["ssd_person"].append(row)
        if nation:
            since = SSD[child.referrals[0].day] if child.referrals else ""
            self.rows["ssd_immigration_status"].append(
                f"{self.give('immigration', '', 15000001)},{child.id},{since},,UASC{END}"
            )

    def _need(self, child: Child) -> None:
        """Contacts, referrals, assessments, child in need plans and visits."""
        pid, rows = child.id, self.rows
        for r in child.referrals:
            rows["ssd_contacts"].append(
                f"C{self.give('contact', '', 42000001)},{pid},{SSD[r.day]},{r.source},,{h.CONTACT_ACCEPTED}{END}"
            )
            if int(r.id) % 4 == 0:
                rows["ssd_contacts"].append(
                    f"C{self.give('contact', '', 42000001)},{pid},{SSD[r.day - 45]},{r.source},,{h.CONTACT_ADVICE}{END}"
                )
            outcome = h.REFERRAL_NFA if r.nfa else h.REFERRAL_ASSESS
            rows["ssd_cin_episodes"].append(
                f"{r.id},{pid},{SSD[r.day]},{r.need},{r.source},,{outcome},{'Y' if r.nfa else 'N'},{r.reason},{SSD[r.close]},{r.team},{r.worker}{END}"
            )
        for a in child.assessments:
            outcome = "" if a.authorised is None else h.ASSESSMENT_NFA if a.nfa else h.ASSESSMENT_SERVICES
            nfa = "" if a.authorised is None else "Y" if a.nfa else "N"
            rows["ssd_cin_assessments"].append(
                f"{a.id},{pid},{a.referral},{SSD[a.start]},Y,{SSD[a.authorised]},{outcome},{nfa},{a.team},{a.worker}{END}"
            )
            if a.factors:
                found = ", ".join(f'""{code}""' for code in a.factors)
                rows["ssd_assessment_factors"].append(
                    f'{self.give("factors", "", 57000001)},{a.id},"[{found}]"{END}'
                )
        for p in child.cin_plans:
            rows["ssd_cin_plans"].append(
                f"{p.id},{p.referral},{pid},{SSD[p.start]},{SSD[p.end]},{p.team},{p.worker}{END}"
            )
        self._visits(rows["ssd_cin_visits"], "cin visit", 1_000_001, pid, child.cin_visits)

    def _visits(self, rows: list[str], name: str, first: int, pid: str, visits: list[Visit]) -> None:
        """Child in need visits, which name the child alone."""
        give = self.give
        rows.extend(
            f"{v.id or give(name, '', first)},{pid},{SSD[v.day]},{v.seen},{v.alone},{v.bedroom}{END}"
            for v in visits
        )

    def protection(self, child: Child) -> None:
        """Section 47 enquiries, conferences, child protection plans, their visits and reviews."""
        pid, rows = child.id, self.rows
        for e in child.enquiries:
            outcome = "" if e.end is None else h.ENQUIRY_CONFERENCE if e.conference else h.ENQUIRY_OTHER
            nfa = "Y" if e.nfa else "N"
            rows["ssd_s47_enquiry"].append(
                f"{e.id},{e.referral},{pid},{SSD[e.start]},{SSD[e.end]},{nfa},{outcome},{e.worker},{e.team}{END}"
            )
        for c in child.conferences:
            rows["ssd_initial_cp_conference"].append(
                f"{c.id},M{c.id},{c.enquiry},{pid},{c.plan},{c.referral},N,{SSD[c.target]},{SSD[c.day]},Y,{h.CONFERENCE_PLAN},,{END}"
            )
        for p in child.cp_plans:
            rows["ssd_cp_plans"].append(
                f"{p.id},{p.referral},{p.conference},{pid},{SSD[p.start]},{SSD[p.end]},{'Y' if p.other_council else 'N'},{p.category},{p.category}{END}"
            )
        give, visits = self.give, rows["ssd_cp_visits"]
        for v in child.cp_visits:
            visits.append(
                f"{give('cp visit', '', 3_000_001)},{pid},{v.plan},{SSD[v.day]},{v.seen},{v.alone},{v.bedroom}{END}"
            )
        for r in child.cp_reviews:
            held = "Y,Y" if r.held is not None else ","
            rows["ssd_cp_reviews"].append(f"{r.id},{pid},{r.of},{SSD[r.due]},{SSD[r.held]},,{held},{END}")

    def _care(self, child: Child, care: Care) -> None:
        """One period of care: its episodes, placements, reviews, visits and care plan."""
        pid, rows = child.id, self.rows
        for e in care.episodes:
            rows["ssd_cla_episodes"].append(
                f"{e.id},{pid},{e.placement},{SSD[e.start]},{e.reason},{care.need},{SSD[e.end]},{e.end_reason},{care.id},{care.referral},,{SSD[care.entered]}{END}"
            )
        for p in care.placements:
            rows["ssd_cla_placement"].append(
                f"{p.id},{care.id},{pid},{SSD[p.start]},{p.type},{p.provider_number},{p.distance},{p.provider},,{SSD[p.end]},{p.reason}{END}"
            )
        for r in care.reviews:
            taken = "PN1" if r.held is not None and not r.cancelled else ""
            rows["ssd_cla_reviews"].append(
                f"{r.id},{care.id},{SSD[r.due]},{SSD[r.held]},{'Y' if r.cancelled else 'N'},{taken}{END}"
            )
        give, visits = self.give, rows["ssd_cla_visits"]
        for v in care.visits:
            visits.append(
                f"V{give('cla visit', '', 5_000_001)},{care.id},{pid},{SSD[v.day]},{v.seen},{v.alone}{END}"
            )
        if care.plan == "none":
            return
        plan = h.CARE_PLAN_LONG_TERM if care.placements[-1].type in {"U1", "U4"} else h.CARE_PLAN_RETURN
        plan = plan if care.plan == "agreed" else h.CARE_PLAN_OPEN
        rows["ssd_cla_care_plan"].append(
            f"{self.give('care plan', '', 16000001)},{pid},{SSD[care.entered]},{SSD[care.episodes[-1].end]},{plan}{END}"
        )

    def _status(self, child: Child) -> None:
        """Legal statuses and the care-leaver row."""
        for s in child.legal:
            self.rows["ssd_legal_status"].append(
                f"{s.id},{child.id},{s.status},{SSD[s.start]},{SSD[s.end]}{END}"
            )
        c = child.leaver
        if c is not None:
            adviser, worker = c.adviser.id if c.adviser else "", c.worker.id if c.worker else ""
            team = c.team.id if c.team else ""
            self.rows["ssd_care_leavers"].append(
                f"{c.id},{child.id},{c.eligibility},{c.in_touch},{SSD[c.contact]},{c.accommodation},{c.suitable},{c.activity},{SSD[c.pathway]},{adviser},{team},{worker}{END}"
            )

    def involvements(self, child: Child) -> None:
        """The workers' spells with a child."""
        rows = self.rows["ssd_involvements"]
        for s in child.spells:
            worker = s.worker.id if s.worker is not None else ""
            rows.append(
                f"{s.id},{worker},{s.role},{s.team.id},{child.id},{SSD[s.start]},{SSD[s.end]},{s.reason},{s.referral}{END}"
            )

    def _talks(self, child: Child) -> None:
        """Supervision notes and actions, as the local exports give them."""
        pid, notes, actions = (
            child.id,
            self.rows["supervision_case_notes_export"],
            self.rows["supervision_actions_export"],
        )
        for n in child.notes:
            number = n.id or self.give("note", "N", 7_000_001)
            holds = ",".join(n.holds or _NOT_ASKED)
            notes.append(
                f"{pid},{n.type},{UK[n.day]},{n.author},{n.worker},{UK[n.next_due]},{number},{UK[n.recorded]},{UK[n.signed]},{n.state},{holds}{END}"
            )
        for a in child.actions:
            target = a.target if isinstance(a.target, str) else UK[a.target]
            state = "Open," if a.done is None else f"Done,{a.proof}"
            actions.append(
                f"{pid},{UK[a.day]},{a.text},{target},{UK[a.done]},{state},{a.owner},{a.audit},{a.changed},,{END}"
            )

    def team(self, team: Team) -> None:
        """One team of the tree."""
        parent = f"{team.parent.id},{team.parent.name}" if team.parent is not None else ","
        self.rows["ssd_department"].append(f"{team.id},{team.name},{parent}{END}")
        manager = team.manager.id if team.manager is not None else ""
        self.rows["teams"].append(f"{team.id},{team.name},{parent},{manager}{END}")

    def worker(self, w: Worker) -> None:
        """One worker in the case system."""
        fte = f"{w.fte_tenths / 10:g}" if w.fte_written else ""
        self.rows["ssd_professionals"].append(
            f"{w.id},{w.staff_number},{w.name},{w.registration},,{w.title},{w.led_last_september},{w.team.name},{fte}{END}"
        )

    def post(self, w: Worker) -> None:
        """One worker on the HR establishment."""
        manager = w.line_manager()
        line = manager.staff_number if manager is not None else ""
        fte = f"{w.fte_tenths / 10:g}" if w.fte_written else ""
        cells = (
            w.staff_number,
            w.name,
            w.team.name,
            w.title,
            w.contract,
            fte,
            line,
            UK[w.started],
            UK[w.left],
            w.registration,
            UK[w.asye_start],
            UK[w.asye_end],
            UK[w.absent_from],
            w.absence_reason,
            UK[w.qualified],
        )
        self.rows["hr_establishment_export"].append(",".join(cells) + END)
