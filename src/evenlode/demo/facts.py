"""What the invented council holds about a child, a worker and a team, as small editable rows.

Days are whole numbers (see dates.py). A row here becomes one row of one extract file (see files.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field

CASE_SUPERVISION = "Case Supervision"
CASE_DISCUSSION = "Supervision - Case Discussion"
OVERSIGHT = "Management Oversight"
ELEMENTS = (
    "actions_reviewed", "plan_progress", "child_voice", "risk_considered", "reflective", "decision_reason", "drift_question",
    "dates_checked",
)  # fmt: skip
LONG_TERM_PLACEMENTS = ("U1", "U4")


@dataclass(slots=True, eq=False)
class Team:
    """One team, or a service above teams (kind "service")."""

    id: str
    name: str
    kind: str
    parent: Team | None = None
    manager: Worker | None = None
    workers: list[Worker] = field(default_factory=list)
    story: str = ""


@dataclass(slots=True, eq=False)
class Worker:
    """One member of staff: what the case system and the HR export say of them."""

    id: str
    staff_number: str
    name: str
    team: Team
    title: str
    fte_tenths: int
    started: int
    fte_written: bool = True
    contract: str = "Permanent"
    qualified: int | None = None
    registration: str = ""
    left: int | None = None
    asye_start: int | None = None
    asye_end: int | None = None
    absent_from: int | None = None
    absence_reason: str = ""
    load: int = 0
    target: int = 90
    led_last_september: int = 0
    placeholder: bool = False
    casts: str = ""
    line: Worker | None = None

    def line_manager(self) -> Worker | None:
        """Who manages this worker: the team's manager, that of the service for a manager, or who stands in for them."""
        if self.line is not None:
            return self.line
        if self.team.manager is not self:
            return self.team.manager
        return self.team.parent.manager if self.team.parent is not None else None

    def newly_qualified(self, day: int) -> bool:
        """In the first year of practice on a day."""
        return (
            self.asye_start is not None
            and self.asye_start <= day
            and (self.asye_end is None or self.asye_end > day)
        )

    def present(self, day: int) -> bool:
        """A real person, employed and not absent on a day."""
        return self.named(day) and not (self.absent_from is not None and self.absent_from <= day)

    def named(self, day: int) -> bool:
        """A real person who has not left by a day."""
        return not self.placeholder and (self.left is None or self.left > day)

    def capacity(self, day: int) -> int:
        """Points the worker can hold, in hundredths: 85 for a full-time post, nine tenths of it while newly qualified."""
        if not self.present(day):
            return 0
        return 85 * self.fte_tenths * (9 if self.newly_qualified(day) else 10)


@dataclass(slots=True, eq=False)
class Referral:
    """One episode of need, from referral to closure."""

    id: str
    day: int
    close: int | None
    reason: str
    need: str
    source: str
    nfa: bool = False
    team: str = ""
    worker: str = ""


@dataclass(slots=True, eq=False)
class Assessment:
    """One child and family assessment; no authorised day means that it is still open."""

    id: str
    referral: str
    start: int
    authorised: int | None
    nfa: bool = False
    team: str = ""
    worker: str = ""
    factors: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Enquiry:
    """One section 47 enquiry."""

    id: str
    referral: str
    start: int
    end: int | None
    nfa: bool = False
    conference: bool = False
    team: str = ""
    worker: str = ""


@dataclass(slots=True, eq=False)
class Conference:
    """One initial child protection conference."""

    id: str
    enquiry: str
    plan: str
    referral: str
    target: int
    day: int


@dataclass(slots=True, eq=False)
class CpPlan:
    """One child protection plan."""

    id: str
    referral: str
    conference: str
    start: int
    end: int | None
    category: str
    other_council: bool = False


@dataclass(slots=True, eq=False)
class CinPlan:
    """One child in need plan."""

    id: str
    referral: str
    start: int | None
    end: int | None
    team: str = ""
    worker: str = ""


@dataclass(slots=True, eq=False)
class Review:
    """One review of a plan or of a period of care; no held day means that it has not been held."""

    id: str
    of: str
    due: int
    held: int | None
    cancelled: bool = False


@dataclass(slots=True, eq=False)
class Visit:
    """One visit to a child."""

    day: int
    seen: str = "Y"
    alone: str = "Y"
    bedroom: str = "N"
    plan: str = ""
    id: str = ""


@dataclass(slots=True, eq=False)
class Placement:
    """One placement row; rows with one provider number that follow each other are one placement."""

    id: str
    start: int
    end: int | None
    type: str
    provider_number: str
    provider: str
    reason: str = ""
    distance: str = "5.0"
    continues: bool = False


