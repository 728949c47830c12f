"""Rows about children and workers: nobody reads them but through `visible_to` (safety-bars B7)."""

from __future__ import annotations

from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q

from evenlode.access import Visible

Row = TypeVar("Row", bound=models.Model)


class Unscoped(RuntimeError):
    """A page asked for rows without saying for whom: a fault of ours."""


class ScopedManager(models.Manager[Row]):
    """A manager that gives rows to somebody, or to whoever writes them, and to nobody else."""

    def get_queryset(self) -> models.QuerySet[Row]:
        """Refused: say for whom."""
        raise Unscoped(f"{self.model.__name__} is read through visible_to(…)")

    def visible_to(self, visible: Visible) -> models.QuerySet[Row]:
        """The rows of the person whose reach this is."""
        return self.whole().filter(self.model.within(visible))  # type: ignore[attr-defined]

    def whole(self) -> models.QuerySet[Row]:
        """Every row: for `evenlode.web.writing` and the one door alone; a test reads the code for it."""
        return models.QuerySet(self.model, using=self._db)


class OfChild(models.Model):
    """A row about one child."""

    child_id = models.CharField(max_length=200)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        abstract = True

    @classmethod
    def within(cls, visible: Visible) -> Q:
        """Which rows are a person's: those of children held within their reach, never those closed to them."""
        return child_q(visible)


def child_q(visible: Visible, column: str = "child_id") -> Q:
    """The same as `Visible.child` says of one child, as a condition on a column with the child's id.

    Who holds the child is told by the figures that stand, whichever load the row is of, or none; and it is asked
    once a question and not once a row.
    """
    closed = Q(**{f"{column}__in": sorted(visible.closed - visible.opened)})
    if visible.everything:
        return ~closed if visible.closed else Q()
    singly = visible.named | visible.opened
    wanted = Q(**{f"{column}__in": sorted(singly)}) if singly else Q(pk__in=[])
    if visible.workers or visible.units:
        wanted |= Q(**{f"{column}__in": _held(visible).values("child_id")})
    return wanted & ~closed if visible.closed else wanted


def _held(visible: Visible) -> models.QuerySet[Any]:
    """Who holds a child on the day of asking, by the figures that stand."""
    from evenlode.web.models.figures import Holder  # noqa: PLC0415 - it stands on this module

    held = Holder.objects.filter(figures__standing=True)
    running = Q(until__isnull=True) | Q(until__gt=visible.day)
    reach = Q(worker_id__in=sorted(visible.workers)) | Q(team_id__in=sorted(visible.units))
    return held.filter(running, reach)


def worker_q(visible: Visible, column: str = "worker_id") -> Q:
    """The same as `Visible.worker`, as a condition on a column with the worker's id."""
    return Q() if visible.everything else Q(**{f"{column}__in": sorted(visible.workers)})


def unit_q(visible: Visible, column: str = "team_id") -> Q:
    """The same as `Visible.unit`, as a condition on a column with the team's id."""
    return Q() if visible.everything else Q(**{f"{column}__in": sorted(visible.units)})
