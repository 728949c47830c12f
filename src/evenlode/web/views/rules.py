"""Rules: what is asked of every child and worker, in plain words, and how often it is true."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from evenlode.access import Target, Thing, Verb
from evenlode.oversight.words import WHO_SAYS_SO
from evenlode.policy import Policy
from evenlode.rules.book import RULE_BY_ID, RULES
from evenlode.rules.in_force import dates_in_words, why_not
from evenlode.rules.missing import in_words
from evenlode.rules.rule import Rule
from evenlode.web.council import policy as council_policy
from evenlode.web.lists import Cell, Column, Filter, ListPage, Reader, answer
from evenlode.web.models import Figures, TeamFigure
from evenlode.web.month_trends import MINUS
from evenlode.web.morning import theirs
from evenlode.web.page import Asked, Found, NotThere, of
from evenlode.web.rule_counts import Counts, counts_by_team, counts_on, known_days, trend
from evenlode.web.settings_shown import shown, spoken
from evenlode.web.themes import THEMES, theme_of

SUBJECTS = {"child": "children", "worker": "workers", "team": "teams", "council": "the council"}
ACTIVE = (("found", "Found now"), ("soon", "Due soon"), ("unsure", "Cannot tell"), ("silent", "Not answered"))


@dataclass(frozen=True)
class Row:
    """One rule in the list.  change: how many more than the load before; None where there was none."""

    rule: Rule
    theme: str
    who_says_so: str
    counts: Counts
    change: int | None
    silent: str

    @property
    def name(self) -> str:
        """What it is called."""
        return self.rule.name

    @property
    def late(self) -> int:
        """How often it is true now."""
        return self.counts.late

    @property
    def due_soon(self) -> int:
        """How often it is due soon."""
        return self.counts.due_soon

    @property
    def cannot_tell(self) -> int:
        """How often the record does not tell."""
        return self.counts.cannot_tell


def rules(request: Asked) -> HttpResponse:
    """Every rule with how often it is true."""
    figures = of(request)
    around = {"every": len(RULES), "since": figures.before}
    return answer(request, RULE_LIST, _rows(figures), "evenlode/rules.html", around)


def _rows(figures: Figures) -> list[Row]:
    now, before = counts_on(figures.as_at), counts_on(figures.before)
    policy = council_policy().on(figures.as_at)
    missing = _told(figures, "missing")
    return [
        Row(
            rule,
            theme_of(rule.id),
            WHO_SAYS_SO[rule.kind],
            counts := now.get(rule.id, Counts()),
            None if figures.before is None else counts.late - before.get(rule.id, Counts()).late,
            _silent(rule, policy, figures, missing),
        )
        for rule in RULES
    ]


def _silent(rule: Rule, policy: Policy, figures: Figures, missing: dict[str, Any]) -> str:
    """Why a rule gives no answer at all, in words; nothing where it does."""
    if not_yet := why_not(rule, policy, figures.as_at):
        return not_yet
    return f"the extract does not hold {missing[rule.id]}" if rule.id in missing else ""


def _told(figures: Figures, name: str) -> dict[str, Any]:
    told = figures.told.get(name)
    return told if isinstance(told, dict) else {}


STATES: dict[str, Callable[[Row], bool]] = {
    "found": lambda row: row.late > 0,
    "soon": lambda row: row.due_soon > 0,
    "unsure": lambda row: row.cannot_tell > 0,
    "silent": lambda row: bool(row.silent),
}


def _name(row: Row, _: Reader) -> Cell:
    said = f"Not answered: {row.silent}" if row.silent else ""
    url = reverse("rule", args=[row.rule.id])
    return Cell(row.rule.name, url=url, small=tuple(part for part in (row.rule.id, said) if part))


def _found(row: Row, _: Reader) -> Cell:
    moved = f"{row.change:+d} since the load before".replace("-", MINUS) if row.change else ""
    return Cell(row.late, small=(moved,) if moved else ())


RULE_LIST = ListPage(
    name="rules",
    title="Rules",
    noun="rule",
    columns=(
        Column("Rule", "rule", _name, ("name",), width=44),
        Column("About", "about", lambda row, _: row.theme, ("theme",), width=28),
        Column("Who says so", "who", lambda row, _: row.who_says_so, ("who_says_so",), width=20),
        Column("Found now", "found", _found, ("-late",), figure=True),
        Column("Due soon", "soon", lambda row, _: row.due_soon, ("-due_soon",), figure=True),
        Column("Cannot tell", "unsure", lambda row, _: row.cannot_tell, ("-cannot_tell",), figure=True),
        Column("Id", "id", lambda row, _: row.rule.id, page=False, width=10),
        Column("What it asks", "asks", lambda row, _: row.rule.question, page=False, width=60),
        Column("Source", "source", lambda row, _: row.rule.source, page=False, width=50),
        Column("Not answered", "silent", lambda row, _: row.silent, page=False, width=40),
    ),
    filters=(
        Filter(
            "about",
            "About",
            lambda _rows, _reader: [(theme, theme) for theme, _ in THEMES],
            lambda rows, theme, _: [row for row in rows if row.theme == theme],
        ),
        Filter(
            "who",
            "Who says so",
            lambda _rows, _reader: [(str(a), words) for a, words in WHO_SAYS_SO.items()],
            lambda rows, who, _: [row for row in rows if str(row.rule.kind) == who],
        ),
        Filter(
            "now",
            "Now",
            lambda _rows, _reader: list(ACTIVE),
            lambda rows, state, _: [row for row in rows if STATES[state](row)],
            every="All rules",
        ),
    ),
)


def rule(request: Asked, one: Rule) -> HttpResponse:
    """One rule: what it asks, who says so, which settings it goes by, how often it is true and cannot be told."""
    figures = of(request)
    policy = council_policy().on(figures.as_at)
    counts = counts_on(figures.as_at).get(one.id, Counts())
    why = _told(figures, "unsure").get(one.id, {})
    return render(
        request,
        "evenlode/rule.html",
        {
            "rule": one,
            "theme": theme_of(one.id),
            "who_says_so": WHO_SAYS_SO[one.kind],
            "about": SUBJECTS[one.subject],
            "settings": shown(one.policy, figures.as_at),
            "needs": [spoken(in_words(need)) for need in one.needs],
            "in_force": dates_in_words(one, policy),
            "silent": _silent(one, policy, figures, _told(figures, "missing")),
            "counts": counts,
            "whys": sorted(why.items(), key=lambda pair: (-pair[1], pair[0])),
            "trend": trend(one.id, figures),
            "first_day": next(iter(known_days(figures)), None),
            "teams": _teams(request, one),
            "mine": _mine(request, one),
            "crumbs": [("Rules", "/rules"), (one.id, None)],
        },
    )


def _teams(request: Asked, one: Rule) -> list[dict[str, Any]]:
    """The teams within reach in the order of their names, with how often the rule is true there."""
    figures = of(request)
    visible = request.door.visible(Thing.TEAM_PAGE, Verb.SEE)
    teams = TeamFigure.objects.visible_to(visible).filter(figures=figures).order_by("name", "team_id")
    names = {team.team_id: team.name for team in teams}
    counts = counts_by_team(one.id, figures.as_at, names)
    return [{"name": name, "counts": counts[team]} for team, name in names.items() if team in counts]


def _mine(request: Asked, one: Rule) -> int | None:
    """How many of its findings are within reach; None for whoever has no list of findings at all."""
    if not request.door.may_list(Thing.FINDING):
        return None
    return int(theirs(request.door, of(request), Thing.FINDING).filter(rule_id=one.id).count())


def find_rule(request: Asked, rule: str) -> Found:
    """The rule that the address names."""
    del request
    if rule not in RULE_BY_ID:
        raise NotThere
    return Found(Target(thing=Thing.RULES), RULE_BY_ID[rule], rule)
