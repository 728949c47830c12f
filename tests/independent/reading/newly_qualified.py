"""NQ-07: a child protection plan led by a newly qualified worker with nobody beside them."""

from .allocation import coworkers, lead_at
from .clocks import plus_months
from .findings import Finding


def plan_lead_findings(child):
    plans = child.open_cp_plans()  # another council's plan too
    if not plans:
        return []
    as_at, workforce = child.council.as_at, child.council.workforce
    lead = workforce.get(lead_at(child).worker_id)  # "the lead worker, named or not"
    if lead is None or not lead.newly_qualified():
        return []
    for other in coworkers(child):
        here = other != lead.id and workforce.named_and_present(other, as_at)
        if here and not workforce.get(other).newly_qualified():
            return []
    severity = "red" if as_at < plus_months(lead.programme_start, 6) else "amber"
    return [
        Finding(
            "NQ-07",
            child,
            plan.id,
            "breach",
            "norm",
            severity,
            None,
            {"worker": lead.id, "programme_start": lead.programme_start},
        )
        for plan in plans
    ]
