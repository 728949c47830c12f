"""Protection plans and child in need plans: how long, again, reviewed and visited in time."""

from __future__ import annotations

from evenlode.measures.ground import chain, due_and_met
from evenlode.measures.measure import Counting, Fact, Measure, Unit, share
from evenlode.published import layouts

CP = ("cp_plan",)
CP_REVIEWS = ("cp_plan", "cp_review", "conference")
CP_VISITS = ("cp_plan", "cp_visit", "child")
CIN_VISITS = ("cin_plan", "cin_visit", "child")
SEEN_BLANK = 'visits due that only a visit with a blank "seen" could have met'

_STARTED = """
SELECT p.la_code, p.child_id, p.start_date,
  EXISTS (SELECT 1 FROM cp_plan b WHERE b.la_code = p.la_code AND b.child_id = p.child_id
    AND b.start_date < p.start_date) AS again
FROM cp_plan p, measure_period d
WHERE p.start_date > d.after AND p.start_date <= d.as_at AND p.child_id IS NOT NULL
  AND p.other_council IS DISTINCT FROM 'Y' AND coalesce(p.end_date >= p.start_date, true)"""


def _started() -> str:
    return f"""
SELECT la_code, s.team_id, unnest(['plans_started', 'plans_again']) AS fact, unnest([1, again::INT]) AS amount
FROM ({_STARTED}) r ASOF LEFT JOIN lead_spell s USING (la_code, child_id, start_date)"""


def _lengths() -> str:
    """Open plans by their length: the first band includes its last day, the later ones their first."""
    first, second = "start_date + INTERVAL 3 MONTH", "start_date + INTERVAL 6 MONTH"
    year, two = "start_date + INTERVAL 12 MONTH", "start_date + INTERVAL 24 MONTH"
    inside = (
        f"as_at <= {first}",
        f"as_at > {first} AND as_at <= {second}",
        f"as_at > {second} AND as_at < {year}",
        f"as_at >= {year} AND as_at < {two}",
        f"as_at >= {two}",
    )
    names = ", ".join(f"'plans_{band}'" for band, *_ in layouts.PLAN_BANDS)
    hits = ", ".join(f"({test})::INT" for test in inside)
    return f"""
SELECT o.la_code, t.team_id, unnest(['plans_open', {names}]) AS fact, unnest([1, {hits}]) AS amount
FROM cp_plan_open o CROSS JOIN measure_period LEFT JOIN child_team t USING (la_code, child_id)
WHERE NOT o.other_council"""


PLAN_COUNTS = Counting(
    (
        Fact("plans_started", "protection plans of our own begun in the period", CP),
        Fact("plans_again", "of these, plans of children who had an earlier one, ever", CP),
        Fact("plans_open", "open protection plans of our own", CP),
        *(Fact(f"plans_{band}", f"of these, open for {words}", CP) for band, words, *_ in layouts.PLAN_BANDS),
    ),
    f"{_started()} UNION ALL {_lengths()}",
)

_REVIEW_BASE = """
SELECT o.la_code, o.child_id, o.plan_id, o.start_date, least(o.end_date, n.died_on) AS end_date,
  coalesce(min(i.held_date), min(q.held_date), min(o.start_date)) AS counts_from
FROM {plans} o CROSS JOIN measure_period p
LEFT JOIN born n ON n.la_code = o.la_code AND n.child_id = o.child_id
LEFT JOIN conference i ON i.la_code = o.la_code AND i.conference_id = o.conference_id AND i.held_date <= p.as_at
LEFT JOIN conference q ON q.la_code = o.la_code AND q.plan_id = o.plan_id AND q.held_date <= p.as_at
WHERE o.plan_id IS NOT NULL {where}
GROUP BY ALL"""

_OPEN_BASE = _REVIEW_BASE.format(
    plans="(SELECT *, NULL::DATE AS end_date FROM cp_plan_open)", where="AND NOT o.other_council"
)
_OWN = "AND o.other_council IS DISTINCT FROM 'Y' AND o.start_date <= p.as_at AND coalesce(o.end_date >= o.start_date, true)"
_EVERY_BASE = _REVIEW_BASE.format(plans="cp_plan", where=_OWN)

