"""Who has which post and account, and the asking and agreeing behind each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from evenlode.access import Role, Target, Thing, Verb
from evenlode.web.form_look import DayField
from evenlode.web.granting import agree_to_post, ask_for_post, cut_off, end_post, let_back, refuse_post
from evenlode.web.models import Account, PersonRow, PostRow, UnitRow
from evenlode.web.page import Asked, Found, NotThere, must
from evenlode.web.views.whole_tables import has_to_do

AT_ONCE = 50


def people(request: Asked) -> HttpResponse:
    """Everybody with a post in a unit within reach, by name; and what waits for somebody to agree."""
    visible = request.door.visible(Thing.PEOPLE)
    today = request.door.at.date()
    running = (Q(until__isnull=True) | Q(until__gt=today)) & Q(since__lte=today)
    posts = PostRow.objects.filter(running).exclude(approved_by="")
    if not visible.everything:
        posts = posts.filter(unit_id__in=visible.units)
    wanted = PersonRow.objects.filter(Q(pk__in=posts.values("person_id")) | _without_post(visible.everything))
    page = Paginator(wanted.order_by("name", "person_id"), AT_ONCE).get_page(request.GET.get("page"))
    shown = [p.person_id for p in page]
    units = _units()
    theirs: dict[str, list[str]] = {}
    for post in posts.filter(person_id__in=shown).order_by("role"):
        theirs.setdefault(post.person_id, []).append(f"{post.role}, {units.get(post.unit_id, post.unit_id)}")
    accounts = set(
        Account.objects.filter(person_id__in=shown, is_active=True).values_list("person_id", flat=True)
    )
    return render(
        request,
        "evenlode/access/people.html",
        {
            "page": page,
            "pages": page.paginator.get_elided_page_range(page.number),
            "rows": [
                {"person": p, "posts": theirs.get(p.person_id, []), "account": p.person_id in accounts}
                for p in page
            ],
            "waiting": _waiting(request, units),
            "may_keys": request.door.may_list(Thing.API_TOKEN),
            "may_closed": request.door.may_list(Thing.RESTRICTION_REGISTER),
            "may_take": has_to_do(request.door),
        },
    )


def _without_post(everything: bool) -> Q:
    return Q(account__isnull=False) if everything else Q(pk__in=[])


def _units() -> dict[str, str]:
    return dict(UnitRow.objects.filter(until__isnull=True).values_list("unit_id", "name"))


def _waiting(request: Asked, units: dict[str, str]) -> list[dict[str, Any]]:
    """Posts that were asked for and that nobody has agreed to: those that the reader may decide."""
    rows = PostRow.objects.filter(approved_by="", refused_at__isnull=True).select_related("person")
    names = dict(PersonRow.objects.values_list("person_id", "name")) if rows else {}
    found = []
    for row in rows:
        target = Target(
            thing=Thing.ROLE_GRANT, unit_id=row.unit_id, person_id=row.person_id, asked_by=row.asked_by
        )
        may = request.door.may(Verb.APPROVE, target)
        if may or row.asked_by == request.door.person_id:
            own = request.door.person_id in {row.asked_by, row.person_id}
            found.append(
                {
                    "row": row,
                    "unit": units.get(row.unit_id, row.unit_id),
                    "asker": names.get(row.asked_by, row.asked_by),
                    "may": may and not own,
                }
            )
    return found


def find_person(thing: Thing, verb: Verb) -> Any:
    """The person whose id stands in the address, decided on by the unit of their post that the reader reaches."""

    def find(request: Asked, person: str) -> Found:
        row = PersonRow.objects.filter(pk=person).first()
        if row is None:
            raise NotThere
        reach = request.door.visible(thing, verb)
        units = [p.unit_id for p in request.door.register.on(request.door.at.date()).posts.get(person, [])]
        unit = next((u for u in units if u in reach.units), units[0] if units else "council")
        return Found(Target(thing=thing, unit_id=unit, person_id=person), row, person)

    return find


def person(request: Asked, row: PersonRow) -> HttpResponse:
    """One person: their posts past and present, their account, and what may be done."""
    units = dict(UnitRow.objects.order_by("since").values_list("unit_id", "name"))
    names = dict(PersonRow.objects.values_list("person_id", "name"))
    today = request.door.at.date()
    posts = [
        {
            "row": p,
            "unit": units.get(p.unit_id, p.unit_id),
            "asker": names.get(p.asked_by, p.asked_by),
            "approver": names.get(p.approved_by, p.approved_by),
            "holds": bool(p.approved_by) and p.since <= today and (p.until is None or p.until > today),
        }
        for p in row.posts.order_by("-since", "pk")
    ]
    change = Target(thing=Thing.PEOPLE, unit_id="council", person_id=row.person_id)
    return render(
        request,
        "evenlode/access/person.html",
        {
            "row": row,
            "posts": posts,
            "account": Account.objects.filter(person=row).first(),
            "may_change": request.door.may(Verb.CHANGE, change) and row.person_id != request.door.person_id,
            "may_ask": request.door.may_list(Thing.ROLE_GRANT, Verb.RECORD)
            and row.person_id != request.door.person_id,
            "crumbs": [("People and access", reverse("people")), (row.name, "")],
        },
    )


class PostForm(forms.Form):
    """A role that somebody is to have."""

    role = forms.ChoiceField(label="Role", choices=[(str(r), str(r).capitalize()) for r in Role])
    unit = forms.ChoiceField(label="In which team or service")
    since = DayField(label="From")
    until = DayField(label="Until (leave blank where no end is known)", required=False)

    def __init__(self, *args: Any, request: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = request.door.visible(Thing.ROLE_GRANT, Verb.RECORD)
        rows = UnitRow.objects.filter(until__isnull=True).order_by("name")
        if not reach.everything:
            rows = rows.filter(unit_id__in=reach.units)
        self.fields["unit"].choices = [(u.unit_id, u.name) for u in rows]  # type: ignore[attr-defined]


def find_grant(request: Asked, person: str) -> Found:
    """The person for whom a post is asked, in the unit that the form names."""
    row = PersonRow.objects.filter(pk=person).first()
    if row is None:
        raise NotThere
    reach = request.door.visible(Thing.ROLE_GRANT, Verb.RECORD)
    unit = request.POST.get("unit") or next(iter(sorted(reach.units)), "council")
    return Found(Target(thing=Thing.ROLE_GRANT, unit_id=unit, person_id=person), row, person)


def grant(request: Asked, row: PersonRow) -> HttpResponse:
    """Asks for a post for somebody else."""
    form = PostForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        must(request)
        said = form.cleaned_data
        try:
            ask_for_post(
                row,
                role=Role(said["role"]),
                unit_id=said["unit"],
                since=said["since"],
                until=said["until"],
                by=request.door.person_id,
                at=request.door.at,
            )
        except ValueError as fault:
            form.add_error("until", str(fault))
        else:
            messages.success(request, "Asked for. Somebody else has to agree before it holds.")
            return redirect("person", person=row.person_id)
    crumbs = [
        ("People and access", reverse("people")),
        (row.name, reverse("person", args=[row.person_id])),
        ("Ask for a post", ""),
    ]
    return render(
        request,
        "evenlode/access/grant.html",
        {"form": form, "row": row, "crumbs": crumbs},
        status=422 if form.errors else 200,
    )


def find_asked(_: Asked, number: int) -> Found:
    """The post that waits for a second person."""
    row = PostRow.objects.filter(pk=number, approved_by="", refused_at__isnull=True).first()
    if row is None:
        raise NotThere
    target = Target(
        thing=Thing.ROLE_GRANT, unit_id=row.unit_id, person_id=row.person_id, asked_by=row.asked_by
    )
    return Found(target, row, row.person_id)


def decide_post(request: Asked, row: PostRow) -> HttpResponse:
    """Agrees to a post, or refuses it."""
    must(request)
    if request.POST.get("answer") == "agree":
        agree_to_post(row, by=request.door.person_id, at=request.door.at)
        messages.success(request, "Agreed: the post holds.")
    else:
        refuse_post(row, by=request.door.person_id, at=request.door.at)
        messages.success(request, "Refused: nothing has changed.")
    return redirect("people")


def find_post(_: Asked, number: int) -> Found:
    """A post that is to end."""
    row = PostRow.objects.filter(pk=number, until__isnull=True).exclude(approved_by="").first()
    if row is None:
        raise NotThere
    return Found(Target(thing=Thing.PEOPLE, unit_id=row.unit_id, person_id=row.person_id), row, row.person_id)


def end_one(request: Asked, row: PostRow) -> HttpResponse:
    """Ends a post today."""
    must(request)
    end_post(row, on=timezone.localdate(request.door.at))
    messages.success(request, "The post has ended.")
    return redirect("person", person=row.person_id)


def find_cut(_: Asked, person: str) -> Found:
    """The person who is to be cut off or let back."""
    row = PersonRow.objects.filter(pk=person).first()
    if row is None:
        raise NotThere
    return Found(Target(thing=Thing.PEOPLE, unit_id="council", person_id=person), row, person)


def cut(request: Asked, row: PersonRow) -> HttpResponse:
    """Cuts somebody off at once, or lets them back."""
    must(request)
    if request.POST.get("answer") == "back":
        let_back(row)
        messages.success(request, "They can sign in again.")
    else:
        cut_off(row, at=request.door.at)
        messages.success(request, "Cut off: their next request is refused.")
    return redirect("person", person=row.person_id)
