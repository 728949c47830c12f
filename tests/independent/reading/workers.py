"""Workers: the SSD worker list with the HR export beside it."""

import re
from fractions import Fraction

from .clocks import plus_months
from .extract import day

PLACEHOLDER_WORDS = re.compile(r"\b(duty|unallocated|vacant|team)\b", re.IGNORECASE)
MANAGER_TITLES = {"team manager", "service manager", "head of service"}


def number(text):
    try:
        return Fraction((text or "").strip())
    except (ValueError, ZeroDivisionError):
        return None


class Worker:
    def __init__(self, row, hr, as_at):
        hr = hr or {}
        self.id = row["prof_professional_id"]
        self.name = row.get("prof_professional_name", "") or hr.get("name", "")
        self.title = hr.get("post title", "") or row.get("prof_professional_job_title", "")
        self.department = row.get("prof_professional_department", "") or hr.get("team", "")
        # "Leaving, absence, FTE and programme dates come from HR, else from the SSD"
        self.fte = number(hr.get("fte", ""))
        if self.fte is None:
            self.fte = number(row.get("prof_full_time_equivalency", ""))
        self.leaving = day(hr, "leaving date")
        self.absent_from = day(hr, "absent from")
        self.returned = day(hr, "return date")
        self.programme_start = day(hr, "asye start")
        self.programme_end = day(hr, "asye end")
        self.as_at = as_at

    @property
    def placeholder(self):
        return bool(PLACEHOLDER_WORDS.search(self.name))

    def left(self, on):
        return self.leaving is not None and self.leaving <= on

    def absent(self):
        """ "absent-from <= D with no return date, or return date > D\""""
        if self.absent_from is None or self.absent_from > self.as_at:
            return False
        return self.returned is None or self.returned > self.as_at

    def newly_qualified(self):
        """ "start <= D and end blank or > D, a blank end meaning start + 12 months\""""
        if self.programme_start is None or self.programme_start > self.as_at:
            return False
        end = self.programme_end or plus_months(self.programme_start, 12)
        return end > self.as_at

    def manager(self):
        return self.title.strip().lower() in MANAGER_TITLES


class Workforce:
    def __init__(self, tables, as_at):
        hr = {}
        for row in tables["hr"]:
            if row.get("staff number"):
                hr.setdefault(row["staff number"], row)
        self.workers = {}
        for row in tables["worker"]:
            if row.get("prof_professional_id"):
                staff = row.get("prof_staff_id", "")
                self.workers[row["prof_professional_id"]] = Worker(row, hr.get(staff), as_at)

    def get(self, identity):
        return self.workers.get(identity)

    def named(self, identity, on):
        """ "if in the worker list, not left (leaving date blank or > D) and not a placeholder\""""
        worker = self.workers.get(identity)
        return worker is not None and not worker.left(on) and not worker.placeholder

    def named_and_present(self, identity, on):
        return self.named(identity, on) and not self.workers[identity].absent()
