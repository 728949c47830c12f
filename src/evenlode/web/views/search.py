"""Search: children and workers within scope by their names; a name is never part of an address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from evenlode.access import Thing
from evenlode.web.folded import folded
from evenlode.web.lists import Column, Listing, ListPage, reader_of
from evenlode.web.lists.drawn import Shown, drawn
from evenlode.web.models import ChildFigure, WorkerFigure
from evenlode.web.page import Asked, of
from evenlode.web.views.children import CHILD, STATUS, TEAM, WORKER

AT_ONCE = 25
"""So many children, and so many workers, stand on a page of answers."""


class SearchForm(forms.Form):
    """What is looked for."""

    words = forms.CharField(
        label="A child's or a worker's name, or part of it",
        help_text="Accents and capitals do not matter. A child's whole number in the case system is found too.",
        max_length=100,
        error_messages={
            "required": "Type a name, or part of one.",
            "max_length": "Type fewer letters: at most 100.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_words(self) -> str:
        """Two letters at least: one would find nearly everybody."""
        words = str(self.cleaned_data["words"])
        if len(folded(words).replace(" ", "")) < 2:
            raise forms.ValidationError("Type at least two letters.")
        return words


def search(request: Asked) -> HttpResponse:
    """The form, and below it whoever was found."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    around: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        words = form.cleaned_data["words"]
        around |= {"found": True, "groups": [_children(request, words), _workers(request, words)]}
    return render(request, "evenlode/search.html", around, status=422 if form.errors else 200)


def named(rows: QuerySet[Any], words: str, column: str) -> QuerySet[Any]:
    """The rows whose name holds every word, whole or in part, or whose number it is."""
    wanted = Q()
    for word in folded(words).split():
        wanted &= Q(search__contains=word)
    return rows.filter(wanted | Q(**{column: words.strip()}))


def _children(request: Asked, words: str) -> dict[str, Any]:
    visible = request.door.visible(Thing.SEARCH)
    rows = ChildFigure.objects.visible_to(visible).filter(figures=of(request))
    return _group(request, FOUND_CHILDREN, named(rows, words, "child_id"), "children")


def _workers(request: Asked, words: str) -> dict[str, Any]:
    if not request.door.may_list(Thing.WORKER_FIGURES):
        return _group(request, FOUND_WORKERS, WorkerFigure.objects.whole().none(), "workers")
    visible = request.door.visible(Thing.WORKER_FIGURES)
    rows = WorkerFigure.objects.visible_to(visible).filter(figures=of(request), placeholder=False)
    return _group(request, FOUND_WORKERS, named(rows, words, "worker_id"), "workers")


def _group(request: Asked, declared: ListPage, rows: QuerySet[Any], name: str) -> dict[str, Any]:
    one = Listing(declared, rows, reader_of(request.door, of(request)), QueryDict())
    page: Page[Any] = Paginator(one.ordered, AT_ONCE).get_page(request.POST.get(name))
    lines: list[list[Shown]] = [
        [drawn(c, c.reads(row, one.reader), one.reader) for c in declared.columns] for row in page
    ]
    return {"name": name, "list": one, "page": page, "lines": lines}


def _title(row: WorkerFigure, _: Any) -> str:
    return row.title


FOUND_CHILDREN = ListPage(
    name="found-children",
    title="Children",
    noun="child/children",
    columns=(CHILD, STATUS, WORKER, TEAM),
    first=("by_name",),
    none="No child within your scope has that name.",
)
FOUND_WORKERS = ListPage(
    name="found-workers",
    title="Workers",
    noun="worker",
    columns=(
        Column("Worker", "worker", lambda row, reader: reader.worker(row.worker_id)),
        Column("Post", "post", _title),
        Column("Children", "children", lambda row, _: row.children, figure=True),
        Column("Left on", "left", lambda row, _: row.left_on, blank="still here"),
        TEAM,
    ),
    first=("search",),
    none="No worker within your scope has that name.",
)
