"""The write-ahead log of an SQLite database: emptied into it with care, and never trusted once it is damaged.

SQLite stops reading its log at the first place that does not fit, and goes on from there.  That is right as long
as nothing behind that place has been copied into the database yet.  Where it has, what is left of the log lays
old pages over newer ones: half a transaction, which SQLite's own check does not see.  So the log is emptied as soon
as it has been copied; before the copying it is written down beside the log how far it goes; and a log that no
longer goes so far is not opened.
"""

from __future__ import annotations

import fcntl
import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from evenlode.errors import CannotGoOn

MOST = 4 * 1024**2
"""The log is emptied when it has grown by this many bytes; about what SQLite itself would wait for."""
PATIENCE = 100
"""So many milliseconds its emptying waits for whoever still reads from it."""
KEEP_AND_RESTORE = "Keep it and the files beside it as they are, and restore the newest backup (docs/how-to/run-it.md, step 11)."
HEAD, FRAME = struct.Struct(">8I"), struct.Struct(">6I")
MAGIC = {0x377F0682: "<", 0x377F0683: ">"}
"""The first word of a log, with the order of bytes in which its checksums were made."""
MARK = struct.Struct(">8sQI")


@dataclass(frozen=True)
class Mark:
    """How far the log goes whose copying has begun.  salts: by which a log is known from those before and after it."""

    salts: bytes
    frames: int


def log_of(database: Path) -> Path:
    """Where the log of a database lies."""
    return database.with_name(database.name + "-wal")


def mark_of(database: Path) -> Path:
    """Where it is written down how far the log goes that is being copied."""
    return database.with_name(database.name + "-copying")


def empty_log(con: Any, database: Path) -> bool:
    """Copies the log into the database and empties it; False where somebody still reads from it or writes to it.

    con: a connection that is in no transaction.  What could not be emptied now is emptied by a later call.
    """
    with _only_one(database) as mark:
        if mark is None:
            return False
        salts, frames = _extent(log_of(database))
        if not frames:
            return True
        body = salts + struct.pack(">Q", frames)
        os.pwrite(mark, body + struct.pack(">I", zlib.crc32(body)), 0)
        _to_disk(mark, database.parent)
        with _waiting_at_most(con, PATIENCE):
            (busy, _, _) = con.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if not busy:
            os.ftruncate(mark, 0)
        return not busy


def check_log(database: Path) -> None:
    """Raises CannotGoOn where the log is damaged before a place up to which it may have been copied already."""
    while mark := _read_mark(database):
        log = log_of(database)
        try:
            with log.open("rb") as file:
                salts, whole = _whole_frames(file)
        except FileNotFoundError:
            return
        if salts != mark.salts or whole >= mark.frames:
            return
        if mark == _read_mark(database) and _extent(log)[0] == salts:  # and nobody has emptied it meanwhile
            raise CannotGoOn(
                f"{log} is damaged: it was being brought into the database, and of its {mark.frames:,} pages only the "
                f"first {whole:,} can be read, so some records would be half old and half new. Nothing was changed. "
                f"{KEEP_AND_RESTORE}"
            )


def _to_disk(handle: int, folder: Path) -> None:
    """Waits until the disk holds a file and its name."""
    os.fsync(handle)
    named = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(named)
    finally:
        os.close(named)


@contextmanager
def _waiting_at_most(con: Any, milliseconds: int) -> Iterator[None]:
    """For a while the connection waits no longer than this for others, who cannot write as long as it waits."""
    (before,) = con.execute("PRAGMA busy_timeout").fetchone()
    con.execute(f"PRAGMA busy_timeout = {milliseconds:d}")
    try:
        yield
    finally:
        con.execute(f"PRAGMA busy_timeout = {before:d}")


@contextmanager
def _only_one(database: Path) -> Iterator[int | None]:
    """The open file of the mark, for one at a time; nothing where another is at it or the disk does not let us."""
    try:
        handle = os.open(mark_of(database), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        yield None
        return
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield handle
    finally:
        os.close(handle)


def _read_mark(database: Path) -> Mark | None:
    """The mark that stands; nothing where none does, or where its writing was cut off before any copying began."""
    with suppress(OSError, struct.error):
        salts, frames, check = MARK.unpack(mark_of(database).read_bytes())
        if zlib.crc32(salts + struct.pack(">Q", frames)) == check:
            return Mark(salts, frames)
    return None


def _extent(log: Path) -> tuple[bytes, int]:
    """The salts of a log, and how many pages up to its last commit say that they are of it; nothing is checked."""
    try:
        with log.open("rb") as file:
            head = file.read(HEAD.size)
            if len(head) < HEAD.size:
                return b"", 0
            page, salts, committed, number = HEAD.unpack(head)[2], head[16:24], 0, 0
            while len(frame := file.read(FRAME.size)) == FRAME.size and frame[8:16] == salts:
                number += 1
                if frame[4:8] != bytes(4):
                    committed = number
                file.seek(page, os.SEEK_CUR)
            return salts, committed
    except FileNotFoundError:
        return b"", 0


def _whole_frames(file: BinaryIO) -> tuple[bytes, int]:
    """The salts of a log, and how many pages of it can be read up to its last whole commit, as SQLite itself reads it."""
    head = file.read(HEAD.size)
    if len(head) < HEAD.size:
        return b"", 0
    magic, _, page, _, _, _, *sums = HEAD.unpack(head)
    order, salts = MAGIC.get(magic), head[16:24]
    if order is None or _summed(order, head[:24], (0, 0)) != tuple(sums):
        return salts, 0
    committed = number = 0
    running = (sums[0], sums[1])
    while len(frame := file.read(FRAME.size + page)) == FRAME.size + page and frame[8:16] == salts:
        running = _summed(order, frame[:8] + frame[FRAME.size :], running)
        if running != FRAME.unpack_from(frame)[4:6]:
            break
        number += 1
        if frame[4:8] != bytes(4):
            committed = number
    return salts, committed


def _summed(order: str, content: bytes, before: tuple[int, int]) -> tuple[int, int]:
    """SQLite's checksum of its log, carried on from what came before."""
    one, two = before
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        one = (one + even + two) & 0xFFFFFFFF
        two = (two + odd + one) & 0xFFFFFFFF
    return one, two
