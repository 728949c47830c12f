"""The key of the chain: kept outside the database, so that whoever can write there cannot make a code that fits."""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping
from pathlib import Path

from evenlode.errors import CannotGoOn

VARIABLE = "EVENLODE_AUDIT_KEY"
FILE_VARIABLE = "EVENLODE_AUDIT_KEY_FILE"
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}){32,}")


class NoAuditKey(CannotGoOn):
    """The key of the audit trail is not there or is none."""


def read_key(environ: Mapping[str, str], file: Path | None = None) -> bytes:
    """The key, from a file or from the environment: 32 bytes or more, written as hexadecimal digits.

    A file that is named is taken; else the variable with the key, else the file that a variable names.
    The file must be closed to everybody but its owner.  NoAuditKey says what to mend and never the key.
    """
    if file is None and VARIABLE in environ:
        return _key(environ[VARIABLE], VARIABLE)
    if file is None and FILE_VARIABLE in environ:
        file = Path(environ[FILE_VARIABLE])
    if file is None:
        raise NoAuditKey(
            f"the key of the audit trail is not known: set {VARIABLE}, or {FILE_VARIABLE} to the file that holds it"
        )
    try:
        open_to_others = stat.S_IMODE(file.stat().st_mode) & 0o077
        said = file.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        raise NoAuditKey(
            f"{file} cannot be read: name the file that holds the key of the audit trail"
        ) from None
    if open_to_others:
        raise NoAuditKey(f"{file} can be read by others: close it (chmod 600) and change the key")
    return _key(said, str(file))


def _key(said: str, where: str) -> bytes:
    if not _HEX.fullmatch(said.strip()):
        raise NoAuditKey(f"{where} holds no key: it must be at least 64 hexadecimal digits")
    return bytes.fromhex(said.strip())
