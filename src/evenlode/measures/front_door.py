"""Referrals and re-referrals, assessments and first conferences: how many, and in time?"""

from __future__ import annotations

from collections.abc import Sequence

from evenlode.measures.measure import Counting, Fact, Measure, Unit, plain, share
from evenlode.published import layouts

Band = tuple[str, str, int, int | None, str]


def in_band(value: str, first: int, last: int | None) -> str:
    """1 where the value is in the band, else 0, as SQL."""
    upper = "" if last is None else f" AND {value} <= {last}"
    return f"CASE WHEN {value} >= {first}{upper} THEN 1 ELSE 0 END"


REFERRALS = Counting(
    (
        Fact("referrals", "referrals received in the period", ("episode",)),
        Fact(
            "rereferrals",
            "of these, referrals within 12 months of an earlier one of the same child",
            ("episode",),
        ),
        Fact("children_referred", "children referred in the period, each once", ("episode",)),
        Fact("children_rereferred", "of these, children with a re-referral in the period", ("episode",)),
    ),
    """
WITH known AS (
  SELECT e.la_code, e.child_id, e.episode_id, e.referral_date, e.team_id, c.rereferral AS until
  FROM episode e JOIN clock c ON c.day = e.referral_date, measure_period p
  WHERE e.child_id IS NOT NULL AND e.referral_date <= p.as_at),
said AS (
  SELECT k.*, EXISTS (SELECT 1 FROM known b WHERE b.la_code = k.la_code AND b.child_id = k.child_id
      AND b.referral_date < k.referral_date AND k.referral_date <= b.until) AS again
  FROM known k, measure_period p WHERE k.referral_date > p.after),
child AS (
  SELECT la_code, child_id, arg_max(team_id, referral_date) AS team_id, bool_or(again) AS again
  FROM said GROUP BY ALL)
SELECT la_code, team_id, unnest(['referrals', 'rereferrals']) AS fact, unnest([1, again::INT]) AS amount FROM said
UNION ALL
SELECT la_code, team_id, unnest(['children_referred', 'children_rereferred']), unnest([1, again::INT]) FROM child
""",
)


def _bands(prefix: str, bands: Sequence[Band], value: str, rows: str, team: str) -> str:
    """One fact a band, each row in exactly one of them."""
    names = ", ".join(f"'{prefix}_{band}'" for band, *_ in bands)
    hits = ", ".join(in_band(value, first, last) for _, _, first, last, _ in bands)
    return f"SELECT la_code, {team}, unnest([{names}]) AS fact, unnest([{hits}]) AS amount FROM {rows}"


ASSESSMENTS = Counting(
    (
        Fact(
            "assessments_done",
            "assessments authorised in the period",
            ("assessment", "episode"),
            "assessments with impossible dates or without a start",
        ),
        Fact(
            "assessments_in_time",
            "of these, authorised by the day that ASM-04 allows",
            ("assessment", "episode"),
            "assessments with impossible dates or without a start",
        ),
        Fact(
            "assessments_timed",
            "assessments authorised in the period",
            ("assessment",),
            "assessments with impossible dates or without a start",
        ),
        Fact(
            "assessments_within_45",
            "of these, authorised within 45 working days of the assessment's start",
            ("assessment",),
            "assessments with impossible dates or without a start",
        ),
        *(
            Fact(f"assessments_{band}", f"of these, authorised after {words}", ("assessment",))
            for band, words, *_ in layouts.ASSESSMENT_BANDS
        ),
    ),
    f"""
WITH every AS (
  SELECT a.*, row_number() OVER (PARTITION BY a.la_code, a.episode_id
    ORDER BY a.start_date, a.assessment_id_order) AS place
  FROM assessment a WHERE a.start_date IS NOT NULL AND coalesce(a.authorised_date >= a.start_date, true)),
done AS (
  SELECT a.la_code, a.team_id, a.start_date, a.authorised_date,
    coalesce(CASE WHEN a.place = 1 THEN e.referral_date END, a.start_date) AS anchor
  FROM every a CROSS JOIN measure_period p
  LEFT JOIN episode e ON e.la_code = a.la_code AND e.episode_id = a.episode_id
  WHERE a.authorised_date > p.after AND a.authorised_date <= p.as_at),
timed AS (
  SELECT d.la_code, d.team_id, d.authorised_date <= c.assessment AS in_time, w.place - s.place AS taken
  FROM done d JOIN clock c ON c.day = d.anchor
  JOIN workday s ON s.day = d.start_date JOIN workday w ON w.day = d.authorised_date)
SELECT la_code, team_id,
  unnest(['assessments_done', 'assessments_in_time', 'assessments_timed', 'assessments_within_45']) AS fact,
  unnest([1, in_time::INT, 1, (taken <= 45)::INT]) AS amount
FROM timed
UNION ALL
{_bands("assessments", layouts.ASSESSMENT_BANDS, "taken", "timed", "team_id")}
UNION ALL
SELECT a.la_code, a.team_id, unnest(['assessments_done', 'assessments_timed']), NULL
FROM assessment a, measure_period p
WHERE a.authorised_date > p.after AND a.authorised_date <= p.as_at
  AND (a.start_date IS NULL OR a.start_date > a.authorised_date)
""",
)

