"""Coverage: how many rows a month and team hold beside their children. Is a low figure real, or is the extract thin?"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from statistics import median

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from evenlode.calendar import add_months
from evenlode.policy import Policy
from evenlode.position.context import CHILD, Context, Step, latest
from evenlode.position.supervision import was_held
from evenlode.record.newest import HAPPENED

MONTH_SCHEMA = {"month": "date", "through": "date"}
DAYS_IN_A_MONTH = Fraction(365, 12)

_SPELLS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "on a protection plan": (("cp_plan", "start_date", "end_date"),),
    "on a child in need plan": (("cin_plan", "start_date", "end_date"),),
    "looked after": (("care_episode", "start_date", "end_date"),),
    "with anything open": (
        ("episode", "referral_date", "close_date"),
        ("cp_plan", "start_date", "end_date"),
        ("care_episode", "start_date", "end_date"),
    ),
}
"""Beside which children the rows of a table stand: those of whom such a row ran on a day of the month."""


@dataclass(frozen=True)
class Event:
    """One table of what happened that rules count, the day of a row, and beside which children.

    by_team: every team does such work, so that teams can be held against each other.
    """

    table: str
    column: str
    beside: str = "with anything open"
    by_team: bool = True

    @property
    def name(self) -> str:
        """As its query is called."""
        return f"coverage {self.table}"

    @property
    def needs(self) -> tuple[str, ...]:
        """Without which its coverage cannot be told."""
        return (self.table, f"{self.table}.{self.column}", *(table for table, _, _ in _SPELLS[self.beside]))

    @property
    def in_words(self) -> str:
        """What a row tells of."""
        return HAPPENED[self.table, self.column]


EVENTS: tuple[Event, ...] = (
    Event("cp_visit", "visit_date", "on a protection plan"),
    Event("cin_visit", "visit_date", "on a child in need plan"),
    Event("care_visit", "visit_date", "looked after"),
    Event("cp_review", "held_date", "on a protection plan"),
    Event("care_review", "held_date", "looked after"),
    Event("supervision", "held_date"),
    Event("action", "set_date"),
    Event("assessment", "start_date", by_team=False),
    Event("enquiry", "start_date", by_team=False),
    Event("conference", "held_date", by_team=False),
    Event("episode", "referral_date", by_team=False),
    Event("contact", "contact_date", by_team=False),
    Event("visit_note", "visit_date"),
    Event("case_entry", "entry_date"),
)


@dataclass(frozen=True)
class Coverage:
    """One table in one month of one team, or of the whole council (team_id None).

    through: the month's last day, or the as-at date where that comes first.  children: beside whom the
    rows stand.  likely: how many rows the council's own median rate makes likely; None where the table
    never holds any, or where teams cannot be held against each other.  judged: enough are likely for
    none at all to say something.  thin: none, or far fewer, are there.
    """

    la_code: str
    event: Event
    month: date
    through: date
    team_id: str | None
    children: int
    rows: int
    likely: Fraction | None = None
    judged: bool = False
    thin: bool = False

    @property
    def share_of_month(self) -> Fraction:
        """How much of the month has gone by."""
        return Fraction(self.through.day, calendar.monthrange(self.month.year, self.month.month)[1])


@dataclass(frozen=True)
class Reach:
    """How far a table of a council reaches.

    newest: its newest day by the as-at date, None where there is none.  others: the newest day of any
    table of what happened.  likely: how many rows were likely since.  stops: it stops early.
    """

    la_code: str
    event: Event
    newest: date | None
    others: date
    likely: Fraction
    stops: bool


def months_table(as_at: date, policy: Policy) -> pa.Table:
    """The months that are counted: so many whole ones and the one of the day, as far as it has gone."""
    first = as_at.replace(day=1)
    starts = [add_months(first, -n) for n in range(int(policy.numbers["coverage_months"]), -1, -1)]
    ends = [min(add_months(start, 1) - timedelta(days=1), as_at) for start in starts]
    return pa.table({"month": pa.array(starts, pa.date32()), "through": pa.array(ends, pa.date32())})


def coverage_of(at: Context, event: Event) -> ir.Table:
    """Children and rows of one table a month and team; a blank team where nobody's team is known.

    A child stands in the team of the lead worker who began last by the end of the month.
    """
    month = _months()
    children = at.step(CHILDREN_OF[event.beside]).mutate(
        children=ibis.literal(1, "int64"), rows=ibis.literal(0, "int64"), newest=ibis.null("date")
    )
    rows = _events(at, event)
    rows = rows.inner_join(month, [rows.day >= month.month, rows.day <= month.through])
    rows = rows.select(
        *CHILD,
        "month",
        children=ibis.literal(0, "int64"),
        rows=ibis.literal(1, "int64"),
        newest="day",
    )
    both = children.select(*CHILD, "month", "children", "rows", "newest").union(rows)
    team = at.step("coverage_team")
    team = team.select(t_la="la_code", t_child="child_id", t_month="month", team_id="team_id")
    both = both.left_join(
        team, [both.la_code == team.t_la, both.child_id == team.t_child, both.month == team.t_month]
    )
    both = both.mutate(team=both.team_id.fill_null(""))
    counted = both.group_by("la_code", "month", "team").agg(
        children=both.children.sum().cast("int64"),
        rows=both.rows.sum().cast("int64"),
        newest=both.newest.max(),
    )
    return counted.select("la_code", "month", "team", "children", "rows", "newest")


def _months() -> ir.Table:
    return ibis.table(MONTH_SCHEMA, name="coverage_month")


def _children(at: Context, beside: str) -> ir.Table:
    """The children of whom such a row ran on at least one day of the month."""
    month = _months()
    spells = []
    for table, start, end in _SPELLS[beside]:
        rows = at.record(table, "child_id", start, end)
        spells.append(rows.select(*CHILD, since=rows[start], until=rows[end]))
    rows = ibis.union(*spells) if len(spells) > 1 else spells[0]
    rows = rows.filter(rows.child_id.notnull())
    ran = [
        rows.since <= month.through,
        rows.until.isnull() | ((rows.until > month.month) & (rows.until > rows.since)),
    ]
    return rows.inner_join(month, ran).select(*CHILD, "month").distinct()


def _events(at: Context, event: Event) -> ir.Table:
    """What happened by the day: of supervision, case supervision that was held."""
    if event.table == "supervision":
        rows = at.record("supervision", "child_id", "held_date", "note_type", "state")
        rows = rows.filter(at.listed(rows.note_type, "case_supervision_notes") & was_held(at, rows.state))
    else:
        rows = at.record(event.table, "child_id", event.column)
    rows = rows.filter(rows[event.column] <= at.as_at)
    return rows.select(*CHILD, day=rows[event.column])


def _teams(at: Context) -> ir.Table:
    """Each child's team in a month: that of the lead involvement that began last."""
    month = _months()
    rows = at.record(
        "involvement", "child_id", "team_id", "role", "start_date", "end_date", "involvement_id_order"
    )
    rows = rows.filter(at.listed(rows.role, "lead_roles") & rows.team_id.notnull())
    ran = [
        rows.start_date <= month.through,
        rows.end_date.isnull() | ((rows.end_date > month.month) & (rows.end_date > rows.start_date)),
    ]
    rows = rows.inner_join(month, ran)
    newest = [rows.start_date.desc(), rows.involvement_id_order.desc()]
    return latest(rows, (*CHILD, "month"), newest=newest).select(*CHILD, "month", "team_id")


