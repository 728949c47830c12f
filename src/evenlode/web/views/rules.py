"""Rules: what is asked of every child and worker, in plain words, and how often it is true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from evenlode.access import Target, Thing, Verb
from evenlode.policy import Policy
from evenlode.rules.book import RULE_BY_ID, RULES
from evenlode.rules.in_force import dates_in_words, why_not
from evenlode.rules.missing import in_words
from evenlode.rules.rule import Rule
from evenlode.web.council import policy as council_policy
from evenlode.web.models import Figures, FindingFigure, TeamFigure
from evenlode.web.page import Asked, Found, NotThere, of
from evenlode.web.rule_counts import Counts, counts_by_team, counts_on, known_days, trend
from evenlode.web.rule_themes import THEMES, theme_of
from evenlode.web.settings_shown import AUTHORITY, shown, spoken
from evenlode.web.sorting import headings, in_order, paged

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


class Narrowing(forms.Form):
    """What narrows the list of rules."""

    theme = forms.ChoiceField(
        label="About", required=False, choices=[("", "Everything"), *((t, t) for t in THEMES)]
    )
    says = forms.ChoiceField(
        label="Who says so", required=False, choices=[("", "Anybody"), *AUTHORITY.items()]
    )
    now = forms.ChoiceField(label="Now", required=False, choices=[("", "All rules"), *ACTIVE])
    words = forms.CharField(label="With the words", required=False, max_length=60)


COLUMNS = (
    ("rule", "Rule", ""),
    ("theme", "About", "theme"),
    ("says", "Who says so", "who_says_so"),
    ("found", "Found now", "late"),
    ("soon", "Due soon", "due_soon"),
    ("unsure", "Cannot tell", "cannot_tell"),
)


def rules(request: Asked) -> HttpResponse:
    """Every rule with how often it is true."""
    figures = of(request)
    form = Narrowing(request.GET or None)
    rows = [row for row in _rows(figures) if _wanted(row, form)]
    order = request.GET.get("sort", "")
    ordered = in_order(rows, order, {name: field for name, _, field in COLUMNS if field})
    return render(
        request,
        "evenlode/rules.html",
        {
            "form": form if form.is_bound else Narrowing(),
            **paged(request, ordered),
            "every": len(RULES),
            "headings": headings(request, COLUMNS, figures_from=3),
            "filtered": form.is_bound and any(form.data.get(n) for n in form.fields),
            "since": figures.before,
        },
    )


def _rows(figures: Figures) -> list[Row]:
    now, before = counts_on(figures.as_at), counts_on(figures.before)
    policy = council_policy().on(figures.as_at)
    missing = _told(figures, "missing")
    return [
        Row(
            rule,
            theme_of(rule.id),
            AUTHORITY[rule.kind],
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


def _wanted(row: Row, form: Narrowing) -> bool:
    if not form.is_bound or not form.is_valid():
        return True
    asked = form.cleaned_data
    words = asked["words"].casefold().split()
    text = f"{row.rule.id} {row.rule.name} {row.rule.question}".casefold()
    states = {
        "": True,
        "found": row.late > 0,
        "soon": row.due_soon > 0,
        "unsure": row.cannot_tell > 0,
        "silent": bool(row.silent),
    }
    return (
        asked["theme"] in {"", row.theme}
        and asked["says"] in {"", str(row.rule.kind)}
        and states[asked["now"]]
        and all(word in text for word in words)
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
            "who_says_so": AUTHORITY[one.kind],
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
    door, figures = request.door, of(request)
    if not door.may_list(Thing.FINDING):
        return None
    wanted = FindingFigure.within(door.visible(Thing.FINDING))
    if door.may_list(Thing.WORKER_FIGURES):
        wanted |= FindingFigure.of_workers(door.visible(Thing.WORKER_FIGURES))
    if door.may_list(Thing.TEAM_PAGE, Verb.SEE):
        wanted |= FindingFigure.of_units(door.visible(Thing.TEAM_PAGE, Verb.SEE))
    rows = FindingFigure.objects.whole().filter(figures=figures, rule_id=one.id).filter(wanted)
    return int(rows.count())


def find_rule(request: Asked, rule: str) -> Found:
    """The rule that the address names."""
    del request
    if rule not in RULE_BY_ID:
        raise NotThere
    return Found(Target(thing=Thing.RULES), RULE_BY_ID[rule], rule)
