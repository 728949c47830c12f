"""Every rule's sentence: the one table from which Today, the child's page and the digest speak."""

from __future__ import annotations

from evenlode.oversight.pattern import Pattern
from evenlode.oversight.patterns_care import CARE_PATTERNS
from evenlode.oversight.patterns_holding import HOLDING_PATTERNS
from evenlode.oversight.patterns_leaving import LEAVING_PATTERNS
from evenlode.oversight.patterns_need import NEED_PATTERNS
from evenlode.oversight.patterns_protection import PROTECTION_PATTERNS
from evenlode.oversight.patterns_supervision import SUPERVISION_PATTERNS
from evenlode.oversight.patterns_workers import WORKER_PATTERNS

PATTERNS: tuple[Pattern, ...] = (
    *PROTECTION_PATTERNS,
    *NEED_PATTERNS,
    *CARE_PATTERNS,
    *LEAVING_PATTERNS,
    *HOLDING_PATTERNS,
    *SUPERVISION_PATTERNS,
    *WORKER_PATTERNS,
)

PATTERN_BY_RULE: dict[str, Pattern] = {p.rule_id: p for p in PATTERNS}
