"""Who works here, and what they hold: WF-01 to WF-10, the newly qualified share, workload averages.

Definitions: practice-standards section 6 (children's social work workforce census).
"""

from __future__ import annotations

from evenlode.measures.measure import Counting, Fact, Formula, Measure, Unit, plain, share

HOURS_UNKNOWN = "social workers whose hours, or whose kind of contract, are not known"
HR = ("establishment",)
HELD = ("involvement", "worker")
CENSUS = "practice-standards {} (children's social work workforce census)"

POST_SQL = """
WITH one_worker AS (
  SELECT la_code, staff_number, min(worker_id) AS worker_id FROM worker
  WHERE staff_number IS NOT NULL GROUP BY ALL),
hr AS (
  SELECT e.*, coalesce(n.worker_id, e.worker_id) AS known_as,
    CASE WHEN e.staff_number IS NOT NULL THEN 'staff ' || e.staff_number ELSE 'id ' || e.worker_id END AS person
  FROM establishment e LEFT JOIN one_worker n ON n.la_code = e.la_code AND n.staff_number = e.staff_number),
both_sides AS (
  SELECT hr.la_code, hr.person, hr.known_as AS worker_id, coalesce(hr.team, w.department) AS team,
    hr.fte, coalesce(hr.swe_number, w.swe_number) AS swe_number,
    CASE WHEN hr.agency = 'Y' OR w.agency = 'Y' OR contains(lower(hr.contract), 'agency') THEN true
         WHEN hr.agency = 'N' OR trim(hr.contract) <> '' THEN false END AS agency,
    hr.start_date, hr.leaving_date, hr.qualified_date, hr.programme_start, hr.sick_days, true AS from_hr
  FROM hr LEFT JOIN worker w ON w.la_code = hr.la_code AND w.worker_id = hr.known_as
  UNION ALL
  SELECT w.la_code, 'id ' || w.worker_id, w.worker_id, w.department, w.fte, w.swe_number,
    CASE w.agency WHEN 'Y' THEN true WHEN 'N' THEN false END, NULL, NULL, NULL, NULL, NULL, false
  FROM worker w
  WHERE NOT EXISTS (SELECT 1 FROM hr WHERE hr.la_code = w.la_code
    AND (hr.known_as = w.worker_id OR hr.staff_number = w.staff_number))),
team_word AS (
  SELECT la_code, word, min(team_id) AS team_id FROM (
    SELECT la_code, upper(trim(name)) AS word, team_id FROM team
    UNION SELECT la_code, upper(trim(team_id)), team_id FROM team) WHERE word IS NOT NULL GROUP BY ALL)
SELECT b.* EXCLUDE (team, swe_number), t.team_id, upper(trim(b.swe_number)) AS swe_number,
  coalesce(trim(b.swe_number) <> '', false) AS registered,
  coalesce(b.start_date <= p.as_at, true) AND coalesce(b.leaving_date > p.as_at, true) AS in_post,
  row_number() OVER (PARTITION BY b.la_code, b.person
    ORDER BY coalesce(b.leaving_date > p.as_at, true) DESC, b.start_date DESC NULLS LAST,
      t.team_id, b.fte DESC, b.worker_id) AS post
FROM both_sides b CROSS JOIN measure_period p
LEFT JOIN team_word t ON t.la_code = b.la_code AND t.word = upper(trim(b.team))
LEFT JOIN worker_now n ON n.la_code = b.la_code AND n.worker_id = b.worker_id
WHERE NOT coalesce(n.placeholder, false)
"""
"""One row a post: HR's rows, and workers whom only the case system knows."""

HOLDER_SQL = """
WITH of_person AS (
  SELECT la_code, person, arg_min(team_id, post) AS team_id, bool_or(registered) AS registered,
    CASE WHEN bool_and(fte IS NOT NULL) THEN sum(fte) END AS fte,
    coalesce(bool_or(programme_start <= p.as_at AND programme_start + INTERVAL 24 MONTH > p.as_at), false)
      OR coalesce(bool_or(qualified_date <= p.as_at AND qualified_date + INTERVAL 24 MONTH > p.as_at), false)
      AS newly_qualified
  FROM post, measure_period p WHERE coalesce(leaving_date > p.as_at, true) GROUP BY ALL),
account AS (
  SELECT w.la_code, w.worker_id, coalesce(
    (SELECT min(s.person) FROM post s WHERE s.la_code = w.la_code AND s.person = 'staff ' || w.staff_number),
    (SELECT min(s.person) FROM post s WHERE s.la_code = w.la_code AND s.worker_id = w.worker_id)) AS person
  FROM worker w),
held AS (
  SELECT l.la_code, a.person, sum(l.children) AS children
  FROM load_sum l JOIN account a USING (la_code, worker_id)
  WHERE NOT l."left" AND l.children > 0 GROUP BY ALL)
SELECT o.*, h.children FROM held h JOIN of_person o USING (la_code, person)
"""
"""One row for each person who leads somebody on the day, with the hours of all their posts."""

