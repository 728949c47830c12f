"""Puts links on the names in a sentence: a line that tells of somebody leads to their page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A piece of a sentence; url: where it leads, None for plain words."""

    text: str
    url: str | None = None


def parts(sentence: str, links: Mapping[str, str]) -> list[Part]:
    """The sentence in pieces: each name's first mention is a link, the longest name first; blank names are none."""
    names = sorted((name for name in links if name), key=len, reverse=True)
    if not names:
        return [Part(sentence)]
    found: list[Part] = []
    used: set[str] = set()
    rest = sentence
    pattern = re.compile("|".join(re.escape(name) for name in names))
    while (match := pattern.search(rest)) is not None:
        before, name = rest[: match.start()], match.group()
        if before:
            found.append(Part(before))
        found.append(Part(name, None if name in used else links[name]))
        used.add(name)
        rest = rest[match.end() :]
    if rest:
        found.append(Part(rest))
    return _joined(found)


def _joined(found: Iterable[Part]) -> list[Part]:
    """Plain pieces beside each other as one."""
    joined: list[Part] = []
    for part in found:
        if joined and part.url is None and joined[-1].url is None:
            joined[-1] = Part(joined[-1].text + part.text)
        else:
            joined.append(part)
    return joined
