"""What makes a child's situation complex, as far as the record shows it: one row a child and marker.

The markers are those of practice-standards section 5, each declared once.  They are counted and
shown, never weighed and never made one score; a council switches off those that it does not use
(`markers_off`), and its own rating of a child stands beside them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import ibis
import ibis.expr.types as ir

from evenlode.position.context import CHILD, Context, Step, active, beside, impossible, latest, only, without
from evenlode.position.key_dates import of_kind


@dataclass(frozen=True)
class Marker:
    """One marker: its id, the words that a manager reads, where it comes from, and its rows."""

    id: str
    words: str
    source: str
    rows: Callable[[Context], ir.Table]


FACTOR_SAID = (('":"Y', '",'), ('":TRUE', '",'), ('":"1', '",'), ('":1', '",'), ('"]', '",'))
"""How a factor that was found is written, as the list `["19B"]` or as `{"19B": "Yes"}`, brought to one
form: the code in quotes with a comma after it.  One that is there to say No keeps its colon."""


def _factor(at: Context, list_name: str) -> ir.Table:
    """Children with one of those factors, with the day on which it was last found."""
    rows = at.step("factor_found")
    found = ibis.literal(False)
    for code in at.policy.lists[list_name]:
        found = found | rows.factors.contains(f'"{code.strip().upper()}",')
    return rows.filter(found).select(*CHILD, since="found_on")


def factor_found(at: Context) -> ir.Table:
    """The factors of each signed-off assessment that still speaks for the child, in one form.

    That is one signed off in the last two years (policy), or since the current episode began.
    """
    assessment = at.record("assessment", "child_id", "assessment_id", "authorised_date")
    assessment = assessment.filter(assessment.authorised_date <= at.as_at)
    child = at.step("open_child").select(*CHILD, "episode_start")
    rows = assessment.inner_join(child, list(CHILD))
    factor = at.record("assessment_factor", "assessment_id", "factors")
    rows = rows.inner_join(factor, ["la_code", "assessment_id"])
    rows = at.due(
        rows.select(*CHILD, "authorised_date", "episode_start", "factors"),
        until=("authorised_date", "marker_factors"),
    )
    rows = rows.filter((rows.until > at.as_at) | (rows.authorised_date >= rows.episode_start))
    factors = rows.factors.upper().replace(" ", "")
    for written, form in FACTOR_SAID:
        factors = factors.replace(written, form)
    return rows.select(*CHILD, found_on="authorised_date", factors=factors)


def _on_plan(at: Context) -> ir.Table:
    return at.step("cp_plan_open").select(*CHILD, since="start_date")


def _second_plan(at: Context) -> ir.Table:
    earlier = at.record("cp_plan", "child_id", "start_date").select(
        e_la="la_code", e_child="child_id", e_start="start_date"
    )
    plans = at.step("cp_plan_open")
    rows = plans.inner_join(
        earlier,
        [
            plans.la_code == earlier.e_la,
            plans.child_id == earlier.e_child,
            earlier.e_start < plans.start_date,
        ],
    )
    told = at.record("cp_plan", "child_id", "start_date", "end_date", "earlier_plans")
    told = told.filter(active(told.start_date, told.end_date, at.as_at) & (told.earlier_plans > 0))
    return rows.select(*CHILD, since="start_date").union(told.select(*CHILD, since="start_date"))


def court_work(at: Context) -> ir.Table:
    """Care proceedings and pre-proceedings that run on the day, with the day since when."""
    order = at.record("legal_status", "child_id", "status", "start_date", "end_date")
    order = order.filter(
        active(order.start_date, order.end_date, at.as_at) & at.listed(order.status, "interim_orders")
    )
    court = of_kind(at, "care proceedings")
    court = court.filter(court.start_date.notnull() & court.done_date.isnull())
    before = at.record("pre_proceedings", "child_id", "decision_date", "outcome", "end_date")
    before = before.filter(
        (before.decision_date <= at.as_at)
        & before.outcome.isnull()
        & (before.end_date.isnull() | (before.end_date > at.as_at))
    )
    proceedings = order.select(*CHILD, since="start_date").union(court.select(*CHILD, since="start_date"))
    rows = proceedings.mutate(what=ibis.literal("care proceedings")).union(
        before.select(*CHILD, since="decision_date").mutate(what=ibis.literal("pre-proceedings"))
    )
    return only(
        rows.group_by(*CHILD, "what").agg(since=rows.since.min()),
        at.step("open_child"),
    )


def _in_court(at: Context) -> ir.Table:
    return at.step("court_work").select(*CHILD, "since")


def _recent_enquiry(at: Context) -> ir.Table:
    rows = at.record("enquiry", "child_id", "start_date", "end_date")
    rows = rows.filter((rows.start_date <= at.as_at) & ~impossible(rows.start_date, rows.end_date, at.as_at))
    rows = at.due(rows, until=("start_date", "marker_enquiry"))
    still = rows.end_date.isnull() | (rows.end_date > at.as_at)
    return rows.filter((rows.until > at.as_at) | still).select(*CHILD, since="start_date")


def _large_family(at: Context) -> ir.Table:
    family = at.record("family", "family_id", "child_id")
    family = family.filter(family.family_id.notnull()).distinct()
    young = at.record("child", "child_id", "dob", "death_date")
    young = at.due(young.filter(young.death_date.isnull()), adult=("dob", "adult"))
    grown = young.filter((young.adult <= at.as_at).fill_null(False))
    members = without(family, grown)
    large = members.group_by("la_code", "family_id").agg(members=members.count())
    large = large.filter(large.members >= int(at.policy.numbers["marker_siblings"]))
    rows = family.semi_join(large, ["la_code", "family_id"])
    return rows.select(*CHILD, since=ibis.null("date"))


def _sexual_abuse(at: Context) -> ir.Table:
    plan = at.record("cp_plan", "child_id", "start_date", "end_date", "first_category", "category")
    plan = plan.filter(
        active(plan.start_date, plan.end_date, at.as_at)
        & at.listed(ibis.coalesce(plan.category, plan.first_category), "sexual_abuse_categories")
    )
    return plan.select(*CHILD, since="start_date").union(_factor(at, "sexual_abuse_factors"))


def _missing(at: Context) -> ir.Table:
    rows = at.record("missing_episode", "child_id", "start_date", "end_date")
    rows = rows.filter((rows.start_date <= at.as_at) & ~impossible(rows.start_date, rows.end_date, at.as_at))
    rows = at.due(rows, until=("start_date", "marker_missing"))
    return rows.filter(rows.until > at.as_at).select(*CHILD, since="start_date")


def exploited_and_missing(at: Context) -> ir.Table:
    """Open children with a factor of exploitation who were also lately missing: complex exploitation."""
    return only(_factor(at, "exploitation_factors"), _missing(at).union(_factor(at, "missing_factors")))


def _exploited(at: Context) -> ir.Table:
    return ibis.union(_factor(at, "exploitation_factors"), _factor(at, "missing_factors"), _missing(at))


def placement_doubt(at: Context) -> ir.Table:
    """Where the newest check says that a looked-after child's setting is not registered, or restricts liberty."""
    check = at.record("placement_check", "child_id", "check_date", "registered", "liberty_restricted")
    check = check.filter(check.check_date <= at.as_at)
    newest = latest(
        check,
        CHILD,
        newest=[check.check_date.desc(), check.registered.asc(), check.liberty_restricted.desc()],
    )
    placed = at.step("placement_now").select(*CHILD, placed="start_date")
    rows = newest.inner_join(placed, list(CHILD))
    rows = rows.filter(rows.check_date >= rows.placed)
    unregistered = rows.filter(rows.registered == "N").select(
        *CHILD, since="check_date", what=ibis.literal("unregistered placement")
    )
    held = rows.filter(rows.liberty_restricted == "Y").select(
        *CHILD, since="check_date", what=ibis.literal("deprivation of liberty")
    )
    order = at.record("liberty_order", "child_id", "start_date", "end_date")
    order = order.filter(active(order.start_date, order.end_date, at.as_at)).select(
        *CHILD, since="start_date", what=ibis.literal("deprivation of liberty")
    )
    rows = ibis.union(unregistered, held, only(order, at.step("open_child")))
    return rows.group_by(*CHILD, "what").agg(since=rows.since.max())


