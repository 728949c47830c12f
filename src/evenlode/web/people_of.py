"""Who is who in the figures that stand, as sentences need it: read once a load, held in memory, shown to nobody as it is."""

from __future__ import annotations

from functools import lru_cache

from evenlode.oversight.names import ChildNamed, Names, WorkerNamed
from evenlode.oversight.sentences import Speaker
from evenlode.web.council import policy
from evenlode.web.models import ChildFigure, Figures, FindingFigure, TeamFigure, WorkerFigure


def names_of(figures: Figures) -> Names:
    """The names behind one load's figures."""
    return _names(figures.pk)


def speaker_of(figures: Figures) -> Speaker:
    """What puts a finding of these figures into words, by the settings in force on their day."""
    return Speaker(names_of(figures), policy().on(figures.as_at))


@lru_cache(maxsize=3)
def _names(pk: int) -> Names:
    figures = Figures.objects.get(pk=pk)
    la = figures.la_code
    children = {
        (la, c.child_id): ChildNamed(
            c.forename, c.surname, c.sex, c.born, c.unborn, c.family, c.team_id, c.worker_id
        )
        for c in ChildFigure.objects.whole().filter(figures=figures)
    }
    workers = {
        (la, w.worker_id): WorkerNamed(w.name, w.left_on, w.placeholder, w.title, w.team_id)
        for w in WorkerFigure.objects.whole()
        .filter(figures=figures)
        .defer("parts", "by_record", "supervision", "absence")
    }
    teams = {(la, t.team_id): t.name for t in TeamFigure.objects.whole().filter(figures=figures)}
    told = figures.told.get("actions")
    actions = {(la, str(a)): str(text) for a, text in told.items()} if isinstance(told, dict) else {}
    return Names(figures.as_at, children, workers, teams, actions)


FINDING_FIELDS = (
    *("la_code", "rule_id", "subject_kind", "subject_id", "record_id", "status", "kind", "severity"),
    *("due_date", "days_over", "worker_id", "team_id", "evidence"),
)
"""What a finding is made of, as its row keeps it."""

__all__ = ["FINDING_FIELDS", "FindingFigure", "names_of", "speaker_of"]
