"""Today for whoever asks: the lines of oversight over the findings that are theirs, and nobody else's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from evenlode.access import Role, Thing, Verb, Visible
from evenlode.access import Scope as Reaching
from evenlode.oversight.explained import Explanation, Reason, holding
from evenlode.oversight.finding import Finding, Key, opened
from evenlode.oversight.groups import GROUPS, STRENGTH
from evenlode.oversight.groups import Role as Whose
from evenlode.oversight.names import Names
from evenlode.oversight.strengths import Strength
from evenlode.oversight.today import Line, Scope, today
from evenlode.rules.rule import Status
from evenlode.web.door import Door
from evenlode.web.models import ExplanationRow, Figures, FindingFigure, KeptPage
from evenlode.web.people_of import FINDING_FIELDS, speaker_of

AS: dict[Role, Whose] = {
    Role.DIRECTOR: Whose.DIRECTOR,
    Role.PRINCIPAL_SOCIAL_WORKER: Whose.DIRECTOR,
    Role.HEAD_OF_SERVICE: Whose.HEAD_OF_SERVICE,
    Role.TEAM_MANAGER: Whose.TEAM_MANAGER,
    Role.PRACTICE_SUPERVISOR: Whose.TEAM_MANAGER,
}
"""As whom Today speaks; everybody else as to a worker."""

LARGE = 1500
"""From so many findings on a page is worked out once and kept."""


@dataclass(frozen=True)
class ShownLine:
    """One line as the page draws it."""

    group: str
    text: str
    shape: str
    state: str
    when: str
    who_says_so: str
    rules: list[str]
    sum: str
    action: str
    more: int
    new: bool
    children: list[str]
    key: list[str] | None
    worker: str


@dataclass(frozen=True)
class Morning:
    """Today as the page draws it: lines by heading, and how many found no room."""

    opening: str
    groups: list[dict[str, Any]]
    left_out: dict[str, int]


def reach(door: Door, children: Thing = Thing.TODAY) -> tuple[Visible, Visible, Visible]:
    """Whose findings a person gets: of children (by the cell of that page), of workers, of teams."""
    return (
        door.visible(children),
        door.visible(Thing.WORKER_FIGURES),
        door.visible(Thing.TEAM_PAGE, Verb.SEE),
    )


def theirs(door: Door, figures: Figures, page: Thing = Thing.TODAY) -> Any:
    """The findings that are this person's on a page, as a question to the database."""
    return within_reach(figures, *reach(door, page))


def within_reach(figures: Figures, children: Visible, workers: Visible, units: Visible) -> Any:
    """The findings about the children, the workers and the teams of three reaches."""
    wanted = FindingFigure.within(children)
    if workers.why_not is None:
        wanted |= FindingFigure.of_workers(workers)
    if units.why_not is None:
        wanted |= FindingFigure.of_units(units)
    return FindingFigure.objects.whole().filter(figures=figures).filter(wanted)


def morning(door: Door, figures: Figures) -> Morning:
    """The lines of this person's morning."""
    mine = theirs(door, figures).filter(on_today=True)
    if mine.count() < LARGE:
        return _worked_out(door, figures, mine)
    key = _key(door, figures)
    kept = KeptPage.objects.filter(figures=figures, key=key).first()
    if kept:
        return Morning(**kept.data)  # type: ignore[arg-type]
    made = _worked_out(door, figures, mine)
    KeptPage.objects.update_or_create(figures=figures, key=key, defaults={"data": asdict(made)})
    return made


def _key(door: Door, figures: Figures) -> str:
    """By what a kept page is found again: the same role and reach over the same figures and explanations."""
    said = [
        [
            sorted(v.workers),
            sorted(v.units),
            v.everything,
            sorted(v.closed),
            sorted(v.named),
            sorted(v.opened),
        ]
        for v in reach(door)
    ]
    latest = ExplanationRow.objects.aggregate(n=Count("pk"), ended=Count("ended_at"))
    what = json.dumps(
        [str(speaks_as(door)), said, latest, door.at.date().isoformat(), figures.pk], default=str
    )
    return hashlib.sha256(what.encode()).hexdigest()


def speaks_as(door: Door) -> Whose:
    """As whom Today speaks to a person."""
    return next((AS[role] for role in door.roles if role in AS), Whose.WORKER)


