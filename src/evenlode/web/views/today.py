"""Today: at most twelve lines, and the count of everything else."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render

from evenlode.rules.book import RULE_BY_ID
from evenlode.web.door import standing_figures
from evenlode.web.morning import explanations, late, morning, named, theirs
from evenlode.web.page import Asked
from evenlode.web.people_of import names_of
from evenlode.web.put_right import put_right
from evenlode.web.team_headings import by_team


def today(request: Asked) -> HttpResponse:
    """The morning page of whoever is signed in."""
    figures = request.figures or standing_figures()
    assert figures is not None  # noqa: S101 - the guard has seen to it
    door = request.door
    mine = theirs(door, figures)
    return render(
        request,
        "evenlode/today.html",
        {
            "morning": morning(door, figures),
            "counts": _counts(mine),
            "put_right": put_right(door, figures),
            "explained": _explained(mine, figures, door.at.date()),
            "cannot_tell": mine.filter(status="cannot_tell").count(),
            "teams": by_team(door, figures),
        },
    )


def _counts(mine: object) -> list[dict[str, object]]:
    """Each rule that is true of somebody here, with how many and how many are new."""
    rows = (
        late(mine)
        .order_by()
        .values("rule_id", "who_says_so")
        .annotate(now=Count("pk"), new=Count("pk", filter=_new()))
    )
    found = {row["rule_id"]: row for row in rows}
    return [
        {"rule_id": rule, "name": RULE_BY_ID[rule].name, **found[rule]} for rule in RULE_BY_ID if rule in found
    ]


def _new() -> object:
    from django.db.models import Q  # noqa: PLC0415

    return Q(new=True)


def _explained(mine: object, figures: object, day: object) -> list[dict[str, object]]:
    """What is explained among a person's findings, the next to come back first."""
    holds = explanations(figures, day)  # type: ignore[arg-type]
    names = names_of(figures)  # type: ignore[arg-type]
    subjects = {key[3] for key in holds}
    keys = set(
        late(mine)
        .filter(subject_id__in=subjects)
        .values_list("la_code", "rule_id", "subject_kind", "subject_id", "record_id")
    )
    shown = sorted(
        ((holds[key].until, key) for key in holds if key in keys), key=lambda pair: (pair[0], pair[1])
    )
    return [
        {"whom": named(names, key), "rule": RULE_BY_ID[key[1]].name, "until": until, "why": str(holds[key].reason)}
        for until, key in shown
    ]
