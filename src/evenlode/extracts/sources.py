"""The files that were handed over: a folder, an archive or one file."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evenlode.errors import CannotRead
from evenlode.extracts.archives import Archive, fit_to_show
from evenlode.extracts.limits import MAX_FILE, MAX_FILES
from evenlode.extracts.signature import Sort, sort_of


@dataclass(frozen=True)
class HandedFile:
    """One file, by the name under which it is reported."""

    name: str
    data: bytes
    sort: Sort

    @property
    def sha256(self) -> str:
        """Its fingerprint."""
        return hashlib.sha256(self.data).hexdigest()


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
    return Handed(label, found.st_size, lambda: _opened(label, _bytes(path, label)))


def _folder(path: Path, label: str) -> Handed:
    paths = []
    for base, folders, names in os.walk(path, onerror=_refuse_folder):
        folders.sort()
        paths += [Path(base, name) for name in names]
        if len(paths) > MAX_FILES:
            raise CannotRead(f"{label}: the folder holds more than {MAX_FILES:,} files; hand over the extracts alone.")
    listed = sorted((p.relative_to(path).as_posix(), p) for p in paths if _regular(p))
    if not listed:
        raise CannotRead(f"{label}: the folder is empty; hand over the folder into which the extracts were exported.")
    size = sum(p.stat().st_size for _, p in listed)

    def files() -> Iterator[HandedFile]:
        for name, one in listed:
            shown = fit_to_show(name)
            yield from _opened(shown, _bytes(one, shown), inside=True)

    return Handed(label, size, files)


def _refuse_folder(fault: OSError) -> None:
    raise CannotRead(f"{fit_to_show(Path(fault.filename).name)}: the folder cannot be opened ({fault.strerror}).") from None


def _regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def _bytes(path: Path, shown: str) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE:
            raise CannotRead(f"{shown}: the file is larger than {MAX_FILE // 1024**3} GB; split it by table.")
        return path.read_bytes()
    except OSError as fault:
        raise CannotRead(f"{shown}: the file cannot be opened ({fault.strerror}); check that you may read it.") from None


def _opened(name: str, data: bytes, *, inside: bool = False) -> Iterator[HandedFile]:
    """The file itself, or the files of an archive; an archive in an archive stays closed."""
    sort = sort_of(data)
    if sort is not Sort.ARCHIVE:
        yield HandedFile(name, data, sort)
        return
    before = f"{name}/" if inside else ""
    empty = True
    for entry, content in Archive(name, data).files():
        empty = False
        yield HandedFile(before + entry, content, sort_of(content))
    if empty:
        raise CannotRead(f"{name}: the archive is empty; pack the extracts into it.")
