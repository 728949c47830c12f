"""Who leads a child, who is unallocated, absent cover and changes of worker."""

from .clocks import add_wd, plus_days
from .extract import id_key
from .findings import Finding

LEAD_ROLES = {"cw", "allocated case worker", "social worker"}
ADVISER_ROLES = {"16plus", "personal adviser", "personal advisor"}
COWORK_ROLES = {"co-worker", "co worker", "joint worker"}


def role(involvement):
    return involvement.row.get("invo_professional_role_id", "").strip().lower()


def worker_of(involvement):
    return involvement.row.get("invo_professional_id", "")


class Lead:
    def __init__(self, worker_id="", team_id=""):
        self.worker_id, self.team_id = worker_id, team_id


def lead_on(child, on, roles):
    """ "among active involvements in a lead role with a worker id, the one with the latest start
    (ties: highest involvement id)\""""
    best = None
    for inv in child.involvements:
        if not inv.active(on) or role(inv) not in roles or not worker_of(inv):
            continue
        if best is None or (inv.start, id_key(inv.id)) > (best.start, id_key(best.id)):
            best = inv
    return best


def lead_at(child):
    """The lead worker at D, by section 2; for a care leaver who is not an open child the adviser too."""
    as_at = child.council.as_at
    if not (child.care_leaver and not child.open_child()):
        best = lead_on(child, as_at, LEAD_ROLES)
        return as_lead(best)
    best = lead_on(child, as_at, LEAD_ROLES | ADVISER_ROLES)
    if best is not None:
        return as_lead(best)
    workforce = child.council.workforce
    # "else the adviser, else the worker, named in the care-leaver table"
    for column in ("clea_care_leaver_personal_advisor", "clea_care_leaver_worker_id"):
        for row in child.leaver_rows:
            if workforce.get(row.get(column, "")) is not None:
                return Lead(row[column], row.get("clea_care_leaver_allocated_team", ""))
    return Lead()


def as_lead(inv):
    if inv is None:
        return Lead()
    return Lead(worker_of(inv), inv.row.get("invo_professional_team", ""))


def named_lead_on(child, on):
    best = lead_on(child, on, LEAD_ROLES)
    return best is not None and child.council.workforce.named(worker_of(best), on)


def waiting_since(child):
    """The first day of the unbroken run up to D without a named lead worker, walked day by day,
    never before the start of the current episode; None where somebody named leads at D."""
    as_at, start = child.council.as_at, child.episode_start()
    if named_lead_on(child, as_at):
        return None
    on = as_at
    while on > start and not named_lead_on(child, plus_days(on, -1)):
        on = plus_days(on, -1)
    return on


def cp_or_cla(child):
    return bool(child.open_cp_plans() or child.open_periods())


def unallocated_since(child):
    """waiting_since of an unallocated child, else None."""
    if not child.open_child():
        return None
    since = waiting_since(child)
    if since is None:
        return None
    start = child.episode_start()
    # "where the current episode never had one and the child is neither CP nor looked after,
    # only once add_wd(episode start, 1) < D": the run reaches back to the start
    if since == start and not cp_or_cla(child) and not add_wd(start, 1) < child.council.as_at:
        return None
    return since


def allocation_findings(child):
    as_at, out = child.council.as_at, []
    if not child.open_child():
        return out
    workforce = child.council.workforce
    since = unallocated_since(child)
    if since is not None:
        serious = cp_or_cla(child)
        evidence = {"waiting_since": since, "statuses": sorted(child.statuses())}
        if serious:
            evidence["rule"] = "AL-02"
        out.append(
            Finding("AL-01", child, "", "breach", "norm", "red" if serious else "amber", None, evidence)
        )
        due = plus_days(since, 14)
        if due < as_at:
            out.append(Finding("AL-04", child, "", "overdue", "norm", "red", due, evidence))
    if named_lead_on(child, as_at):
        lead = lead_on(child, as_at, LEAD_ROLES)
        worker = workforce.get(worker_of(lead))
        if worker.absent() and not covered(child, lead):
            due = add_wd(worker.absent_from, 3 if cp_or_cla(child) else 10)
            if due < as_at:
                out.append(
                    Finding(
                        "AL-12",
                        child,
                        "",
                        "overdue",
                        "local",
                        "red",
                        due,
                        {"absent_from": worker.absent_from},
                    )
                )
        if worker.manager():
            out.append(Finding("AL-14", child, "", "flag", "local", "note", None, {"title": worker.title}))
    out += changes_of_worker(child)
    return out


def covered(child, lead):
    """ "other active lead or co-working involvement of a named, present worker\""""
    as_at = child.council.as_at
    for inv in child.involvements:
        if inv is lead or not inv.active(as_at) or not worker_of(inv):
            continue
        beside = role(inv) in LEAD_ROLES | COWORK_ROLES
        if beside and child.council.workforce.named_and_present(worker_of(inv), as_at):
            return True
    return False


def changes_of_worker(child):
    as_at = child.council.as_at
    sure, perhaps = set(), set()
    for inv in child.involvements:
        if role(inv) not in LEAD_ROLES or not worker_of(inv):
            continue
        if inv.active_in_year_to(as_at):
            sure.add(worker_of(inv))
        elif reversed_by(inv, as_at):
            perhaps.add(worker_of(inv))
    if len(sure) >= 3:
        return [
            Finding(
                "CW-02", child, "", "breach", "norm", "amber", None, {"workers": sorted(sure, key=id_key)}
            )
        ]
    # "A reversed lead involvement gives CW-02 cannot_tell only where it would decide"
    if len(sure | perhaps) >= 3:
        return [
            Finding(
                "CW-02",
                child,
                "",
                "cannot_tell",
                "norm",
                "amber",
                None,
                {"workers": sorted(sure | perhaps, key=id_key)},
            )
        ]
    return []


def reversed_by(inv, as_at):
    return inv.start is not None and inv.end is not None and inv.end < inv.start and inv.start <= as_at


def coworkers(child):
    """Workers with an active co-working involvement at D, each once."""
    found = []
    for inv in child.involvements:
        beside = inv.active(child.council.as_at) and role(inv) in COWORK_ROLES
        if beside and worker_of(inv) and worker_of(inv) not in found:
            found.append(worker_of(inv))
    return found
