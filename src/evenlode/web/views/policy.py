"""Policy: every setting in force with who says so and since when, and what is proposed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from evenlode.access import Target, Thing, Verb
from evenlode.oversight.words import WHO_SAYS_SO
from evenlode.rules.book import RULES
from evenlode.web.council import policy as council_policy
from evenlode.web.models import PolicyProposal, ProposalState
from evenlode.web.page import Asked, Found, NotThere
from evenlode.web.settings_shown import (
    Declared,
    every_setting,
    held_over_time,
    names_of_people,
    shown,
    themes,
)

CHANGED = (("yes", "Changed by the council"), ("later", "With a change to come"))
LATEST = 20


class Narrowing(forms.Form):
    """What narrows the list of settings."""

    theme = forms.ChoiceField(label="About", required=False)
    says = forms.ChoiceField(
        label="Who says so",
        required=False,
        choices=[("", "Anybody"), *((str(a), words) for a, words in WHO_SAYS_SO.items())],
    )
    changed = forms.ChoiceField(label="Changed", required=False, choices=[("", "All settings"), *CHANGED])
    words = forms.CharField(label="With the words", required=False, max_length=60)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        there = {one.theme for one in every_setting().values()}
        self.fields["theme"].choices = [  # type: ignore[attr-defined]
            ("", "Everything"),
            *((theme, theme) for theme in themes() if theme in there),
        ]


def policy(request: Asked) -> HttpResponse:
    """The settings in force today, by theme."""
    day = request.door.at.date()
    form = Narrowing(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    to_come = coming(day)
    rows = [one for one in shown(every_setting(), day) if _wanted(one, asked, to_come)]
    found = [
        {
            "theme": theme,
            "rows": [
                {"shown": s, "later": to_come.get(s.declared.key)} for s in rows if s.declared.theme == theme
            ],
        }
        for theme in themes()
    ]
    filtered = any(asked.values())
    return render(
        request,
        "evenlode/policy.html",
        {
            "form": form,
            "filtered": filtered,
            "opened": filtered and len(rows) <= 60,
            "themes": [one for one in found if one["rows"]],
            "day": day,
            "count": len(rows),
            "every": len(every_setting()),
            "open": proposals(PolicyProposal.objects.filter(state=ProposalState.PROPOSED)),
            "decided": proposals(PolicyProposal.objects.exclude(state=ProposalState.PROPOSED))[:LATEST],
            "may_propose": request.door.may(Verb.RECORD, Target(thing=Thing.POLICY, reason_given=True)),
        },
    )


def _wanted(one: Any, asked: dict[str, str], to_come: dict[str, Any]) -> bool:
    declared = one.declared
    text = f"{declared.label} {declared.name} {declared.meaning} {declared.source}".casefold()
    return (
        asked.get("theme", "") in {"", declared.theme}
        and asked.get("says", "") in {"", declared.authority}
        and (
            not asked.get("changed")
            or (asked["changed"] == "yes" and one.changed)
            or (asked["changed"] == "later" and declared.key in to_come)
        )
        and all(word in text for word in asked.get("words", "").casefold().split())
    )


def coming(day: Any) -> dict[str, Any]:
    """The settings that change after a day by the policy file, each with what it will be and from when."""
    if not council_policy().later:
        return {}
    found = {}
    for key, one in every_setting().items():
        later = next((h for h in held_over_time(one) if h.since is not None and h.since > day), None)
        if later is not None:
            found[key] = later
    return found


def proposals(rows: Any) -> list[dict[str, Any]]:
    """Proposals as a list shows them, the newest first."""
    found = list(rows.order_by("-asked_at", "-pk")[:LATEST])
    people = names_of_people(p for row in found for p in (row.by, row.decided_by))
    declared = every_setting()
    return [
        {
            "row": row,
            "label": declared[row.setting].label if row.setting in declared else row.setting,
            "by": people.get(row.by, row.by),
            "decided_by": people.get(row.decided_by, row.decided_by),
        }
        for row in found
    ]


def setting(request: Asked, one: Declared) -> HttpResponse:
    """One setting: what it means, every value that it has had and will have, the rules that go by it."""
    day = request.door.at.date()
    [now] = shown([one.key], day)
    return render(
        request,
        "evenlode/setting.html",
        {
            "setting": now,
            "held": held_over_time(one),
            "day": day,
            "rules": [r for r in RULES if one.name in r.policy and one.section not in {"workload", "tariff"}],
            "proposals": proposals(PolicyProposal.objects.filter(setting=one.key)),
            "may_propose": request.door.may(Verb.RECORD, Target(thing=Thing.POLICY, reason_given=True)),
            "crumbs": [("Policy", "/policy"), (one.label, None)],
        },
    )


def find_setting(request: Asked, setting: str) -> Found:
    """The setting that the address names."""
    one = every_setting().get(setting)
    if one is None:
        raise NotThere
    return Found(
        Target(thing=Thing.POLICY, reason_given=bool(request.POST.get("reason", "").strip())), one, setting
    )
