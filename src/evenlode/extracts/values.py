"""A cell of text as a flag or a number, and what JSON says about a flag."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from evenlode.extracts.words import Words

_PLACES = Decimal("0.000001")
_LARGEST = Decimal(10) ** 12
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
_SHOWN = re.compile(r"[0-9.,+\-eE%: /]{1,20}")
MANGLED = r"^[+-]?[0-9]([.,][0-9]+)?[eE][+][0-9]{1,3}$"
"""An id that Excel turned into a number and shortened: the true one is lost."""
SHEET_ERRORS = (
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#NAME?",
    "#DIV/0!",
    "#NULL!",
    "#NUM!",
    "#GETTING_DATA",
    "#SPILL!",
)


@dataclass(frozen=True)
class Unreadable:
    """Why a cell cannot be read.  kind: without the value; fault: with it, where that is harmless."""

    kind: str
    fault: str


def _unreadable(text: str, why: str) -> Unreadable:
    said = f'"{text}"' if _SHOWN.fullmatch(text) else "the value"
    return Unreadable(why, f"{said} {why}")


def read_flag(text: str, words: Words) -> str | Unreadable | None:
    """Y, N, or None where the cell says that it is not known."""
    said = text.lower()
    if said in words.yes:
        return "Y"
    if said in words.no:
        return "N"
    if said in words.unknown:
        return None
    return _unreadable(text, "is neither yes nor no")


def read_number(text: str) -> Decimal | Unreadable | None:
    """A number: `0.6`, `0,6`, `60%` and `1,234.5` are all met."""
    said = text.replace(" ", "")
    percent = said.endswith("%")
    said = said.removesuffix("%")
    if "," in said:
        whole, _, rest = said.rpartition(",")
        if "." in said:
            if not re.fullmatch(r"[+-]?\d{1,3}(,\d{3})*,\d{3}\.\d*", said):
                return _unreadable(text, "is not a number")
            said = said.replace(",", "")
        elif whole.count(",") or (len(rest) == 3 and whole.strip("+-") not in {"", "0"}):
            return _unreadable(text, "could be a thousand or a thousandth")
        else:
            said = f"{whole}.{rest}"
    if not _NUMBER.fullmatch(said):
        return _unreadable(text, "is not a number")
    try:
        value = Decimal(said) / (100 if percent else 1)
        if abs(value) >= _LARGEST:
            return _unreadable(text, "is larger than any number that belongs here")
        return value.quantize(_PLACES)
    except InvalidOperation:
        return _unreadable(text, "is not a number")


def read_integer(text: str) -> int | Unreadable | None:
    """A whole number; `7.0` is one, `7.5` is not."""
    value = read_number(text)
    if isinstance(value, Decimal):
        if value != value.to_integral_value():
            return _unreadable(text, "is not a whole number")
        return int(value)
    return value


@dataclass(frozen=True)
class Outcome:
    """What a cell of JSON says about one flag.  readable: it is JSON at all."""

    flag: str | None = None
    readable: bool = True


def read_outcome(text: str, name: str | None, words: Words) -> Outcome:
    """The flag of that name in a JSON object: Y, N, or None where it is blank or not there."""
    try:
        said = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return Outcome(readable=False)
    if name is None or not isinstance(said, dict):
        return Outcome(readable=isinstance(said, dict | list))
    for key, value in said.items():
        if key.strip().lower() == name.lower():
            return Outcome(_flag_of(value, words))
    return Outcome()


def _flag_of(value: object, words: Words) -> str | None:
    if isinstance(value, bool):
        return "Y" if value else "N"
    if value is None or isinstance(value, dict | list):
        return None
    found = read_flag(str(value).strip(), words)
    return found if isinstance(found, str) else None
