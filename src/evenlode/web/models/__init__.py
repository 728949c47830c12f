"""The service's tables: who may do what, what was closed or opened or explained, and the figures of each load."""

from __future__ import annotations

from evenlode.web.models.by_hand import CapacityRow, WeightRow
from evenlode.web.models.closed import OpeningRow, RestrictionRow
from evenlode.web.models.explained import ExplanationRow
from evenlode.web.models.figures import (
    ChildFigure,
    Figures,
    FindingFigure,
    GoneFigure,
    Holder,
    KeptPage,
    MeasureFigure,
    TeamFigure,
    WatchFigure,
    WorkerFigure,
)
from evenlode.web.models.history import HeadingDay, LoadDay, RuleDay
from evenlode.web.models.limits import TakenRow
from evenlode.web.models.people import (
    Account,
    CoverRow,
    LineRow,
    PersonRow,
    PostRow,
    RegisterNumber,
    UnitRow,
)

__all__ = [
    "Account",
    "CapacityRow",
    "ChildFigure",
    "CoverRow",
    "ExplanationRow",
    "Figures",
    "FindingFigure",
    "GoneFigure",
    "HeadingDay",
    "Holder",
    "KeptPage",
    "LineRow",
    "LoadDay",
    "MeasureFigure",
    "OpeningRow",
    "PersonRow",
    "PostRow",
    "RegisterNumber",
    "RestrictionRow",
    "RuleDay",
    "TakenRow",
    "TeamFigure",
    "UnitRow",
    "WatchFigure",
    "WeightRow",
    "WorkerFigure",
]
