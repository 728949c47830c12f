"""A council's own headings and codes, from the mapping file that it keeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path

import yaml

from evenlode.errors import CannotRead
from evenlode.extracts.headings import plain
from evenlode.extracts.limits import MAX_MAPPING
from evenlode.extracts.words import Words
from evenlode.record.columns import Kind, Table
from evenlode.record.tables import TABLES

_WORD_LISTS = ("yes", "no", "unknown", "blank")


@dataclass(frozen=True)
class Mapping:
    """What a council's headings and codes mean.

    headings: table to column to further headings.  codes: table to column to (their word, in lower
    case) to ours.
    """

    words: Words
    headings: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    codes: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)


@cache
def tables_and_lists() -> dict[str, Table]:
    """Whose headings a mapping file can name: the record's tables, and the lists that fill several.

    Codes are those of the record's tables, whichever list fills them.
    """
    from evenlode.extracts.forms.book import FORM_OF  # noqa: PLC0415 - its lists are read by a mapping

    return {**TABLES, **{name: form.list for name, form in FORM_OF.items()}}


@cache
def default_mapping() -> Mapping:
    """The meanings that are shipped."""
    text = resources.files("evenlode.extracts").joinpath("mapping_default.yaml").read_text("utf-8")
    empty = Words(frozenset(), frozenset(), frozenset(), frozenset())
    return _Reader("mapping_default.yaml", Mapping(empty)).read(text)


def default_mapping_text() -> str:
    """The shipped file, comments and all, for a council to start from."""
    return resources.files("evenlode.extracts").joinpath("mapping_default.yaml").read_text("utf-8")


def load_mapping(path: Path) -> Mapping:
    """A council's mapping file over the shipped one; a fault names the file and the line."""
    try:
        if path.stat().st_size > MAX_MAPPING:
            raise CannotRead(f"{path.name}: a mapping file of more than 1 MB; hand over the right file.")
        text = path.read_text("utf-8-sig")
    except OSError as fault:
        raise CannotRead(
            f"{path.name}: the mapping file cannot be opened ({fault.strerror}); check its path."
        ) from None
    except UnicodeDecodeError:
        raise CannotRead(f"{path.name}: the mapping file is not UTF-8; save it as UTF-8.") from None
    return _Reader(path.name, default_mapping()).read(text)


