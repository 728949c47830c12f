"""What rows are put in order by: names of children, workers and teams, folded."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from evenlode.oversight.names import ChildNamed, Names
from evenlode.web.folded import folded


@dataclass(frozen=True)
class ByName:
    """The names of one council as rows keep them to be sorted by: a child's surname stands first."""

    names: Names
    la_code: str

    def child(self, child_id: str) -> str:
        """A child: surname, then forename, then the id."""
        of = self.names.children.get((self.la_code, child_id), ChildNamed())
        return _folded(f"{of.surname} {of.forename} {child_id}")[:420]

    def worker(self, worker_id: str) -> str:
        """A worker; blank for nobody."""
        return _folded(self.names.worker((self.la_code, worker_id)))[:200] if worker_id else ""

    def team(self, team_id: str) -> str:
        """A team; blank for none."""
        return _folded(self.names.team((self.la_code, team_id)))[:200] if team_id else ""

    def subject(self, kind: str, subject_id: str) -> str:
        """Whom a finding is about."""
        return {"child": self.child, "worker": self.worker, "team": self.team}.get(kind, _itself)(subject_id)

    def columns(self, whom: str, worker_id: str, team_id: str) -> dict[str, str]:
        """The three columns that a row is put in order by."""
        return {"by_name": whom, "by_worker": self.worker(worker_id), "by_team": self.team(team_id)}


_folded = cache(folded)


def _itself(subject_id: str) -> str:
    return folded(subject_id)