WORKFORCE_GROUND = {"post": POST_SQL, "holder": HOLDER_SQL}

EMPLOYED_FTE = Fact(
    "employed_fte",
    "hours of social workers whom the council employs, in post on the day, full time = 1",
    HR,
    HOURS_UNKNOWN,
    of_hours=True,
)
AGENCY_FTE = Fact(
    "agency_fte", "hours of agency social workers on the day, full time = 1", HR, HOURS_UNKNOWN, of_hours=True
)
EMPLOYED = Fact(
    "employed",
    "social workers whom the council employs, each registration number once",
    HR,
    HOURS_UNKNOWN,
    of_hours=True,
)
AGENCY = Fact("agency", "agency social workers (not looked through for doubles)", HR, of_hours=True)
UNREGISTERED = Fact("unregistered", "people in post without a registration number", HR, of_hours=True)
CASES_HELD = Fact("cases_held", "children and care leavers led by a named social worker", HELD)
CASES_OTHERS = Fact(
    "cases_others", "children and care leavers led by a worker without a registration number", HELD
)
CASES = Fact(
    "cases",
    "children and care leavers led by a named social worker whose hours are known",
    HELD,
    "case holders whose hours are not known",
    of_hours=True,
)
CASE_HOLDERS = Fact("case_holders", "social workers, agency too, who lead one child or more", HELD)
HOLDERS_FTE = Fact(
    "holders_fte",
    "hours of social workers, agency too, who lead one child or more, full time = 1",
    HELD,
    "case holders whose hours are not known",
    of_hours=True,
)
NEW_FTE = Fact(
    "newly_qualified_fte",
    "of these, hours of those who qualified or began the programme less than two years ago",
    (*HELD, *HR),
    of_hours=True,
)
VACANT_FTE = Fact(
    "vacant_fte", "hours of vacant posts on the day, full time = 1", ("vacancy",), "vacancies without hours"
)
COVERING_FTE = Fact(
    "covering_fte",
    "hours of agency social workers who cover a vacant post, full time = 1",
    ("vacancy", *HR),
    HOURS_UNKNOWN,
)
LEAVERS_FTE = Fact(
    "leavers_fte",
    "hours of employed social workers who left in the period and hold no other post here, full time = 1",
    HR,
    "leavers whose hours, or whose kind of contract, are not known",
)
DAYS_LOST = Fact(
    "days_lost",
    "working days that employed social workers in post lost to sickness in the twelve months",
    (*HR, "establishment.sick_days"),
    "employed social workers whose hours or days lost are not known",
)
ABSENCE_FTE = Fact("absence_fte", "hours of the same people, full time = 1", (*HR, "establishment.sick_days"))

_NO_NUMBERS = "no registration number is in the files, so who is a social worker is not known"
_NO_CONTRACTS = "the establishment does not say who is agency and who is employed"
_NO_LEAVERS = "the establishment holds no leaver, so it may list only those still here"

