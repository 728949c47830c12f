"""Qualifying visits and the clocks that run from them."""

from .clocks import add_wd, plus_days
from .extract import day, id_key, yes_no
from .findings import Finding


class Visit:
    def __init__(self, identity, on, seen, alone):
        self.id, self.on, self.seen, self.alone = identity, on, seen, alone


def visit(row, prefix):
    return Visit(
        row.get(prefix + "_visit_id", ""),
        day(row, prefix + "_visit_date"),
        yes_no(row.get(prefix + "_visit_seen", "")),
        yes_no(row.get(prefix + "_visit_seen_alone", "")),
    )


def cp_visits(child, plan_id):
    """ "CP by plan id, blank plan id by child\""""
    rows = child.council.rows_where("cp_visit", "cppv_cp_plan_id", plan_id)
    rows = rows + [row for row in child.rows["cp_visit"] if not row.get("cppv_cp_plan_id")]
    return [visit(row, "cppv_cp") for row in rows]


def cin_visits(child):
    return [visit(row, "cinv_cin") for row in child.rows["cin_visit"]]


def cla_visits(child):
    return [visit(row, "clav_cla") for row in child.rows["cla_visit"]]


def clock_start(child, start):
    """ "at birth the clock restarts from the date of birth\""""
    if not child.unborn and child.dob is not None and child.dob > start:
        return child.dob
    return start


def qualifying(child, visits, start, take_blank_as_seen=False):
    """Visits on or after the start, by D, child seen = yes; while unborn any visit. In order."""
    as_at = child.council.as_at
    found = []
    for one in visits:
        if one.on is None or one.on < start or one.on > as_at:
            continue
        if child.unborn or one.seen is True or (take_blank_as_seen and one.seen is None):
            found.append(one)
    return sorted(found, key=lambda one: (one.on, id_key(one.id)))


def last_day(visits, otherwise):
    return visits[-1].on if visits else otherwise


def visit_clock(child, rule, plan, visits, working_days, severity):
    """CP-05 and CIN-02: last qualifying visit, else the start, and so many working days."""
    as_at = child.council.as_at
    start = clock_start(child, plan.start)
    base = last_day(qualifying(child, visits, start), start)
    due = add_wd(base, working_days)
    if not due < as_at:
        return []
    cured = last_day(qualifying(child, visits, start, take_blank_as_seen=True), start)
    if not add_wd(cured, working_days) < as_at:
        # "Where a visit with blank "seen" would cure a breach, the status is cannot_tell"
        return [
            Finding(
                rule,
                child,
                plan.id,
                "cannot_tell",
                "norm",
                severity,
                None,
                {"base": base, "blank_seen": cured},
            )
        ]
    return [Finding(rule, child, plan.id, "overdue", "norm", severity, due, {"base": base})]


def seen_alone(last_two):
    """What two visits say: "met", "cannot_tell" or "breach"."""
    if any(one.alone is True for one in last_two):
        return "met"
    if any(one.alone is None for one in last_two):
        return "cannot_tell"
    return "breach"


def alone_findings(child, plan):
    """CP-06."""
    start = clock_start(child, plan.start)
    visits = cp_visits(child, plan.id)
    seen = qualifying(child, visits, start)
    if len(seen) < 2 or child.unborn:
        return []
    evidence = {"visits": [one.on for one in seen[-2:]]}
    if child.age_unknown:
        return [Finding("CP-06", child, plan.id, "cannot_tell", "norm", "amber", None, evidence)]
    if not child.reached(4):
        return []
    outcome = seen_alone(seen[-2:])
    if outcome == "breach":
        everyone = qualifying(child, visits, start, take_blank_as_seen=True)
        for one in everyone:
            if one.seen is None:
                with_it = [v for v in everyone if v in seen or v is one]
                if seen_alone(with_it[-2:]) != "breach":
                    outcome = "cannot_tell"
    if outcome == "met":
        return []
    return [Finding("CP-06", child, plan.id, outcome, "norm", "amber", None, evidence)]


def not_seen_findings(child, plan):
    """CP-08: any visit table, before the plan too, but not before the date of birth."""
    as_at = child.council.as_at
    if child.unborn:
        return []
    own = [visit(row, "cppv_cp") for row in child.rows["cp_visit"]]
    everywhere = own + cin_visits(child) + cla_visits(child)
    dates, with_blanks = [], []
    for one in everywhere:
        if one.on is None or one.on > as_at or (child.dob is not None and one.on < child.dob):
            continue
        if one.seen is True:
            dates.append(one.on)
        if one.seen is not False:
            with_blanks.append(one.on)
    if not dates:
        return [Finding("CP-08", child, plan.id, "cannot_tell", "norm", "red", None, {})]
    due = plus_days(max(dates), 28)
    if not due < as_at:
        return []
    if not plus_days(max(with_blanks), 28) < as_at:
        return [
            Finding(
                "CP-08",
                child,
                plan.id,
                "cannot_tell",
                "norm",
                "red",
                None,
                {"seen": max(dates), "blank_seen": max(with_blanks)},
            )
        ]
    return [Finding("CP-08", child, plan.id, "overdue", "norm", "red", due, {"seen": max(dates)})]
