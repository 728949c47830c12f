"""Child protection and child in need plans: CP-03 to CP-12, CIN-02, CIN-05."""

from .clocks import plus_months
from .council import another_councils
from .extract import day
from .findings import Finding
from .visits import alone_findings, cin_visits, cp_visits, not_seen_findings, visit_clock


def plan_findings(child):
    as_at, out = child.council.as_at, []
    for plan in child.cp_plans:
        if another_councils(plan):  # "CP rules are not evaluated"
            continue
        if plan.impossible(as_at):
            out.append(
                Finding(
                    "CP-05",
                    child,
                    plan.id,
                    "cannot_tell",
                    "norm",
                    "red",
                    None,
                    {"start": plan.start, "end": plan.end},
                )
            )
        elif plan.active(as_at):
            out += review_findings(child, plan)
            out += visit_clock(child, "CP-05", plan, cp_visits(child, plan.id), 10, "red")
            out += alone_findings(child, plan)
            out += not_seen_findings(child, plan)
            out += long_plan_findings(child, plan)
            out += repeat_plan_findings(child, plan)
    for plan in child.cin_plans:
        if plan.impossible(as_at):
            out.append(
                Finding(
                    "CIN-02",
                    child,
                    plan.id,
                    "cannot_tell",
                    "norm",
                    "amber",
                    None,
                    {"start": plan.start, "end": plan.end},
                )
            )
        elif plan.active(as_at):
            out += visit_clock(child, "CIN-02", plan, cin_visits(child), 20, "amber")
            out += long_need_findings(child, plan)
    return out


def linked_conference(child, plan):
    """The held date of the conference the plan came from."""
    council = child.council
    own = council.icpc_by_id.get(plan.row.get("cppl_icpc_id", ""))
    candidates = [own] if own else []
    candidates += council.rows_where("icpc", "icpc_cp_plan_id", plan.id)
    for row in candidates:
        held = day(row, "icpc_icpc_date")
        if held is not None and held <= council.as_at:
            return held
    return None


def review_findings(child, plan):
    """CP-03 without a held review, CP-04 with one; reviews belong to their plan id."""
    as_at = child.council.as_at
    held, unheld_due = [], []
    for row in child.council.rows_where("cp_review", "cppr_cp_plan_id", plan.id):
        on, recorded = day(row, "cppr_cp_review_date"), day(row, "cppr_cp_review_due")
        if on is not None and on <= as_at:
            held.append(on)
        elif recorded is not None:
            unheld_due.append(recorded)
    if not held:
        rule, base = "CP-03", linked_conference(child, plan) or plan.start
        dues = [plus_months(base, 3), *unheld_due]
    else:
        rule, base = "CP-04", max(held)
        dues = [plus_months(base, 6)] + [due for due in unheld_due if due > base]
    due = min(dues)
    if due < as_at:
        return [Finding(rule, child, plan.id, "overdue", "guidance", "red", due, {"base": base})]
    return []


def highest_tier(start, tiers, as_at):
    """ "true from the day reached\""""
    reached = [months for months in tiers if plus_months(start, months) <= as_at]
    return reached[-1] if reached else None


def long_plan_findings(child, plan):
    as_at, out = child.council.as_at, []
    tier = highest_tier(plan.start, (9, 12, 15, 21), as_at)
    if tier:
        severity = {9: "note", 12: "amber", 15: "red", 21: "red"}[tier]
        out.append(
            Finding(
                "CP-10",
                child,
                plan.id,
                "flag",
                "norm",
                severity,
                plus_months(plan.start, tier),
                {"tier": tier, "start": plan.start},
            )
        )
    if plus_months(plan.start, 24) <= as_at:
        out.append(
            Finding(
                "CP-11",
                child,
                plan.id,
                "flag",
                "norm",
                "red",
                plus_months(plan.start, 24),
                {"start": plan.start},
            )
        )
    return out


def repeat_plan_findings(child, plan):
    """CP-12: "earlier means that it starts before; the same day is not"; start dates only."""
    earlier = [
        other
        for other in child.cp_plans
        if other is not plan and other.start is not None and other.start < plan.start
    ]
    if not earlier:
        return []
    within = False
    for other in earlier:
        if other.end is None or plus_months(other.end, 24) >= plan.start:
            within = True
    return [
        Finding(
            "CP-12",
            child,
            plan.id,
            "flag",
            "norm",
            "red" if within else "amber",
            None,
            {"within_24_months": within, "earlier": [o.id for o in earlier]},
        )
    ]


def long_need_findings(child, plan):
    """CIN-05; "primary need N2 always note\""""
    tier = highest_tier(plan.start, (6, 9, 12), child.council.as_at)
    if not tier:
        return []
    referral = child.council.referral_by_id.get(plan.row.get("cinp_referral_id", ""))
    if referral is None and child.current_referral() is not None:
        referral = child.current_referral().row
    need = (referral or {}).get("cine_cin_primary_need_code", "").upper()
    severity = "note" if need == "N2" else {6: "note", 9: "amber", 12: "red"}[tier]
    return [
        Finding(
            "CIN-05",
            child,
            plan.id,
            "flag",
            "local",
            severity,
            plus_months(plan.start, tier),
            {"tier": tier, "start": plan.start},
        )
    ]
