"""Reads from a day's position who is who: the only place in oversight that asks for names."""

from __future__ import annotations

from evenlode.oversight.names import ChildNamed, Id, Names, WorkerNamed
from evenlode.rules.evaluate import Day

NAMED_BY = (
    *("worker_now", "worker_team", "open_child", "care_leaver_now", "lead"),
    *("fostering_now", "unregistered_now"),
)
"""The steps that the lookup reads."""

_CHILDREN = """
WITH wanted AS (SELECT DISTINCT la_code, subject_id AS child_id FROM finding WHERE subject_kind = 'child'
  UNION SELECT la_code, child_id FROM open_child UNION SELECT la_code, child_id FROM care_leaver_now
  UNION SELECT la_code, child_id FROM fostering_now UNION SELECT la_code, child_id FROM unregistered_now),
kin AS (SELECT la_code, child_id, min_by(family_id, (family_id_order, family_id)) AS family FROM family
  WHERE family_id IS NOT NULL GROUP BY ALL),
home AS (SELECT o.la_code, o.child_id, max(e.team_id) AS team_id FROM open_child o
  JOIN episode e ON e.la_code = o.la_code AND e.episode_id = o.episode_id GROUP BY ALL)
SELECT w.la_code, w.child_id, any_value(c.forename), any_value(c.surname), any_value(c.sex),
  min(c.dob), bool_or(c.dob IS NULL AND c.expected_dob IS NOT NULL), any_value(k.family), any_value(h.team_id),
  any_value(l.worker_id), any_value(l.team_id)
FROM wanted w LEFT JOIN child c USING (la_code, child_id) LEFT JOIN kin k USING (la_code, child_id)
LEFT JOIN home h USING (la_code, child_id) LEFT JOIN lead l USING (la_code, child_id) GROUP BY 1, 2"""

_WORKERS = """
SELECT w.la_code, w.worker_id, w.name, w.leaving_date, w."left", w.placeholder, w.title, t.team_id
FROM worker_now w LEFT JOIN worker_team t USING (la_code, worker_id)"""

_ACTIONS = """
SELECT a.la_code, a.action_id, any_value(a.action) FROM action a JOIN finding f
ON f.la_code = a.la_code AND f.record_id = a.action_id WHERE a.action IS NOT NULL GROUP BY 1, 2"""

_TEAMS = (
    "SELECT la_code, team_id, max(name), max(parent_id) FROM team WHERE team_id IS NOT NULL GROUP BY 1, 2"
)


def names_of(day: Day) -> Names:
    """Everybody of whom a day's findings speak, by council and id.

    day: one whose rules have been asked.  It holds names, so it is handed to pages and to nobody's log.
    """
    day.have(NAMED_BY)
    rows = day.cursor.execute(_CHILDREN).fetchall()
    children = {
        (la, child): ChildNamed(
            forename or "",
            surname or "",
            sex or "",
            born,
            bool(unborn),
            family or "",
            lead_team or team or "",
            worker or "",
        )
        for la, child, forename, surname, sex, born, unborn, family, team, worker, lead_team in rows
    }
    workers = {
        (la, worker): WorkerNamed(
            name or "", leaving if left else None, bool(placeholder), title or "", team or ""
        )
        for la, worker, name, leaving, left, placeholder, title, team in day.cursor.execute(
            _WORKERS
        ).fetchall()
    }
    teams = {(la, team): name for la, team, name, _ in day.cursor.execute(_TEAMS).fetchall() if name}
    actions = {(la, action): text for la, action, text in day.cursor.execute(_ACTIONS).fetchall()}
    return Names(day.as_at, children, workers, teams, actions)


def teams_under(day: Day, team: Id) -> frozenset[Id]:
    """A team with every team that stands under it in the council's tree."""
    parents = {(la, t): (la, parent) for la, t, _, parent in day.cursor.execute(_TEAMS).fetchall()}
    under = {team}
    while True:
        more = {t for t, parent in parents.items() if parent in under} - under
        if not more:
            return frozenset(under)
        under |= more