CHILDREN_OF: dict[str, str] = {beside: f"coverage_children_{place}" for place, beside in enumerate(_SPELLS)}
"""Beside whom rows stand, to the step that holds these children month by month."""

COVERAGE_STEPS: tuple[Step, ...] = (
    Step("coverage_team", "Each child's team in each month.", _teams),
    *(
        Step(name, f"The children {beside} in each month.", partial(_children, beside=beside))
        for beside, name in CHILDREN_OF.items()
    ),
)
"""What the coverage of every table rests on, worked out once."""


def judged(lines: Iterable[Coverage], policy: Policy) -> list[Coverage]:
    """One council's and one table's lines a team, with the council's own put before each month's, judged.

    The rate is the median, over the whole months that hold any row, of rows for each child.
    """
    teams = list(lines)
    council = _added_up(teams)
    rate = usual_rate(council)
    found = []
    for line in sorted([*council, *teams], key=lambda c: (c.month, c.team_id is not None, c.team_id or "")):
        if rate is None or (line.team_id is not None and not line.event.by_team):
            found.append(line)
            continue
        likely = rate * line.children * line.share_of_month
        enough, thin = weighed(line.rows, likely, policy)
        found.append(replace(line, likely=likely, judged=enough, thin=thin))
    return found


def weighed(rows: int, likely: Fraction, policy: Policy) -> tuple[bool, bool]:
    """Are enough rows likely to say anything, and are none, or far fewer, there?"""
    numbers = policy.numbers
    enough = likely >= Fraction(numbers["coverage_fewest_none"])
    far_fewer = rows < Fraction(numbers["coverage_thin_share"]) * likely
    return enough, enough and (rows == 0 or (likely >= Fraction(numbers["coverage_fewest"]) and far_fewer))