def _unsettled_placement(at: Context) -> ir.Table:
    doubt = at.step("placement_doubt")
    doubt = doubt.filter(doubt.what == "unregistered placement").select(*CHILD, "since")
    moves = at.step("placement_recent")
    moves = only(
        moves.filter(moves.placements >= int(at.policy.numbers["marker_placements"])), at.step("period_open")
    )
    moves = only(at.step("placement_now").select(*CHILD, since="start_date"), moves)
    return doubt.union(moves)


def _family_stays_away(at: Context) -> ir.Table:
    rows = at.record("attendance", "child_id", "meeting_date", "agency", "attended")
    rows = rows.filter((rows.meeting_date <= at.as_at) & at.listed(rows.agency, "family_attendance"))
    rows = at.due(rows, until=("meeting_date", "marker_not_engaged"))
    rows = rows.filter(rows.until > at.as_at)
    rows = rows.group_by(*CHILD, "meeting_date").agg(
        came=ibis.ifelse(rows.attended == "Y", 1, 0).max(), away=ibis.ifelse(rows.attended == "N", 1, 0).max()
    )
    rows = rows.group_by(*CHILD).agg(
        kept=rows.came.sum(), missed=rows.away.sum(), since=rows.meeting_date.max()
    )
    enough = int(at.policy.numbers["marker_meetings"])
    return rows.filter((rows.kept == 0) & (rows.missed >= enough)).select(*CHILD, "since")


