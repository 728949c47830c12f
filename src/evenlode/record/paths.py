"""Where each thing lies in a home's record.

No name given by a person or a file ever becomes part of a path: folders are numbered, and the
tables' names are declared in this package.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Paths:
    """The folders and files of one record; `durable` is off only where the record is thrown away."""

    home: Path
    durable: bool = True

    @property
    def root(self) -> Path:
        """The folder of the record."""
        return self.home / "record"

    @property
    def schema(self) -> Path:
        """The file that says the schema version."""
        return self.root / "schema.json"

    @property
    def current(self) -> Path:
        """The file that holds the number of the manifest that stands."""
        return self.root / "current"

    @property
    def lock(self) -> Path:
        """The file that a load or a withdrawal locks."""
        return self.root / "lock"

    @property
    def deliveries(self) -> Path:
        """One folder for each stored delivery."""
        return self.root / "deliveries"

    @property
    def manifests(self) -> Path:
        """One file for each manifest."""
        return self.root / "manifests"

    @property
    def receipts(self) -> Path:
        """One file for each load and withdrawal."""
        return self.root / "receipts"

    def delivery(self, delivery_id: str) -> Path:
        """The folder of one delivery."""
        return self.deliveries / delivery_id

    def manifest(self, number: int) -> Path:
        """The file of one manifest."""
        return self.manifests / f"{number:06d}.json"

    def receipt(self, receipt_id: str) -> Path:
        """The file of one receipt."""
        return self.receipts / f"{receipt_id}.json"

    @property
    def overflow(self) -> Path:
        """Where this process may put what does not fit in memory; emptied when it closes."""
        return self.root / "overflow" / str(os.getpid())

    def make(self) -> None:
        """Makes the folders that are not there yet, closed to other users of the machine."""
        self.home.mkdir(parents=True, exist_ok=True)
        for folder in (self.root, self.deliveries, self.manifests, self.receipts):
            folder.mkdir(mode=0o700, exist_ok=True)

    def clear_overflow(self) -> None:
        """Removes what processes that have ended left of their overflow."""
        if not (self.root / "overflow").is_dir():
            return
        for folder in (self.root / "overflow").iterdir():
            if not _runs(folder.name):
                shutil.rmtree(folder, ignore_errors=True)


def _runs(process: str) -> bool:
    """Whether a process of this number is running."""
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, ValueError):
        return True
    return True
