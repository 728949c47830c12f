"""Marking a finding explained, and ending that early: kept for good, with who and when."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from evenlode.oversight.explained import Explanation, Reason
from evenlode.web.models import ExplanationRow, Figures, FindingFigure, KeptPage

LONGEST = timedelta(days=184)
"""Until when at most: what was agreed for longer is looked at again before."""


@transaction.atomic
def explain(
    finding: FindingFigure, *, reason: Reason, text: str, until: date, by: str, at: datetime
) -> ExplanationRow:
    """Marks one finding explained from the day of the saving until a day.

    It leaves Today, stays in every count, and is back on the day after.  ValueError as `Explanation` has it, or
    where the end lies further off than half a year.
    """
    key = (finding.la_code, finding.rule_id, finding.subject_kind, finding.subject_id, finding.record_id)
    since = at.date()
    if until - since > LONGEST:
        raise ValueError(
            "Choose an end within six months: what was agreed for longer is looked at again by then."
        )
    Explanation(key, reason, text, by, since, until)
    row = ExplanationRow.objects.create(
        la_code=finding.la_code,
        rule_id=finding.rule_id,
        subject_kind=finding.subject_kind,
        subject_id=finding.subject_id,
        record_id=finding.record_id,
        reason=str(reason),
        text=text.strip(),
        by=by,
        recorded_at=at,
        since=since,
        until=until,
    )
    drop_kept(finding.figures)
    return row


@transaction.atomic
def end(row: ExplanationRow, *, by: str, at: datetime) -> None:
    """Ends an explanation early: the finding is back on Today at once; what was written stays."""
    ExplanationRow.objects.filter(pk=row.pk, ended_at__isnull=True).update(ended_at=at, ended_by=by)
    for figures in Figures.objects.filter(standing=True):
        drop_kept(figures)


def drop_kept(figures: Figures) -> None:
    """Drops pages that were worked out before: what they rest on has changed."""
    KeptPage.objects.filter(figures=figures).delete()
