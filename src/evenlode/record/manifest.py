"""Manifests: each names the deliveries that make up the record at one time, and the one before it.

A manifest is never changed.  The file `current` holds the number of the one that stands.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from evenlode.errors import RecordFault
from evenlode.record.durable import read_sealed, write_sealed, write_whole
from evenlode.record.paths import Paths
from evenlode.record.tables import SCHEMA_VERSION


@dataclass(frozen=True)
class Active:
    """The delivery that stands for one source of one council."""

    la_code: str
    source: str
    delivery: str


@dataclass(frozen=True)
class LoadLine:
    """One delivery that a load brought, kept in every later manifest, withdrawn or not."""

    load: str
    la_code: str
    source: str
    full: bool
    delivery: str
    withdrawn_by: str = ""


@dataclass(frozen=True)
class Manifest:
    """The state of the record after one load or withdrawal.

    made_by: the receipt of the load or withdrawal that made it; blank for the empty record.
    seals: every delivery ever stored, to the checksum of its account.
    """

    number: int
    parent: int | None
    made_by: str
    at: datetime | None
    by: str
    active: tuple[Active, ...] = ()
    loads: tuple[LoadLine, ...] = ()
    seals: tuple[tuple[str, str], ...] = ()
    schema_version: int = SCHEMA_VERSION

    def active_of(self, key: tuple[str, str]) -> str | None:
        """The delivery that stands for a council and source."""
        return next((a.delivery for a in self.active if (a.la_code, a.source) == key), None)

    def seal(self, delivery_id: str) -> str:
        """The checksum of a delivery's account."""
        return dict(self.seals)[delivery_id]

    def standing(self, key: tuple[str, str]) -> list[LoadLine]:
        """The loads that make up a source: the last full one and the partial ones after it."""
        lines: list[LoadLine] = []
        for line in self.loads:
            if (line.la_code, line.source) != key or line.withdrawn_by:
                continue
            lines = [line] if line.full else [*lines, line]
        return lines

    def next(self, *, made_by: str, at: datetime, by: str) -> Manifest:
        """The manifest that follows this one, so far with the same content."""
        return replace(
            self,
            number=self.number + 1,
            parent=self.number,
            made_by=made_by,
            at=at,
            by=by,
            schema_version=SCHEMA_VERSION,
        )

    def with_active(self, key: tuple[str, str], delivery_id: str | None, seal: str = "") -> Manifest:
        """The same with another delivery standing for a council and source, or none."""
        others = [a for a in self.active if (a.la_code, a.source) != key]
        if delivery_id is not None:
            others.append(Active(*key, delivery_id))
        active = tuple(sorted(others, key=lambda a: (a.la_code, a.source)))
        seals = dict(self.seals)
        if delivery_id is not None and seal:
            seals[delivery_id] = seal
        return replace(self, active=active, seals=tuple(seals.items()))

    def without_load(self, load: str, withdrawn_by: str) -> Manifest:
        """The same with a load's lines marked as withdrawn."""
        lines = (replace(x, withdrawn_by=withdrawn_by) if x.load == load else x for x in self.loads)
        return replace(self, loads=tuple(lines))

    def write(self, paths: Paths) -> None:
        """Writes the manifest; it stands only once `make_current` has been called."""
        write_sealed(paths.manifest(self.number), _body(self), durable=paths.durable)


def make_current(paths: Paths, number: int) -> None:
    """Switches the record to a manifest in one step."""
    write_whole(paths.current, f"{number}\n".encode(), durable=paths.durable)


def current_number(paths: Paths) -> int:
    """The number of the manifest that stands."""
    try:
        return int(paths.current.read_text(encoding="ascii"))
    except (OSError, ValueError):
        raise RecordFault(
            f"{paths.current} does not hold the number of a manifest: write the highest number in "
            f"{paths.manifests} into it, or restore it from a backup."
        ) from None


def read_manifest(paths: Paths, number: int) -> Manifest:
    """Reads one manifest, the standing one or an older one."""
    mend = "restore it from a backup"
    if number > 0:
        mend += f", or write {number - 1} into {paths.current} to go back one load, and load again"
    body = read_sealed(paths.manifest(number), mend=mend)
    try:
        return _manifest(body)
    except (KeyError, TypeError, ValueError):
        raise RecordFault(f"{paths.manifest(number)} is not a manifest: {mend}.") from None


def _body(manifest: Manifest) -> dict[str, Any]:
    return {
        "number": manifest.number,
        "parent": manifest.parent,
        "made_by": manifest.made_by,
        "at": manifest.at.isoformat() if manifest.at else None,
        "by": manifest.by,
        "schema_version": manifest.schema_version,
        "active": [vars(a) for a in manifest.active],
        "loads": [vars(line) for line in manifest.loads],
        "seals": dict(manifest.seals),
    }


def _manifest(body: dict[str, Any]) -> Manifest:
    rest = {
        "at": datetime.fromisoformat(body["at"]) if body["at"] else None,
        "active": tuple(Active(**a) for a in body["active"]),
        "loads": tuple(LoadLine(**line) for line in body["loads"]),
        "seals": tuple(body["seals"].items()),
    }
    return Manifest(**{**body, **rest})
