"""The invented council's teams and staff: managers, social workers, advisers, newly qualified and agency workers, leavers."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from evenlode.demo import names, published
from evenlode.demo.dates import add_months, on_working_day
from evenlode.demo.facts import Team, Worker
from evenlode.demo.journeys import ASSESSMENT, CIN, CLA, CP, DISABILITY, LEAVER, REFERRAL
from evenlode.demo.making import Making

FRONT_DOOR, ASSESSING, SAFEGUARDING, TEENAGERS, IN_CARE, LEAVING, DISABLED, SERVICE = (
    "front door", "assessment", "safeguarding", "adolescents", "children in care", "leaving care", "disabled children", "service",
)  # fmt: skip
TEAM_OF_KIND = {
    REFERRAL: ASSESSING, ASSESSMENT: ASSESSING, CIN: SAFEGUARDING, CP: SAFEGUARDING, CLA: IN_CARE, LEAVER: LEAVING, DISABILITY: DISABLED,
}  # fmt: skip
MANAGER_TITLES = ("Team Manager", "Service Manager", "Head of Service")
_SERVICES = (
    ("T101", "Front Door and Assessment Service"),
    ("T102", "Safeguarding and Family Support Service"),
    ("T103", "Children in Care and Leaving Care Service"),
    ("T104", "Disabled Children's Service"),
)
# Teams of the story that always have newly qualified workers.
_WITH_NOVICES = ((ASSESSING, 0), (SAFEGUARDING, 2))
# kind, service, first team number, name pattern, names to draw on, fewest teams
_PLANS: tuple[tuple[str, str, int, str, list[str], int], ...] = (
    (FRONT_DOOR, "T101", 111, "Front Door (MASH)", [""], 1),
    (ASSESSING, "T101", 1201, "Assessment {}", names.BEASTS, 2),
    (SAFEGUARDING, "T102", 1301, "Safeguarding {}", names.TREES, 3),
    (TEENAGERS, "T102", 1401, "Adolescent {}", names.REEDS, 1),
    (IN_CARE, "T103", 1501, "Children in Care {}", names.BIRDS, 2),
    (
        LEAVING,
        "T103",
        1601,
        "Leaving Care {}",
        ["Bridge", "Harbour", "Landing", "Ferry", "Lock", "Mooring"],
        1,
    ),
    (DISABLED, "T104", 1701, "Disabled Children {}", ["Orchard", "Meadow", "Garden", "Paddock", "Glade"], 1),
)


@dataclass(slots=True)
class Workforce:
    """Everybody who works, or lately worked, for the invented council."""

    services: list[Team] = field(default_factory=list)
    teams: list[Team] = field(default_factory=list)
    workers: list[Worker] = field(default_factory=list)
    duty: Worker | None = None
    _given: int = 0

    def of_kind(self, kind: str) -> list[Team]:
        """The teams that do one kind of work."""
        return [team for team in self.teams if team.kind == kind]

    def all_teams(self) -> list[Team]:
        """Services first, then teams."""
        return self.services + self.teams


class Recruiter:
    """Hires invented workers, each with an id, a staff number and a name of their own."""

    def __init__(self, making: Making, workforce: Workforce) -> None:
        """Begin with an empty establishment."""
        self.making, self.workforce = making, workforce
        self._names = names.WorkerNames(making.rng)

    def hire(self, team: Team, title: str, years: tuple[float, float], fte: int = 10) -> Worker:
        """A new entry on the establishment, started some years before the day of the extract."""
        rng = self.making.rng
        low, high = years
        started = on_working_day(self.making.as_at - int(365 * (low + (high - low) * rng.random())))
        worker = Worker(
            id=self.making.ids.give("worker", "", 3001),
            staff_number=self.making.ids.give("staff", "EV", 7001),
            name=self._names.next(),
            team=team,
            title=title,
            fte_tenths=fte,
            started=started,
            registration="" if title == "Personal Adviser" else f"SW{rng.randint(10000, 299999)}",
        )
        worker.target = rng.randint(80, 92)
        if title == "Social Worker" and rng.random() < published.AGENCY * 1.8:
            worker.contract = "Agency"
        self.workforce.workers.append(worker)
        team.workers.append(worker)
        return worker

    def newly_qualified(self, team: Team, months: tuple[int, int]) -> Worker:
        """A worker in the assessed and supported year; some records leave its end blank, meaning twelve months."""
        worker = self.hire(team, "Newly Qualified Social Worker (ASYE)", (0.0, 0.0))
        start = on_working_day(self.making.as_at - self.making.rng.randint(months[0] * 30, months[1] * 30))
        worker.started = worker.asye_start = start
        worker.contract = "Permanent"
        worker.asye_end = add_months(start, 12) if self.making.rng.random() < 0.8 else None
        worker.target = 78
        return worker


def _services_and_teams(workforce: Workforce, wanted: dict[str, int]) -> None:
    """The tree: the council, its services, its teams."""
    root = Team("T100", "Evenlode Children's Services", SERVICE)
    workforce.services.append(root)
    for number, name in _SERVICES:
        workforce.services.append(Team(number, name, SERVICE, root))
    for kind, service, first, pattern, words, fewest in _PLANS:
        parent = next(team for team in workforce.services if team.id == service)
        for turn in range(max(fewest, min(wanted.get(kind, 0), 60))):
            word = words[turn % len(words)] + (f" {turn // len(words) + 1}" if turn >= len(words) else "")
            workforce.teams.append(Team(f"T{first + turn}", pattern.format(word).strip(), kind, parent))


def _fte(rng: Random) -> int:
    """Tenths of a full-time post: most are full time."""
    return rng.choices((10, 8, 6, 5), (70, 15, 10, 5))[0]


def _staff(recruiter: Recruiter, team: Team, posts: int) -> None:
    """A team's workers: one long server, newly qualified workers where they are usual, and the others."""
    rng = recruiter.making.rng
    title = "Personal Adviser" if team.kind == LEAVING else "Social Worker"
    senior = "Senior Practitioner" if title == "Social Worker" else title
    recruiter.hire(team, senior, (12.5, 14.0))
    for turn in range(1, posts):
        if title == "Social Worker" and turn in {2, 6, 9} and team.kind in {ASSESSING, SAFEGUARDING, IN_CARE}:
            recruiter.newly_qualified(team, (7, 11) if turn == 6 else (1, 6))
        elif turn == 3 and team.kind == SAFEGUARDING:
            second_year = recruiter.hire(team, title, (1.2, 1.8))
            second_year.asye_start, second_year.asye_end = (
                second_year.started,
                add_months(second_year.started, 12),
            )
            second_year.contract = "Permanent"
        else:
            recruiter.hire(team, title, (0.3, 9.0) if turn > 1 else (2.0, 9.0), _fte(rng))