def _complex_health(at: Context) -> ir.Table:
    rows = at.record("disability", "child_id", "code")
    rows = rows.filter(at.listed(rows.code, "complex_health_disabilities"))
    return rows.select(*CHILD, since=ibis.null("date"))


def _infant(at: Context) -> ir.Table:
    rows = at.step("open_child").select(*CHILD, "unborn", "born_on")
    rows = at.due(rows, until=("born_on", "marker_infant"))
    return rows.filter(rows.unborn | (rows.until > at.as_at).fill_null(False)).select(*CHILD, since="born_on")


def _risk_conference(at: Context) -> ir.Table:
    met = of_kind(at, "conference on domestic abuse")
    met = at.due(met.filter(met.done_date.notnull()), until=("done_date", "marker_risk_conference"))
    met = met.filter(met.until > at.as_at).select(*CHILD, since="done_date")
    return only(met, _factor(at, "domestic_abuse_factors"))


def _far_away(at: Context) -> ir.Table:
    limit = ibis.literal(at.policy.numbers["marker_distance"]).cast("decimal(18, 6)")
    unknown = ibis.literal(Decimal("999.9")).cast("decimal(18, 6)")
    rows = at.record("placement", "placement_id", "distance")
    rows = rows.filter((rows.distance > limit) & (rows.distance < unknown))
    now = only(at.step("placement_now"), at.step("period_open"))
    now = now.select(*CHILD, "placement_id", since="start_date")
    return now.semi_join(rows, ["la_code", "placement_id"]).select(*CHILD, "since")


def _many_changes(at: Context) -> ir.Table:
    rows = at.step("lead_handover")
    rows = rows.group_by(*CHILD).agg(changes=rows.count(), since=rows.start_date.max())
    return rows.filter(rows.changes >= int(at.policy.numbers["marker_changes"])).select(*CHILD, "since")