def usual_rate(council: Iterable[Coverage]) -> Fraction | None:
    """The median of rows for each child, over the whole months that hold any row; None where none does."""
    rates = [Fraction(c.rows, c.children) for c in council if c.share_of_month == 1 and c.rows and c.children]
    return median(rates) if rates else None


def _added_up(teams: Iterable[Coverage]) -> list[Coverage]:
    months: dict[date, list[Coverage]] = defaultdict(list)
    for line in teams:
        months[line.month].append(line)
    return [
        replace(
            lines[0], team_id=None, children=sum(c.children for c in lines), rows=sum(c.rows for c in lines)
        )
        for lines in months.values()
    ]


@dataclass(frozen=True)
class TeamReach:
    """One team's rows of a table over all months, beside what is likely at the council's rate of each month."""

    la_code: str
    event: Event
    team_id: str
    children: int
    rows: int
    likely: Fraction
    judged: bool
    thin: bool


def by_team(lines: Iterable[Coverage], policy: Policy) -> list[TeamReach]:
    """One council's and one table's teams over all months together.

    A team is held against the whole council in the same months, so that a month that is thin
    everywhere is no team's fault.  Children without a known team are nobody's.
    """
    council: dict[date, Coverage] = {}
    teams: dict[str, list[Coverage]] = defaultdict(list)
    for line in lines:
        if line.team_id is None:
            council[line.month] = line
        elif line.team_id and line.event.by_team:
            teams[line.team_id].append(line)
    found = []
    for team, months in sorted(teams.items()):
        likely = sum(
            (
                Fraction(council[c.month].rows * c.children, council[c.month].children)
                for c in months
                if council[c.month].children
            ),
            Fraction(0),
        )
        rows = sum(c.rows for c in months)
        enough, thin = weighed(rows, likely, policy)
        children = max(c.children for c in months)
        found.append(
            TeamReach(months[0].la_code, months[0].event, team, children, rows, likely, enough, thin)
        )
    return found


def reach(
    council: Iterable[Coverage], event: Event, newest: date | None, others: date, policy: Policy
) -> Reach | None:
    """Whether a table stops early; None where it never held a row in these months beside any child.

    council: the council's own lines of the table.  A table that holds nothing at all, while there
    are children enough, is said to stop too.
    """
    lines = sorted(council, key=lambda c: c.month)
    if not lines:
        return None
    quiet = policy.numbers["coverage_quiet_days"]
    fewest = Fraction(policy.numbers["coverage_fewest_none"])
    rate, children = usual_rate(lines), lines[-1].children
    if rate is None:
        empty = newest is None and children >= fewest
        return Reach(lines[-1].la_code, event, newest, others, Fraction(0), empty)
    gap = (others - newest).days if newest else (others - lines[0].month).days
    likely = rate * children * gap / DAYS_IN_A_MONTH
    return Reach(lines[-1].la_code, event, newest, others, likely, gap > quiet and likely >= fewest)