_REVIEWED_SQL = f"""
WITH plan AS ({_OPEN_BASE}),
three AS (SELECT l.* FROM plan l, measure_period p WHERE l.start_date + INTERVAL 3 MONTH <= p.as_at),
held AS (
  SELECT DISTINCT t.la_code, t.plan_id, r.held_date AS day FROM three t
  JOIN cp_review r ON r.la_code = t.la_code AND r.plan_id = t.plan_id, measure_period p
  WHERE r.held_date > t.counts_from AND r.held_date <= p.as_at),
step AS (
  SELECT la_code, plan_id, day, row_number() OVER w AS nth, lead(day) OVER w AS next FROM (
    SELECT la_code, plan_id, counts_from AS day FROM three UNION ALL SELECT * FROM held)
  WINDOW w AS (PARTITION BY la_code, plan_id ORDER BY day)),
judged AS (
  SELECT s.la_code, s.plan_id, bool_and(coalesce(s.next, p.as_at) <=
    CASE WHEN s.nth = 1 THEN c.cp_first_review ELSE c.cp_later_review END) AS in_time
  FROM step s JOIN clock c ON c.day = s.day, measure_period p GROUP BY ALL)
SELECT t.la_code, m.team_id, unnest(['plans_open_3_months', 'plans_reviewed_in_time']) AS fact,
  unnest([1, j.in_time::INT]) AS amount
FROM three t JOIN judged j USING (la_code, plan_id)
LEFT JOIN child_team m ON m.la_code = t.la_code AND m.child_id = t.child_id
"""
REVIEWED = Counting(
    (
        Fact(
            "plans_open_3_months", "open protection plans of our own that have run three months", CP_REVIEWS
        ),
        Fact("plans_reviewed_in_time", "of these, plans whose every review so far was in time", CP_REVIEWS),
    ),
    _REVIEWED_SQL,
)

REVIEWS_DUE = Counting(
    (
        Fact("cp_reviews_due", "review conferences whose last day fell in the period", CP_REVIEWS),
        Fact("cp_reviews_met", "of these, held by that day", CP_REVIEWS),
    ),
    due_and_met(
        chain(
            f"SELECT la_code, child_id, plan_id AS spell, counts_from, end_date FROM ({_EVERY_BASE})",
            "SELECT la_code, plan_id AS spell, held_date AS day, true AS sure FROM cp_review, measure_period "
            "WHERE held_date <= as_at AND plan_id IS NOT NULL",
            due="CASE WHEN b.nth = 0 THEN c.cp_first_review ELSE c.cp_later_review END",
        ),
        "cp_reviews_due",
        "cp_reviews_met",
    ),
)

_SURE = "coalesce(v.seen = 'Y', false) OR coalesce(n.unborn, false)"
_SEEN = "(coalesce(v.seen, 'Y') = 'Y' OR coalesce(n.unborn, false))"


def _plan_spells(table: str, where: str) -> str:
    return f"""
SELECT o.la_code, o.child_id, coalesce(o.plan_id, 'of ' || o.child_id || ' ' || o.start_date) AS spell, o.plan_id,
  greatest(o.start_date, coalesce(n.born_on, o.start_date)) AS counts_from,
  least(o.end_date, n.died_on) AS end_date
FROM {table} o CROSS JOIN measure_period p LEFT JOIN born n ON n.la_code = o.la_code AND n.child_id = o.child_id
WHERE o.child_id IS NOT NULL {where}"""


_CP_SPELLS = _plan_spells("cp_plan", _OWN)
_CIN_SPELLS = _plan_spells(
    "cin_plan", "AND o.start_date <= p.as_at AND coalesce(o.end_date >= o.start_date, true)"
)
_CP_SEEN = f"""
SELECT s.la_code, s.spell, v.visit_date AS day, {_SURE} AS sure
FROM ({_CP_SPELLS}) s JOIN cp_visit v ON v.la_code = s.la_code AND v.plan_id = s.plan_id
CROSS JOIN measure_period p LEFT JOIN born n ON n.la_code = s.la_code AND n.child_id = s.child_id
WHERE v.visit_date <= p.as_at AND {_SEEN}
UNION ALL
SELECT s.la_code, s.spell, v.visit_date, {_SURE}
FROM ({_CP_SPELLS}) s JOIN cp_visit v ON v.la_code = s.la_code AND v.child_id = s.child_id AND v.plan_id IS NULL
CROSS JOIN measure_period p LEFT JOIN born n ON n.la_code = s.la_code AND n.child_id = s.child_id
WHERE v.visit_date <= p.as_at AND {_SEEN}"""
_CIN_SEEN = f"""
SELECT s.la_code, s.spell, v.visit_date AS day, {_SURE} AS sure
FROM ({_CIN_SPELLS}) s JOIN cin_visit v ON v.la_code = s.la_code AND v.child_id = s.child_id
CROSS JOIN measure_period p LEFT JOIN born n ON n.la_code = s.la_code AND n.child_id = s.child_id
WHERE v.visit_date <= p.as_at AND {_SEEN}"""


