"""The pages on which a load is changed by hand: each shows its effect before anything is saved."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.signing import Signer
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from evenlode.access import Target, Thing
from evenlode.oversight.words import so_many
from evenlode.web.by_hand_shown import hours_words, weight_words
from evenlode.web.council import policy
from evenlode.web.door import child_by_id
from evenlode.web.load_by_hand import (
    ChangedMeanwhile,
    end_hours,
    end_weight,
    record_hours,
    record_weight,
)
from evenlode.web.load_effect import Effect, effect_on
from evenlode.web.load_forms import EndForm, HoursForm, WeightForm
from evenlode.web.models import CapacityRow, ChildFigure, WeightRow, WorkerFigure
from evenlode.web.page import Asked, Found, NotThere, must, of
from evenlode.web.people_of import names_of
from evenlode.web.writing.again import judged_on, workers_with
from evenlode.web.writing.by_hand import ByHand, holding_on
from evenlode.workload.workers import plain

Said = dict[str, Any]
CHANGED = (
    "Somebody else changed or ended this meanwhile. Nothing was changed by you: look at what stands now."
)


@dataclass(frozen=True)
class OfWorker:
    """A worker, with what is recorded about their hours where the address names that."""

    worker: WorkerFigure
    row: CapacityRow | None = None


@dataclass(frozen=True)
class OfChild:
    """A child, with what is recorded about their weight where the address names that."""

    child: ChildFigure
    row: WeightRow | None = None


@dataclass(frozen=True)
class Effects:
    """What would follow: for the workers whose figures the reader may see, and how many others there are."""

    seen: tuple[Effect, ...]
    others: int = 0

    @property
    def others_in_words(self) -> str:
        """The others, counted."""
        return so_many(self.others, "other worker") if self.others else ""


@dataclass(frozen=True)
class Task:
    """One of the pages: its words, its form, what would follow, and what saves it."""

    heading: str
    lead: str
    form: Any
    effects: Callable[[Said], Effects]
    save: Callable[[Said, str], str]
    back: str
    button: str = "Save"
    number: str = ""
    at_once: bool = False


def find_worker(request: Asked, ref: str) -> Found:
    """The worker whom the address names."""
    row = WorkerFigure.objects.whole().filter(figures=of(request), ref=ref).first()
    if row is None:
        raise NotThere
    return _found_worker(request, OfWorker(row), "reason")


def find_hours(request: Asked, number: str) -> Found:
    """The worker of something recorded about hours; to end it a reason is asked for under another name."""
    kept = CapacityRow.objects.whole().filter(number=number, ended_at__isnull=True).first()
    row = kept and WorkerFigure.objects.whole().filter(figures=of(request), worker_id=kept.worker_id).first()
    if not kept or not row:
        raise NotThere
    return _found_worker(request, OfWorker(row, kept), "reason" if "hours" in request.POST else "why")


def _found_worker(request: Asked, named: OfWorker, reason: str) -> Found:
    worker_id = named.worker.worker_id
    said = bool(request.POST.get(reason, "").strip())
    target = Target(thing=Thing.CAPACITY_PERIOD, worker_id=worker_id, reason_given=said)
    return Found(target, named, worker_id)


def find_child(request: Asked, ref: str) -> Found:
    """The child whom the address names."""
    child = ChildFigure.objects.whole().filter(figures=of(request), ref=ref).first()
    if child is None:
        raise NotThere
    return _found_child(request, OfChild(child), "reason")


def find_weight(request: Asked, number: str) -> Found:
    """The child of something recorded about a weight."""
    kept = WeightRow.objects.whole().filter(number=number, ended_at__isnull=True).first()
    row = kept and ChildFigure.objects.whole().filter(figures=of(request), child_id=kept.child_id).first()
    if not kept or not row:
        raise NotThere
    return _found_child(request, OfChild(row, kept), "reason" if "points" in request.POST else "why")


def _found_child(request: Asked, named: OfChild, reason: str) -> Found:
    child = child_by_id(of(request), named.child.child_id)
    said = bool(request.POST.get(reason, "").strip())
    return Found(Target(thing=Thing.CASE_WEIGHT, child=child, reason_given=said), named, named.child.child_id)


def hours(request: Asked, named: OfWorker) -> HttpResponse:
    """Records hours that are not there for children's cases, or changes what stands."""
    figures, worker, old = of(request), named.worker, named.row
    if worker.worker_id == request.door.worker_id:
        raise NotThere
    today = timezone.localdate(request.door.at)
    initial: Said = {"since": today}
    if old:
        initial = {
            "reason": f"{old.kind}: {old.reason}",
            "hours": plain(old.hours),
            "since": old.since,
            "until": old.until,
        }
    full_time = policy().on(figures.as_at).numbers["full_time_hours"]
    form = HoursForm(
        request.POST or None,
        initial=initial,
        today=today,
        worker_id=worker.worker_id,
        name=worker.name,
        weekly=full_time * (Decimal(1) if worker.fte is None else worker.fte),
        number=old.number if old else "",
    )

    def effects(said: Said) -> Effects:
        return hours_effect(request, worker, old, said["hours"], said["since"])

    def save(said: Said, number: str) -> str:
        record_hours(
            figures,
            worker_id=worker.worker_id,
            number=number,
            kind=said["kind"],
            reason=said["words"],
            hours=said["hours"],
            since=said["since"],
            until=said["until"],
            by=request.door.person_id,
            at=request.door.at,
            instead_of=old,
        )
        return f"Recorded until {_words(said['until'])}."

    return _answered(
        request,
        Task(
            "Change what is recorded about hours" if old else "Fewer hours, or an extra duty",
            "Hours that are not there for children's cases take the same part of the worker's capacity. "
            f"A full week counts as {plain(full_time)} hours, which is a setting of the council. "
            "What is recorded is there for the worker to read.",
            form,
            effects,
            save,
            reverse("worker", args=[worker.ref]),
            number=old.number if old else "",
        ),
        worker.name,
    )


