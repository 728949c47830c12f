"""What every measure stands on: the period, working days between dates, and whose team a child was in."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from evenlode.calendar import WorkingCalendar
from evenlode.policy import Policy
from evenlode.rules.evaluate import Day

FIRST_DAY = date(1990, 1, 1)


def quoted_list(words: tuple[str, ...]) -> str:
    """A list of the policy as SQL text, upper case, quotes doubled."""
    return ", ".join("'" + w.strip().upper().replace("'", "''") + "'" for w in words) or "''"


def lay_ground(day: Day, after: date) -> None:
    """Puts the shared tables beside the day's own.

    measure_period: the as-at date and the last day before the period.  workday: how many working
    days there have been by each day, so that two of them subtract.  lead_spell: each child's lead
    spells, one a start date.  born: each child's birth and death as far as they are known by the day.
    """
    period = {"as_at": pa.array([day.as_at], pa.date32()), "after": pa.array([after], pa.date32())}
    workdays = _workdays(day.policy.calendar_for("assessment"), day.as_at)
    for name, table in (("measure_period", pa.table(period)), ("workday", workdays)):
        day.cursor.execute(f"DROP TABLE IF EXISTS {name}")
        day.tables.put(name, table)
    for name, sql in GROUND.items():
        day.tables.replace(name, filled(sql, day.policy))


def filled(sql: str, policy: Policy) -> str:
    """The query with the policy's lists and numbers in it: {{lead_roles}} and so on."""
    for name, words in policy.lists.items():
        sql = sql.replace("{{" + name + "}}", quoted_list(words))
    for name, number in policy.numbers.items():
        sql = sql.replace("{{" + name + "}}", str(number))
    return sql


def _workdays(calendar: WorkingCalendar, as_at: date) -> pa.Table:
    first, last = np.datetime64(FIRST_DAY), np.datetime64(as_at + timedelta(days=1))
    days = np.arange(first, last)
    holidays = np.array(sorted(calendar.holidays), dtype="datetime64[D]")
    worked = np.cumsum(np.is_busday(days, holidays=holidays))
    return pa.table({"day": pa.array(days), "place": pa.array(worked, pa.int64())})


GROUND: dict[str, str] = {
    "lead_spell": """
SELECT la_code, child_id, start_date,
  arg_max(team_id, coalesce(involvement_id_order, '')) AS team_id
FROM involvement, measure_period
WHERE child_id IS NOT NULL AND worker_id IS NOT NULL AND start_date <= as_at
  AND (end_date IS NULL OR end_date >= start_date)
  AND upper(trim(role)) IN ({{lead_roles}})
GROUP BY ALL""",
    "born": """
SELECT la_code, child_id,
  max(CASE WHEN dob <= as_at THEN dob END) AS born_on,
  bool_or(coalesce(dob > as_at, expected_dob IS NOT NULL)) AS unborn,
  min(CASE WHEN death_date <= as_at THEN death_date END) AS died_on
FROM child, measure_period GROUP BY ALL""",
    "child_team": """
WITH known AS (
  SELECT la_code, child_id FROM open_child
  UNION SELECT la_code, child_id FROM care_leaver_now
  UNION SELECT la_code, child_id FROM cp_plan_open
  UNION SELECT la_code, child_id FROM period_open),
dated AS (SELECT k.*, as_at FROM known k, measure_period)
SELECT d.la_code, d.child_id, coalesce(l.team_id, s.team_id) AS team_id
FROM dated d
LEFT JOIN lead l ON l.la_code = d.la_code AND l.child_id = d.child_id
ASOF LEFT JOIN lead_spell s
  ON s.la_code = d.la_code AND s.child_id = d.child_id AND d.as_at >= s.start_date""",
}


def with_team(rows: str, day: str) -> str:
    """The rows with `lead_team`: the team of the lead worker whose spell had begun last by that day."""
    return f"""
SELECT r.*, s.team_id AS lead_team FROM ({rows}) r
ASOF LEFT JOIN lead_spell s
  ON s.la_code = r.la_code AND s.child_id = r.child_id AND r.{day} >= s.start_date"""


def chain(spells: str, events: str, *, due: str, more: str = "") -> str:
    """What fell due in the period, one row each: met in time, not met, or not known.

    spells: la_code, child_id, spell, counts_from, end_date and whatever `due` uses.
    events: la_code, spell, day, sure (false where it is not known whether it counts).
    due: the due date as SQL over `b` (base, nth: how many events by then), `s` (the spell) and `c`
    (the clock table at the base).  more: joins that `due` needs.
    newest: the spell runs on and nothing that counts has happened since, so what is not met is overdue.
    Each event sets the next due date, as in the rules.  Nothing is due once the spell has ended,
    and what is due on the as-at date itself is not late yet.
    """
    rows = f"""
WITH spell AS MATERIALIZED ({spells}), event AS MATERIALIZED (SELECT DISTINCT * FROM ({events})),
base AS (
  SELECT la_code, spell, counts_from AS base FROM spell
  UNION
  SELECT s.la_code, s.spell, e.day FROM spell s JOIN event e USING (la_code, spell), measure_period p
  WHERE e.sure AND e.day >= s.counts_from AND e.day <= p.as_at),
counted AS (
  SELECT b.la_code, b.spell, b.base, count(e.day) AS nth
  FROM base b JOIN spell s USING (la_code, spell)
  LEFT JOIN event e ON e.la_code = b.la_code AND e.spell = b.spell AND e.sure
    AND e.day BETWEEN s.counts_from AND b.base
  GROUP BY ALL),
asked AS (
  SELECT s.la_code, s.child_id, s.spell, s.end_date, b.base, {due} AS due,
    b.base = max(b.base) OVER (PARTITION BY s.la_code, s.spell) AS newest
  FROM counted b JOIN spell s USING (la_code, spell) JOIN clock c ON c.day = b.base {more}),
fell AS (
  SELECT a.* EXCLUDE (newest), a.newest AND coalesce(a.end_date > p.as_at, true) AS newest FROM asked a, measure_period p
  WHERE a.due > p.after AND a.due < p.as_at AND (a.end_date IS NULL OR a.end_date > a.due))
SELECT f.la_code, f.child_id, f.spell, f.base, f.due, f.newest,
  CASE WHEN bool_or(coalesce(e.sure, false)) THEN 1 WHEN count(e.day) > 0 THEN NULL ELSE 0 END AS met
FROM fell f LEFT JOIN event e
  ON e.la_code = f.la_code AND e.spell = f.spell AND e.day > f.base AND e.day <= f.due
GROUP BY ALL"""
    return with_team(rows, "due")


def due_and_met(rows: str, due_fact: str, met_fact: str) -> str:
    """Two facts from a chain: what fell due and can be told, and what of it was in time."""
    return f"""
SELECT la_code, lead_team AS team_id, unnest(['{due_fact}', '{met_fact}']) AS fact,
  unnest([CASE WHEN met IS NULL THEN NULL ELSE 1 END, met]) AS amount FROM ({rows})"""
