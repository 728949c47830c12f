"""Files that are sent: they stream into a private folder of the home under names of our own, up to a declared size."""

from __future__ import annotations

import os
import shutil
import time
import uuid
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest
from django.utils import timezone

from evenlode.access import Target, Thing, Verb
from evenlode.extracts.archives import fit_to_show
from evenlode.web.door import Door
from evenlode.web.models import Job, JobState
from evenlode.web.standing_register import register

if TYPE_CHECKING:
    _Uploaded = UploadedFile[Any]
else:
    _Uploaded = UploadedFile

PATH = "/data/send"
"""The one page that takes files."""
TOO_LARGE = "sent_too_large"
"""What a request is marked with whose files went beyond the declared size."""
FORGOTTEN = 24 * 60 * 60
"""What was sent and never taken up is removed after so many seconds."""


def uploads_folder() -> Path:
    """The private folder in the home."""
    home: Path = settings.EVENLODE.home
    folder = home / "uploads"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def folder_of(ref: str) -> Path:
    """Where the files of one hand-over lie until they have been read."""
    return uploads_folder() / uuid.UUID(ref).hex


class PrivateFile(_Uploaded):
    """One file that was sent; where it lies is ours, and its name is only ever shown."""

    def __init__(self, path: Path, name: str, size: int) -> None:
        super().__init__(path.open("rb"), name, size=size)
        self.path = path

    def close(self) -> None:
        """Closes it, and removes it where nobody has taken it over."""
        super().close()
        self.path.unlink(missing_ok=True)


class PrivateUpload(FileUploadHandler):
    """Takes files of those who may load extracts, on the one page for it, and of nobody else."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.most = int(settings.EVENLODE.upload_bytes)
        self.taken = 0
        self.path: Path | None = None
        self.out: Any = None

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - Django's own name
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """Looks at the size that is announced before a byte is taken."""
        del input_data, META, boundary, encoding
        self.refused = not may_send(self.request)
        self.too_large = content_length > self.most + 1024**2

    def new_file(self, *args: Any, **more: Any) -> None:
        """A file begins."""
        super().new_file(*args, **more)
        if self.refused:
            raise SkipFile
        if self.too_large:
            self._say_too_large()
            raise StopUpload(connection_reset=False)
        self.path = uploads_folder() / f"{uuid.uuid4().hex}.part"
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self.out = os.fdopen(handle, "wb")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """A piece of it; at the declared size nothing more is taken."""
        del start
        self.taken += len(raw_data)
        if self.taken > self.most:
            self._drop()
            self._say_too_large()
            raise StopUpload(connection_reset=False)
        self.out.write(raw_data)

    def file_complete(self, file_size: int) -> PrivateFile | None:
        """The whole file is on the disk."""
        if self.out is None or self.path is None:
            return None
        self.out.close()
        self.out = None
        return PrivateFile(self.path, fit_to_show(self.file_name or "file"), file_size)

    def upload_interrupted(self) -> None:
        """Nothing of it is kept."""
        self._drop()

    def _drop(self) -> None:
        if self.out is not None:
            self.out.close()
            self.out = None
        if self.path is not None:
            self.path.unlink(missing_ok=True)

    def _say_too_large(self) -> None:
        setattr(self.request, TOO_LARGE, True)


def may_send(request: HttpRequest | None) -> bool:
    """Whether whoever sends something may load extracts at all; asked before a byte of it is kept."""
    if request is None or request.path != PATH or not request.user.is_authenticated:
        return False
    door = Door(request.user.person_id, timezone.now(), register(), "")
    return door.may(Verb.RECORD, Target(thing=Thing.LOADS))


def take_over(files: list[PrivateFile], ref: str) -> list[dict[str, object]]:
    """Moves what was sent to the hand-over's own folder; answers our names and theirs, for the work to come."""
    folder = folder_of(ref)
    folder.mkdir(mode=0o700)
    sent: list[dict[str, object]] = []
    names: set[str] = set()
    for number, file in enumerate(files, start=1):
        kept = f"{number}.sent"
        file.path.replace(folder / kept)
        name = str(file.name) if file.name not in names else f"{number}-{file.name}"
        names.add(name)
        sent.append({"kept": kept, "name": name, "size": file.size})
    return sent


def clear_forgotten() -> None:
    """Removes what was sent and that no work that still runs or waits will read."""
    waiting = set(
        Job.objects.filter(state__in=[JobState.WAITING, JobState.RUNNING]).values_list("ref", flat=True)
    )
    for path in uploads_folder().iterdir():
        with suppress(OSError):
            if path.name not in waiting and time.time() - path.stat().st_mtime > FORGOTTEN:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