class _Reader:
    """Reads one mapping file over another, and knows the line of everything it reads."""

    def __init__(self, name: str, base: Mapping) -> None:
        self.name = name
        self.base = base

    def read(self, text: str) -> Mapping:
        try:
            root = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.YAMLError as fault:
            mark = getattr(fault, "problem_mark", None)
            line = mark.line + 1 if mark else 1
            raise CannotRead(f"{self.name}, line {line}: this is not YAML; mend the line.") from None
        except RecursionError:
            raise CannotRead(f"{self.name}, line 1: this is nested too deep; write it plainly.") from None
        if root is None:
            return self.base
        words, headings, codes = self.base.words, self.base.headings, self.base.codes
        for key, node in self._pairs(root, "the file").items():
            if key == "words":
                words = self._words(node)
            elif key == "headings":
                headings = self._headings(node)
            elif key == "codes":
                codes = self._codes(node)
            else:
                self._refuse(node, f'"{key}" is not known; use words, headings or codes')
        return Mapping(words, headings, codes)

    def _refuse(self, node: yaml.Node, what: str) -> None:
        line = node.start_mark.line + 1
        raise CannotRead(f"{self.name}, line {line}: {what}.")

    def _pairs(self, node: yaml.Node, what: str) -> dict[str, yaml.Node]:
        if isinstance(node, yaml.ScalarNode) and not node.value:
            return {}
        if not isinstance(node, yaml.MappingNode):
            self._refuse(node, f"{what} should be a list of names, each with its meaning after a colon")
        pairs: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = self._scalar(key)
            if name in pairs:
                self._refuse(key, f'"{name}" stands here twice')
            pairs[name] = value
        return pairs

    def _scalar(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            self._refuse(node, "a single word or phrase is wanted here")
        return str(node.value).strip()

    def _list(self, node: yaml.Node) -> list[tuple[str, yaml.Node]]:
        if isinstance(node, yaml.ScalarNode):
            return [(self._scalar(node), node)] if node.value else []
        if not isinstance(node, yaml.SequenceNode):
            self._refuse(node, "a list is wanted here")
        return [(self._scalar(one), one) for one in node.value]

    def _table(self, name: str, node: yaml.Node, known: dict[str, Table]) -> Table:
        if name not in known:
            self._refuse(node, f'there is no table "{name}"; the tables are {", ".join(sorted(known))}')
        return known[name]

    def _column(self, table: Table, name: str, node: yaml.Node) -> None:
        if name not in {c.name for c in table.read_columns}:
            known = ", ".join(c.name for c in table.read_columns)
            self._refuse(node, f'table {table.name} has no column "{name}"; its columns are {known}')

    def _words(self, node: yaml.Node) -> Words:
        found = {name: set(getattr(self.base.words, name)) for name in _WORD_LISTS}
        meaning: dict[str, str] = {}
        for name, listed in self._pairs(node, "words").items():
            if name not in _WORD_LISTS:
                self._refuse(listed, f'"{name}" is not known; use {", ".join(_WORD_LISTS)}')
            for word, at in self._list(listed):
                said = word if name == "blank" else word.lower()
                if name != "blank" and meaning.setdefault(said, name) != name:
                    self._refuse(at, f'"{word}" cannot mean both {meaning[said]} and {name}')
                for other in _WORD_LISTS[:3]:
                    if name != "blank":
                        found[other].discard(said)
                found[name].add(said)
        return Words(**{name: frozenset(words) for name, words in found.items()})

    def _headings(self, node: yaml.Node) -> dict[str, dict[str, tuple[str, ...]]]:
        merged = {t: dict(columns) for t, columns in self.base.headings.items()}
        for name, columns in self._pairs(node, "headings").items():
            table = self._table(name, columns, tables_and_lists())
            meaning: dict[str, str] = {}
            for column, listed in self._pairs(columns, f"headings of {name}").items():
                self._column(table, column, listed)
                for heading, at in self._list(listed):
                    if not plain(heading):
                        self._refuse(at, "a heading needs a letter or a figure")
                    if meaning.setdefault(plain(heading), column) != column:
                        self._refuse(at, f'"{heading}" cannot be both {meaning[plain(heading)]} and {column}')
                    self._add_heading(merged.setdefault(name, {}), column, heading)
        return merged

    @staticmethod
    def _add_heading(columns: dict[str, tuple[str, ...]], column: str, heading: str) -> None:
        """What is said last holds: another column that had this heading loses it."""
        for other, had in list(columns.items()):
            columns[other] = tuple(h for h in had if plain(h) != plain(heading))
        columns[column] = (*columns.get(column, ()), heading)

    def _codes(self, node: yaml.Node) -> dict[str, dict[str, dict[str, str]]]:
        merged = {t: {c: dict(m) for c, m in columns.items()} for t, columns in self.base.codes.items()}
        for name, columns in self._pairs(node, "codes").items():
            table = self._table(name, columns, TABLES)
            for column, meanings in self._pairs(columns, f"codes of {name}").items():
                self._column(table, column, meanings)
                if table[column].kind is not Kind.TEXT:
                    self._refuse(
                        meanings, f"{name}.{column} is not text, so that its cells cannot be given codes"
                    )
                target = merged.setdefault(name, {}).setdefault(column, {})
                for theirs, ours in self._pairs(meanings, f"codes of {name}.{column}").items():
                    target[theirs.lower()] = self._scalar(ours)
        return merged
