"""Audits of children's records: their grades, and how far moderation agrees with them (QA-01 to QA-05)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from evenlode.measures.measure import (
    Answer,
    Counting,
    Counts,
    Fact,
    Formula,
    Measure,
    Unit,
    rounded,
    share,
)

SHOWN_FROM = 10
"""Under so many moderated audits only counts are shown (QA-04)."""

KAPPA_FROM = 30
"""From so many the agreement beyond chance is worked out too (QA-04)."""

GRADES = (
    (4, "outstanding", "audit_outstanding"),
    (3, "good", "audit_good"),
    (2, "requires improvement", "audit_requires_improvement"),
    (1, "inadequate", "audit_inadequate"),
)
"""QA-01: the number of each grade, its words, and the policy's list of how a council writes it."""

_AUDIT = ("audit", "audit.grade")
_PAIR = (*_AUDIT, "audit.moderated_grade")
_ODD_WORD = "audits whose grade is a word on no list of the policy, or blank"
_ODD_PAIR = "moderated audits of which a grade is a word on no list of the policy"


@dataclass(frozen=True)
class WeightedKappa(Formula):
    """Agreement beyond chance, each grade apart weighing the same (linear weights).

    1 less the distance seen over the distance that chance would give.  above: the grades apart, in all.
    below: the pairs.  graded and moderated: how many pairs have each grade before and after.
    1 is full agreement, 0 what chance gives; no value where everybody gave one grade.
    """

    graded: tuple[str, ...] = ()
    moderated: tuple[str, ...] = ()

    @property
    def counts(self) -> tuple[str, ...]:
        """Every count that it uses."""
        return (*self.above, *self.below, *self.graded, *self.moderated)

    def of(self, counts: Counts, *, year_ends: date) -> Answer:
        """The weighted kappa from its counts."""
        plain = Formula(self.above, self.below, least=self.least, places=self.places)
        answer = plain.of(counts, year_ends=year_ends)
        if answer.value is None or answer.numerator is None or answer.denominator is None:
            return answer
        before, after = (
            [counts[name] or Decimal(0) for name in names] for names in (self.graded, self.moderated)
        )
        chance = sum(
            (abs(i - j) * m * n for i, m in enumerate(before) for j, n in enumerate(after)), Decimal(0)
        )
        if chance == 0:
            return Answer(answer.numerator, answer.denominator, None, "everybody gave one grade")
        kappa = 1 - Fraction(answer.numerator) * Fraction(answer.denominator) / Fraction(chance)
        return Answer(answer.numerator, answer.denominator, rounded(kappa, self.places))


def _grade(column: str) -> str:
    """The number of a grade as SQL; NULL for a word that is on no list, and for a blank."""
    cases = " ".join(f"WHEN upper(trim({column})) IN ({{{{{words}}}}}) THEN {n}" for n, _, words in GRADES)
    return f"CASE {cases} END"


AUDITS = Counting(
    (
        Fact("audits", "audits dated in the period", _AUDIT),
        Fact("audits_graded", "audits dated in the period with a grade", _AUDIT, _ODD_WORD),
        *(Fact(f"audits_grade_{n}", f"of these, graded {words}", _AUDIT) for n, words, _ in GRADES),
        Fact("audits_moderated", "of these, audits that were moderated", _PAIR),
        Fact("audit_pairs", "moderated audits whose two grades are known", _PAIR, _ODD_PAIR),
        Fact("audits_alike", "of these, audits whose grade moderation kept", _PAIR),
        Fact("audits_within_one", "of these, audits whose grade moderation moved by one at most", _PAIR),
        Fact("audits_too_high", "grades by which the audits are above their moderation, in all", _PAIR),
        Fact("audits_apart", "grades by which audits and moderation are apart, in all", _PAIR),
        *(Fact(f"pairs_before_{n}", f"of these, graded {words}", _PAIR) for n, words, _ in GRADES),
        *(Fact(f"pairs_after_{n}", f"of these, moderated to {words}", _PAIR) for n, words, _ in GRADES),
    ),
    f"""
WITH told AS (
  SELECT a.la_code, coalesce(a.team_id, t.team_id) AS team_id,
    {_grade("a.grade")} AS grade,
    coalesce(trim(a.moderated_grade) <> '' AND coalesce(a.moderated_on <= p.as_at, true), false) AS moderated,
    {_grade("a.moderated_grade")} AS after
  FROM audit a CROSS JOIN measure_period p
  LEFT JOIN child_team t ON t.la_code = a.la_code AND t.child_id = a.child_id
  WHERE a.audit_date > p.after AND a.audit_date <= p.as_at),
pair AS (SELECT * FROM told WHERE moderated AND grade IS NOT NULL AND after IS NOT NULL)
SELECT la_code, team_id, unnest(['audits', 'audits_graded', 'audits_moderated']) AS fact,
  unnest([1, CASE WHEN grade IS NOT NULL THEN 1 END, moderated::INT]) AS amount FROM told
UNION ALL
SELECT la_code, team_id, 'audits_grade_' || grade, 1 FROM told WHERE grade IS NOT NULL
UNION ALL
SELECT la_code, team_id, 'audit_pairs', CASE WHEN grade IS NOT NULL AND after IS NOT NULL THEN 1 END
FROM told WHERE moderated
UNION ALL
SELECT la_code, team_id,
  unnest(['audits_alike', 'audits_within_one', 'audits_too_high', 'audits_apart']),
  unnest([(grade = after)::INT, (abs(grade - after) <= 1)::INT, grade - after, abs(grade - after)])
FROM pair
UNION ALL
SELECT la_code, team_id, unnest(['pairs_before_' || grade, 'pairs_after_' || after]), 1 FROM pair
""",
)

