"""Children, care leavers and workers as they are on the day."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.position.context import CHILD, Context, Step, beside, latest, only, without

WORKER = ("la_code", "worker_id")
HR_COLUMNS = (
    "leaving_date",
    "absent_from",
    "return_date",
    "programme_start",
    "programme_end",
    "programme",
    "fte",
    "title",
    "team",
    "start_date",
    "qualified_date",
    "registered_from",
    "registration_ends",
    "swe_number",
    "agency",
    "contract",
)


def gone(at: Context) -> ir.Table:
    """Contract 2, "person out of scope": no findings and no points."""
    child = at.record("child", "child_id", "death_date")
    died = child.filter(child.death_date <= at.as_at).select(*CHILD)
    leaver = at.record("care_leaver", "child_id", "in_touch")
    recorded = leaver.filter(at.listed(leaver.in_touch, "died_codes")).select(*CHILD)
    return died.union(recorded).distinct()


def live(at: Context) -> ir.Table:
    """Everybody of whom anything is open on the day, and every care leaver: the rest are history."""
    steps = (
        "current_referral",
        "cp_plan_open",
        "cin_plan_open",
        "assessment_open",
        "enquiry_open",
        "period_open",
        "on_interim_order",
    )
    people = [at.step(name).select(*CHILD) for name in steps]
    return ibis.union(*people, at.record("care_leaver", "child_id"), distinct=True)


def birth(at: Context) -> ir.Table:
    """Contract 2, "unborn" and "age unknown"."""
    child = at.due(
        only(at.record("child", "child_id", "dob", "expected_dob"), at.step("live")),
        adult=("dob", "adult"),
        leaver_limit=("dob", "care_leaver_limit"),
        alone_from=("dob", "alone_from_age"),
    )
    unborn = (child.dob > at.as_at).fill_null(False) | (child.dob.isnull() & child.expected_dob.notnull())
    return (
        child.select(
            *CHILD,
            unborn=unborn,
            born_on=ibis.ifelse(unborn, ibis.null("date"), child.dob),
            adult=~unborn & (child.adult <= at.as_at).fill_null(False),
            over_21=~unborn & (child.leaver_limit <= at.as_at).fill_null(False),
            old_enough_alone=~unborn & (child.alone_from <= at.as_at).fill_null(False),
            age_unknown=child.dob.isnull() & child.expected_dob.isnull(),
        )
        .group_by(*CHILD)
        .agg(
            unborn=lambda t: t.unborn.max(),
            born_on=lambda t: t.born_on.max(),
            adult=lambda t: t.adult.max(),
            over_21=lambda t: t.over_21.max(),
            old_enough_alone=lambda t: t.old_enough_alone.max(),
            age_unknown=lambda t: t.age_unknown.min(),
        )
    )


def with_birth(at: Context, table: ir.Table) -> ir.Table:
    """The table with the child's birth facts; a child without a person row is of unknown age."""
    facts = at.step("birth")
    joined = table.left_join(facts, list(CHILD))
    return joined.select(
        *table.columns,
        unborn=facts.unborn.fill_null(False),
        born_on=facts.born_on,
        adult=facts.adult.fill_null(False),
        over_21=facts.over_21.fill_null(False),
        old_enough_alone=facts.old_enough_alone.fill_null(False),
        age_unknown=facts.age_unknown.fill_null(True),
    )


