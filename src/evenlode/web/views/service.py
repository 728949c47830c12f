"""Service: trends by month and team of one service, or of all of them; counts, no children."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from evenlode.access import Scope, Target, Thing, UnitKind, Verb
from evenlode.measures.measure import Level
from evenlode.web.charts import Team, spread_strip
from evenlode.web.charts.chart import decimals_of
from evenlode.web.council import policy
from evenlode.web.models import Figures, MeasureFigure, MeasureMonth, TeamFigure, UnitRow
from evenlode.web.month_trends import (
    DRAWN,
    MONTHLY,
    Of,
    alarms,
    measure_named,
    month_table,
    months_of,
    recent,
    since_inspection,
    trend,
    unit_of,
    words_of,
)
from evenlode.web.page import Asked, Found, NotThere, of
from evenlode.web.standing_register import register

SPREAD = ("WF-05", "WL-02", "CP-05", "CIN-02")
"""What the teams are looked at side by side on."""
HEADINGS = {
    "WF-05": "Caseload",
    "WL-02": "Utilisation",
    "CP-05": "Protection visits",
    "CIN-02": "Need visits",
}
"""The same in the table of teams, short."""
FIRST = "WF-05"


@dataclass(frozen=True)
class Whole:
    """What a page is about: one service, or every service where `unit` is the council.

    teams: the teams under it, by name.
    """

    unit: str
    name: str
    everything: bool
    teams: list[TeamFigure]

    def of(self, figures: Figures) -> Of:
        """Whose measures they are."""
        if self.everything:
            return Of(Level.COUNCIL, figures.la_code)
        return Of(Level.SERVICE, self.unit)


def own(request: Asked, unit: str) -> HttpResponse:
    """The page of one's own service, or of all of them."""
    everything = request.door.visible(Thing.SERVICE_PAGE, Verb.SEE).widest is Scope.COUNCIL
    return _page(request, unit, everything=everything)


def service(request: Asked, unit: str) -> HttpResponse:
    """The page of one service."""
    return _page(request, unit, everything=False)


class ByTeam(forms.Form):
    """Which measure the table of teams by month shows."""

    measure = forms.ChoiceField(label="Measure", choices=[(m.id, m.name) for m in MONTHLY], required=False)


def _page(request: Asked, unit: str, *, everything: bool) -> HttpResponse:
    figures = of(request)
    whole = _whole(request, unit, everything=everything)
    day_policy = policy().on(figures.as_at)
    series = months_of(whole.of(figures), figures.as_at)
    rises = alarms(series, day_policy)
    months, table = month_table(series)
    form = ByTeam(request.GET)
    chosen = (form.cleaned_data["measure"] if form.is_valid() else "") or FIRST
    spread, beside = _spread(figures, whole)
    inspected, end, then = since_inspection(whole.of(figures), figures, day_policy)
    crumbs = (
        [("Service", "/service"), (whole.name, None)] if not everything and _all_services(request) else None
    )
    return render(
        request,
        "evenlode/service.html",
        {
            "whole": whole,
            "totals": _totals(whole),
            "services": _services(request) if everything else [],
            "alarms": rises,
            "rise_months": day_policy.numbers["rise_months"].normalize(),
            "trends": [
                trend(measure_named(one), series[one])
                for one in DRAWN
                if one in series and one not in {a.measure.id for a in rises}
            ],
            "months": months,
            "table": table,
            "spread": spread,
            "beside": beside,
            "beside_names": [HEADINGS[m] for m in SPREAD],
            "form": ByTeam(initial={"measure": chosen}),
            "chosen": measure_named(chosen),
            "by_team": _by_team(figures, whole, chosen),
            "inspected": inspected,
            "before": end,
            "then": then,
            "crumbs": crumbs,
        },
    )


def _whole(request: Asked, unit: str, *, everything: bool) -> Whole:
    there = TeamFigure.objects.visible_to(request.door.visible(Thing.SERVICE_PAGE, Verb.SEE))
    teams = list(there.filter(figures=of(request)).order_by("name", "team_id"))
    parents = {team.parent_id for team in teams}
    leaves = [team for team in teams if team.team_id not in parents]
    if everything:
        top = next((team.name for team in teams if team.team_id in parents and not team.parent_id), "")
        return Whole(unit, top or "All services", everything=True, teams=leaves)
    name = next((team.name for team in teams if team.team_id == unit), unit)
    under = {unit}
    while more := {team.team_id for team in teams if team.parent_id in under} - under:
        under |= more
    return Whole(unit, name, everything=False, teams=[team for team in leaves if team.team_id in under])