_SOURCE = "practice-standards {} (house default)"
_WHICH_IS_RIGHT = "Which of two grades is right. A high agreement may mean that both look away."
_TEAM = "An audit is put to the team that it names, else to the team of the child's lead worker."
_FEW = f"Under {SHOWN_FROM} moderated audits only the counts are shown."


def _grade_measures() -> tuple[Measure, ...]:
    return tuple(
        Measure(
            f"QA-01{letter}",
            f"Audits graded {words}",
            f"How many of the audits of the period were graded {words}?",
            Unit.PERCENT,
            share(f"audits_grade_{n}", "audits_graded"),
            _SOURCE.format("QA-01"),
            ("The auditor's own grade, before moderation: read QA-02 and QA-03 beside it.", _TEAM),
            yearly=True,
        )
        for letter, (n, words, _) in zip("abcd", GRADES, strict=True)
    )


AUDIT_MEASURES = (
    *_grade_measures(),
    Measure(
        "QA-02",
        "Audits that moderation left as they were",
        "In how many moderated audits did the moderator give the same grade?",
        Unit.PERCENT,
        Formula(("audits_alike",), ("audit_pairs",), percent=True, least=SHOWN_FROM),
        _SOURCE.format("QA-02, QA-04"),
        (_WHICH_IS_RIGHT, _FEW, _TEAM),
        yearly=True,
    ),
    Measure(
        "QA-03",
        "Which way audits lean",
        "By how many grades are audits above (too generous) or below (too hard) their moderation on average?",
        Unit.GRADES,
        Formula(("audits_too_high",), ("audit_pairs",), least=SHOWN_FROM, places=2),
        _SOURCE.format("QA-03, QA-04"),
        ("Too generous and too hard cancel out: read QA-02 beside it.", _WHICH_IS_RIGHT, _FEW, _TEAM),
        yearly=True,
    ),
    Measure(
        "QA-04a",
        "Audits within one grade of their moderation",
        "In how many moderated audits were the two grades one apart at most?",
        Unit.PERCENT,
        Formula(("audits_within_one",), ("audit_pairs",), percent=True, least=SHOWN_FROM),
        _SOURCE.format("QA-04"),
        (_WHICH_IS_RIGHT, _FEW, _TEAM),
        yearly=True,
    ),
    Measure(
        "QA-04b",
        "Agreement of audits beyond chance",
        "How much more do auditors and moderators agree than chance alone would make them?",
        Unit.AGREEMENT,
        WeightedKappa(
            ("audits_apart",),
            ("audit_pairs",),
            least=KAPPA_FROM,
            places=2,
            graded=tuple(f"pairs_before_{n}" for n, *_ in GRADES),
            moderated=tuple(f"pairs_after_{n}" for n, *_ in GRADES),
        ),
        _SOURCE.format("QA-04") + "; linearly weighted kappa",
        (f"Shown from {KAPPA_FROM} moderated audits on; unsteady where nearly all have one grade.", _TEAM),
        yearly=True,
    ),
    Measure(
        "QA-05",
        "Audits that were moderated",
        "How many of the audits of the period were moderated?",
        Unit.PERCENT,
        share("audits_moderated", "audits"),
        _SOURCE.format("QA-05") + ": 10 to 20 percent; the council's tolerance is in rule QA-05",
        ("Which audits were chosen for it: those that worried somebody, or any.", _TEAM),
        yearly=True,
    ),
)