def worker_now(at: Context) -> ir.Table:
    """Contract 2, "HR rows", "named worker", "absent" and "newly qualified".

    `programme`: ASYE, ECDP or none.  `programme_over`: when it ends where no end is recorded.  Somebody in
    the two years of the ECDP counts as newly qualified for as long as the policy allows (section 2.13).
    """
    worker = at.record(
        "worker",
        "worker_id",
        "staff_number",
        "name",
        "name_words",
        "fte",
        "title",
        "department",
        "swe_number",
        "agency",
    )
    hr = at.record("establishment", "staff_number", "worker_id", *HR_COLUMNS)
    by_number = _hr_columns(hr.filter(hr.staff_number.notnull()), "staff_number", "n")
    by_id = _hr_columns(hr.filter(hr.worker_id.notnull()), "worker_id", "i")
    both = worker.left_join(
        by_number, [worker.la_code == by_number.n_la, worker.staff_number == by_number.n_key]
    )
    both = both.left_join(by_id, [both.la_code == by_id.i_la, both.worker_id == by_id.i_key])

    def hr_says(name: str) -> ir.Value:
        return ibis.ifelse(both.n_la.notnull(), both[f"n_{name}"], both[f"i_{name}"])

    both = both.mutate(
        **{
            name: hr_says(name)
            for name in (
                "leaving_date",
                "absent_from",
                "return_date",
                "programme_start",
                "programme_end",
                "programme",
                "qualified_date",
                "registered_from",
                "registration_ends",
                "contract",
            )
        },
        employed_from=hr_says("start_date"),
        best_swe=ibis.coalesce(hr_says("swe_number"), both.swe_number),
        best_agency=ibis.coalesce(hr_says("agency"), both.agency),
        best_fte=ibis.coalesce(hr_says("fte"), both.fte),
        best_title=ibis.coalesce(hr_says("title"), both.title),
        hr_team=ibis.coalesce(hr_says("team"), both.department),
    )
    both = at.due(
        both.mutate(kind=_programme(at, both)),
        year=("programme_start", "programme"),
        early_career=("programme_start", "programme_early_career"),
        allowed=("programme_start", "allowance_early_career"),
        programme_half=("programme_start", "programme_first_half"),
    )
    is_early_career = both.kind == "ECDP"
    both = both.mutate(programme_over=ibis.ifelse(is_early_career, both.early_career, both.year))
    in_programme = (both.programme_start <= at.as_at).fill_null(False) & (
        ibis.coalesce(both.programme_end, both.programme_over) > at.as_at
    ).fill_null(False)
    return both.select(
        *WORKER,
        "name",
        "hr_team",
        "leaving_date",
        "absent_from",
        "employed_from",
        "programme_start",
        "programme_half",
        "programme_over",
        "programme_end",
        "qualified_date",
        "registered_from",
        "registration_ends",
        "contract",
        swe_number=both.best_swe,
        agency=both.best_agency,
        back_on="return_date",
        fte=both.best_fte,
        title=both.best_title,
        placeholder=_is_placeholder(at, both.name_words),
        left=(both.leaving_date <= at.as_at).fill_null(False),
        absent=(both.absent_from <= at.as_at).fill_null(False)
        & (both.return_date.isnull() | (both.return_date > at.as_at)),
        programme=both.kind,
        in_programme=in_programme,
        newly_qualified=in_programme & (~is_early_career | (both.allowed > at.as_at).fill_null(False)),
    ).distinct()


def _programme(at: Context, rows: ir.Table) -> ir.StringValue:
    """Which programme a worker's dates are of: by the staff list's word, else by when it began.

    Without a beginning there is none, whatever the word; with one, the word "none" is of today and
    says nothing of earlier days, so the dates stand.
    """
    turned = at.policy.dates["early_career_programme"]
    later = (rows.programme_start >= turned) if turned else ibis.literal(False)
    return ibis.cases(
        (rows.programme_start.isnull(), "none"),
        (at.listed(rows.programme, "early_career_words"), "ECDP"),
        (at.listed(rows.programme, "first_year_words"), "ASYE"),
        (later, "ECDP"),
        else_="ASYE",
    )


def _hr_columns(hr: ir.Table, key: str, prefix: str) -> ir.Table:
    chosen = hr.select(
        **{f"{prefix}_la": hr.la_code, f"{prefix}_key": hr[key]},
        **{f"{prefix}_{n}": hr[n] for n in HR_COLUMNS},
    )
    return latest(
        chosen,
        (f"{prefix}_la", f"{prefix}_key"),
        newest=[chosen[f"{prefix}_leaving_date"].desc(nulls_first=True)],
    )


def _is_placeholder(at: Context, words: ir.StringValue) -> ir.BooleanValue:
    found = ibis.literal(False)
    for word in at.policy.lists["placeholder_words"]:
        found = found | words.contains(f" {word.lower()} ").fill_null(False)
    return found


