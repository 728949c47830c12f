"""How far audits and their moderation agree: QA-02 to QA-05 of practice-standards 8.1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

SHOWN_FROM = 10
"""Under so many moderated audits only counts are shown (QA-04)."""

KAPPA_FROM = 30
"""From so many the agreement beyond chance is worked out too (QA-04)."""

EXACT_AT_LEAST = Decimal("0.75")
DIRECTION_AT_MOST = Decimal("0.25")
MODERATED_AT_LEAST = Decimal("0.10")
"""What is tolerated unless a council says otherwise (QA-05)."""


@dataclass(frozen=True)
class Agreement:
    """What moderation made of the audits of a period.

    audits, moderated, exact and within_one are counts; exact_share and within_one_share are parts of
    the moderated ones.  direction: mean of grade less moderated grade; above 0 the auditors were
    too generous.  kappa: agreement beyond chance, each grade apart weighing the same.  Shares,
    direction and kappa are None where there are too few to say; kappa also where everybody gave one
    grade.  in_tolerance is None with them.  It does not tell which of two grades is right.
    """

    audits: int
    moderated: int
    exact: int
    within_one: int
    exact_share: Decimal | None
    within_one_share: Decimal | None
    direction: Decimal | None
    kappa: Decimal | None
    enough_moderated: bool
    in_tolerance: bool | None


def agreement(audits: int, pairs: Sequence[tuple[int, int]]) -> Agreement:
    """The agreement of a period's audits: how many there were, and (grade, moderated grade) of some.

    Grades are 1 (inadequate) to 4 (outstanding), as in QA-01.
    Raises ValueError for another grade, or for more pairs than audits.
    """
    if any(not 1 <= grade <= 4 for pair in pairs for grade in pair):
        raise ValueError("a grade is 1, 2, 3 or 4")
    if len(pairs) > audits:
        raise ValueError("more audits were moderated than there were audits")
    many = len(pairs)
    exact = sum(grade == moderated for grade, moderated in pairs)
    near = sum(abs(grade - moderated) <= 1 for grade, moderated in pairs)
    enough = audits > 0 and Decimal(many) / audits >= MODERATED_AT_LEAST
    if many < SHOWN_FROM:
        return Agreement(audits, many, exact, near, None, None, None, None, enough, None)
    exact_share = Decimal(exact) / many
    direction = Decimal(sum(grade - moderated for grade, moderated in pairs)) / many
    return Agreement(
        audits,
        many,
        exact,
        near,
        exact_share,
        Decimal(near) / many,
        direction,
        _kappa(pairs) if many >= KAPPA_FROM else None,
        enough,
        exact_share >= EXACT_AT_LEAST and abs(direction) <= DIRECTION_AT_MOST,
    )


def _kappa(pairs: Sequence[tuple[int, int]]) -> Decimal | None:
    """Linearly weighted kappa: 1 less the distance seen over the distance that chance would give."""
    seen = sum(abs(grade - moderated) for grade, moderated in pairs)
    graded, moderated = (Counter(pair[side] for pair in pairs) for side in (0, 1))
    by_chance = sum(abs(a - b) * m * n for a, m in graded.items() for b, n in moderated.items())
    if by_chance == 0:
        return None
    return 1 - Decimal(seen * len(pairs)) / by_chance
