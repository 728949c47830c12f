"""From the home's record to figures that stand: what follows every load, and what the nightly run does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from evenlode.errors import CannotGoOn
from evenlode.policy import Policy
from evenlode.record import Record, RecordConnection, connect
from evenlode.rules.evaluate import standing
from evenlode.web.models import Figures
from evenlode.web.writing.before import load_before
from evenlode.web.writing.beside import read_beside
from evenlode.web.writing.by_hand import hold_by_hand
from evenlode.web.writing.data import set_aside_rows, write_loads
from evenlode.web.writing.findings import Told
from evenlode.web.writing.gather import gather
from evenlode.web.writing.gathered import Rows
from evenlode.web.writing.months import bring_months
from evenlode.web.writing.people import bring_into_step
from evenlode.web.writing.store import write, write_load_days
from evenlode.web.writing.timeline_file import drop_others, path_of, write_timelines
from evenlode.web.writing.workers import load_days, teams_of

WEEKS = 12
"""How far back the team page shows loads."""


@dataclass(frozen=True)
class Refreshing:
    """What a refresh works with; now: the server's time."""

    record: Record
    policy: Policy
    now: datetime
    told: Told


def refresh(at: Refreshing, *, as_at: date, weeks: int = 0, to_compare: bool = False) -> Figures:
    """Works out every figure of the record as it stands and makes it what the pages show.

    as_at: the day to look at.  weeks: how many weeks before it to work loads out for as well, for a first load.
    to_compare: another refresh follows at once, for which this day is only the one before: no doubts about the
    data are looked for, and no month ends.
    Raises CannotGoOn where the record holds more than one council.
    """
    with connect(at.record) as stored:
        la_code = _one_council(stored)
        with standing(
            stored.con,
            as_at=as_at,
            policy=at.policy,
            delivered=stored.delivered,
            untold=stored.untold,
            told=at.told,
        ) as day:
            recorded = hold_by_hand(day, la_code, max(as_at, timezone.localdate(at.now)))
            evaluation = day.evaluate(at.told)
            at.told("Putting it into words", 0, 1)
            beside = None if to_compare else read_beside(at.record)
            gathered = gather(
                day, evaluation, la_code=la_code, before=load_before(as_at), beside=beside, recorded=recorded
            )
            gathered.set_aside = list(set_aside_rows(at.record))
            path = write_timelines(day, at.record.home, stored.manifest.number)
            at.told("Writing what the pages read", 0, 1)
            with transaction.atomic():
                bring_into_step(day, la_code, teams_of(day, la_code), gathered.workers)
                figures = write(
                    gathered,
                    manifest=stored.manifest.number,
                    loaded_at=_loaded_at(at),
                    now=at.now,
                    set_aside=at.record.quarantined().num_rows,
                )
                write_loads(at.record)
        _keep_only(at.record.home, path)
        if not to_compare:
            bring_months(stored, la_code, as_at, at.policy, at.told)
        if weeks:
            write_load_days(_earlier_loads(at, stored, la_code, as_at, weeks))
    return figures


def _one_council(stored: RecordConnection) -> str:
    councils = sorted({la for la, _ in stored.delivered})
    if len(councils) != 1:
        raise CannotGoOn(
            f"The record holds {len(councils) or 'no'} councils ({', '.join(councils) or 'load extracts first'}), "
            "and the service shows one: give each council a home of its own (--home)."
        )
    return councils[0]


def _loaded_at(at: Refreshing) -> datetime:
    history = at.record.history()
    return history[-1].at if history else at.now


def _keep_only(home: Path, newest: Path) -> None:
    kept = {path_of(home, f.manifest, f.as_at.isoformat()) for f in Figures.objects.all()}
    drop_others(home, kept | {newest})


def _earlier_loads(at: Refreshing, stored: RecordConnection, la_code: str, as_at: date, weeks: int) -> Rows:
    rows: Rows = []
    for week in range(1, weeks + 1):
        at.told("Working out the loads of earlier weeks", week - 1, weeks)
        earlier = as_at - timedelta(days=7 * week)
        with standing(
            stored.con,
            as_at=earlier,
            policy=at.policy,
            delivered=stored.delivered,
            untold=stored.untold,
            only=(),
        ) as day:
            rows += load_days(day.loads, la_code, earlier)
    at.told("Working out the loads of earlier weeks", weeks, weeks)
    return rows
