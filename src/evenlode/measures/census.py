"""What the last workforce census in the files tells: caseload, agency, vacancies, turnover, sickness (WF-05 to WF-10).

A council that hands over its census and no list of staff or vacancies is told these as at the census day.
"""

from __future__ import annotations

from evenlode.measures.measure import Counting, Fact, Formula, Measure, Unit, share

PEOPLE = ("census_worker",)
POSTS = ("census_vacancy",)
_HOURS = "social workers of the census whose hours, or whose kind of contract, are not known"

CENSUS_COUNTS = Counting(
    (
        Fact("census_age", "days from the census day to the as-at date", PEOPLE, largest=True),
        Fact(
            "census_employed_fte",
            "hours of employed social workers on the census day, full time = 1",
            PEOPLE,
            _HOURS,
        ),
        Fact(
            "census_agency_fte",
            "hours of agency social workers on the census day, full time = 1",
            PEOPLE,
            _HOURS,
        ),
        Fact("census_cases", "cases held on the census day by people whose hours are known", PEOPLE),
        Fact("census_holders_fte", "hours of those who held one or more, agency too", PEOPLE, _HOURS),
        Fact(
            "census_leavers_fte",
            "hours of employed social workers who left in the census year",
            PEOPLE,
            _HOURS,
        ),
        Fact(
            "census_days_lost",
            "working days that employed social workers lost to sickness in the census year",
            PEOPLE,
            "employed social workers of the census whose hours or days lost are not known",
        ),
        Fact(
            "census_days",
            "working days of the same people in that year, 253 (254 in a leap year) each",
            PEOPLE,
        ),
    ),
    """
WITH newest AS (
  SELECT la_code, max(census_date) AS census_date FROM census_worker, measure_period
  WHERE census_date <= as_at GROUP BY ALL),
people AS (
  SELECT c.la_code, c.fte, c.cases, c.days_lost, c.swe_number, c.role_end, n.census_date,
    CASE c.agency WHEN 'Y' THEN true WHEN 'N' THEN false END AS agency,
    coalesce(c.role_end > n.census_date, true) AS in_post,
    CASE date_diff('day', n.census_date - INTERVAL 1 YEAR, n.census_date) WHEN 366 THEN 254 ELSE 253 END AS days
  FROM census_worker c JOIN newest n USING (la_code, census_date))
SELECT la_code, NULL AS team_id, 'census_age' AS fact, date_diff('day', census_date, as_at) AS amount
FROM newest, measure_period
UNION ALL
SELECT la_code, NULL, CASE WHEN agency THEN 'census_agency_fte' ELSE 'census_employed_fte' END,
  CASE WHEN agency IS NOT NULL THEN fte END
FROM people WHERE in_post
UNION ALL
SELECT la_code, NULL, unnest(['census_cases', 'census_holders_fte']),
  unnest([CASE WHEN fte IS NOT NULL THEN cases ELSE 0 END, fte])
FROM people WHERE in_post AND cases > 0
UNION ALL
SELECT la_code, NULL, 'census_leavers_fte', CASE WHEN agency IS NOT NULL THEN fte END
FROM people o
WHERE agency IS DISTINCT FROM true AND role_end <= census_date AND role_end > census_date - INTERVAL 1 YEAR
  AND NOT EXISTS (SELECT 1 FROM people s
    WHERE s.la_code = o.la_code AND s.swe_number = o.swe_number AND s.in_post)
UNION ALL
SELECT la_code, NULL, unnest(['census_days_lost', 'census_days']),
  unnest([CASE WHEN fte IS NOT NULL THEN days_lost END,
    CASE WHEN days_lost IS NOT NULL THEN coalesce(fte, 0) * days ELSE 0 END])
FROM people WHERE in_post AND agency = false
""",
    doubt="""
SELECT la_code, unnest(['census_employed_fte', 'census_agency_fte', 'census_cases', 'census_holders_fte',
  'census_leavers_fte', 'census_days_lost', 'census_days', 'census_age']) AS fact,
  'no census day in the files is on or before this day' AS why
FROM census_worker, measure_period GROUP BY la_code HAVING NOT bool_or(coalesce(census_date <= as_at, false))
""",
)
CENSUS_POSTS = Counting(
    (
        Fact(
            "census_vacant_fte",
            "hours of vacant posts on the census day, full time = 1",
            POSTS,
            "censuses without a number of vacancies",
        ),
        Fact(
            "census_covering_fte",
            "hours of agency social workers who covered one, full time = 1",
            POSTS,
            "censuses without a number of agency workers who cover a vacancy",
        ),
    ),
    """
SELECT v.la_code, NULL AS team_id, unnest(['census_vacant_fte', 'census_covering_fte']) AS fact,
  unnest([v.vacant_fte, v.agency_fte]) AS amount
FROM census_vacancy v JOIN (
  SELECT la_code, max(census_date) AS census_date FROM census_worker, measure_period
  WHERE census_date <= as_at GROUP BY ALL) n USING (la_code, census_date)
""",
    doubt="""
SELECT la_code, unnest(['census_vacant_fte', 'census_covering_fte']) AS fact,
  'the vacancies are of another census day than the workers, or of none' AS why
FROM (SELECT v.la_code, v.census_date, max(w.census_date) FILTER (WHERE w.census_date <= p.as_at) AS newest
  FROM census_vacancy v CROSS JOIN measure_period p LEFT JOIN census_worker w ON w.la_code = v.la_code
  GROUP BY ALL)
GROUP BY la_code HAVING NOT bool_or(coalesce(census_date = newest, false))
""",
)