def hours_end(request: Asked, named: OfWorker) -> HttpResponse:
    """Ends what stands about a worker's hours."""
    figures, worker, old = of(request), named.worker, named.row
    if old is None or worker.worker_id == request.door.worker_id:
        raise NotThere

    def save(said: Said, _: str) -> str:
        end_hours(figures, old, why=said["why"], by=request.door.person_id, at=request.door.at)
        return "Ended. What was recorded stays to be read."

    return _answered(
        request,
        Task(
            "End what is recorded about hours",
            f"{hours_words(old)}: {old.reason}, from {_words(old.since)} to {_words(old.until)}.",
            EndForm(request.POST or None),
            lambda _: hours_effect(request, worker, old, Decimal(0), old.since),
            save,
            reverse("worker", args=[worker.ref]),
            button="End it now",
            number=old.number,
            at_once=True,
        ),
        worker.name,
    )


def weight(request: Asked, named: OfChild) -> HttpResponse:
    """Records how many points more or fewer a child weighs, or changes what stands."""
    figures, child, old = of(request), named.child, named.row
    today = timezone.localdate(request.door.at)
    initial: Said = {"since": today}
    if old:
        initial = {"points": plain(old.points), "reason": old.reason, "since": old.since, "until": old.until}
    form = WeightForm(
        request.POST or None,
        initial=initial,
        today=today,
        child_id=child.child_id,
        number=old.number if old else "",
    )

    def save(said: Said, number: str) -> str:
        record_weight(
            figures,
            child_id=child.child_id,
            number=number,
            points=said["points"],
            reason=said["reason"],
            since=said["since"],
            until=said["until"],
            by=request.door.person_id,
            at=request.door.at,
            instead_of=old,
        )
        return f"Recorded until {_words(said['until'])}."

    return _answered(
        request,
        Task(
            "Change what is recorded about the weight" if old else "Change what this child's case weighs",
            f"By the tariff the case weighs {_points(child)} points. You may count up to 2 points more or fewer, "
            "for a time and with a reason. It counts for whoever leads the child or works beside them.",
            form,
            lambda said: weight_effect(request, child, said["points"], said["since"]),
            save,
            reverse("child", args=[child.ref]),
            number=old.number if old else "",
        ),
        names_of(figures).child((figures.la_code, child.child_id)),
    )


