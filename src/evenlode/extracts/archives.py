"""Archives (and workbooks, which are archives too) unpacked within limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from evenlode.errors import CannotRead
from evenlode.extracts.limits import MAX_FILE, MAX_FILES, MAX_RATIO, MAX_UNPACKED, RATIO_FROM

_PIECE = 1 << 20
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    MemoryError,
    KeyError,
    IndexError,
)


class Archive:
    """One archive; its entries' names are only ever shown, never used as paths."""

    def __init__(self, file: str, data: bytes, *, most: int = MAX_UNPACKED) -> None:
        self.file = file
        self._most = most
        self._packed = max(len(data), 1)
        self._unpacked = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = [e for e in self._zip.infolist() if not e.is_dir()]
        except _DAMAGE:
            raise CannotRead(f"{file}: the archive is damaged or cut off; make or send it again.") from None
        if len(entries) > MAX_FILES:
            raise CannotRead(
                f"{file}: the archive has {len(entries):,} entries, more than {MAX_FILES:,}; pack the extracts alone."
            )
        self._entries = sorted(entries, key=lambda e: e.filename)

    @property
    def names(self) -> list[str]:
        """The names of the entries, in order."""
        return [entry.filename for entry in self._entries]

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Each entry's name, made fit to be shown, and its bytes."""
        for entry in self._entries:
            yield fit_to_show(entry.filename), b"".join(self._pieces(entry))

    def pieces(self, name: str) -> Iterator[bytes]:
        """One entry, piece by piece."""
        return self._pieces(next(e for e in self._entries if e.filename == name))

    def _pieces(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        if entry.flag_bits & 1:
            raise CannotRead(f"{self.file}: the archive is locked with a password; hand it over without one.")
        size = 0
        try:
            with self._zip.open(entry) as stream:
                while piece := stream.read(_PIECE):
                    size += len(piece)
                    self._unpacked += len(piece)
                    self._refuse_bomb(size)
                    yield piece
        except _DAMAGE:
            raise CannotRead(
                f"{self.file}: the archive's entry {fit_to_show(entry.filename)} is damaged; make or send it again."
            ) from None

    def _refuse_bomb(self, size: int) -> None:
        too_much = size > MAX_FILE or self._unpacked > self._most
        too_dense = self._unpacked > RATIO_FROM and self._unpacked > MAX_RATIO * self._packed
        if too_much or too_dense:
            raise CannotRead(
                f"{self.file}: the archive unpacks to far more than extracts are ({self._unpacked // 1024**2:,} MB so far); "
                "hand the files over in a folder."
            )


def fit_to_show(name: str) -> str:
    """An entry's name on one line, without letters that a terminal would act on."""
    clean = "".join(c if c.isprintable() else "?" for c in name.replace("\\", "/"))
    return clean if len(clean) <= 200 else "…" + clean[-199:]
