"""Workload averages, and children whom nobody holds."""

from __future__ import annotations

from evenlode.measures.measure import Counting, Fact, Formula, Measure, Unit, plain, share

HELD = ("involvement", "worker")
NEEDED = ("involvement", "worker", "episode")

LOADS = Counting(
    (
        Fact("children_held", "children and care leavers led, by workers of every kind", HELD),
        Fact("workers_holding", "workers of every kind who lead one or more", HELD),
        Fact(
            "points",
            "weighted points of workers with capacity whose hours are known",
            HELD,
            "workers whose hours are not known",
            of_hours=True,
        ),
        Fact(
            "capacity",
            "points that these workers have room for",
            HELD,
            "workers whose hours are not known",
            of_hours=True,
        ),
        Fact("held_without_capacity", "children led by workers who are absent or have no hours", HELD),
    ),
    """
WITH staff AS (
  SELECT l.la_code, t.team_id, l.children, l.complete, s."left",
    CAST(l.points AS DECIMAL(18, 6)) AS points, CAST(l.capacity AS DECIMAL(18, 6)) AS capacity
  FROM load l JOIN load_sum s USING (la_code, worker_id)
  LEFT JOIN worker_team t USING (la_code, worker_id))
SELECT la_code, team_id, unnest(['children_held', 'workers_holding']) AS fact, unnest([children, 1]) AS amount
FROM staff WHERE children > 0 AND NOT "left"
UNION ALL
SELECT la_code, team_id, unnest(['points', 'capacity']),
  unnest([CASE WHEN complete THEN points END, CASE WHEN complete THEN capacity END])
FROM staff WHERE NOT "left" AND (capacity > 0 OR NOT complete) AND points > 0
UNION ALL
SELECT la_code, team_id, 'held_without_capacity', children FROM staff
WHERE NOT "left" AND capacity = 0 AND complete AND children > 0
""",
)
WAITING = Counting(
    (
        Fact("open_children", "open children", NEEDED),
        Fact("unallocated", "open children without a named lead worker", NEEDED),
        Fact("days_waiting", "days that they have waited, up to the day", NEEDED),
        Fact("waiting_over_limit", "of these, children who have waited longer than the limit", NEEDED),
        Fact("longest_wait", "the longest wait of them, in days", NEEDED, largest=True),
    ),
    """
SELECT o.la_code, t.team_id, 'open_children' AS fact, 1 AS amount
FROM open_child o LEFT JOIN child_team t USING (la_code, child_id)
UNION ALL
SELECT u.la_code, t.team_id,
  unnest(['unallocated', 'days_waiting', 'longest_wait', 'waiting_over_limit']),
  unnest([1, date_diff('day', u.waiting_since, p.as_at), date_diff('day', u.waiting_since, p.as_at),
    CASE WHEN c.waiting_limit < p.as_at THEN 1 ELSE 0 END])
FROM unallocated u CROSS JOIN measure_period p
JOIN clock c ON c.day = u.waiting_since
LEFT JOIN child_team t ON t.la_code = u.la_code AND t.child_id = u.child_id
""",
)

ADJUSTED = Counting(
    (
        Fact(
            "adjusted_fte",
            "hours of social workers in post, a newly qualified one counted in part, who is away not at all",
            ("establishment", "worker"),
            "social workers whose hours are not known",
            of_hours=True,
        ),
    ),
    """
SELECT o.la_code, o.team_id, 'adjusted_fte' AS fact,
  CASE WHEN coalesce(n.absent, false) THEN 0 WHEN coalesce(n.newly_qualified, false)
    THEN o.fte * {{newly_qualified_counts_as}} ELSE o.fte END AS amount
FROM post o LEFT JOIN worker_now n USING (la_code, worker_id)
WHERE o.registered AND o.in_post
""",
    doubt="""
SELECT la_code, 'adjusted_fte' AS fact,
  'no registration number is in the files, so who is a social worker is not known' AS why
FROM post GROUP BY la_code HAVING NOT bool_or(registered)
""",
)

_TEAM = "A child nobody leads is put to the team of the last lead worker; without one, to no team."

WORKLOAD_MEASURES = (
    Measure(
        "WL-01",
        "Children per worker",
        "How many children and care leavers does a worker who holds any hold on average?",
        Unit.PER_PERSON,
        Formula(("children_held",), ("workers_holding",)),
        "contract section 5",
        (
            "People, not hours: part-time workers pull it down. Advisers and other workers are in it, unlike WF-05.",
        ),
        monthly=True,
        beside=(("unallocated", "unallocated, so in nobody's caseload"),),
    ),
    Measure(
        "WL-02",
        "Utilisation",
        "How full are the workers who hold somebody, taken together?",
        Unit.PERCENT,
        share("points", "capacity"),
        "contract section 5, with the council's tariff",
        (
            "An average hides the worker at 150 beside the one at 50: read the workload list.",
            "The shipped weights are illustrative.",
        ),
        monthly=True,
        beside=(("held_without_capacity", "led by workers with no capacity today, outside this figure"),),
    ),
    Measure(
        "NQ-06",
        "Children per social worker, newly qualified counted in part",
        "How many open children are there for a social worker's hours, when a newly qualified one counts in part?",
        Unit.PER_FTE,
        Formula(("open_children",), ("adjusted_fte",)),
        "Devon's method of 2018; practice-standards NQ-06; the part is the setting `newly_qualified_counts_as`",
        (
            "Every social worker in post is below the line, whether they hold children or not: it is not WF-05.",
            "Who is away on the day counts as nought.",
        ),
        monthly=True,
    ),
    Measure(
        "AL-13a",
        "Children unallocated",
        "How many open children have no named worker?",
        Unit.PERCENT,
        share("unallocated", "open_children"),
        "practice-standards AL-13",
        (_TEAM, "It cannot see a child who has a name in the system and no visits."),
        monthly=True,
    ),
    Measure(
        "AL-13b",
        "Days waiting, average",
        "How long have unallocated children waited on average?",
        Unit.DAYS,
        Formula(("days_waiting",), ("unallocated",)),
        "practice-standards AL-13",
        ("Only those still waiting; who has got a worker since is out of it.", _TEAM),
        monthly=True,
    ),
    Measure(
        "AL-13c",
        "Days waiting, longest",
        "How long has the child who has waited longest been without a worker?",
        Unit.DAYS,
        plain("longest_wait"),
        "practice-standards AL-13",
        ("Only those still waiting.", _TEAM),
        monthly=True,
    ),
    Measure(
        "AL-13d",
        "Waiting longer than the limit",
        "How many of the unallocated have waited over two weeks (or the council's own limit)?",
        Unit.PERCENT,
        share("waiting_over_limit", "unallocated"),
        "practice-standards AL-13; the limit is the setting `waiting_limit`",
        (_TEAM,),
        monthly=True,
    ),
)
