"""Children looked after and care leavers: moves, changes of worker, visits, reviews, and how they fare."""

from __future__ import annotations

from evenlode.measures.ground import chain, due_and_met
from evenlode.measures.measure import Counting, Fact, Measure, Unit, share
from evenlode.measures.plans import AFTER_A_MISS, ONE_GOOD_MONTH, SEEN_BLANK, TEAM_ON_THE_DAY

CARE = ("care_episode", "legal_status")
PLACED = (*CARE, "placement")
LEAVERS = ("care_leaver", "child")
WORKERS = ("involvement", "involvement:history")

STABILITY = Counting(
    (
        Fact(
            "looked_after",
            "children looked after on the day",
            CARE,
            "children whose period of care has an impossible episode",
        ),
        Fact("three_placements", "of these, children with three or more placements in the 12 months", PLACED),
        Fact("looked_after_workers", "children looked after on the day", (*CARE, *WORKERS)),
        Fact(
            "three_workers_care",
            "of these, children with three or more lead workers in the 12 months",
            (*CARE, *WORKERS),
        ),
        Fact("open_children_workers", "open children", (*WORKERS, "episode")),
        Fact(
            "three_workers",
            "of these, children with three or more lead workers in the 12 months",
            (*WORKERS, "episode"),
        ),
        Fact(
            "long_in_care",
            "children under 16 who have been looked after for two and a half years or more",
            (*PLACED, "child"),
            "children whose date of birth is not known",
        ),
        Fact(
            "long_in_place", "of these, children in one placement for two years or more", (*PLACED, "child")
        ),
    ),
    """
WITH inside AS (
  SELECT o.la_code, o.child_id, min(o.entered_care) AS entered_care,
    bool_or(f.child_id IS NOT NULL) AS faulty
  FROM period_open o LEFT JOIN period_faulty f USING (la_code, child_id, period_id) GROUP BY ALL),
told AS (
  SELECT i.*, t.team_id, p.as_at, coalesce(r.placements, 0) AS placements, coalesce(c.workers, 0) AS workers,
    n.start_date AS placed, b.born_on, coalesce(b.unborn, false) AS unborn
  FROM inside i CROSS JOIN measure_period p
  LEFT JOIN child_team t USING (la_code, child_id)
  LEFT JOIN placement_recent r USING (la_code, child_id)
  LEFT JOIN lead_changes c USING (la_code, child_id)
  LEFT JOIN placement_now n USING (la_code, child_id)
  LEFT JOIN born b USING (la_code, child_id))
SELECT la_code, team_id, unnest(['looked_after', 'three_placements']) AS fact,
  unnest([CASE WHEN NOT faulty THEN 1 END, CASE WHEN faulty THEN 0 ELSE (placements >= 3)::INT END]) AS amount
FROM told
UNION ALL
SELECT la_code, team_id, unnest(['looked_after_workers', 'three_workers_care']), unnest([1, (workers >= 3)::INT])
FROM told
UNION ALL
SELECT o.la_code, t.team_id, unnest(['open_children_workers', 'three_workers']),
  unnest([1, (coalesce(c.workers, 0) >= 3)::INT])
FROM open_child o LEFT JOIN child_team t USING (la_code, child_id) LEFT JOIN lead_changes c USING (la_code, child_id)
UNION ALL
SELECT la_code, team_id, unnest(['long_in_care', 'long_in_place']),
  unnest([CASE WHEN born_on IS NOT NULL THEN 1 END,
    CASE WHEN born_on IS NOT NULL THEN coalesce(placed + INTERVAL 24 MONTH <= as_at, false)::INT ELSE 0 END])
FROM told
WHERE NOT faulty AND entered_care + INTERVAL 30 MONTH <= as_at
  AND coalesce(born_on + INTERVAL 192 MONTH > as_at, NOT unborn)
""",
)

_INSIDE = """
SELECT o.la_code, o.child_id, o.period_id, o.entered_care FROM period_open o
ANTI JOIN period_faulty f USING (la_code, child_id, period_id)"""
_HELD = """
SELECT r.la_code, r.period_id, r.held_date FROM care_review r, measure_period p
WHERE r.held_date <= p.as_at AND r.cancelled IS DISTINCT FROM 'Y'"""

REVIEW_CHAIN = chain(
    "SELECT la_code, child_id, period_id AS spell, entered_care AS counts_from, NULL::DATE AS end_date "
    f"FROM ({_INSIDE})",
    f"SELECT la_code, period_id AS spell, held_date AS day, true AS sure FROM ({_HELD})",
    due="CASE b.nth WHEN 0 THEN c.care_first_review WHEN 1 THEN c.care_second_review "
    "ELSE c.care_later_review END",
)
REVIEWS = Counting(
    (
        Fact("care_reviews_due", "reviews whose last day fell in the period", (*CARE, "care_review")),
        Fact("care_reviews_met", "of these, held by that day", (*CARE, "care_review")),
    ),
    due_and_met(
        REVIEW_CHAIN,
        "care_reviews_due",
        "care_reviews_met",
    ),
)