def weight_end(request: Asked, named: OfChild) -> HttpResponse:
    """Ends what stands about the weight of a child's case."""
    figures, child, old = of(request), named.child, named.row
    if old is None:
        raise NotThere

    def save(said: Said, _: str) -> str:
        end_weight(figures, old, why=said["why"], by=request.door.person_id, at=request.door.at)
        return "Ended. What was recorded stays to be read."

    return _answered(
        request,
        Task(
            "End what is recorded about the weight",
            f"{weight_words(old)}: {old.reason} From {_words(old.since)} to {_words(old.until)}.",
            EndForm(request.POST or None),
            lambda _: weight_effect(request, child, None, old.since),
            save,
            reverse("child", args=[child.ref]),
            button="End it now",
            number=old.number,
            at_once=True,
        ),
        names_of(figures).child((figures.la_code, child.child_id)),
    )


def hours_effect(
    request: Asked, worker: WorkerFigure, old: CapacityRow | None, hours: Decimal, since: date
) -> Effects:
    """What so many hours would make of the worker's load, in place of what stands (`old`)."""
    figures = of(request)
    day = max(judged_on(figures, request.door.at), since)
    now = holding_on(day, {worker.worker_id})
    before = now.hours.get(worker.worker_id, Decimal(0))
    gone = old.hours if old and old.holds(day) else Decimal(0)
    then = ByHand({worker.worker_id: before - gone + hours}, now.more)
    return Effects((effect_on(figures, worker, now, then),))


def weight_effect(request: Asked, child: ChildFigure, points: Decimal | None, since: date) -> Effects:
    """What so many points would make of the loads in which the child stands; None: nothing recorded."""
    figures, door = of(request), request.door
    ids = workers_with(figures, child.child_id)
    now = holding_on(max(judged_on(figures, door.at), since), ids)
    more = {key: value for key, value in now.more.items() if key != child.child_id}
    then = ByHand(now.hours, {**more, child.child_id: points} if points else more)
    rows = WorkerFigure.objects.visible_to(door.visible(Thing.WORKER_FIGURES))
    seen = list(rows.filter(figures=figures, worker_id__in=ids).order_by("name", "worker_id"))
    return Effects(tuple(effect_on(figures, row, now, then) for row in seen), len(ids) - len(seen))


def _answered(request: Asked, task: Task, name: str) -> HttpResponse:
    """The form; its effect, once it can be worked out; and the saving of just what was shown."""
    number = task.number or request.POST.get("number", "") or uuid.uuid4().hex
    form, effects, seen, stale = task.form, None, "", False
    if task.at_once or (request.method == "POST" and form.is_valid()):
        effects = task.effects(form.cleaned_data if form.is_bound and form.is_valid() else {})
        seen = _sign(number, {} if task.at_once else form.cleaned_data, effects)
    if request.method == "POST" and form.is_valid() and "save" in request.POST:
        if constant_time_compare(request.POST.get("seen", ""), seen):
            return _saved(request, task, number)
        stale = True
    return render(
        request,
        "evenlode/load_by_hand.html",
        {
            "task": task,
            "form": form,
            "name": name,
            "effects": effects,
            "seen": seen,
            "number": number,
            "stale": stale,
            "crumbs": [(name, task.back), (task.heading, "")],
        },
        status=422 if form.errors else 200,
    )


def _saved(request: Asked, task: Task, number: str) -> HttpResponse:
    must(request)
    try:
        messages.success(request, task.save(task.form.cleaned_data, number))
    except ChangedMeanwhile:
        messages.error(request, CHANGED)
    return redirect(task.back)


def _sign(number: str, said: Said, effects: Effects) -> str:
    """What was shown, so that exactly that is saved: another value or another load is shown again first."""
    values = [f"{key}={said[key]}" for key in sorted(said)]
    return Signer(salt="load by hand").signature(
        "\n".join([number, *values, *(e.told for e in effects.seen)])
    )


def _points(child: ChildFigure) -> str:
    return "no" if child.points is None else plain(child.points)


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