CONFERENCES = Counting(
    (
        Fact(
            "conferences_timed",
            "initial conferences held in the period that an enquiry led to",
            ("conference", "enquiry"),
            "conferences without an enquiry before them, or moved in from another council",
        ),
        Fact(
            "conferences_in_time",
            "of these, held within 15 working days of the enquiry's start (the setting `first_conference`)",
            ("conference", "enquiry"),
        ),
        *(
            Fact(f"conferences_{band}", f"of these, held {words}", ("conference", "enquiry"))
            for band, words, *_ in layouts.CONFERENCE_BANDS
        ),
    ),
    f"""
WITH held AS (
  SELECT c.la_code, c.child_id, c.team_id, c.held_date, c.transfer_in,
    coalesce(min(n.start_date), max(o.start_date)) AS began
  FROM conference c CROSS JOIN measure_period p
  LEFT JOIN enquiry n ON n.la_code = c.la_code AND n.enquiry_id = c.enquiry_id
  LEFT JOIN enquiry o ON o.la_code = c.la_code AND o.child_id = c.child_id AND o.start_date <= c.held_date
  WHERE c.held_date > p.after AND c.held_date <= p.as_at
  GROUP BY c.la_code, c.conference_id, c.child_id, c.team_id, c.held_date, c.transfer_in),
timed AS (
  SELECT h.la_code, h.team_id, h.held_date <= c.first_conference AS in_time, w.place - s.place AS taken
  FROM held h JOIN clock c ON c.day = h.began
  JOIN workday s ON s.day = h.began JOIN workday w ON w.day = h.held_date
  WHERE h.began <= h.held_date AND h.transfer_in IS DISTINCT FROM 'Y')
SELECT la_code, team_id, unnest(['conferences_timed', 'conferences_in_time']) AS fact,
  unnest([1, in_time::INT]) AS amount
FROM timed
UNION ALL
{_bands("conferences", layouts.CONFERENCE_BANDS, "taken", "timed", "team_id")}
UNION ALL
SELECT la_code, team_id, 'conferences_timed', NULL FROM held
WHERE began IS NULL OR began > held_date OR transfer_in = 'Y'
""",
)

_TEAM_THEN = "Put to the team that did the work, which may not hold the child today."
_CENSUS = "children in need census ({})"

FRONT_DOOR_MEASURES = (
    Measure(
        "REF-00",
        "Referrals",
        "How many referrals came in the period?",
        Unit.COUNT,
        plain("referrals"),
        _CENSUS.format("c1"),
        ("Every referral counts, closed ones and those without further action too.", _TEAM_THEN),
        yearly=True,
    ),
    Measure(
        "REF-02a",
        "Re-referrals, by referral",
        "How many referrals came within 12 months of an earlier one?",
        Unit.PERCENT,
        share("rereferrals", "referrals"),
        _CENSUS.format("c1") + ", REF-02",
        (
            "By referral; the figure by child is another (REF-02b), and the two must not be mixed.",
            "Counted from the earlier referral, not from its closing.",
            "Episodes closed over six years ago are not in the extract.",
            _TEAM_THEN,
        ),
        yearly=True,
    ),
    Measure(
        "REF-02b",
        "Re-referrals, by child",
        "How many of the children referred had been referred in the 12 months before?",
        Unit.PERCENT,
        share("children_rereferred", "children_referred"),
        _CENSUS.format("c1") + ", REF-02",
        ("By child; put to the team of the child's latest referral.",),
        yearly=True,
    ),
    Measure(
        "ASM-01a",
        "Assessments in time, from the referral",
        "How many assessments were signed off by the day on which the rule calls them late?",
        Unit.PERCENT,
        share("assessments_in_time", "assessments_done"),
        "Working Together 2023, chapter 3; counted as rule ASM-04 counts",
        (
            "From the referral for a referral's first assessment, else from the assessment's start. The Department counts from the start (ASM-01b).",
            "Assessments still open and late are not in it: rule ASM-04 lists them.",
            _TEAM_THEN,
        ),
        yearly=True,
    ),
    Measure(
        "ASM-01b",
        "Assessments within 45 working days, as published",
        "How many assessments were signed off within 45 working days of their start?",
        Unit.PERCENT,
        share("assessments_within_45", "assessments_timed"),
        _CENSUS.format("c2"),
        ("Assessments still open are not in it.", _TEAM_THEN),
        yearly=True,
    ),
    *(
        Measure(
            band,
            f"Assessments that took {words}",
            f"How many assessments were signed off after {words}?",
            Unit.PERCENT,
            share(f"assessments_{band}", "assessments_timed"),
            _CENSUS.format("c2"),
            ("From the assessment's start; assessments still open are not in it.",),
            yearly=True,
        )
        for band, words, *_ in layouts.ASSESSMENT_BANDS
    ),
    Measure(
        "S47-01",
        "Enquiry to initial conference in time",
        "How many initial conferences were held within 15 working days of the enquiry?",
        Unit.PERCENT,
        share("conferences_in_time", "conferences_timed"),
        _CENSUS.format("c4") + "; Working Together 2023, chapter 3",
        (
            "Only conferences that were held: one that is due and not held is in rule S47-01, not here.",
            "Where a conference names no enquiry, the child's last enquiry before it is taken.",
            _TEAM_THEN,
        ),
        yearly=True,
    ),
    *(
        Measure(
            band,
            f"Initial conferences held {words}",
            f"How many initial conferences were held {words} of the enquiry?",
            Unit.PERCENT,
            share(f"conferences_{band}", "conferences_timed"),
            _CENSUS.format("c4"),
            ("Only conferences that were held.",),
            yearly=True,
        )
        for band, words, *_ in layouts.CONFERENCE_BANDS
    ),
)
