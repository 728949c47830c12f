"""Work that takes longer than a page: a page asks for it, and a process of its own does it, one piece at a time."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from evenlode.web.models import Job, JobKind, JobState

CUT_OFF = "It was broken off before it had ended, by a restart or a fault of the machine. Nothing is half done: ask for it again."


def ask(kind: JobKind, *, by: str, at: datetime, ref: str = "", **asked: Any) -> Job:
    """Puts a piece of work on the list, and sees that somebody does it once this is kept."""
    job = Job.objects.create(
        ref=ref or uuid.uuid4().hex, kind=kind, state=JobState.WAITING, by=by, asked_at=at, asked=asked
    )
    transaction.on_commit(start, robust=True)
    return job


def work_folder() -> Path:
    """The private folder in the home in which work leaves its lock and its log."""
    home: Path = settings.EVENLODE.home
    folder = home / "work"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def start() -> None:
    """Starts the process that does the work; where one is at it, the new one ends at once."""
    if not settings.EVENLODE_WORKS:
        return
    environ = {
        **os.environ,
        "EVENLODE_HOME": str(settings.EVENLODE.home),
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "evenlode.web.settings"),
    }
    with (work_folder() / "log").open("ab") as log:
        subprocess.Popen(
            [sys.executable, "-m", "evenlode.web.work_off"],
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            close_fds=True,
        )


@contextmanager
def only_worker() -> Iterator[bool]:
    """Whether this process may work: one at a time; the system frees the lock however the holder ends."""
    with (work_folder() / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
        fcntl.flock(lock, fcntl.LOCK_UN)


def somebody_works() -> bool:
    """Whether a process is at work now."""
    with only_worker() as free:
        return not free


def mark_broken_off(now: datetime) -> int:
    """Says of work that nobody does any more that it was broken off; only who holds the lock may ask."""
    return Job.objects.filter(state=JobState.RUNNING).update(
        state=JobState.BROKEN_OFF, ended_at=now, sentence=CUT_OFF, step=""
    )


def take_up_again(now: datetime) -> None:
    """After a restart: says what was broken off, and has done what still waits."""
    with only_worker() as free:
        if free:
            mark_broken_off(now)
    if Job.objects.filter(state=JobState.WAITING).exists():
        start()