_PLACEMENTS = f"""
SELECT o.la_code, o.child_id, o.placement_id AS spell, o.placement_type, o.end_date,
  greatest(o.start_date, coalesce(n.born_on, o.start_date)) AS counts_from,
  upper(trim(o.placement_type)) IN ({{{{settled_placements}}}}) AS settled,
  i.child_id IS NOT NULL AND upper(trim(o.placement_type)) IN ({{{{with_parents_placements}}}})
    AND o.end_date IS NULL AS weekly,
  (SELECT min(r.held_date) FROM ({_HELD}) r
    JOIN (SELECT DISTINCT la_code, period_id, child_id FROM care_episode) e USING (la_code, period_id)
    WHERE e.la_code = o.la_code AND e.child_id = o.child_id
      AND r.held_date >= greatest(o.start_date, coalesce(n.born_on, o.start_date))) AS reviewed
FROM placement_spell o LEFT JOIN born n ON n.la_code = o.la_code AND n.child_id = o.child_id
LEFT JOIN on_interim_order i ON i.la_code = o.la_code AND i.child_id = o.child_id"""

VISIT_CHAIN = chain(
    _PLACEMENTS,
    f"""
SELECT s.la_code, s.spell, v.visit_date AS day, coalesce(v.seen = 'Y', false) OR coalesce(n.unborn, false) AS sure
FROM ({_PLACEMENTS}) s JOIN care_visit v ON v.la_code = s.la_code AND v.child_id = s.child_id
CROSS JOIN measure_period p LEFT JOIN born n ON n.la_code = s.la_code AND n.child_id = s.child_id
WHERE v.visit_date <= p.as_at AND (coalesce(v.seen, 'Y') = 'Y' OR coalesce(n.unborn, false))""",
    due="""CASE
    WHEN s.weekly AND s.reviewed <= b.base THEN c.care_visit_after_review
    WHEN s.weekly THEN c.care_visit_weekly
    WHEN b.nth = 0 THEN c.care_first_visit
    WHEN s.settled AND b.base >= y.care_first_year THEN c.care_visit_settled
    ELSE c.care_visit END""",
    more="JOIN clock y ON y.day = s.counts_from",
)
VISITS = Counting(
    (
        Fact(
            "care_visits_due",
            "visits whose last day fell in the period",
            (*PLACED, "care_visit", "child"),
            SEEN_BLANK,
        ),
        Fact(
            "care_visits_met",
            "of these, made with the child seen by that day",
            (*PLACED, "care_visit", "child"),
        ),
    ),
    due_and_met(
        VISIT_CHAIN,
        "care_visits_due",
        "care_visits_met",
    ),
)

AGES = (("1", "17 or 18", 17, 18), ("2", "19 to 21", 19, 21))
"""The Department's two age groups of care leavers: suffix, words, first and last age."""

_LEAVER = """
WITH newest AS (
  SELECT l.*, row_number() OVER (PARTITION BY l.la_code, l.child_id
    ORDER BY l.latest_contact_date DESC NULLS LAST, l.place) AS nth FROM care_leaver l),
told AS (
  SELECT l.la_code, l.child_id, coalesce(l.team_id, t.team_id) AS team_id,
    date_sub('year', b.born_on, p.as_at) AS age, upper(trim(l.in_touch)) AS in_touch,
    upper(trim(l.activity)) AS activity, trim(l.accommodation_suitable) AS suitable
  FROM newest l SEMI JOIN (SELECT * FROM care_leaver_now WHERE NOT still_in_care) n USING (la_code, child_id)
  CROSS JOIN measure_period p
  LEFT JOIN child_team t USING (la_code, child_id) LEFT JOIN born b USING (la_code, child_id)
  WHERE l.nth = 1)"""


def _leavers() -> str:
    groups = [
        f"SELECT la_code, team_id, unnest(['leavers_{s}', 'in_touch_{s}', 'suitable_{s}', 'working_{s}', "
        f"'no_touch_word_{s}', 'no_home_word_{s}', 'no_activity_word_{s}']) AS fact, unnest([1, "
        "coalesce(in_touch = 'YES', false)::INT, coalesce(suitable = '1', false)::INT, "
        "coalesce(activity[1:1] IN ('F', 'P'), false)::INT, (coalesce(in_touch, '') = '')::INT, "
        "(coalesce(suitable, '') NOT IN ('1', '2'))::INT, (coalesce(activity, '') = '')::INT]) AS amount "
        f"FROM told WHERE age BETWEEN {first} AND {last}"
        for s, _, first, last in AGES
    ]
    unknown = ", ".join(f"'leavers_{s}'" for s, *_ in AGES)
    groups.append(
        f"SELECT la_code, team_id, unnest([{unknown}]), unnest([NULL, NULL]) FROM told WHERE age IS NULL"
    )
    return _LEAVER + "\n" + "\nUNION ALL\n".join(groups)