STAFF = Counting(
    (EMPLOYED_FTE, AGENCY_FTE, EMPLOYED, AGENCY, UNREGISTERED, LEAVERS_FTE),
    """
SELECT la_code, team_id, CASE WHEN agency THEN 'agency_fte' ELSE 'employed_fte' END AS fact,
  CASE WHEN agency IS NOT NULL THEN fte END AS amount
FROM post WHERE registered AND in_post
UNION ALL
SELECT la_code, team_id, 'employed', CASE WHEN agency IS NOT NULL THEN 1 END FROM (
  SELECT *, row_number() OVER (PARTITION BY la_code, swe_number ORDER BY agency NULLS LAST, post, person) AS nth
  FROM post WHERE registered AND in_post AND agency IS DISTINCT FROM true) WHERE nth = 1
UNION ALL
SELECT la_code, team_id, 'agency', 1 FROM post WHERE registered AND in_post AND agency
UNION ALL
SELECT la_code, team_id, 'unregistered', 1 FROM post WHERE NOT registered AND in_post AND post = 1
UNION ALL
SELECT o.la_code, o.team_id, 'leavers_fte', CASE WHEN agency IS NOT NULL THEN fte END
FROM post o, measure_period p
WHERE registered AND agency IS DISTINCT FROM true AND leaving_date > p.after AND leaving_date <= p.as_at
  AND NOT EXISTS (SELECT 1 FROM post s WHERE s.la_code = o.la_code AND s.person = o.person AND s.in_post)
""",
    doubt=f"""
WITH said AS (
  SELECT la_code, bool_or(registered) AS numbers, bool_or(agency IS NOT NULL) AS kinds,
    bool_or(from_hr AND leaving_date IS NOT NULL) AS leavers FROM post GROUP BY ALL)
SELECT la_code, unnest(['employed_fte', 'agency_fte', 'employed', 'agency', 'leavers_fte']) AS fact,
  CASE WHEN numbers THEN '{_NO_CONTRACTS}' ELSE '{_NO_NUMBERS}' END AS why
FROM said WHERE NOT (numbers AND kinds)
UNION ALL
SELECT la_code, 'leavers_fte', '{_NO_LEAVERS}' FROM said WHERE numbers AND kinds AND NOT leavers
""",
)
HOLDERS = Counting(
    (CASES_HELD, CASES_OTHERS, CASES, CASE_HOLDERS, HOLDERS_FTE, NEW_FTE),
    """
SELECT la_code, team_id,
  unnest(['cases_held', 'case_holders', 'cases', 'holders_fte', 'newly_qualified_fte']) AS fact,
  unnest([children, 1, CASE WHEN fte IS NOT NULL THEN children END, fte,
    CASE WHEN newly_qualified THEN fte ELSE 0 END]) AS amount
FROM holder WHERE registered
UNION ALL
SELECT la_code, team_id, 'cases_others', children FROM holder WHERE NOT registered
""",
    doubt=f"""
SELECT la_code, unnest(['cases_held', 'case_holders', 'cases', 'holders_fte', 'newly_qualified_fte']) AS fact,
  '{_NO_NUMBERS}' AS why
FROM (SELECT la_code FROM post GROUP BY la_code HAVING NOT bool_or(registered))
""",
)
POSTS = Counting(
    (VACANT_FTE, COVERING_FTE),
    """
WITH vacant AS (
  SELECT v.* FROM vacancy v, measure_period p WHERE coalesce(v.vacant_from <= p.as_at, true))
SELECT la_code, team_id, 'vacant_fte' AS fact, fte AS amount FROM vacant
UNION ALL
SELECT o.la_code, o.team_id, 'covering_fte', o.fte FROM post o
WHERE o.registered AND o.in_post AND o.agency AND EXISTS (
  SELECT 1 FROM vacant v WHERE v.la_code = o.la_code AND v.covered_by = o.worker_id)
""",
    doubt="""
SELECT la_code, 'covering_fte' AS fact, 'no vacancy says who covers it' AS why
FROM vacancy GROUP BY la_code HAVING bool_and(covered_by IS NULL)
""",
)
ABSENCE = Counting(
    (DAYS_LOST, ABSENCE_FTE),
    """
SELECT la_code, team_id, unnest(['days_lost', 'absence_fte']) AS fact,
  unnest([CASE WHEN fte IS NOT NULL THEN sick_days END,
    CASE WHEN sick_days IS NOT NULL THEN coalesce(fte, 0) ELSE 0 END]) AS amount
FROM post WHERE registered AND in_post AND agency = false
""",
    doubt=f"""
SELECT la_code, unnest(['days_lost', 'absence_fte']) AS fact,
  CASE WHEN NOT bool_or(registered) THEN '{_NO_NUMBERS}'
    WHEN NOT bool_or(registered AND agency IS NOT NULL) THEN '{_NO_CONTRACTS}'
    ELSE 'the establishment says of nobody how many days were lost to sickness' END AS why
FROM post GROUP BY la_code
HAVING NOT bool_or(coalesce(registered AND in_post AND agency = false AND sick_days IS NOT NULL, false))
""",
)

_WHO = "A social worker is somebody with a Social Work England number in the HR or the case system's list."
_PAST = "For an earlier month end, hours are today's: a change of hours since is not seen."
_OTHERS = ("cases_others", "led by workers without a registration number, outside this figure")

