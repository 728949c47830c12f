"""Looked-after children: periods of care, placements, visits and reviews."""

from .clocks import add_wd, plus_days, plus_months
from .extract import day, id_key, yes_no
from .findings import Finding
from .visits import cla_visits, clock_start, last_day, qualifying

SHORT_BREAKS = {"V3", "V4"}
NO_PROVIDER = {"", "XXXXXXX", "9999999"}
TEMPORARY = {"T0", "T1", "T2", "T3", "T4"}
LONG_TERM = {"U1", "U4"}


class Period:
    def __init__(self, identity, good, faulty, as_at):
        self.id, self.good, self.faulty = identity, good, faulty
        recorded = []
        for episode in good:
            entered = day(episode.row, "clae_entered_care_date")
            if entered is not None and entered <= as_at:
                recorded.append(entered)
        starts = [episode.start for episode in good]
        # "Entered care differing within a period: the earliest"; none at all: the first start
        self.entered = min(recorded) if recorded else (min(starts) if starts else None)
        self.latest = max(good, key=lambda e: (e.start, id_key(e.id))) if good else None

    def runs_on(self, as_at):
        """ "its latest episode started by D has no end, an end after D, or end reason X1\""""
        if self.latest is None:
            return False
        if self.latest.end is None or self.latest.end > as_at:
            return True
        return self.latest.row.get("clae_cla_episode_ceased_reason", "").upper() == "X1"


def periods(child):
    as_at, groups = child.council.as_at, {}
    for episode in child.cla_episodes:
        groups.setdefault(episode.row.get("clae_cla_id", ""), []).append(episode)
    found = []
    for identity in sorted(groups, key=id_key):
        good = [
            e
            for e in groups[identity]
            if e.start is not None and e.start <= as_at and not e.impossible(as_at)
        ]
        faulty = [e for e in groups[identity] if e.impossible(as_at)]
        if good or faulty:
            found.append(Period(identity, good, faulty, as_at))
    return found


def legal_code(spell):
    return spell.row.get("lega_legal_status", "").upper()


def short_breaks(child):
    """ "while the child's latest-starting legal status active at D is V3 or V4\""""
    active = [spell for spell in child.legal if spell.active(child.council.as_at)]
    if not active:
        return False
    latest = max(active, key=lambda spell: (spell.start, id_key(spell.id)))
    return legal_code(latest) in SHORT_BREAKS


def open_periods(child):
    if short_breaks(child):
        return []
    return [period for period in periods(child) if period.runs_on(child.council.as_at)]


def active_interim_order(child):
    return any(legal_code(spell) == "C1" and spell.active(child.council.as_at) for spell in child.legal)


class Placement:
    """ "the start of its first row and the id, type and end of its latest\""""

    def __init__(self, rows):
        self.rows = rows
        last = max(rows, key=lambda r: (r.start, r.end is None, r.end or r.start, id_key(r.id)))
        self.start = min(row.start for row in rows)
        self.end, self.id = last.end, last.id
        self.type = last.row.get("clap_cla_placement_type", "").upper()
        self.period = last.row.get("clap_cla_id", "")

    def active(self, on):
        return self.start <= on and (self.end is None or self.end > on)

    def active_in_year_to(self, as_at):
        if self.end is None:
            return True
        return self.end > self.start and (self.end - plus_months(as_at, -12)).days >= 2


def provider(row):
    return row.row.get("clap_cla_placement_urn", "")


def joined(one, other):
    """Same provider number, and one starts on the day the other ended."""
    if provider(one).upper() in NO_PROVIDER or provider(one) != provider(other):
        return False
    return one.end == other.start or other.end == one.start


def placements(child):
    """Contiguous rows with the same provider number are one; impossible rows are never counted."""
    as_at = child.council.as_at
    rows = [
        row
        for row in child.placement_rows
        if row.start is not None and row.start <= as_at and not row.impossible(as_at)
    ]
    groups = []
    for row in rows:
        touching = [group for group in groups if any(joined(row, other) for other in group)]
        merged = [row]
        for group in touching:
            merged += group
            groups.remove(group)
        groups.append(merged)
    return [Placement(group) for group in groups]


