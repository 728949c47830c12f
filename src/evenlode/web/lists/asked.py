"""A list as somebody asked for it: narrowed, in order, one page of it, with what the template draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.http import QueryDict

from evenlode.oversight.words import so_many
from evenlode.web.lists.declared import Column, ListPage, Rows
from evenlode.web.lists.drawn import Shown, drawn
from evenlode.web.lists.reader import Reader, with_gathered
from evenlode.web.lists.select import Select

AT_ONCE = 50
"""So many rows stand on a page."""
BAD_CHOICE = "Choose one from the list."


@dataclass(frozen=True)
class Heading:
    """The heading of a column; sorted: "ascending", "descending" or nothing; url: None where nobody can sort by it."""

    label: str
    url: str | None
    sorted: str
    figure: bool


@dataclass
class Listing:
    """One list, as asked for.

    rows: those within the reader's scope, before any choice.  asked: the address' choices.
    """

    declared: ListPage
    rows: Rows
    reader: Reader
    asked: QueryDict
    may_save: bool = False

    @cached_property
    def form(self) -> forms.Form:
        """The choices that narrow the list, as a form asked by GET."""
        form = forms.Form(self.asked, auto_id="by-%s")
        for one in self.declared.filters:
            choices = [("", one.every), *one.choices(self.rows, self.reader)]
            form.fields[one.name] = forms.ChoiceField(
                widget=Select,
                label=one.label,
                choices=choices,
                required=False,
                error_messages={"invalid_choice": BAD_CHOICE},
            )
        if self._sorted:
            form.fields["sort"] = forms.CharField(widget=forms.HiddenInput, required=False)
        return form

    @cached_property
    def chosen(self) -> dict[str, str]:
        """What was chosen, by the filter's name; nothing of it where a choice is none of the list's."""
        if not self.form.is_valid():
            return {}
        return {f.name: value for f in self.declared.filters if (value := self.form.cleaned_data[f.name])}

    @cached_property
    def chosen_in_words(self) -> list[str]:
        """The same as a reader of the file needs it: "Team: Kestrel"."""
        said = []
        for one in self.declared.filters:
            if one.name in self.chosen:
                choices = dict(self.form.fields[one.name].choices)  # type: ignore[attr-defined]
                said.append(f"{one.label}: {choices[self.chosen[one.name]]}")
        return said

    @cached_property
    def narrowed(self) -> Rows:
        """The rows that are left; none where a choice is none of the list's."""
        if not self.form.is_valid():
            return self.rows.none() if isinstance(self.rows, QuerySet) else []
        rows = self.rows
        for one in self.declared.filters:
            if one.name in self.chosen:
                rows = one.narrows(rows, self.chosen[one.name], self.reader)
        return rows

    @cached_property
    def ordered(self) -> Rows:
        """The rows that are left, in the order that was asked for; what is not known stands last."""
        column, down = self._sorted or (None, False)
        keys = [_turned(key, down=down) for key in column.sorts] if column else []
        return in_order(self.narrowed, [*keys, *self.declared.first])

    @cached_property
    def page(self) -> Page[Any]:
        """The page that was asked for; the nearest that there is."""
        whole = self.ordered
        if isinstance(whole, QuerySet):
            whole = whole.values_list("pk", flat=True)
        return Paginator(whole, AT_ONCE).get_page(self.asked.get("page"))

    @property
    def count(self) -> int:
        """How many rows are left."""
        return int(self.page.paginator.count)

    @property
    def count_in_words(self) -> str:
        """The same with its noun."""
        return so_many(self.count, self.declared.noun)

    @property
    def noun(self) -> str:
        """The noun for that many."""
        return self.count_in_words.split(" ", 1)[1]

    @cached_property
    def pages(self) -> list[Any]:
        """The numbers under the list."""
        return list(self.page.paginator.get_elided_page_range(self.page.number))

    @cached_property
    def lines(self) -> list[list[Shown]]:
        """The rows of the page, drawn."""
        found = list(self.page.object_list)
        if isinstance(self.rows, QuerySet):
            kept = {row.pk: row for row in self.rows.filter(pk__in=found).defer(*self.declared.defers)}
            found = [kept[pk] for pk in found if pk in kept]
        reader = self.reader_for(found)
        columns = [c for c in self.declared.columns if c.page]
        return [[drawn(c, c.reads(row, reader), reader) for c in columns] for row in found]

    def reader_for(self, rows: Sequence[Any]) -> Reader:
        """The reader with what the list looks up for these rows."""
        gathers = self.declared.gathers
        return with_gathered(self.reader, gathers(rows, self.reader)) if gathers else self.reader

    @cached_property
    def headings(self) -> list[Heading]:
        """The headings, each with the address of the list in its order."""
        now, down = self._sorted or (None, False)
        return [
            Heading(
                c.heading,
                self.address(sort=f"-{c.name}" if c is now and not down else c.name) if c.sorts else None,
                ("descending" if down else "ascending") if c is now else "",
                c.figure,
            )
            for c in self.declared.columns
            if c.page
        ]

    @property
    def query(self) -> str:
        """The choices and the order, to stand before a page's number."""
        said = urlencode(self._said)
        return f"{said}&" if said else ""

    @property
    def clear_url(self) -> str | None:
        """The list with no choice, where one was made."""
        return "?" if any(f.name in self.asked for f in self.declared.filters) else None

    def address(self, **more: str) -> str:
        """The list with the same choices and something else beside."""
        return f"?{urlencode({**self._said, **more})}"

    @cached_property
    def _said(self) -> dict[str, str]:
        column, down = self._sorted or (None, False)
        order = {"sort": f"{'-' if down else ''}{column.name}"} if column else {}
        return {**self.chosen, **order}

    @cached_property
    def _sorted(self) -> tuple[Column, bool] | None:
        """The column that the list is put in order by, and whether from the largest; None for the order of the list."""
        asked = self.asked.get("sort", "")
        found = next(
            (c for c in self.declared.columns if c.sorts and c.name == asked.removeprefix("-")), None
        )
        return (found, asked.startswith("-")) if found else None


def listing(declared: ListPage, rows: Rows, reader: Reader, asked: QueryDict) -> Listing:
    """A list of these rows as an address asks for it."""
    return Listing(declared, rows, reader, asked)


def _turned(key: str, *, down: bool) -> str:
    if not down:
        return key
    return key.removeprefix("-") if key.startswith("-") else f"-{key}"


def _term(rows: QuerySet[Any], key: str) -> Any:
    """A field of the order; where it may be unknown that stands last, whichever way it goes."""
    name = key.removeprefix("-")
    column = next((f for f in rows.model._meta.concrete_fields if f.name == name), None)  # noqa: SLF001 - Django's own way
    if column is not None and not column.null:
        return key
    return F(name).desc(nulls_last=True) if key.startswith("-") else F(name).asc(nulls_last=True)


def in_order(rows: Rows, keys: Iterable[str]) -> Rows:
    """The rows by these fields, a minus sign before one that goes from the largest; what is not known last."""
    wanted = list(dict.fromkeys(keys))
    if isinstance(rows, QuerySet):
        return rows.order_by(*(_term(rows, key) for key in wanted), "pk")
    found = list(rows)
    for key in reversed(wanted):
        known = [row for row in found if getattr(row, key.removeprefix("-")) is not None]
        unknown = [row for row in found if getattr(row, key.removeprefix("-")) is None]
        known.sort(key=lambda row, k=key: getattr(row, k.removeprefix("-")), reverse=key.startswith("-"))  # type: ignore[misc]
        found = known + unknown
    return found