def _chain(spells: str, seen: str, clock: str) -> str:
    known = f"SELECT la_code, child_id, spell, counts_from, end_date FROM ({spells})"
    return chain(known, seen, due=f"c.{clock}")


CP_VISIT_CHAIN = _chain(_CP_SPELLS, _CP_SEEN, "cp_visit")
CIN_VISIT_CHAIN = _chain(_CIN_SPELLS, _CIN_SEEN, "cin_visit")


def _visits(rows: str, facts: str, needs: tuple[str, ...]) -> Counting:
    return Counting(
        (
            Fact(f"{facts}_due", "visits whose last day fell in the period", needs, SEEN_BLANK),
            Fact(f"{facts}_met", "of these, made with the child seen by that day", needs),
        ),
        due_and_met(rows, f"{facts}_due", f"{facts}_met"),
    )


CP_VISITS_DUE = _visits(CP_VISIT_CHAIN, "cp_visits", CP_VISITS)
CIN_VISITS_DUE = _visits(CIN_VISIT_CHAIN, "cin_visits", CIN_VISITS)

ONE_GOOD_MONTH = "One good month can hide a long gap: the rule lists who is overdue today."
TEAM_ON_THE_DAY = "Put to the team of the child's lead worker on the due date."
AFTER_A_MISS = "After a late visit the next is counted from when it happened, so one long gap is one miss."
_CENSUS = "children in need census ({})"

PLAN_MEASURES = (
    Measure(
        "CP-12",
        "Second or subsequent protection plans",
        "How many new protection plans are for children who had one before?",
        Unit.PERCENT,
        share("plans_again", "plans_started"),
        _CENSUS.format("d3") + ", CP-12",
        (
            "Any earlier plan ever, also another council's; plans older than the extract are not seen.",
            "A low number of new plans makes it jump.",
        ),
        yearly=True,
    ),
    *(
        Measure(
            band,
            f"Protection plans open for {words}",
            f"How many open protection plans have run for {words}?",
            Unit.PERCENT,
            share(f"plans_{band}", "plans_open"),
            _CENSUS.format("d5"),
            ("A plan that ended last week after three years is not in it.",),
            monthly=band == "CP-11",
        )
        for band, words, *_ in layouts.PLAN_BANDS
    ),
    Measure(
        "CP-04a",
        "Protection plans reviewed in time, as published",
        "Of the plans open for three months or more, how many had every review in time?",
        Unit.PERCENT,
        share("plans_reviewed_in_time", "plans_open_3_months"),
        _CENSUS.format("d6"),
        (
            "One late review long ago keeps a plan out of it for good.",
            "A due date that was recorded earlier than the clock's is not used here; the rules CP-03 and CP-04 use it.",
        ),
    ),
    Measure(
        "CP-04b",
        "Review conferences in time",
        "Of the review conferences that fell due in the period, how many were held by their day?",
        Unit.PERCENT,
        share("cp_reviews_met", "cp_reviews_due"),
        "Working Together 2023; counted by the clocks of rules CP-03 and CP-04",
        (ONE_GOOD_MONTH, TEAM_ON_THE_DAY),
        yearly=True,
    ),
    Measure(
        "CP-05",
        "Protection plan visits in time",
        "Of the visits that fell due in the period, how many were made, with the child seen, by their day?",
        Unit.PERCENT,
        share("cp_visits_met", "cp_visits_due"),
        "counted by the clock of rule CP-05; no national figure exists",
        (ONE_GOOD_MONTH, AFTER_A_MISS, TEAM_ON_THE_DAY, "A core group or an attempted visit does not count."),
        yearly=True,
    ),
    Measure(
        "CIN-02",
        "Child in need visits in time",
        "Of the visits that fell due in the period, how many were made, with the child seen, by their day?",
        Unit.PERCENT,
        share("cin_visits_met", "cin_visits_due"),
        "counted by the clock of rule CIN-02; every council sets its own",
        (ONE_GOOD_MONTH, AFTER_A_MISS, TEAM_ON_THE_DAY),
        yearly=True,
    ),
)