def _leavers(recruiter: Recruiter, team: Team, many: int) -> None:
    """People who left in the last two years and led children before that."""
    rng, as_at = recruiter.making.rng, recruiter.making.as_at
    for _ in range(many):
        worker = recruiter.hire(team, "Social Worker", (2.5, 9.0))
        worker.left = on_working_day(as_at - rng.randint(20, 600))


def build_workforce(making: Making, posts: dict[str, int]) -> tuple[Workforce, Recruiter]:
    """Teams and people, with as many case-holding posts in each kind of team as asked for."""
    workforce = Workforce()
    wanted = {kind: -(-many // 10) for kind, many in posts.items()}
    _services_and_teams(workforce, wanted)
    recruiter = Recruiter(making, workforce)
    head = recruiter.hire(workforce.services[0], "Head of Service", (8.0, 12.0))
    workforce.services[0].manager = head
    for service in workforce.services[1:]:
        service.manager = recruiter.hire(service, "Service Manager", (3.0, 9.0))
    for kind, many in posts.items():
        teams = workforce.of_kind(kind)
        for place, team in enumerate(teams):
            team.manager = recruiter.hire(team, "Team Manager", (2.0, 9.0))
            share = many // len(teams) + (1 if place < many % len(teams) else 0)
            _staff(recruiter, team, max(3 if (kind, place) in _WITH_NOVICES else 1, share))
            _leavers(recruiter, team, max(1 if share > 2 else 0, round(share * published.TURNOVER * 1.5)))
    # One post whose hours nobody wrote down: taken as full time.
    unsure = next(
        (w for t in workforce.of_kind(TEENAGERS) for w in t.workers if w.title == "Senior Practitioner"), head
    )
    unsure.fte_written = False
    workforce.duty = recruiter.hire(workforce.of_kind(ASSESSING)[0], "Duty", (10.0, 10.0))
    workforce.duty.name, workforce.duty.placeholder, workforce.duty.registration = "Duty Team", True, ""
    workforce.duty.contract = "Permanent"
    return workforce, recruiter


def worker_at(making: Making, workforce: Workforce, kind: str, start: int, end: int) -> Worker:
    """Somebody of a kind of team who was employed for the whole of a past spell; long servers if nobody else was."""
    rng, teams = making.rng, workforce.of_kind(kind)
    for _ in range(5):
        worker = rng.choice(rng.choice(teams).workers)
        if worker.placeholder or worker.title in MANAGER_TITLES:
            continue
        if (
            worker.started <= start
            and (worker.left is None or worker.left >= end)
            and worker.absent_from is None
        ):
            return worker
    return next(w for w in rng.choice(teams).workers if w.title not in MANAGER_TITLES)
