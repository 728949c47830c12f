"""The service's tables: who may do what, what was closed or opened or explained, and the figures of each load."""

from __future__ import annotations

from evenlode.web.models.by_hand import CapacityRow, WeightRow
from evenlode.web.models.closed import OpeningRow, RestrictionRow
from evenlode.web.models.data import CoverageFigure, DoubtFigure, LoadRow, SetAsideRow
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
from evenlode.web.models.history import HeadingDay, LoadDay, MeasureMonth, RuleDay
from evenlode.web.models.jobs import Job, JobKind, JobState
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
from evenlode.web.models.proposals import PolicyProposal, ProposalState
from evenlode.web.models.tokens import TokenRow
from evenlode.web.models.whole_tables import WholeTableRow

__all__ = [
    "Account",
    "CapacityRow",
    "ChildFigure",
    "CoverRow",
    "CoverageFigure",
    "DoubtFigure",
    "ExplanationRow",
    "Figures",
    "FindingFigure",
    "GoneFigure",
    "HeadingDay",
    "Holder",
    "Job",
    "JobKind",
    "JobState",
    "KeptPage",
    "LineRow",
    "LoadDay",
    "LoadRow",
    "MeasureFigure",
    "MeasureMonth",
    "OpeningRow",
    "PersonRow",
    "PolicyProposal",
    "PostRow",
    "ProposalState",
    "RegisterNumber",
    "RestrictionRow",
    "RuleDay",
    "SetAsideRow",
    "TakenRow",
    "TeamFigure",
    "TokenRow",
    "UnitRow",
    "WatchFigure",
    "WeightRow",
    "WholeTableRow",
    "WorkerFigure",
]
