"""Where columns go that do not fit in memory together: a file without a name, mapped into memory.

What is put there reads as before.  Whatever of it has been looked at takes up memory until `let_go`
is called; then it comes from the file again.  The file has no name in any folder, so nothing of it
is left behind, however the program ends.
"""

from __future__ import annotations

import mmap
import os
import tempfile
from pathlib import Path
from threading import Lock
from typing import IO
from weakref import finalize

import pyarrow as pa

from evenlode.errors import CannotGoOn
from evenlode.extracts.grid import Rows

MOST_IN_MEMORY = 320 * 1024**2
"""Bytes of extracts up to which everything stays in memory: some four times as much, once read."""
_FILE = 256 * 1024**2
"""Bytes of one file: two open files for each quarter of a gigabyte, and none larger than old disks allow."""
_ALIGNED = 64


class Overflow:
    """Keeps columns on disk once more has been read than `most` bytes.

    room: the folder on whose disk there is room; else the system's for temporary files.
    """

    def __init__(self, room: Path | None = None, *, most: int = MOST_IN_MEMORY) -> None:
        self._room, self._most = room, most
        self._maps: list[mmap.mmap] = []
        self._files: list[IO[bytes]] = []
        self._free, self._size = 0, 0
        self._lock = Lock()
        self._expected, self._read = 0, 0

    def expect(self, size: int) -> None:
        """Says how many bytes are about to be read, as far as that is known."""
        self._expected = size

    def count(self, size: int) -> None:
        """Says that so many more bytes were read: a packed file holds more than it shows."""
        with self._lock:
            self._read += size

    @property
    def in_use(self) -> bool:
        """Whether there is more than stays in memory."""
        return max(self._expected, self._read) > self._most

    def put(self, column: pa.Array) -> pa.Array:
        """The same column, out of memory where that is needed."""
        if not self.in_use or not column.nbytes:
            return column
        buffers = [None if buffer is None else self._put(buffer) for buffer in column.buffers()]
        return pa.Array.from_buffers(column.type, len(column), buffers, column.null_count, column.offset)

    def put_rows(self, rows: Rows) -> Rows:
        """The same positions, out of memory where that is needed."""
        kept: Rows = self.put(pa.array(rows)).to_numpy() if self.in_use else rows
        return kept

    def let_go(self) -> None:
        """Gives back the memory of what was looked at; it stays readable."""
        if not self.in_use:
            return
        for mapped in self._maps:
            mapped.madvise(mmap.MADV_DONTNEED)
        pa.default_memory_pool().release_unused()

    def _put(self, buffer: pa.Buffer) -> pa.Buffer:
        try:
            with self._lock:
                if self._free + buffer.size > self._size:
                    self._open(max(_FILE, buffer.size))
                file, mapped, at = self._files[-1], self._maps[-1], self._free
                self._free += -(-buffer.size // _ALIGNED) * _ALIGNED
            _write(file.fileno(), buffer, at)
        except OSError as fault:
            folder = self._room or "the system's folder for temporary files (TMPDIR)"
            raise CannotGoOn(
                f"There is no room in {folder} for what does not fit in memory while reading "
                f"({fault.strerror}): make room there, or hand over fewer files at a time."
            ) from None
        return pa.py_buffer(memoryview(mapped)[at : at + buffer.size])

    def _open(self, size: int) -> None:
        file = tempfile.TemporaryFile(dir=self._room)  # noqa: SIM115 - lasts as long as the columns in it
        finalize(self, file.close)
        file.truncate(size)
        self._files.append(file)
        self._maps.append(mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ))
        self._free, self._size = 0, size


def _write(file: int, buffer: pa.Buffer, at: int) -> None:
    left = memoryview(buffer)
    while left:
        written = os.pwrite(file, left, at)
        left, at = left[written:], at + written
