"""What each kind of work does: load what was sent, take a load out again, work figures out anew, preview a change."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from evenlode.errors import CannotGoOn, PolicyFault
from evenlode.extracts import load_mapping, read_extracts
from evenlode.extracts.overflow import Overflow
from evenlode.record import Record, connect
from evenlode.record.chosen_day import chosen_day
from evenlode.reports.policy_preview import load_changes, rule_changes
from evenlode.rules.compiled import rules_version
from evenlode.rules.evaluate import evaluate
from evenlode.web.council import policy
from evenlode.web.models import Figures, Job, JobKind, LoadRow, PolicyProposal, ProposalState
from evenlode.web.policy_keeping import bring_in_all, policy_with
from evenlode.web.uploads import folder_of
from evenlode.web.writing.data import write_loads
from evenlode.web.writing.findings import Told
from evenlode.web.writing.months import forget_after_withdrawal
from evenlode.web.writing.refresh import Refreshing, refresh

IN_THE_FORM = (
    (" (--allow-older)", " by ticking the box for it"),
    ("name it with --as-at 2026-11-20", "say which day the files are of when you send them"),
)
"""What the command line asks for by an option, as the page asks for it."""


class Progress:
    """Tells how far reading is, as the reader of extracts asks for it."""

    def __init__(self, told: Told) -> None:
        self.told = told

    def step(self, text: str, done: int, total: int) -> None:
        """One step; the names of files are not kept with the work."""
        self.told(text.partition(" ")[0] + " the files" if text.startswith("Reading ") else text, done, total)


def load(job: Job, told: Told) -> str:
    """Reads what was sent, brings it into the record, and works the figures out: all of it, or nothing."""
    folder = folder_of(job.ref)
    home: Path = settings.EVENLODE.home
    try:
        told("Checking what was sent", 0, 1)
        extracts = _as_one(folder, job)
        record = Record.create(home)
        mapping = load_mapping(home / "mapping.yaml") if (home / "mapping.yaml").is_file() else None
        deliveries = read_extracts(
            extracts,
            la_code=_council(record),
            mapping=mapping,
            progress=Progress(told),
            overflow=Overflow(home),
        )
        now = timezone.now()
        day, why = chosen_day(_day(job), deliveries, now.date())
        told("Bringing it into the record", 0, 1)
        receipt = record.load(
            deliveries,
            at=now,
            by=job.by,
            as_at=day,
            partial=bool(job.asked.get("partial")),
            allow_older=bool(job.asked.get("older")),
            rules_version=rules_version(),
        )
        del deliveries
    except CannotGoOn as fault:
        raise CannotGoOn(_by_name(str(fault), job)) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    Job.objects.filter(pk=job.pk).update(load_id=receipt.load_id)
    write_loads(record)
    said = f"{receipt.sentence()} As at {day:%-d %B %Y}: {why}."
    if receipt.nothing_changed:
        return said
    return f"{said} {_figures(record, day, told)}"


def _as_one(folder: Path, job: Job) -> Path:
    """What was sent as one archive whose entries have the files' own names; names are never paths."""
    files = job.asked.get("files")
    sent = [f for f in files if isinstance(f, dict)] if isinstance(files, list) else []
    if not sent or not folder.is_dir():
        raise CannotGoOn("What was sent is there no longer; send it again.")
    first = folder / str(sent[0]["kept"])
    if len(sent) == 1 and zipfile.is_zipfile(first) and str(sent[0]["name"]).casefold().endswith(".zip"):
        return first
    packed = folder / "sent.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for one in sent:
            archive.write(folder / str(one["kept"]), str(one["name"]))
            (folder / str(one["kept"])).unlink()
    packed.chmod(0o600)
    return packed


def _by_name(sentence: str, job: Job) -> str:
    """The sentence with the name under which an archive was sent in place of ours."""
    files = job.asked.get("files")
    for one in files if isinstance(files, list) else []:
        sentence = sentence.replace(str(one["kept"]), str(one["name"]))
    for words, ours in (*IN_THE_FORM, ("sent.zip", "what was sent")):
        sentence = sentence.replace(words, ours)
    return sentence