@dataclass(slots=True, eq=False)
class CareEpisode:
    """One looked-after episode: a new row for each change of placement."""

    id: str
    placement: str
    start: int
    reason: str
    end: int | None = None
    end_reason: str = ""


@dataclass(slots=True, eq=False)
class Care:
    """One period of care."""

    id: str
    entered: int
    referral: str
    need: str
    placements: list[Placement] = field(default_factory=list)
    episodes: list[CareEpisode] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    short_break: bool = False
    plan: str = "agreed"


@dataclass(slots=True, eq=False)
class LegalStatus:
    """One legal status spell."""

    id: str
    status: str
    start: int
    end: int | None


@dataclass(slots=True, eq=False)
class Spell:
    """One worker's (or team's) spell with a child."""

    id: str
    worker: Worker | None
    role: str
    team: Team
    start: int
    end: int | None
    reason: str = ""
    referral: str = ""


@dataclass(slots=True, eq=False)
class Note:
    """One supervision note on a child's record; `holds` says Y or N to each of ELEMENTS, where the form asks."""

    day: int
    type: str
    author: str
    worker: str
    next_due: int | None = None
    id: str = ""
    recorded: int | None = None
    signed: int | None = None
    state: str = ""
    holds: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Action:
    """One action agreed in supervision; the target is a day, or words such as ASAP, or nothing."""

    day: int
    text: str
    target: int | str | None
    done: int | None = None
    owner: str = ""
    audit: str = ""
    proof: str = "Y"
    changed: str = ""


@dataclass(slots=True, eq=False)
class CareLeaver:
    """A care leaver's current position."""

    id: str
    eligibility: str
    in_touch: str
    contact: int | None
    pathway: int | None
    adviser: Worker | None
    team: Team | None
    worker: Worker | None = None
    accommodation: str = "K"
    suitable: str = "1"
    activity: str = "F2"


@dataclass(slots=True, eq=False)
class Clock:
    """How often a child's case is to be talked about, by which rule, and since when."""

    rule: str
    days: int
    since: int


@dataclass(slots=True, eq=False)
class Child:
    """One child or young person with every row about them."""

    id: str
    forename: str
    surname: str
    sex: str
    ethnicity: str
    born: int | None
    expected: int | None = None
    died: int | None = None
    nationality: str = ""
    adult: bool = False
    clock: Clock | None = None
    disabilities: tuple[str, ...] = ()
    referrals: list[Referral] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    enquiries: list[Enquiry] = field(default_factory=list)
    conferences: list[Conference] = field(default_factory=list)
    cp_plans: list[CpPlan] = field(default_factory=list)
    cp_reviews: list[Review] = field(default_factory=list)
    cp_visits: list[Visit] = field(default_factory=list)
    cin_plans: list[CinPlan] = field(default_factory=list)
    cin_visits: list[Visit] = field(default_factory=list)
    care: list[Care] = field(default_factory=list)
    legal: list[LegalStatus] = field(default_factory=list)
    spells: list[Spell] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    leaver: CareLeaver | None = None
    missing: list[tuple[str, int, int, str]] = field(default_factory=list)
    early_help: list[tuple[int, int]] = field(default_factory=list)
    why: dict[str, str] = field(default_factory=dict)

    @property
    def referral(self) -> Referral:
        """The current episode of need: the last one made."""
        return self.referrals[-1]

    def open_cp_plan(self, day: int) -> CpPlan | None:
        """The child protection plan open on a day."""
        return next((p for p in self.cp_plans if p.start <= day and (p.end is None or p.end > day)), None)

    def open_cin_plan(self, day: int) -> CinPlan | None:
        """The child in need plan open on a day."""
        for plan in self.cin_plans:
            if plan.start is not None and plan.start <= day and (plan.end is None or plan.end > day):
                return plan
        return None

    def open_care(self) -> Care | None:
        """The period of care that still runs, short breaks aside."""
        for care in self.care:
            if not care.short_break and care.episodes[-1].end is None:
                return care
        return None

    def lead(self, day: int) -> Spell | None:
        """The spell of the lead worker on a day: the latest start among active lead spells with a worker."""
        roles = ("CW", "16PLUS") if self.adult else ("CW",)
        active = [
            spell
            for spell in self.spells
            if spell.worker is not None
            and spell.role in roles
            and spell.start <= day
            and (spell.end is None or spell.end > day)
        ]
        return max(active, key=lambda spell: spell.start, default=None)


@dataclass(slots=True, eq=False)
class Family:
    """One household of children who came to notice together."""

    id: str
    kind: str
    children: list[Child] = field(default_factory=list)
    handover: int = 0
    cast: str = ""
    touched: str = ""
