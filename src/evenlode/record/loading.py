"""A load: all of what was handed over goes into the record in one step, or none of it.

New files are written aside and named only when whole; the receipt and the manifest follow; the
record switches when the file `current` is replaced.  Whatever is cut off before that leaves the
last good record as it was, and the next load clears away what lies about.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from evenlode.record.before import Asked, Before
from evenlode.record.compare import Difference, difference
from evenlode.record.delivery import Delivery
from evenlode.record.durable import HIDDEN, sync
from evenlode.record.engine import Engine
from evenlode.record.handed_over import hand_over, write_reports
from evenlode.record.manifest import LoadLine, Manifest, make_current
from evenlode.record.merging import fresh_parts, merge, parts_of
from evenlode.record.newest import newest_by_table
from evenlode.record.parquet_files import write_tables
from evenlode.record.paths import Paths
from evenlode.record.receipt import (
    Receipt,
    SourceReceipt,
    TableReceipt,
    Withdrawal,
    write_receipt,
)
from evenlode.record.stored import OWN, Stored, StoredFile
from evenlode.record.tables import TABLES


def load(paths: Paths, manifest: Manifest, deliveries: Sequence[Delivery], asked: Asked) -> Receipt:
    """Brings deliveries into the record and answers the receipt; the caller holds the lock."""
    handed = hand_over(deliveries)
    before = [Before.find(paths, manifest, given, asked) for given in handed]
    for earlier in before:
        earlier.refuse_older()
    follows = manifest.next(made_by=asked.load_id, at=asked.at, by=asked.by)
    sources: list[SourceReceipt] = []
    made: list[str] = []
    machine = Engine(paths)
    try:
        for place, earlier in enumerate(before, start=1):
            delivery_id = f"{asked.load_id}-{place}"
            folder = making_folder(paths, delivery_id)
            stored, lines = _write(machine, folder, earlier, asked)
            if earlier.holds_the_same(lines):
                shutil.rmtree(folder)
                sources.append(earlier.receipt_of(lines, earlier.delivery_id, same=True))
                continue
            seal = stored.write(folder, durable=paths.durable)
            made.append(delivery_id)
            sources.append(earlier.receipt_of(lines, delivery_id, same=False))
            line = LoadLine(asked.load_id, *earlier.given.key, not asked.partial, delivery_id)
            follows = replace(follows, loads=(*follows.loads, line))
            follows = follows.with_active(earlier.given.key, delivery_id, seal)
    finally:
        machine.close()
    receipt = Receipt(
        asked.load_id,
        asked.at,
        asked.by,
        asked.as_at,
        asked.rules_version,
        asked.partial,
        asked.allow_older,
        follows.number if made else manifest.number,
        tuple(sources),
    )
    if made:
        commit(paths, follows, made, receipt)
    else:
        write_receipt(paths, receipt)
    return receipt


def making_folder(paths: Paths, delivery_id: str) -> Path:
    """The folder in which a delivery is written before it has its name."""
    folder = paths.deliveries / f"{HIDDEN}{delivery_id}"
    folder.mkdir(mode=0o700)
    return folder


def commit(paths: Paths, manifest: Manifest, made: list[str], receipt: Receipt | Withdrawal) -> None:
    """Names the new deliveries, keeps the receipt and switches the record to the manifest."""
    for delivery_id in made:
        folder = paths.deliveries / f"{HIDDEN}{delivery_id}"
        sync(folder, durable=paths.durable)
        folder.rename(paths.delivery(delivery_id))
    sync(paths.deliveries, durable=paths.durable)
    write_receipt(paths, receipt)
    manifest.write(paths)
    make_current(paths, manifest.number)


def _write(
    machine: Engine, folder: Path, before: Before, asked: Asked
) -> tuple[Stored, tuple[TableReceipt, ...]]:
    """Writes a delivery's files and counts what they change."""
    paths, given = machine.paths, before.given
    upon = before.stored if asked.partial else None
    into = folder / OWN if upon else folder
    into.mkdir(mode=0o700, exist_ok=True)
    let_go = given.delivery.let_go
    brought = write_tables(into, given.tables, given.key, durable=paths.durable, let_go=let_go)
    lines = tuple(_count(machine, before, brought, partial=asked.partial))
    newest = newest_by_table(before.happened)
    tables, own = brought, {}
    if upon:
        sync(into, durable=paths.durable)
        own = {name: replace(file, name=f"{OWN}/{file.name}") for name, file in brought.items()}
        parts = [parts_of(paths, upon), fresh_parts(into, brought)]
        tables, newest = merge(machine, folder, parts, given.key, upon.newest, asked.at.date())
    stored = Stored(
        id=folder.name.removeprefix(HIDDEN),
        load=asked.load_id,
        la_code=given.la_code,
        source=given.delivery.source,
        layout=given.delivery.layout,
        full=not asked.partial,
        lineage=(*(upon.lineage if upon else ()), asked.load_id),
        rules_version=asked.rules_version,
        as_at=asked.as_at,
        read=tuple(given.delivery.files),
        tables=tables,
        own=own,
        reports=write_reports(folder, given.delivery, durable=paths.durable),
        newest=newest,
        tells=_tells(given.delivery, upon),
    )
    return stored, lines


def _tells(delivery: Delivery, upon: Stored | None) -> dict[str, tuple[str, ...]]:
    """What a delivery tells of each table, with what stood before where it is laid over that."""
    told = {name: set(columns) for name, columns in delivery.tells.items()}
    if upon is not None:
        for name in upon.table_names():
            if name not in upon.tells:
                told.pop(name, None)
            elif name not in delivery.tables or name in told:
                told[name] = told.get(name, set()) | set(upon.tells[name])
    return {name: tuple(sorted(columns)) for name, columns in told.items()}


def _count(
    machine: Engine,
    before: Before,
    brought: dict[str, StoredFile],
    *,
    partial: bool,
) -> Iterator[TableReceipt]:
    """Counts, table by table, what a delivery adds, changes, leaves and removes."""
    given = before.given
    for name, count in given.counts.items():
        change = Difference(count.kept, 0, 0, 0)
        earlier = before.rows_of(name) if name in given.tables else None
        if name in brought and before.sha256_of(name) == brought[name].sha256:
            change = Difference(0, 0, count.kept, 0)
        elif earlier is not None:
            change = difference(machine.con, TABLES[name], given.tables[name], earlier)
            given.delivery.let_go()
        removed = 0 if partial else change.removed
        yield TableReceipt(name, **vars(count), **{**vars(change), "removed": removed})
    if not partial and before.stored is not None:
        for name in before.stored.table_names():
            if name not in given.counts:
                yield TableReceipt(name, 0, 0, 0, 0, 0, 0, removed=before.stored.rows(name))