_SOURCE = "practice-standards {} (children's social work workforce census)"
_AS_AT = (
    "As at the census day of the newest census in the files, which may be long ago: its age is said beside."
)
_BESIDE = (("census_age", "days since the census day"),)


def _at_census(of: str, name: str, question: str, unit: Unit, formula: Formula, *traps: str) -> Measure:
    return Measure(
        f"{of}c",
        f"{name}, at the last census",
        question,
        unit,
        formula,
        _SOURCE.format(of),
        (*traps, _AS_AT),
        beside=_BESIDE,
        council_only=True,
    )


CENSUS_MEASURES = (
    _at_census(
        "WF-05",
        "Average caseload",
        "How many cases did a full-time social worker who held any hold on average?",
        Unit.PER_FTE,
        Formula(("census_cases",), ("census_holders_fte",)),
        "Foster carers and adopters count as cases; children whom nobody holds do not.",
    ),
    _at_census(
        "WF-06",
        "Agency rate",
        "How much of the social work workforce was agency?",
        Unit.PERCENT,
        share("census_agency_fte", "census_agency_fte", "census_employed_fte"),
    ),
    _at_census(
        "WF-07",
        "Vacancy rate",
        "How much of the establishment was vacant?",
        Unit.PERCENT,
        share("census_vacant_fte", "census_vacant_fte", "census_employed_fte"),
        "A vacancy that an agency worker covers is still vacant.",
    ),
    _at_census(
        "WF-08",
        "Turnover",
        "How many of the employed social workers left in the census year?",
        Unit.PERCENT,
        share("census_leavers_fte", "census_employed_fte"),
        "Below the line stand those in post on the census day, not an average of the year.",
    ),
    _at_census(
        "WF-09",
        "Vacancies covered by agency workers",
        "How much of the vacant hours did agency workers cover?",
        Unit.PERCENT,
        share("census_covering_fte", "census_vacant_fte"),
        "It can be over 100.",
    ),
    _at_census(
        "WF-10",
        "Sickness absence",
        "How much working time was lost to sickness in the census year?",
        Unit.PERCENT,
        share("census_days_lost", "census_days"),
        "Days are taken as they were entered: whether a part-time worker's day is a whole one is not told.",
        "Of those in post on the census day; days lost by people who left before it are not in it.",
    ),
)
