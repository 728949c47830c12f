"""The council's settings: intervals, thresholds, word lists and dated workload tariffs.

What may enter: a policy file.  What may leave: a `Policy`, complete and checked.
"""

from evenlode.policy.policy import Policy, shipped_policy
from evenlode.policy.policy_change import Change, with_change
from evenlode.policy.policy_file import policy_from, read_policy
from evenlode.policy.setting import Authority
from evenlode.policy.settings import CLOCKS, DATES, LISTS, NUMBERS

__all__ = [
    "CLOCKS",
    "DATES",
    "LISTS",
    "NUMBERS",
    "Authority",
    "Change",
    "Policy",
    "policy_from",
    "read_policy",
    "shipped_policy",
    "with_change",
]
