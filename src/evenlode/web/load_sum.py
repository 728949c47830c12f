"""A worker's load and how it is made up, child by child, as far as the reader may know the children."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from evenlode.access import Thing
from evenlode.oversight.words import so_many
from evenlode.policy.tariff import TARIFF_ENTRIES, Tariff
from evenlode.web.charts import Chart, load_bar
from evenlode.web.council import policy
from evenlode.web.door import Door
from evenlode.web.models import CapacityRow, ChildFigure, Figures, WorkerFigure
from evenlode.web.people_of import names_of
from evenlode.web.refs import ref_of
from evenlode.workload.by_hand import capacity_lost, total
from evenlode.workload.load import NO_CAPACITY
from evenlode.workload.workers import plain

SHARES = {"led": "", "co-worked": "works beside the lead worker"}


@dataclass(frozen=True)
class SumLine:
    """One child in the sum; the name and the reference are blank where the reader may not list the child."""

    name: str
    ref: str
    why: str
    points: str
    share: str
    counted: str
    by_hand: str = ""


@dataclass(frozen=True)
class LoadSum:
    """The sum as a page shows it: lines that come to points, what makes the capacity, and the share of it."""

    lines: tuple[SumLine, ...]
    points: str
    capacity: str
    capacity_sum: str
    percent: str
    state: dict[str, str]
    bar: Chart
    illustrative: bool
    complete: bool


def load_sum(
    door: Door,
    figures: Figures,
    row: WorkerFigure,
    *,
    hours: Iterable[CapacityRow] = (),
    theirs: set[str] | None = None,
) -> LoadSum:
    """How full is this worker, and why?

    hours: what stands recorded by hand about the worker's hours, for the sum behind the capacity.
    Children whom the reader may not list are counted in one line and not named; theirs: those who may be, where
    that was asked before.
    """
    settings = policy().on(figures.as_at)
    return LoadSum(
        tuple(_lines(figures, row, _listable(door, figures, row) if theirs is None else theirs)),
        plain(row.points),
        plain(row.capacity),
        _capacity_sum(row, settings.tariff, settings.numbers["full_time_hours"], list(hours)),
        percent(row),
        load_state(row, settings.tariff),
        bar(row),
        settings.tariff.illustrative,
        row.complete,
    )


def percent(row: WorkerFigure) -> str:
    """The share of the ceiling in whole per cents; blank where there is no capacity, and never 0 for it."""
    return "" if row.utilisation is None else f"{row.utilisation * 100:.0f} %"


def bar(row: WorkerFigure, scale: int | None = None) -> Chart:
    """The load as a bar against the ceiling."""
    share = None if row.utilisation is None else row.utilisation * 100
    return load_bar(row.name, share, scale=scale, instead="No capacity today")


def load_state(row: WorkerFigure, tariff: Tariff) -> dict[str, str]:
    """The load as a shape and its word, by the bands of the council's own tariff."""
    if row.utilisation is None:
        return {"shape": "cannot_tell", "words": NO_CAPACITY.capitalize()}
    if row.utilisation > 1:
        return {"shape": "over", "words": "Over the ceiling"}
    if row.band == tariff.bands[0].name:
        return {"shape": "in time", "words": "Has room"}
    return {"shape": "near", "words": "Close to the ceiling"}


def _listable(door: Door, figures: Figures, row: WorkerFigure) -> set[str]:
    """The children of the sum whom the reader may list."""
    ids = [part["child_id"] for part in row.parts]
    rows = ChildFigure.objects.visible_to(door.visible(Thing.CHILD_RECORD))
    return set(rows.filter(figures=figures, child_id__in=ids).values_list("child_id", flat=True))


def _lines(figures: Figures, row: WorkerFigure, theirs: set[str]) -> Iterable[SumLine]:
    names = names_of(figures)
    unseen = [part for part in row.parts if part["child_id"] not in theirs]
    for part in row.parts:
        if part["child_id"] in theirs:
            yield SumLine(
                names.child((figures.la_code, part["child_id"])),
                ref_of("child", part["child_id"]),
                _why(part),
                part["points"],
                part["share"],
                part["counted"],
                _signed(part.get("by_hand", "")),
            )
    if unseen:
        how_many = so_many(len(unseen), "child/children")
        yield SumLine("", "", f"{how_many} whom you cannot list here", "", "", plain(total(unseen)))
    beside = row.points - total(row.parts)
    if beside >= Decimal("0.001"):
        yield SumLine("", "", "What the tariff counts for every post", "", "", plain(beside))


def _why(part: dict[str, str]) -> str:
    words = TARIFF_ENTRIES.get(part["entry"], part["entry"]).rstrip(".")
    beside = SHARES.get(part["part"], "")
    return f"{words}; {beside}" if beside else words


def _signed(points: str) -> str:
    return f"+{points}" if points and not points.startswith("-") else points.replace("-", "\u2212")


def _capacity_sum(row: WorkerFigure, tariff: Tariff, full_time: Decimal, hours: list[CapacityRow]) -> str:
    """The arithmetic behind the capacity: ceiling x hours x factor, less what was recorded by hand."""
    if row.capacity == 0 and not hours:
        return ""
    post = f"{plain(row.fte)} of a post" if row.fte and row.fte != 1 else "1 post"
    said = f"{plain(tariff.ceiling_per_fte)} points x {post}"
    if row.newly_qualified:
        said += f" x {plain(tariff.newly_qualified_factor)} (newly qualified)"
    if hours:
        gone = sum((one.hours for one in hours), Decimal(0))
        lost = capacity_lost(gone, newly_qualified=row.newly_qualified, tariff=tariff, full_time=full_time)
        said += f" \u2212 {plain(lost)} ({plain(gone)} of {plain(full_time)} hours a week)"
    return f"{said} = {plain(row.capacity)}"
