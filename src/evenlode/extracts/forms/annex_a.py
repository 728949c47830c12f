"""Ofsted's Annex A: what each list fills in the record, and what it cannot tell.

One row a child, worker and team by name, newest dates only (extract-formats.md section 3).  No list tells
when a worker was allocated, when a child in need plan began, or whether a looked-after child was seen at
a visit: those stay unknown, and rules that lean on them cannot tell.
"""

from __future__ import annotations

from evenlode.extracts.forms.annex_a_care import CARE
from evenlode.extracts.forms.annex_a_need import NEED

FORMS = (*NEED, *CARE)