CARE_LEAVERS = Counting(
    tuple(
        fact
        for s, ages, *_ in AGES
        for fact in (
            Fact(f"leavers_{s}", f"care leavers aged {ages}", LEAVERS, "care leavers whose age is not known"),
            Fact(f"in_touch_{s}", "of these, care leavers the council is in touch with", LEAVERS),
            Fact(f"suitable_{s}", "of these, care leavers in suitable accommodation", LEAVERS),
            Fact(f"working_{s}", "of these, care leavers in education, employment or training", LEAVERS),
            Fact(f"no_touch_word_{s}", "of these, care leavers of whom it is not said", LEAVERS),
            Fact(f"no_home_word_{s}", "of these, care leavers of whom it is not said", LEAVERS),
            Fact(f"no_activity_word_{s}", "of these, care leavers of whom it is not said", LEAVERS),
        )
    ),
    _leavers(),
)

_903 = "SSDA903 ({})"
_SNAPSHOT = (
    "As the extract stands today. The Department looks from three months before to one month after the birthday.",
    "Not recorded counts as not: it stays below the line.",
)
_STILL = "Children who left care in the period are not in it."


def _leaver_measures() -> tuple[Measure, ...]:
    found = []
    for s, ages, *_ in AGES:
        for letter, name, question, fact, blank in (
            ("a", "In touch", "How many is the council in touch with?", "in_touch", "no_touch_word"),
            ("b", "Suitable accommodation", "How many live somewhere suitable?", "suitable", "no_home_word"),
            (
                "c",
                "Education, employment or training",
                "How many are in education, employment or training?",
                "working",
                "no_activity_word",
            ),
        ):
            found.append(
                Measure(
                    f"CL-08{letter}{s}",
                    f"{name}, care leavers aged {ages}",
                    question,
                    Unit.PERCENT,
                    share(f"{fact}_{s}", f"leavers_{s}"),
                    _903.format("care leavers") + ", CL-08",
                    _SNAPSHOT,
                    beside=((f"{blank}_{s}", "of whom the extract says nothing"),),
                )
            )
    return tuple(found)


CARE_MEASURES = (
    Measure(
        "CLA-S1",
        "Three or more placements in the year",
        "How many looked-after children have had three or more placements in 12 months?",
        Unit.PERCENT,
        share("three_placements", "looked_after"),
        _903.format("placement stability") + ", CLA-S1",
        ("Contiguous rows of one provider are one placement; T0 to T4 never count.", _STILL),
    ),
    Measure(
        "CLA-S2",
        "Long-term placement stability",
        "Of the under 16s looked after for two and a half years, how many have lived in one placement for two?",
        Unit.PERCENT,
        share("long_in_place", "long_in_care"),
        _903.format("placement stability") + ", CLA-S2",
        (
            "The Department also counts a child placed for adoption whose placements together last two years.",
            "A long stay is not always a good one.",
        ),
    ),
    Measure(
        "CW-02a",
        "Three or more social workers in the year, looked after",
        "How many looked-after children have had three or more lead workers in 12 months?",
        Unit.PERCENT,
        share("three_workers_care", "looked_after_workers"),
        _903.format("social worker stability") + ", CW-02",
        ("A worker who comes back counts once, so hand-overs may be more.", _STILL),
    ),
    Measure(
        "CW-02b",
        "Three or more social workers in the year, all open children",
        "How many open children have had three or more lead workers in 12 months?",
        Unit.PERCENT,
        share("three_workers", "open_children_workers"),
        "counted as rule CW-02 counts; nothing is published for all children",
        ("A move from the assessment team to the long-term team is one change of its own.",),
    ),
    Measure(
        "CLA-R",
        "Looked-after reviews in time",
        "Of the reviews that fell due in the period, how many were held by their day?",
        Unit.PERCENT,
        share("care_reviews_met", "care_reviews_due"),
        "Care Planning, Placement and Case Review (England) Regulations 2010, reg. 33; rules CLA-R1 to R3",
        (ONE_GOOD_MONTH, _STILL, TEAM_ON_THE_DAY),
        yearly=True,
    ),
    Measure(
        "CLA-V",
        "Looked-after visits in time",
        "Of the visits that fell due in the period, how many were made, with the child seen, by their day?",
        Unit.PERCENT,
        share("care_visits_met", "care_visits_due"),
        "Care Planning, Placement and Case Review (England) Regulations 2010, reg. 28; rules CLA-V1 to V4 and V7",
        (
            ONE_GOOD_MONTH,
            AFTER_A_MISS,
            _STILL,
            TEAM_ON_THE_DAY,
            "Whether a child is with parents under an interim order is taken from today's orders.",
        ),
        yearly=True,
    ),
    *_leaver_measures(),
)
