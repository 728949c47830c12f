"""The load before, read back from what was written of it, so that a new one can be compared with it."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from evenlode.oversight.finding import Key
from evenlode.rules.results import FOUND_SCHEMA, Evaluation
from evenlode.rules.rule import Status
from evenlode.web.models import Figures, FindingFigure
from evenlode.web.writing.gather import Before


def load_before(as_at: date) -> Before | None:
    """The newest load whose day is before this one; None where there is none."""
    figures = Figures.objects.filter(as_at__lt=as_at).order_by("-as_at", "-pk").first()
    if figures is None:
        return None
    rows = list(
        FindingFigure.objects.whole()
        .filter(figures=figures)
        .order_by("place")
        .values(*FOUND_SCHEMA.names, "known_since")
    )
    known: dict[Key, date] = {
        (r["la_code"], r["rule_id"], r["subject_kind"], r["subject_id"], r["record_id"]): r["known_since"]
        for r in rows
        if r["known_since"]
    }
    for row in rows:
        del row["known_since"]
    found = pa.Table.from_pylist([r for r in rows if r["status"] != Status.DUE_SOON], schema=FOUND_SCHEMA)
    soon = pa.Table.from_pylist([r for r in rows if r["status"] == Status.DUE_SOON], schema=FOUND_SCHEMA)
    evaluation = Evaluation(
        as_at=figures.as_at,
        rules_version=figures.rules_version,
        policy_fingerprint=figures.policy_fingerprint,
        findings=found,
        due_soon=soon,
        loads=(),
        in_time={},
    )
    return Before(evaluation, known)
