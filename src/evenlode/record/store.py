"""The record of a home: opened, loaded into, withdrawn from and read by manifest."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from evenlode.errors import RecordFault
from evenlode.record.before import Asked
from evenlode.record.delivery import Delivery
from evenlode.record.durable import HIDDEN, read_sealed, write_sealed
from evenlode.record.handed_over import REPORTS
from evenlode.record.loading import load
from evenlode.record.lock import only_one
from evenlode.record.manifest import Manifest, current_number, make_current, read_manifest
from evenlode.record.migration import check_version
from evenlode.record.paths import Paths
from evenlode.record.receipt import Receipt, Withdrawal, read_receipt
from evenlode.record.stored import PROBLEMS, QUARANTINED, Stored, check_files, read_stored
from evenlode.record.tables import SCHEMA_VERSION
from evenlode.record.withdrawal import withdraw

SCHEMA_MEND = "restore it from a backup"
OURS = re.compile(rf"({re.escape(HIDDEN)})?\d+-\d+")
"""What the folder of a delivery is called, while it is made and after."""


class Record:
    """What the council's systems have handed over, as it stands and as it stood."""

    def __init__(self, paths: Paths) -> None:
        self.paths = paths

    @property
    def home(self) -> Path:
        """The home that the record belongs to."""
        return self.paths.home

    @classmethod
    def open(cls, home: Path) -> Record:
        """Opens the record of a home; an older one is read through its migration, a newer refused."""
        record = cls(Paths(home))
        record.schema_version()
        current_number(record.paths)
        return record

    @classmethod
    def create(cls, home: Path) -> Record:
        """Opens the record of a home, and makes an empty one where there is none."""
        return cls._create(Paths(home))

    @classmethod
    @contextmanager
    def temporary(cls) -> Iterator[Record]:
        """A record that is thrown away afterwards, for looking at an extract once."""
        with tempfile.TemporaryDirectory(prefix="evenlode-") as home:
            yield cls._create(Paths(Path(home), durable=False))

    @classmethod
    def _create(cls, paths: Paths) -> Record:
        try:
            if not paths.schema.exists():
                paths.make()
                with only_one(paths.lock):
                    _make_empty(paths)
        except OSError as fault:
            raise RecordFault(
                f"No record can be made in {paths.home} ({fault.strerror}): name a folder that can be "
                "written to (--home)."
            ) from None
        record = cls(paths)
        record.schema_version()
        current_number(paths)
        return record

    def schema_version(self) -> int:
        """The schema version of the record, as far as this program can read it."""
        if not self.paths.root.is_dir():
            raise RecordFault(
                f"{self.home} holds no record: load extracts into it first (evenlode load), or name "
                "another home (--home)."
            )
        version = read_sealed(self.paths.schema, mend=SCHEMA_MEND).get("schema_version")
        if not isinstance(version, int):
            raise RecordFault(f"{self.paths.schema} does not say a schema version: {SCHEMA_MEND}.")
        check_version(version, str(self.paths.root))
        return version

    def load(
        self,
        deliveries: Sequence[Delivery],
        *,
        at: datetime,
        by: str,
        as_at: date | None = None,
        partial: bool = False,
        allow_older: bool = False,
        rules_version: str,
    ) -> Receipt:
        """Brings deliveries in: all of them or, whatever goes wrong, none.

        A full delivery replaces what its source handed over before; a partial one lays its rows
        over it by id.  Other sources and other councils stay as they are.
        """
        with self._change() as (manifest, number):
            asked = Asked(number, at, by, as_at, rules_version, partial, allow_older)
            return load(self.paths, manifest, deliveries, asked)

    def withdraw(self, load_id: str, *, why: str, by: str, at: datetime) -> Withdrawal:
        """Takes a load back out: what stood before it stands again; both stay in the history."""
        with self._change() as (manifest, number):
            return withdraw(self.paths, manifest, load_id, number=number, why=why, by=by, at=at)

    def manifest(self, number: int | None = None) -> Manifest:
        """The manifest that stands, or an earlier one by its number."""
        standing = current_number(self.paths)
        if number is None:
            return read_manifest(self.paths, standing)
        if not 0 <= number <= standing:
            raise RecordFault(f"There is no manifest {number}: this record has 0 to {standing}.")
        return read_manifest(self.paths, number)

    def stored(self, manifest: Manifest | None = None) -> list[Stored]:
        """The deliveries that make up the record, by council and source."""
        manifest = manifest or self.manifest()
        return [read_stored(self.paths, a.delivery, manifest.seal(a.delivery)) for a in manifest.active]

    def history(self) -> list[Receipt | Withdrawal]:
        """Every load and withdrawal in order, with what came of it."""
        standing = current_number(self.paths)
        found = (read_receipt(self.paths, path.stem) for path in _receipts(self.paths))
        return [receipt for receipt in found if receipt.manifest <= standing]

    def receipt(self, load_id: str) -> Receipt | Withdrawal:
        """The receipt of one load or withdrawal."""
        for receipt in self.history():
            if receipt.load_id == load_id.zfill(4):
                return receipt
        raise RecordFault(f"There is no load {load_id} in {self.paths.root}.")

    def problems(self, manifest: Manifest | None = None) -> pa.Table:
        """The load reports of the loads that make up the record, one row a problem."""
        return self._reports(PROBLEMS, manifest or self.manifest())

    def quarantined(self, manifest: Manifest | None = None) -> pa.Table:
        """The rows that were set aside by the loads that make up the record, kept whole."""
        return self._reports(QUARANTINED, manifest or self.manifest())

    def check(self) -> None:
        """Raises a fault for the first thing in the standing record that is not what was stored."""
        self.schema_version()
        check_files(self.paths, self.stored())

    def _reports(self, name: str, manifest: Manifest) -> pa.Table:
        owner = {name: pa.string() for name in ("la_code", "source", "load")}
        found = [pa.schema([*owner.items(), *REPORTS[name]]).empty_table()]
        for active in manifest.active:
            for line in manifest.standing((active.la_code, active.source)):
                stored = read_stored(self.paths, line.delivery, manifest.seal(line.delivery))
                rows = pq.read_table(stored.checked(self.paths, stored.reports[name]))
                for place, column in enumerate(owner):
                    value = pa.array([getattr(line, column)] * rows.num_rows, pa.string())
                    rows = rows.add_column(place, column, value)
                found.append(rows)
        return pa.concat_tables(found)

    @contextmanager
    def _change(self) -> Iterator[tuple[Manifest, str]]:
        """Holds the lock, clears what a cut-off load left and gives the next number."""
        version = self.schema_version()
        try:
            with only_one(self.paths.lock):
                manifest = self.manifest()
                _clear(self.paths, manifest)
                if version < SCHEMA_VERSION:
                    _write_schema(self.paths)
                last = max((int(path.stem) for path in _receipts(self.paths)), default=0)
                try:
                    yield manifest, f"{last + 1:04d}"
                except BaseException:
                    with suppress(OSError, RecordFault):
                        _clear(self.paths, self.manifest())
                    raise
        except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as fault:
            what = str(fault).partition("\n")[0]
            raise RecordFault(
                f"{self.paths.root} could not take the change ({what}): nothing was changed; make "
                "room or mend the disk, then run this again."
            ) from fault