def _totals(whole: Whole) -> dict[str, int]:
    return {
        "teams": len(whole.teams),
        "workers": sum(team.workers for team in whole.teams),
        "children": sum(team.children for team in whole.teams),
        "unallocated": sum(team.unallocated for team in whole.teams),
    }


def _all_services(request: Asked) -> bool:
    return request.door.visible(Thing.SERVICE_PAGE, Verb.SEE).widest is Scope.COUNCIL


def _services(request: Asked) -> list[dict[str, str]]:
    """The services that have a page of their own, by name."""
    del request
    rows = UnitRow.objects.filter(kind=UnitKind.SERVICE, until__isnull=True).order_by("name")
    return [{"name": row.name, "url": reverse("service-of", args=[row.unit_id])} for row in rows]


def _spread(figures: Figures, whole: Whole) -> tuple[list[Any], list[dict[str, Any]]]:
    """The teams side by side: a strip a measure, and the same as a table, in the order of their names."""
    teams = {team.team_id: team for team in whole.teams}
    rows = MeasureFigure.objects.filter(
        figures=figures, level=Level.TEAM, unit_id__in=teams, measure_id__in=SPREAD
    )
    by = {(row.measure_id, row.unit_id): row for row in rows}
    strips = []
    for one in SPREAD:
        there = [Team(t.name, by[one, t.team_id].value) for t in whole.teams if (one, t.team_id) in by]
        if len(there) > 1:
            measure = measure_named(one)
            strips.append(
                {"name": measure.name, "chart": spread_strip(measure.name, there, unit=unit_of(measure))}
            )
    counted = {team for _, team in by}
    places = {one: decimals_of(row.value for (m, _), row in by.items() if m == one) for one in SPREAD}
    table = [
        {
            "team": team,
            "url": _team_url(team.team_id),
            "cells": [_cell(one, by.get((one, team.team_id)), places[one]) for one in SPREAD],
            "unallocated": team.unallocated,
        }
        for team in whole.teams
        if team.team_id in counted or team.children
    ]
    return strips, table


def _cell(measure_id: str, row: MeasureFigure | None, places: int) -> str:
    """A team's figure; a team without a row has nobody whom the measure counts."""
    return words_of(measure_named(measure_id), row, decimals=places) if row else "nobody to count"


def _team_url(team_id: str) -> str:
    """The team's own page, where there is one."""
    try:
        return reverse("team", args=[team_id])
    except NoReverseMatch:
        return ""


def _by_team(figures: Figures, whole: Whole, measure_id: str) -> dict[str, Any]:
    """One measure in each team at each month end, in the order of the teams' names."""
    ids = [team.team_id for team in whole.teams]
    rows = MeasureMonth.objects.filter(
        level=Level.TEAM, unit_id__in=ids, measure_id=measure_id, as_at__lte=figures.as_at
    ).order_by("as_at")
    kept = recent(list(rows), figures.as_at)
    months = sorted({row.as_at for row in kept})
    by = {(row.unit_id, row.as_at): row for row in kept}
    measure = measure_named(measure_id)
    places = decimals_of(row.value for row in kept)
    return {
        "months": months,
        "rows": [
            {
                "name": team.name,
                "cells": [
                    words_of(measure, row, decimals=places)
                    if (row := by.get((team.team_id, month)))
                    else "nobody"
                    for month in months
                ],
            }
            for team in whole.teams
            if any((team.team_id, month) in by for month in months)
        ],
    }


def find_own(request: Asked) -> Found:
    """The service that the reader's own post is in; the council for those who see every service."""
    unit = request.door.unit_id or ""
    standing = register().on(request.door.at.date())
    mine = standing.service_of(unit) or unit
    return Found(Target(thing=Thing.SERVICE_PAGE, unit_id=mine), mine, mine)


def find_service(request: Asked, service: str) -> Found:
    """The service whose id stands in the address."""
    del request
    if not UnitRow.objects.filter(unit_id=service, kind=UnitKind.SERVICE).exists():
        raise NotThere
    return Found(Target(thing=Thing.SERVICE_PAGE, unit_id=service), service, service)
