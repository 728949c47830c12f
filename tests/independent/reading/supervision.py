"""Case supervision (SUP-05 to SUP-09) and the actions agreed in it (ACT-02, SQ-07)."""

from .clocks import plus_days
from .extract import day
from .findings import Finding

CASE_SUPERVISION = {"case supervision", "supervision - case discussion"}
OVERSIGHT = {"management oversight"}
# status, rule, days; in the order in which ties are named ("ties: SUP-05 first")
INTERVALS = (("CP", "SUP-05", 28), ("CIN", "SUP-06", 56), ("CLA", "SUP-07", 56), ("ASSESSMENT", "SUP-09", 14))


def talked_about(child, types):
    """Days by D with a note of one of these types."""
    found = []
    for row in child.rows["note"]:
        on = day(row, "date of note")
        wanted = row.get("case note type", "").lower() in types
        if wanted and on is not None and on <= child.council.as_at:
            found.append(on)
    return found


def supervision_findings(child):
    if child.open_child():
        return open_child_supervision(child)
    if child.care_leaver and not child.reached(21):
        return leaver_supervision(child)
    return []


def open_child_supervision(child):
    as_at = child.council.as_at
    statuses = child.statuses()
    chosen = None
    for status, rule, interval in INTERVALS:
        if status in statuses and (chosen is None or interval < chosen[2]):
            chosen = (status, rule, interval)
    if chosen is None:
        return []
    status, rule, interval = chosen
    # "Management oversight restarts SUP-09 only"
    types = CASE_SUPERVISION | OVERSIGHT if rule == "SUP-09" else CASE_SUPERVISION
    start = child.episode_start()
    since = [on for on in talked_about(child, types) if on >= start]
    base = max(since) if since else start
    began = statuses[status]
    if began > base:
        due = min(plus_days(base, 56), plus_days(began, interval))
        red_from = plus_days(due, interval // 2)
    else:
        due = plus_days(base, interval)
        red_from = plus_days(base, interval + interval // 2)
    if not due < as_at:
        return []
    severity = "red" if as_at >= red_from else "amber"
    return [
        Finding(
            rule,
            child,
            "",
            "overdue",
            "local",
            severity,
            due,
            {"base": base, "began": began, "interval": interval, "red_from": red_from},
        )
    ]


def leaver_supervision(child):
    """SUP-08."""
    as_at = child.council.as_at
    dates = talked_about(child, CASE_SUPERVISION)
    if dates:
        base = max(dates)
    elif child.current_referral() is not None:
        base = child.current_referral().start
    else:
        return [Finding("SUP-08", child, "", "cannot_tell", "local", "amber")]
    due, red_from = plus_days(base, 84), plus_days(base, 126)
    if not due < as_at:
        return []
    return [
        Finding(
            "SUP-08",
            child,
            "",
            "overdue",
            "local",
            "red" if as_at >= red_from else "amber",
            due,
            {"base": base},
        )
    ]


def action_findings(child):
    as_at, out = child.council.as_at, []
    for row in child.rows["action"]:
        agreed = day(row, "supervision date")
        if agreed is not None and agreed > as_at:  # "exists from its supervision date"
            continue
        done = day(row, "completed date")
        if done is not None and done <= as_at:
            continue
        state = (row.get("status", "") or row.get("action status", "")).lower()
        if state in ("superseded", "withdrawn"):
            continue
        target, text = day(row, "target date"), row.get("agreed action", "")
        if target is not None and target < as_at:
            out.append(
                Finding(
                    "ACT-02",
                    child,
                    "",
                    "overdue",
                    "local",
                    "amber",
                    target,
                    {"action": text, "agreed": agreed},
                )
            )
        if target is None or not text:
            out.append(
                Finding(
                    "SQ-07", child, "", "breach", "local", "note", None, {"action": text, "agreed": agreed}
                )
            )
    return out
