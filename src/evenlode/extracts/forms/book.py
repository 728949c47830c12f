"""Every format whose lists fill several tables, and the layouts by which their lists are recognised."""

from __future__ import annotations

from functools import cache

from evenlode.extracts.forms.annex_a import FORMS as ANNEX_A
from evenlode.extracts.forms.cin_census import FORMS as CIN_CENSUS
from evenlode.extracts.forms.csww import FORMS as CSWW
from evenlode.extracts.forms.dfe_api import FORMS as DFE_API
from evenlode.extracts.forms.form import Form
from evenlode.extracts.forms.ssda903 import FORMS as SSDA903
from evenlode.extracts.headings import plain
from evenlode.extracts.layouts import Layout
from evenlode.extracts.mapping import Mapping

FORMS: tuple[Form, ...] = (*ANNEX_A, *CIN_CENSUS, *CSWW, *SSDA903, *DFE_API)

FORM_OF: dict[str, Form] = {form.list.name: form for form in FORMS}

ONCE: dict[tuple[str, str], str] = {
    (form.source, fill.table): fill.once for form in FORMS for fill in form.fills if fill.once
}
"""Tables of which lists repeat the rows: (source, table) to the column that names a row."""

GAPS: frozenset[tuple[str, str]] = frozenset(
    (form.source, fill.table) for form in FORMS for fill in form.fills if fill.gaps
)
"""Those of them whose rows fill one another's gaps."""


@cache
def list_layouts() -> tuple[Layout, ...]:
    """The lists' own layouts, with their declared headings."""
    return tuple(_layout(form) for form in FORMS)


def _layout(form: Form) -> Layout:
    names: dict[str, str] = {}
    for column in form.list.read_columns:
        for heading in column.source:
            names.setdefault(plain(heading), column.name)
    return Layout(form.source, form.list, names)


def known_lists(mapping: Mapping) -> tuple[Layout, ...]:
    """The lists' layouts with the headings that a council's mapping file adds."""
    own = [layout for layout in list_layouts() if layout.table.name in mapping.headings]
    if not own:
        return list_layouts()
    return tuple(_with_own(layout, mapping) for layout in list_layouts())


def _with_own(layout: Layout, mapping: Mapping) -> Layout:
    added = mapping.headings.get(layout.table.name, {})
    names = dict(layout.names) | {plain(h): column for column, found in added.items() for h in found}
    return Layout(layout.source, layout.table, names)
