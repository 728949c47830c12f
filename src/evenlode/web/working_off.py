"""Does the work that pages have asked for, one piece after the other, and says what came of each."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.utils import timezone

from evenlode.errors import CannotGoOn
from evenlode.web.models import Job, JobState
from evenlode.web.uploads import clear_forgotten
from evenlode.web.work_kinds import KINDS
from evenlode.web.working import mark_broken_off, only_worker

OFTEN = 0.5
"""How far a piece of work is, is written at most so often (seconds)."""
FAULT = (
    "Something broke on our side, and nothing was changed. Ask whoever runs the service to look into its log."
)

log = logging.getLogger("evenlode.work")


def work_off() -> int:
    """Does every piece of work that waits, in the order in which they were asked for; answers how many."""
    done = 0
    while Job.objects.filter(state=JobState.WAITING).exists():
        with only_worker() as free:
            if not free:
                return done
            done += _while_there_is_some()
    return done


def _while_there_is_some() -> int:
    mark_broken_off(timezone.now())
    clear_forgotten()
    done = 0
    while (job := Job.objects.filter(state=JobState.WAITING).order_by("asked_at", "pk").first()) is not None:
        _one(job.pk)
        done += 1
    return done


def _one(pk: int) -> None:
    """One piece of work, whatever comes of it."""
    mine = Job.objects.filter(pk=pk)
    mine.update(state=JobState.RUNNING, started_at=timezone.now())
    job = mine.get()
    try:
        sentence = KINDS[job.kind](job, _teller(pk))
        state = JobState.DONE
    except CannotGoOn as fault:
        sentence, state = str(fault), JobState.FAILED
    except Exception:
        log.exception("work failed", extra={"why": job.kind})
        sentence, state = FAULT, JobState.FAILED
    mine.update(state=state, ended_at=timezone.now(), sentence=sentence, step="", done=0, of=0)


def _teller(pk: int) -> Callable[[str, int, int], None]:
    """What the work tells of each step; written so that the page can show it, and not too often."""
    last: list[float | str] = [0.0, ""]

    def told(step: str, done: int, of: int) -> None:
        kind = step.split(" ", maxsplit=1)[0]
        now = time.monotonic()
        if kind != last[1] or now - float(last[0]) >= OFTEN:
            last[:] = [now, kind]
            Job.objects.filter(pk=pk).update(step=step[:300], done=done, of=max(of, 0))

    return told
