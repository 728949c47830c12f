"""The files that were handed over: a folder, an archive or one file."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from evenlode.errors import CannotRead
from evenlode.extracts.archives import Archive, fit_to_show
from evenlode.extracts.limits import MAX_FILE, MAX_FILES
from evenlode.extracts.signature import Sort, sort_of

_HEAD = 8_192
"""Bytes that tell what sort of file it is."""


@dataclass(frozen=True)
class HandedFile:
    """One file, by the name under which it is reported; its bytes are fetched when they are wanted."""

    name: str
    size: int
    sort: Sort
    load: Callable[[], bytes]


@dataclass(frozen=True)
class Handed:
    """What was handed over.  size: bytes in all, for showing progress."""

    label: str
    size: int
    files: Callable[[], Iterator[HandedFile]]


def open_extracts(path: Path) -> Handed:
    """The files of a folder (and of folders in it), of an archive, or the one file."""
    label = fit_to_show(path.name or str(path))
    try:
        found = path.stat()
    except (OSError, ValueError):
        raise CannotRead(f"{label}: there is no such file or folder; check the path.") from None
    if stat.S_ISDIR(found.st_mode):
        return _folder(path, label)
    if not stat.S_ISREG(found.st_mode):
        raise CannotRead(f"{label}: this is neither a file nor a folder; hand over the extracts' folder.")
    return Handed(label, found.st_size, lambda: _opened(label, path))


def _folder(path: Path, label: str) -> Handed:
    paths: list[Path] = []
    for base, folders, names in os.walk(path, onerror=_refuse_folder):
        folders.sort()
        paths += [Path(base, name) for name in names]
        if len(paths) > MAX_FILES:
            raise CannotRead(
                f"{label}: the folder holds more than {MAX_FILES:,} files; hand over the extracts alone."
            )
    listed = sorted((p.relative_to(path).as_posix(), p) for p in paths if _regular(p))
    if not listed:
        raise CannotRead(
            f"{label}: the folder is empty; hand over the folder into which the extracts were exported."
        )
    size = sum(p.stat().st_size for _, p in listed)

    def files() -> Iterator[HandedFile]:
        for name, one in listed:
            yield from _opened(fit_to_show(name), one, inside=True)

    return Handed(label, size, files)


def _refuse_folder(fault: OSError) -> None:
    name = fit_to_show(Path(fault.filename).name)
    raise CannotRead(
        f"{name}: the folder cannot be opened ({fault.strerror}); check that you may read it."
    ) from None


def _regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def _opened(name: str, path: Path, *, inside: bool = False) -> Iterator[HandedFile]:
    """The file itself, or the files of an archive; an archive in an archive stays closed."""
    head, size = _head(name, path)
    sort = sort_of(_bytes(name, path) if head.startswith(b"PK") else head)
    if sort is not Sort.ARCHIVE:
        yield HandedFile(name, size, sort, lambda: _bytes(name, path))
        return
    before = f"{name}/" if inside else ""
    empty = True
    for entry, content in Archive(name, _bytes(name, path)).files():
        empty = False
        yield HandedFile(before + entry, len(content), sort_of(content), partial(bytes, content))
    if empty:
        raise CannotRead(f"{name}: the archive is empty; pack the extracts into it.")


def _head(name: str, path: Path) -> tuple[bytes, int]:
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            raise CannotRead(f"{name}: the file is larger than {MAX_FILE // 1024**3} GB; split it by table.")
        with path.open("rb") as stream:
            return stream.read(_HEAD), size
    except OSError as fault:
        raise _unopened(name, fault) from None


def _bytes(name: str, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise _unopened(name, fault) from None


def _unopened(name: str, fault: OSError) -> CannotRead:
    return CannotRead(f"{name}: the file cannot be opened ({fault.strerror}); check that you may read it.")