MARKERS: tuple[Marker, ...] = (
    Marker("plan", "protection plan", "cp_plan", _on_plan),
    Marker("second_plan", "second or later plan", "cp_plan", _second_plan),
    Marker(
        "court",
        "care proceedings or pre-proceedings",
        "legal_status, pre_proceedings, key date: care proceedings",
        _in_court,
    ),
    Marker("enquiry", "section 47 enquiry", "enquiry", _recent_enquiry),
    Marker("siblings", "large sibling group", "family, child", _large_family),
    Marker("sexual_abuse", "sexual abuse", "cp_plan, assessment_factor", _sexual_abuse),
    Marker("exploitation", "exploitation or missing", "assessment_factor, missing_episode", _exploited),
    Marker(
        "placement", "unregistered or changing placement", "placement_check, placement", _unsettled_placement
    ),
    Marker("not_engaged", "family stays away from meetings", "attendance", _family_stays_away),
    Marker("complex_health", "disability with complex health", "disability", _complex_health),
    Marker("infant", "unborn or under one", "child", _infant),
    Marker(
        "risk_conference",
        "domestic abuse with a risk conference",
        "assessment_factor, key date: conference on domestic abuse",
        _risk_conference,
    ),
    Marker("distance", "placed far from home", "placement", _far_away),
    Marker("changes", "changes of worker", "involvement", _many_changes),
)
"""Every marker of practice-standards section 5."""


def marker_row(at: Context) -> ir.Table:
    """One row an open child and marker, with the newest day it rests on; blank where none is recorded."""
    off = {word.strip().lower() for word in at.policy.lists["markers_off"]}
    used = [m for m in MARKERS if m.id not in off]
    rows = ibis.union(*(m.rows(at).mutate(marker=ibis.literal(m.id)) for m in used or MARKERS[:1]))
    rows = rows if used else rows.filter(ibis.literal(False))
    rows = rows.group_by(*CHILD, "marker").agg(since=rows.since.max())
    return only(rows, at.step("open_child"))


def child_complexity(at: Context) -> ir.Table:
    """Each open child's markers counted and in words, with the council's own rating beside them."""
    rows = at.step("complexity_marker")
    dated = ibis.literal(" since ").concat(rows.since.cast("string")).fill_null("")
    named = ibis.cases(*((rows.marker == m.id, m.words) for m in MARKERS), else_="")
    rows = rows.mutate(text=named.concat(dated, "; "))
    texts = {f"m_{m.id}": ibis.ifelse(rows.marker == m.id, rows.text, "").max() for m in MARKERS}
    rows = rows.group_by(*CHILD).agg(markers=rows.count(), **texts)
    first, *others = (rows[f"m_{m.id}"] for m in MARKERS)
    rows = rows.select(*CHILD, "markers", words=first.concat(*others))
    rating = at.record("complexity", "child_id", "rated_on", "score")
    rating = rating.filter(rating.rated_on <= at.as_at)
    rating = latest(rating, CHILD, newest=[rating.rated_on.desc(), rating.score.asc()])
    rows = beside(at.step("open_child").select(*CHILD), rows, rating)
    return rows.select(
        *CHILD,
        "rated_on",
        rating=rows.score,
        markers=rows.markers.fill_null(0),
        words=rows.words.fill_null("").concat("|").replace("; |", "").replace("|", ""),
    )


COMPLEXITY_STEPS = (
    Step("factor_found", "Factors that assessments of open children found.", factor_found),
    Step("court_work", "Care proceedings and pre-proceedings that run.", court_work),
    Step("placement_doubt", "Placements not registered, or that restrict liberty.", placement_doubt),
    Step("exploited_and_missing", "Children both exploited and lately missing.", exploited_and_missing),
    Step("complexity_marker", "Complexity markers, one row a child and marker.", marker_row),
    Step("child_complexity", "Each open child's markers, counted and in words.", child_complexity),
)
