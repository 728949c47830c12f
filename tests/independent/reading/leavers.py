"""Care leavers: CL-04 and CL-07."""

from .clocks import plus_days, plus_months
from .extract import day
from .findings import Finding

OWN_CHOICE = {"refu", "nreq", "rhom"}


def latest(child, column):
    """ "Several care-leaver rows of one child: the latest of each date"; none after D."""
    dates = [day(row, column) for row in child.leaver_rows]
    dates = [on for on in dates if on is not None and on <= child.council.as_at]
    return max(dates) if dates else None


def only_eligible(child):
    """Eligible and in no row relevant or former relevant."""
    kinds = {row.get("clea_care_leaver_eligibility", "").lower() for row in child.leaver_rows}
    return not kinds & {"relevant", "former relevant"}


def leaver_findings(child):
    as_at, out = child.council.as_at, []
    if not child.care_leaver or child.reached(21):
        return out
    reviewed = latest(child, "clea_pathway_plan_review_date")
    if reviewed is None:
        out.append(Finding("CL-04", child, "", "cannot_tell", "statute", "red"))
    elif plus_months(reviewed, 6) < as_at:
        out.append(
            Finding(
                "CL-04",
                child,
                "",
                "overdue",
                "statute",
                "red",
                plus_months(reviewed, 6),
                {"review": reviewed},
            )
        )
    if not only_eligible(child):
        choices = {row.get("clea_care_leaver_in_touch", "").lower() for row in child.leaver_rows}
        severity = "note" if choices & OWN_CHOICE else "amber"
        contact = latest(child, "clea_care_leaver_latest_contact")
        if contact is None:
            out.append(Finding("CL-07", child, "", "cannot_tell", "norm", severity))
        elif plus_days(contact, 56) < as_at:
            out.append(
                Finding(
                    "CL-07",
                    child,
                    "",
                    "overdue",
                    "norm",
                    severity,
                    plus_days(contact, 56),
                    {"contact": contact},
                )
            )
    return out
