"""A stream that nobody can read or change without the key: how a backup lies on disk.

After a line that says what it is come 32 chance bytes and then blocks of one MiB, each sealed with
ChaCha20-Poly1305 under a key drawn (HKDF-SHA256) from the council's key and those bytes.  A block is sealed with
its number and with whether it is the last, so that one that was changed, moved, left out or cut off is found.
Only one block is held in memory at a time.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from evenlode.errors import CannotGoOn

HEAD = b"evenlode backup, first form\n"
BLOCK = 1 << 20
SALT, TAG = 32, 16
_HEX = re.compile(r"[0-9a-fA-F]{64,}")


class BackupFault(CannotGoOn):
    """A backup, or its key, is not what it must be."""


def read_backup_key(file: Path) -> bytes:
    """The key of the backups: a file closed to others with 64 hexadecimal digits or more.

    BackupFault says what to mend and never the key.
    """
    try:
        open_to_others = stat.S_IMODE(file.stat().st_mode) & 0o077
        said = file.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise BackupFault(f"{file} cannot be read: name the file with the key of the backups.") from None
    if open_to_others:
        raise BackupFault(f"{file} can be read by others: close it (chmod 600) and change the key.")
    if not _HEX.fullmatch(said) or len(said) % 2:
        raise BackupFault(f"{file} holds no key: make one of 64 hexadecimal digits (openssl rand -hex 32).")
    return bytes.fromhex(said)


def _cipher(key: bytes, salt: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(HKDF(algorithm=SHA256(), length=32, salt=salt, info=HEAD).derive(key))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class SealedWriter:
    """Takes bytes and writes them sealed; the stream is only whole after `finish`."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self._file, self._held, self._number = file, bytearray(), 0
        salt = os.urandom(SALT)
        self._cipher = _cipher(key, salt)
        file.write(HEAD + salt)

    def write(self, some: bytes) -> int:
        """Takes some bytes; a block is written once the next has begun, since the last is sealed as the last."""
        self._held += some
        while len(self._held) > BLOCK:
            self._block(bytes(self._held[:BLOCK]), last=False)
            del self._held[:BLOCK]
        return len(some)

    def finish(self) -> None:
        """Writes the last block."""
        self._block(bytes(self._held), last=True)
        self._held.clear()

    def _block(self, plain: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last), plain, HEAD))
        self._number += 1


class SealedReader:
    """Gives the bytes of a sealed stream; BackupFault for the first block that is not as it was written."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self._file, self._held, self._number, self._ended = file, bytearray(), 0, False
        head = file.read(len(HEAD) + SALT)
        if len(head) < len(HEAD) + SALT or not head.startswith(HEAD):
            raise BackupFault("The file is no backup of Evenlode's, or it was cut off at its beginning.")
        self._cipher = _cipher(key, head[len(HEAD) :])
        self._next = file.read(BLOCK + TAG)

    def read(self, size: int) -> bytes:
        """The next bytes, so many or what is left."""
        while len(self._held) < size and not self._ended:
            self._block()
        some = bytes(self._held[:size])
        del self._held[:size]
        return some

    def drain(self) -> None:
        """Reads to the end, so that the last block has been checked."""
        while self.read(BLOCK):
            pass

    def _block(self) -> None:
        sealed, self._next = self._next, self._file.read(BLOCK + TAG)
        self._ended = not self._next
        try:
            self._held += self._cipher.decrypt(_nonce(self._number, self._ended), sealed, HEAD)
        except InvalidTag:
            why = (
                "the key is not the one that it was written under, or the file was changed"
                if self._number == 0
                else "the file was changed or cut off"
            )
            raise BackupFault(
                f"The backup cannot be read at its block {self._number + 1}: {why}. Nothing was restored: "
                "take another copy of it."
            ) from None
        self._number += 1