def care_leaver_now(at: Context) -> ir.Table:
    """Contract 2, "care leaver", and its fine point on several rows of one young person."""
    rows = at.record(
        "care_leaver",
        "place",
        "child_id",
        "eligibility",
        "in_touch",
        "latest_contact_date",
        "pathway_review_date",
        "adviser",
        "team_id",
        "worker_id",
    )
    rows = without(rows, at.step("gone"))
    rows = rows.filter(at.listed(rows.eligibility, "care_leaver_eligibility"))
    known = at.step("worker_now").select("la_code", adviser_id="worker_id").distinct()
    rows = rows.left_join(known, [rows.la_code == known.la_code, rows.adviser == known.adviser_id]).select(
        *rows.columns, "adviser_id"
    )
    listed = known.select("la_code", listed_worker_id="adviser_id")
    rows = rows.left_join(
        listed, [rows.la_code == listed.la_code, rows.worker_id == listed.listed_worker_id]
    ).select(*rows.columns, "listed_worker_id")

    def by_now(column: ir.DateValue) -> ir.DateValue:
        return ibis.ifelse(column <= at.as_at, column, ibis.null("date"))

    in_care = at.listed(rows.eligibility, "not_yet_left_eligibility")
    grouped = rows.group_by(*CHILD).agg(
        latest_contact=by_now(rows.latest_contact_date).max(),
        pathway_review=by_now(rows.pathway_review_date).max(),
        still_in_care=in_care.min(),
        will_not_be_reached=at.listed(rows.in_touch, "will_not_be_reached").max(),
    )
    adviser = latest(rows.filter(rows.adviser_id.notnull()), CHILD, newest=[rows.place.asc()])
    adviser = adviser.select(*CHILD, "adviser_id", adviser_team="team_id")
    worker = latest(rows.filter(rows.listed_worker_id.notnull()), CHILD, newest=[rows.place.asc()])
    worker = worker.select(*CHILD, table_worker_id="listed_worker_id", worker_team="team_id")
    return with_birth(at, beside(grouped, adviser, worker))


def open_child(at: Context) -> ir.Table:
    """Contract 2, "open child" and "current episode"."""
    referral, plans, periods = (at.step("current_referral"), at.step("cp_plan_open"), at.step("period_open"))
    without_referral = plans.select(*CHILD, start="start_date").union(
        periods.select(*CHILD, start="entered_care")
    )
    earliest = without_referral.group_by(*CHILD).agg(other_start=lambda t: t.start.min())
    everybody = referral.select(*CHILD).union(earliest.select(*CHILD)).distinct()
    rows = with_birth(at, everybody)
    rows = rows.filter(~rows.adult)
    status = (
        at.step("status")
        .group_by(*CHILD)
        .agg(
            is_care=lambda t: (t.status == "CLA").max(),
            is_cp=lambda t: (t.status == "CP").max(),
            is_cin=lambda t: (t.status == "CIN").max(),
            is_assessment=lambda t: (t.status == "ASSESSMENT").max(),
        )
    )
    rows = beside(rows, referral, earliest, status)
    care, cp = rows.is_care.fill_null(False), rows.is_cp.fill_null(False)
    cin, assessment = rows.is_cin.fill_null(False), rows.is_assessment.fill_null(False)
    return rows.select(
        *CHILD,
        "episode_id",
        "primary_need",
        "unborn",
        "born_on",
        episode_start=ibis.coalesce(rows.referral_date, rows.other_start),
        is_care=care,
        is_cp=cp,
        is_cin=cin,
        is_assessment=assessment,
        status=ibis.cases(
            (care, "CLA"), (cp, "CP"), (cin, "CIN"), (assessment, "ASSESSMENT"), else_="REFERRAL"
        ),
    )


def worker_team(at: Context) -> ir.Table:
    """Each worker's own team, where HR's or the case system's words name one of the team list."""
    worker, team = at.step("worker_now"), at.record("team", "team_id", "name")
    by_name = team.select("la_code", "team_id", word=team.name.strip().upper())
    by_id = team.select("la_code", "team_id", word=team.team_id.strip().upper())
    words = by_name.union(by_id).group_by("la_code", "word").agg(team_id=lambda t: t.team_id.min())
    rows = worker.mutate(word=worker.hr_team.strip().upper())
    rows = rows.inner_join(words, ["la_code", "word"])
    return rows.select(*WORKER, "team_id")


FIRST_STEPS = (
    Step("gone", "People who have died: no findings, no points.", gone),
    Step("worker_now", "Each worker on the day: named or not, left, absent, newly qualified.", worker_now),
    Step("worker_team", "Each worker's own team.", worker_team),
)
PEOPLE_STEPS = (
    Step("live", "Everybody of whom anything is open on the day.", live),
    Step("birth", "Each child's age as far as it is known.", birth),
    Step("care_leaver_now", "Each care leaver on the day.", care_leaver_now),
    Step("open_child", "Each open child, with every status that applies.", open_child),
)
