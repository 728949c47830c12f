"""Taking a load back out of the record, in one action and with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from evenlode.errors import RecordFault
from evenlode.record.engine import Engine
from evenlode.record.loading import commit, making_folder
from evenlode.record.manifest import LoadLine, Manifest
from evenlode.record.merging import merge, parts_of
from evenlode.record.paths import Paths
from evenlode.record.receipt import StandsNow, Withdrawal
from evenlode.record.stored import Stored, read_stored
from evenlode.record.tables import SCHEMA_VERSION


def withdraw(
    paths: Paths, manifest: Manifest, load_id: str, *, number: str, why: str, by: str, at: datetime
) -> Withdrawal:
    """Makes the record what it would be without a load; the caller holds the lock.

    Where a later partial load had been merged into the withdrawn one, it is merged anew into what
    stood before.
    """
    lines = _lines_of(manifest, load_id, why)
    load_id = lines[0].load
    follows = manifest.without_load(load_id, number).next(made_by=number, at=at, by=by)
    stands_now: list[StandsNow] = []
    made: list[str] = []
    machine = Engine(paths)
    try:
        for line in lines:
            key = (line.la_code, line.source)
            delivery_id, seal = _standing(machine, follows, key, f"{number}-{len(made) + 1}", at)
            follows = follows.with_active(key, delivery_id or None, seal)
            loads = tuple(standing.load for standing in follows.standing(key))
            stands_now.append(StandsNow(*key, delivery_id, loads))
            made += [delivery_id] if seal else []
    finally:
        machine.close()
    receipt = Withdrawal(number, at, by, why, load_id, follows.number, tuple(stands_now))
    commit(paths, follows, made, receipt)
    return receipt


def _lines_of(manifest: Manifest, load_id: str, why: str) -> list[LoadLine]:
    """The deliveries of the load, or a refusal in one sentence."""
    lines = [line for line in manifest.loads if line.load == load_id.strip().zfill(4)]
    if not lines:
        raise RecordFault(
            f"There is no load {load_id} that brought anything into this record: see the receipts "
            "for the loads there are."
        )
    if lines[0].withdrawn_by:
        raise RecordFault(f"Load {lines[0].load} is withdrawn already (by {lines[0].withdrawn_by}).")
    if not why.strip():
        raise RecordFault(f"To withdraw load {lines[0].load}, say why (--why).")
    return lines


def _standing(
    machine: Engine, manifest: Manifest, key: tuple[str, str], new_id: str, at: datetime
) -> tuple[str, str]:
    """The delivery that stands for a source by the loads left, and its checksum if it is new."""
    paths = machine.paths
    standing = manifest.standing(key)
    if not standing:
        return "", ""
    lineage = tuple(line.load for line in standing)
    loads = [read_stored(paths, line.delivery, manifest.seal(line.delivery)) for line in standing]
    if loads[-1].lineage == lineage:
        return loads[-1].id, ""
    return new_id, _merge_anew(machine, loads, lineage, new_id, at)


def _merge_anew(
    machine: Engine, loads: list[Stored], lineage: tuple[str, ...], new_id: str, at: datetime
) -> str:
    """Writes a delivery that holds the rows of these loads, one laid over the other."""
    paths = machine.paths
    folder = making_folder(paths, new_id)
    parts = [parts_of(paths, stored, own=True) for stored in loads]
    newest = loads[0].newest if len(loads[0].lineage) == 1 else {}
    tables, days = merge(machine, folder, parts, loads[0].key, newest, at.date())
    stored = replace(
        loads[-1],
        id=new_id,
        load=lineage[-1],
        lineage=lineage,
        full=False,
        tables=tables,
        own={},
        reports={},
        newest=days,
        schema_version=SCHEMA_VERSION,
    )
    return stored.write(folder, durable=paths.durable)