def current_placement(child):
    active = [p for p in placements(child) if p.active(child.council.as_at)]
    if not active:
        return None
    return max(active, key=lambda p: (p.start, id_key(p.id)))


def held_reviews(child, period_ids):
    """Held by D, not cancelled."""
    found = []
    for period_id in period_ids:
        for row in child.council.rows_where("cla_review", "clar_cla_id", period_id):
            on = day(row, "clar_cla_review_date")
            cancelled = yes_no(row.get("clar_cla_review_cancelled", "")) is True
            if on is not None and on <= child.council.as_at and not cancelled:
                found.append(on)
    return sorted(found)


def care_findings(child):
    as_at, out = child.council.as_at, []
    for row in child.placement_rows:
        if row.impossible(as_at):
            evidence = {"start": row.start, "end": row.end}
            out.append(Finding("CLA-V1", child, row.id, "cannot_tell", "statute", "red", None, evidence))
    for period in periods(child):
        if period.faulty:  # "record = its period of care, which then gives no other finding"
            evidence = {"episodes": [e.id for e in period.faulty]}
            out.append(Finding("CLA-R1", child, period.id, "cannot_tell", "statute", "red", None, evidence))
    now = open_periods(child)
    for period in now:
        if not period.faulty:
            out += review_findings(child, period)
            out += stability_findings(child, period)
    if now:
        out += visit_findings(child)
    return out


def review_findings(child, period):
    as_at = child.council.as_at
    held = held_reviews(child, {period.id})
    if not held:
        rule, due = "CLA-R1", add_wd(period.entered, 20)
    elif len(held) == 1:
        rule, due = "CLA-R2", plus_months(held[0], 3)
    else:
        rule, due = "CLA-R3", plus_months(held[-1], 6)
    if due < as_at:
        return [
            Finding(
                rule,
                child,
                period.id,
                "overdue",
                "statute",
                "red",
                due,
                {"entered": period.entered, "held": held[-2:]},
            )
        ]
    return []


def stability_findings(child, period):
    """CLA-S1: 3 or more placements in the year; types T0 to T4 never count."""
    as_at = child.council.as_at
    counted = [p for p in placements(child) if p.type not in TEMPORARY and p.active_in_year_to(as_at)]
    if len(counted) >= 3:
        return [
            Finding(
                "CLA-S1",
                child,
                period.id,
                "breach",
                "norm",
                "amber",
                None,
                {"placements": sorted((p.id for p in counted), key=id_key)},
            )
        ]
    return []


def visit_rule(child, placement, take_blank_as_seen):
    """Which of V1, V2, V3, V4 and V7 runs, and when it is due."""
    start = clock_start(child, placement.start)
    visits = qualifying(child, cla_visits(child), start, take_blank_as_seen)
    if placement.type == "P1" and active_interim_order(child):
        ids = {period.id for period in periods(child)}
        reviewed = [on for on in held_reviews(child, ids) if on >= placement.start]
        return "CLA-V7", plus_days(last_day(visits, start), 28 if reviewed else 7)
    if not visits:
        return "CLA-V1", plus_days(start, 7)
    last = visits[-1].on
    if last < plus_months(start, 12):
        return "CLA-V2", plus_days(last, 42)
    if placement.type in LONG_TERM:
        return "CLA-V4", plus_months(last, 3)
    return "CLA-V3", plus_days(last, 42)


def visit_findings(child):
    as_at, placement = child.council.as_at, current_placement(child)
    if placement is None:
        return []
    rule, due = visit_rule(child, placement, False)
    if not due < as_at:
        return []
    # "A blank-seen visit cures only where no rule of that clock would be late with it"
    cured = visit_rule(child, placement, True)
    evidence = {"start": placement.start, "type": placement.type}
    if not cured[1] < as_at:
        return [Finding(rule, child, placement.id, "cannot_tell", "statute", "red", None, evidence)]
    return [Finding(rule, child, placement.id, "overdue", "statute", "red", due, evidence)]
