"""Today: at most twelve lines, and the count of everything else."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from evenlode.access import Scope, Thing, Visible
from evenlode.oversight.names import Names
from evenlode.rules.book import RULE_BY_ID
from evenlode.rules.rule import Status
from evenlode.web.linked import parts
from evenlode.web.models import Figures
from evenlode.web.morning import explanations, late, morning, named, theirs
from evenlode.web.page import Asked, of
from evenlode.web.people_of import names_of
from evenlode.web.put_right import put_right
from evenlode.web.refs import ref_of
from evenlode.web.team_headings import by_team
from evenlode.web.themes import by_theme

LARGEST = 10
"""So many counts stand beside the lines; the others are behind a word."""


def today(request: Asked) -> HttpResponse:
    """The morning page of whoever is signed in."""
    figures = of(request)
    door = request.door
    mine = theirs(door, figures)
    page = morning(door, figures)
    return render(
        request,
        "evenlode/today.html",
        {
            "morning": page,
            "groups": [_drawn(group, figures, door.visible(Thing.WORKER_FIGURES)) for group in page.groups],
            **_beside(_counts(mine)),
            "put_right": put_right(door, figures),
            "explained": _explained(mine, figures, door.at.date()),
            "cannot_tell_url": f"{reverse('findings')}?state=unknown" if door.may_list(Thing.FINDING) else "",
            "cannot_tell": mine.filter(status=Status.CANNOT_TELL).count(),
            "teams": by_team(door, figures),
        },
    )


def _drawn(group: dict[str, Any], figures: Figures, workers: Visible) -> dict[str, Any]:
    """A heading with its lines as the template draws them: names are links where the reader may follow them."""
    names = names_of(figures)
    lines = [_line(line, figures, names, workers) for line in group["lines"]]
    return {**group, "lines": lines, "every": len(lines) + group["more"]}


def _line(line: dict[str, Any], figures: Figures, names: Names, workers: Visible) -> dict[str, Any]:
    la = figures.la_code
    links: dict[str, str] = {}
    for child_id in line["children"]:
        of_child = names.children.get((la, child_id))
        url = reverse("child", args=[ref_of("child", child_id)])
        links[names.child((la, child_id))] = url
        if of_child and of_child.forename and len(line["children"]) > 1:
            links[of_child.forename] = url
    if line["key"] and line["key"][2] == "team":
        links[names.team((la, line["key"][3]))] = reverse("team", args=[line["key"][3]])
    about_worker = line["key"][3] if line["key"] and line["key"][2] == "worker" else line["worker"]
    if about_worker and workers.worker(about_worker)[1] is not Scope.NONE:
        links[names.worker((la, about_worker))] = reverse("worker", args=[ref_of("worker", about_worker)])
    why = ", ".join(part for part in (line["who_says_so"], ", ".join(line["rules"])) if part)
    first = next(iter(links.items()), None)
    return {
        "parts": parts(line["text"], links),
        "new": line["new"],
        "why": f"{why}. {line['sum']}" if line["sum"] else why and f"{why}.",
        "state": {"shape": line["shape"], "words": line["state"], "when": line["when"]}
        if line["state"]
        else None,
        "actions": [{"label": line["action"], "about": first[0], "url": first[1]}]
        if first and line["action"]
        else [],
    }


def _counts(mine: Any) -> list[dict[str, Any]]:
    """Each rule that is true of somebody here, with how many and how many are new."""
    rows = (
        late(mine)
        .order_by()
        .values("rule_id", "who_says_so")
        .annotate(now=Count("pk"), new=Count("pk", filter=Q(new=True)))
    )
    found = {row["rule_id"]: row for row in rows}
    address = reverse("findings")
    return [
        {"name": rule.name, "url": f"{address}?rule={rule_id}&state=late", **found[rule_id]}
        for rule_id, rule in RULE_BY_ID.items()
        if rule_id in found
    ]


def _beside(counts: list[dict[str, Any]]) -> dict[str, Any]:
    """The largest counts, the largest first, and the others by theme for whoever opens them."""
    largest = sorted(counts, key=lambda row: -row["now"])[:LARGEST]
    others = [row for row in counts if row not in largest]
    return {"counts": largest, "others": by_theme(others), "other_rules": len(others)}


def _explained(mine: Any, figures: Figures, day: date) -> list[dict[str, Any]]:
    """What is explained among a person's findings, the next to come back first."""
    holds = explanations(figures, day)
    if not holds:
        return []
    names = names_of(figures)
    keys = set(
        late(mine)
        .filter(subject_id__in={key[3] for key in holds})
        .values_list("la_code", "rule_id", "subject_kind", "subject_id", "record_id")
    )
    shown = sorted((holds[key].until, key) for key in holds if key in keys)
    return [
        {
            "whom": named(names, key),
            "rule": RULE_BY_ID[key[1]].name,
            "until": until,
            "why": str(holds[key].reason),
        }
        for until, key in shown
    ]
