"""Every worked case, from the modules by theme."""

from . import allocation, caseloads, child_in_need, child_protection, looked_after, supervision

CASES = [
    case
    for theme in (child_protection, child_in_need, looked_after, allocation, supervision, caseloads)
    for case in theme.CASES
]
CARRIED = caseloads.CARRIED