def _council(record: Record) -> str:
    """The code under which rows are kept: that of the record, else the policy's."""
    codes = sorted({active.la_code for active in record.manifest().active})
    return codes[0] if len(codes) == 1 else policy().la_code or "council"


def _day(job: Job) -> date | None:
    said = job.asked.get("as_at")
    return date.fromisoformat(str(said)) if said else None


def _figures(record: Record, day: date, told: Told) -> str:
    """Works the figures out; the load stands even where that fails, and the words say so."""
    bring_in_all()
    try:
        figures = refresh(Refreshing(record, policy(), timezone.now(), told), as_at=day)
    except CannotGoOn as fault:
        raise CannotGoOn(
            f"It is in the record, but the pages still show the load before: {fault} Mend that, or take the load out again."
        ) from None
    return f"The pages show {figures.as_at:%-d %B %Y} now."


def withdraw(job: Job, told: Told) -> str:
    """Takes a load out of the record, and works the figures out from what stands then."""
    record = Record.open(settings.EVENLODE.home)
    told("Taking the load out of the record", 0, 1)
    number = str(job.asked["load"])
    wrong = LoadRow.objects.get(load_id=number)
    done = record.withdraw(number, why=str(job.asked["why"]), by=job.by, at=timezone.now())
    write_loads(record)
    day = _newest_standing(record)
    forget_after_withdrawal(wrong.manifest, day)
    Job.objects.filter(pk=job.pk).update(load_id=done.load_id)
    if day is None:
        Figures.objects.filter(standing=True).update(standing=False)
        return f"{done.sentence()} The record is empty now, and the pages show no figures."
    return f"{done.sentence()} {_figures(record, day, told)}"


def _newest_standing(record: Record) -> date | None:
    """The day of the newest load that stands; None where none does."""
    stands = LoadRow.objects.filter(stands=True, kind="load", as_at__isnull=False)
    newest = stands.order_by("-as_at").values_list("as_at", flat=True).first()
    if newest is not None or not record.manifest().active:
        return newest
    with connect(record) as stored:
        found = stored.newest_event(timezone.now().date())
    return found[0] if found else None


def again(job: Job, told: Told) -> str:
    """Works the figures out anew, by the settings in force now."""
    record = Record.open(settings.EVENLODE.home)
    day = _day(job) or _newest_standing(record)
    if day is None:
        raise CannotGoOn("There is nothing in the record to work figures out from: load an extract first.")
    return _figures(record, day, told)


def preview(job: Job, told: Told) -> str:
    """What a proposed change would do to the findings and loads of the day that the pages show; nothing is switched on."""
    proposal = PolicyProposal.objects.get(ref=str(job.asked["proposal"]))
    if proposal.state != ProposalState.PROPOSED:
        return "It had been decided before it could be worked out."
    figures = Figures.objects.filter(standing=True).first()
    if figures is None:
        raise CannotGoOn("There are no figures yet to try it on: load an extract first.")
    try:
        after = policy_with(proposal).on(proposal.since)
    except PolicyFault as fault:
        raise CannotGoOn(str(fault)) from None
    record = Record.open(settings.EVENLODE.home)
    with connect(record) as stored:
        before, then = (
            evaluate(
                stored.con,
                as_at=figures.as_at,
                policy=which,
                delivered=stored.delivered,
                untold=stored.untold,
                told=told,
            )
            for which in (policy(), after)
        )
    loads = load_changes(before, then)
    up = sum(1 for c in loads if c.before is not None and c.after is not None and c.after > c.before)
    proposal.preview = {
        "as_at": figures.as_at.isoformat(),
        "rules": [asdict(change) for change in rule_changes(before, then)],
        "loads": len(loads),
        "up": up,
        "down": sum(1 for c in loads if c.before is not None and c.after is not None and c.after < c.before),
    }
    PolicyProposal.objects.filter(pk=proposal.pk).update(preview=proposal.preview)
    return "The preview is ready. Nothing was switched on by it."


Work = Callable[[Job, Told], str]
KINDS: dict[str, Work] = {
    JobKind.LOAD: load,
    JobKind.WITHDRAW: withdraw,
    JobKind.REFRESH: again,
    JobKind.PREVIEW: preview,
}
"""What does each kind."""