WORKFORCE_MEASURES = (
    Measure(
        "WF-01a",
        "Employed social workers, full-time equivalent",
        "How many full-time social workers' worth does the council employ?",
        Unit.FTE,
        plain("employed_fte"),
        CENSUS.format("WF-01"),
        (_WHO, "People whose hours are not known are left out and counted, never taken as nought.", _PAST),
        monthly=True,
        beside=(("unregistered", "in post without a registration number, so not counted as social workers"),),
    ),
    Measure(
        "WF-01b",
        "Agency social workers, full-time equivalent",
        "How many full-time social workers' worth comes from agencies?",
        Unit.FTE,
        plain("agency_fte"),
        CENSUS.format("WF-01"),
        (_WHO, _PAST),
        monthly=True,
    ),
    Measure(
        "WF-02a",
        "Employed social workers, people",
        "How many social workers does the council employ?",
        Unit.PEOPLE,
        plain("employed"),
        CENSUS.format("WF-02"),
        (
            "Doubles are found by registration number alone; the census also compares date of birth, gender and ethnicity.",
            _PAST,
        ),
        monthly=True,
    ),
    Measure(
        "WF-02b",
        "Agency social workers, people",
        "How many agency social workers are there?",
        Unit.PEOPLE,
        plain("agency"),
        CENSUS.format("WF-02"),
        ("Doubles among agency workers are not removed, as in the census.", _PAST),
        monthly=True,
    ),
    Measure(
        "WF-03",
        "Cases held by social workers",
        "How many children and care leavers have a named social worker?",
        Unit.CHILDREN,
        plain("cases_held"),
        CENSUS.format("WF-03"),
        (
            "A sibling group of three is three. Foster carers and adopters, whom the census counts too, are not in these files.",
            "Only the lead counts; the census does not say how co-working is counted.",
        ),
        monthly=True,
        beside=(_OTHERS, ("unallocated", "unallocated, so in nobody's figure")),
    ),
    Measure(
        "WF-04",
        "Case holders",
        "How many social workers hold one case or more?",
        Unit.PEOPLE,
        plain("case_holders"),
        CENSUS.format("WF-04"),
        ("A manager with one child counts as a case holder.",),
        monthly=True,
    ),
    Measure(
        "WF-05",
        "Average caseload",
        "How many children does a full-time social worker hold on average?",
        Unit.PER_FTE,
        Formula(("cases",), ("holders_fte",)),
        CENSUS.format("WF-05"),
        (
            "Unallocated children are in nobody's caseload, so not allocating lowers this figure: read AL-13 beside it.",
            "Children led by workers without a registration number vanish from it.",
            "A manager with one child brings their whole hours below the line.",
            "It says nothing of how complex the work is; published figures are revised later.",
        ),
        monthly=True,
        beside=(("unallocated", "unallocated, so in nobody's caseload"), _OTHERS),
    ),
    Measure(
        "WF-06",
        "Agency rate",
        "How much of the social work workforce is agency?",
        Unit.PERCENT,
        share("agency_fte", "agency_fte", "employed_fte"),
        CENSUS.format("WF-06"),
        ("In a team of under five full-time posts look at the counts, not the percentage.", _PAST),
        monthly=True,
    ),
    Measure(
        "WF-07",
        "Vacancy rate",
        "How much of the establishment is vacant?",
        Unit.PERCENT,
        share("vacant_fte", "vacant_fte", "employed_fte"),
        CENSUS.format("WF-07"),
        (
            "A vacancy that an agency worker covers is still vacant.",
            "The vacancy list says since when, not until when, so earlier months cannot be told.",
        ),
    ),
    Measure(
        "WF-08",
        "Turnover",
        "How many of the employed social workers left in the year?",
        Unit.PERCENT,
        share("leavers_fte", "employed_fte"),
        CENSUS.format("WF-08"),
        (
            "Below the line stand those in post at the end of the period, not an average of the year.",
            "The census year runs from October to September; this one ends on the as-at date.",
            "Leavers whom the HR export no longer lists are missing from it.",
        ),
        yearly=True,
    ),
    Measure(
        "WF-09a",
        "Agency workers who cover a vacancy",
        "How much of the agency workforce covers vacancies?",
        Unit.PERCENT,
        share("covering_fte", "agency_fte"),
        CENSUS.format("WF-09"),
        ("Needs a vacancy list that says who covers which post.",),
    ),
    Measure(
        "WF-09b",
        "Vacancies covered by agency workers",
        "How much of the vacant hours do agency workers cover?",
        Unit.PERCENT,
        share("covering_fte", "vacant_fte"),
        CENSUS.format("WF-09"),
        ("Needs a vacancy list that says who covers which post.", "It can be over 100."),
    ),
    Measure(
        "WF-10",
        "Sickness absence",
        "How much working time was lost to sickness in the year?",
        Unit.PERCENT,
        Formula(("days_lost",), ("absence_fte",), percent=True, working_days=True),
        CENSUS.format("WF-10"),
        (
            "Taken over 253 working days, or 254 where the year holds a 29 February.",
            "Days are taken as they were entered: whether a part-time worker's day is a whole one is not told.",
            "The days are those of the staff list's own twelve months (column sick_days); who left in them is not in it.",
        ),
        yearly=True,
    ),
    Measure(
        "NQ-11",
        "Newly qualified share of case holders",
        "How much of the case-holding workforce qualified less than two years ago?",
        Unit.PERCENT,
        share("newly_qualified_fte", "holders_fte"),
        "practice-standards NQ-11; 40 percent or more of a team is a sign of instability (our default)",
        (
            "By the qualification date, else by the start of the first-year programme; who has neither is taken as longer qualified.",
            _PAST,
        ),
        monthly=True,
    ),
)