def _worked_out(door: Door, figures: Figures, rows: Any) -> Morning:
    speaker = speaker_of(figures)
    found = findings(rows)
    page = today(
        found,
        scope=Scope(speaks_as(door)),
        speaker=speaker,
        holds=explanations(figures, door.at.date()),
        changed=None,
        strengths=_strengths(door, figures),
    )
    new = set(_keys(rows.filter(new=True)))
    lines = [_shown(line, new) for line in page.lines]
    titles = {g.name: g.title for g in GROUPS}
    groups = [
        {
            "name": name,
            "title": titles[name],
            "lines": [asdict(x) for x in lines if x.group == name],
            "more": page.left_out.get(name, 0),
        }
        for name in dict.fromkeys(x.group for x in lines)
    ]
    return Morning(_opening(lines, page.left_out, figures), groups, dict(page.left_out))


def _opening(lines: Sequence[ShownLine], left_out: Any, figures: Figures) -> str:
    needing = [x for x in lines if x.group != STRENGTH]
    if not needing:
        return "Nothing needs you this morning."
    said = [f"{len(lines)} {'line' if len(lines) == 1 else 'lines'}, one a family or worker."]
    if figures.before:
        fresh = sum(x.new for x in needing)
        said.append(f"{fresh} {'is' if fresh == 1 else 'are'} new since the load before.")
    if len(needing) < len(lines):
        verb = "needs" if len(needing) == 1 else "need"
        said.append(f"{len(needing)} {verb} something from you; the last is good news.")
    if left := sum(left_out.values()):
        said.append(f"{left:,} more families or workers are in the lists beside.")
    return " ".join(said)


def _shown(line: Line, new: set[Key]) -> ShownLine:
    said = line.said
    head = line.stands_for[0] if line.stands_for else None
    return ShownLine(
        group=line.group,
        text=line.text,
        shape=str(said.state.shape) if said else "in time",
        state=said.state.words if said else "",
        when=said.state.when if said else "",
        who_says_so=said.who_says_so if said else "",
        rules=list(line.rules),
        sum=said.sum if said else "",
        action=said.action if said else "",
        more=line.more,
        new=bool(new.intersection(line.stands_for)),
        children=[child for _, child in line.children],
        key=list(head) if head else None,
        worker=line.worker[1] if line.worker else "",
    )


def findings(rows: Any) -> list[Finding]:
    """Rows as oversight reads them."""
    return [_finding(row) for row in rows.order_by("place").values(*FINDING_FIELDS)]


def _finding(row: dict[str, Any]) -> Finding:
    evidence = {name: opened(value) for name, value in json.loads(row["evidence"]).items()}
    return Finding(**{**row, "evidence": evidence})


def _keys(rows: Any) -> Iterable[Key]:
    keys: Iterable[Key] = rows.values_list("la_code", "rule_id", "subject_kind", "subject_id", "record_id")
    return keys


def key_of(row: FindingFigure) -> Key:
    """By which a finding is known from load to load."""
    return (row.la_code, row.rule_id, row.subject_kind, row.subject_id, row.record_id)


def explanations(figures: Figures, day: date) -> dict[Key, Explanation]:
    """The explanations that hold on a day, by finding."""
    rows = ExplanationRow.objects.filter(
        Q(ended_at__isnull=True), since__lte=day, until__gte=day, la_code=figures.la_code
    )
    return holding((explanation_of(row) for row in rows), day)


@dataclass(frozen=True)
class Numbered(Explanation):
    """An explanation with the number of its row, by which it can be ended."""

    number: int = 0


def explanation_of(row: ExplanationRow) -> Numbered:
    """An explanation as oversight reads it."""
    key = (row.la_code, row.rule_id, row.subject_kind, row.subject_id, row.record_id)
    return Numbered(key, Reason(row.reason), row.text, row.by, row.since, row.until, row.pk)


def _strengths(door: Door, figures: Figures) -> list[Strength]:
    workers = door.visible(Thing.WORKER_FIGURES)
    told = figures.told.get("strengths")
    la = figures.la_code
    return [
        Strength(
            (la, f"worker {s['worker_id']}"), (la, s["worker_id"]), (la, s["team_id"]), s["sentence"], 0, 0
        )
        for s in (told if isinstance(told, list) else [])
        if workers.worker(s["worker_id"])[1] is not Reaching.NONE
    ]


def late(rows: Any) -> Any:
    """Of a question for findings, those that are true now: neither due soon nor unknown."""
    return rows.exclude(status__in=[Status.DUE_SOON, Status.CANNOT_TELL])


def named(names: Names, key: Key) -> str:
    """Whom a finding is about, by name."""
    if key[2] == "child":
        return names.child((key[0], key[3]))
    return names.worker((key[0], key[3])) if key[2] == "worker" else names.team((key[0], key[3]))
