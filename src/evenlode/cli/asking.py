"""What several commands ask for alike: extracts, policy, mapping, the as-at date."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from evenlode.engines.dataset import is_address, write_dataset
from evenlode.errors import CannotGoOn, CannotRead
from evenlode.extracts import Mapping, load_mapping, read_extracts
from evenlode.extracts.overflow import Overflow
from evenlode.policy import Policy, read_policy, shipped_policy
from evenlode.record import Delivery
from evenlode.record.chosen_day import chosen_day
from evenlode.reports.sheets import FORMATS

COUNCIL_FOLDER = re.compile(r"[0-9]{3}")
"""A folder that holds the files of the council of that code."""

Command = TypeVar("Command", bound=Callable[..., Any])


def as_date(_: click.Context, option: click.Parameter, value: str | None) -> date | None:
    """An as-at date as it is typed: 2026-11-20 or 20/11/2026."""
    if value is None:
        return None
    try:
        if "/" in value:
            day, month, year = value.split("/")
            return date(int(year), int(month), int(day))
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f'"{value}" is not a date; write it as 2026-11-20.', param=option) from None


def extract_options(command: Command) -> Command:
    """The options of every command that reads extracts."""
    options = (
        click.argument("extracts", type=click.Path(path_type=Path)),
        click.option(
            "--as-at",
            callback=as_date,
            metavar="DATE",
            help="The day to look at; else the newest date of something that happened.",
        ),
        click.option(
            "--policy",
            "policy_file",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="The council's policy file; else the shipped settings.",
        ),
        click.option(
            "--mapping",
            "mapping_file",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="The council's own headings and codes.",
        ),
        click.option(
            "--council", "la_code", metavar="CODE", help="The council's three-figure code; else the policy's."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def out_options(holds: str) -> Callable[[Command], Command]:
    """The options of every command that writes a file: where, and in which format.

    holds: what the file will hold, as the help says it.
    """

    def add(command: Command) -> Command:
        kind = click.option("--format", "kind", type=click.Choice(FORMATS), help="Else by the file's name.")
        out = click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help=holds)
        return out(kind(command))

    return add


def chosen_policy(path: Path | None) -> Policy:
    """The council's policy, or the shipped one."""
    return read_policy(path) if path else shipped_policy()


def chosen_mapping(path: Path | None) -> Mapping | None:
    """The council's mapping file, where there is one."""
    return load_mapping(path) if path else None


def council_code(told: str | None, policy: Policy) -> str:
    """The code under which this council's rows are kept."""
    return told or policy.la_code or "council"


def deliveries_of(
    path: Path, la_code: str, mapping: Mapping | None, step: Any, *, home: Path | None = None
) -> list[Delivery]:
    """What the extracts hold; refused where nothing is recognised.

    home: what does not fit in memory goes to its disk; without one, where temporary files go.
    """
    if is_address(str(path)):
        with tempfile.TemporaryDirectory(prefix="evenlode-", dir=_room(home)) as folder:
            write_dataset(str(path), Path(folder), step.step)
            return deliveries_of(Path(folder), la_code, mapping, step, home=home)
    if not path.exists():
        raise CannotRead(f"{path} is not there; check the path of the extracts.")
    several = council_folders(path)
    if len(several) > 1:
        raise CannotGoOn(
            f"{path} holds the folders of {len(several)} councils ({', '.join(p.name for p in several)}), whose "
            f"children must not be mixed: name one of them, or use evenlode region {path}."
        )
    overflow = Overflow(_room(home))
    return read_extracts(path, la_code=la_code, mapping=mapping, progress=step, overflow=overflow)


def council_folders(path: Path) -> list[Path]:
    """The folders directly inside that are named by a council's three-figure code."""
    if not path.is_dir():
        return []
    return sorted(p for p in path.iterdir() if p.is_dir() and COUNCIL_FOLDER.fullmatch(p.name))


def _room(home: Path | None) -> Path | None:
    """A folder on the home's disk that can be written to; None: where temporary files go."""
    folders = [home, *home.parents] if home else []
    return next((f for f in folders if f.is_dir() and os.access(f, os.W_OK)), None)


__all__ = [
    "as_date",
    "chosen_day",
    "chosen_mapping",
    "chosen_policy",
    "council_code",
    "council_folders",
    "deliveries_of",
    "extract_options",
    "out_options",
]
