"""Referrals, assessments and section 47 enquiries: REF-02, OPN-01, ASM-04, S47-01, S47-02."""

import json

from .clocks import add_wd, plus_months
from .extract import day, id_key, yes_no
from .findings import Finding


def enquiry_findings(child):
    return (
        repeat_referrals(child)
        + referral_waiting(child)
        + assessments_open(child)
        + enquiries_without_conference(child)
    )


def repeat_referrals(child):
    as_at, out = child.council.as_at, []
    for new in child.referrals:
        if new.start is None or not plus_months(as_at, -12) < new.start <= as_at:
            continue
        before = [
            prev.start
            for prev in child.referrals
            if prev.start is not None and prev.start < new.start and new.start <= plus_months(prev.start, 12)
        ]
        if before:
            out.append(
                Finding(
                    "REF-02",
                    child,
                    new.id,
                    "flag",
                    "norm",
                    "note",
                    None,
                    {"referral": new.start, "earlier": max(before)},
                )
            )
    return out


def referral_waiting(child):
    """OPN-01."""
    if not child.open_child() or "REFERRAL" not in child.statuses():
        return []
    episode = child.current_referral()
    due = add_wd(episode.start, 10)
    if due < child.council.as_at:
        return [Finding("OPN-01", child, episode.id, "overdue", "norm", "red", due, {"start": episode.start})]
    return []


def assessments_open(child):
    """ASM-04."""
    council, as_at, out = child.council, child.council.as_at, []
    for one in child.assessments:
        if one.impossible(as_at):
            out.append(
                Finding(
                    "ASM-04",
                    child,
                    one.id,
                    "cannot_tell",
                    "guidance",
                    "red",
                    None,
                    {"start": one.start, "authorised": one.end},
                )
            )
            continue
        if not one.active(as_at):
            continue
        referral = council.referral_by_id.get(one.row.get("cina_referral_id", ""))
        anchor = one.start
        if referral is not None:
            received, closed = day(referral, "cine_referral_date"), day(referral, "cine_close_date")
            is_open = received is not None and received <= as_at and (closed is None or closed > as_at)
            if not is_open:  # "its referral open or not in the extract"
                continue
            if first_of_referral(council, referral["cine_referral_id"]) == one.id:
                anchor = received
        due = add_wd(anchor, 45)
        if due < as_at:
            out.append(
                Finding("ASM-04", child, one.id, "overdue", "guidance", "red", due, {"anchor": anchor})
            )
    return out


def first_of_referral(council, referral_id):
    """ "earliest start, lowest id"; impossible rows are never counted."""
    best = None
    for row in council.rows_where("assessment", "cina_referral_id", referral_id):
        start, end = day(row, "cina_assessment_start_date"), day(row, "cina_assessment_auth_date")
        if start is None or start > council.as_at or (end is not None and end < start):
            continue
        rank = (start, id_key(row["cina_assessment_id"]))
        if best is None or rank < best[0]:
            best = (rank, row["cina_assessment_id"])
    return best[1] if best else None


def says_conference(one):
    """ "CP_CONFERENCE_FLAG = Y\""""
    try:
        outcome = json.loads(one.row.get("s47e_s47_outcome_json", "") or "{}")
    except ValueError:
        return False
    if not isinstance(outcome, dict):
        return False
    for name, value in outcome.items():
        if name.upper() == "CP_CONFERENCE_FLAG":
            return yes_no(str(value)) is True
    return False


def conference_held(child, one):
    """By s47 id, else the same child on or after the start "whichever s47 it names"."""
    as_at = child.council.as_at
    for row in child.council.rows_where("icpc", "icpc_s47_enquiry_id", one.id):
        held = day(row, "icpc_icpc_date")
        if held is not None and held <= as_at:
            return True
    for row in child.rows["icpc"]:
        held = day(row, "icpc_icpc_date")
        if held is not None and one.start <= held <= as_at:
            return True
    return False


def enquiries_without_conference(child):
    """S47-01 and S47-02."""
    as_at, out = child.council.as_at, []
    for one in child.s47s:
        if one.impossible(as_at):
            out.append(
                Finding(
                    "S47-02",
                    child,
                    one.id,
                    "cannot_tell",
                    "guidance",
                    "red",
                    None,
                    {"start": one.start, "end": one.end},
                )
            )
            continue
        if one.start is None or one.start > as_at or conference_held(child, one):
            continue
        due = add_wd(one.start, 15)
        if not due < as_at:
            continue
        if says_conference(one):
            on_plan = any(plan.active(one.start) for plan in child.cp_plans)
            if not on_plan:
                out.append(
                    Finding("S47-01", child, one.id, "overdue", "guidance", "red", due, {"start": one.start})
                )
        elif one.active(as_at) and yes_no(one.row.get("s47e_s47_nfa", "")) is not True:
            out.append(
                Finding("S47-02", child, one.id, "overdue", "guidance", "red", due, {"start": one.start})
            )
    return out