def _make_empty(paths: Paths) -> None:
    """Makes a record with nothing in it, unless one is there; the schema file comes last."""
    if paths.schema.exists():
        return
    if paths.current.exists() and current_number(paths) > 0:
        raise RecordFault(f"{paths.schema} is gone: {SCHEMA_MEND}.")
    Manifest(0, None, "", None, "").write(paths)
    make_current(paths, 0)
    _write_schema(paths)


def _write_schema(paths: Paths) -> None:
    write_sealed(paths.schema, {"schema_version": SCHEMA_VERSION}, durable=paths.durable)


def _receipts(paths: Paths) -> list[Path]:
    return sorted((p for p in paths.receipts.glob("*.json") if p.stem.isdigit()), key=lambda p: int(p.stem))


def _clear(paths: Paths, manifest: Manifest) -> None:
    """Removes what a load or withdrawal that was cut off left behind."""
    known = {delivery for delivery, _ in manifest.seals}
    for folder in paths.deliveries.iterdir():
        if OURS.fullmatch(folder.name) and folder.name not in known:
            shutil.rmtree(folder)
    for path in paths.manifests.glob("*.json"):
        if path.stem.isdigit() and int(path.stem) > manifest.number:
            path.unlink()
    for folder in (paths.root, paths.manifests, paths.receipts):
        for path in folder.glob(f"{HIDDEN}*"):
            path.unlink()
    for path in reversed(_receipts(paths)):
        with suppress(RecordFault):
            if read_receipt(paths, path.stem).manifest > manifest.number:
                path.unlink()
                continue
        break
    paths.clear_overflow()
