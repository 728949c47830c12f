"""QA-02 to QA-05: do auditors and moderators agree, and which way do they differ?"""

from __future__ import annotations

from decimal import Decimal

import pytest

from evenlode.measures.audit_agreement import agreement


def test_agreement_and_direction_are_shares_of_the_audits_that_were_moderated():
    # 8 of 10 alike; the other two were called good (3) and lowered to 2: 2 / 10 too generous.
    found = agreement(40, [(3, 3)] * 8 + [(3, 2)] * 2)
    assert (found.audits, found.moderated, found.exact, found.within_one) == (40, 10, 8, 10)
    assert (found.exact_share, found.within_one_share) == (Decimal("0.8"), Decimal(1))
    assert found.direction == Decimal("0.2")
    assert found.kappa is None
    assert found.in_tolerance is True


def test_auditors_who_are_too_hard_give_a_direction_below_nought():
    assert agreement(10, [(2, 3)] * 5 + [(3, 3)] * 5).direction == Decimal("-0.5")


def test_under_ten_moderated_audits_only_the_counts_are_shown():
    found = agreement(20, [(3, 3)] * 9)
    assert (found.moderated, found.exact) == (9, 9)
    assert (found.exact_share, found.direction, found.in_tolerance) == (None, None, None)


def test_from_thirty_on_agreement_is_set_beside_chance():
    # Graded 15 good, 15 requires improvement; moderated 10, 15 and 5 inadequate.  Seen: 10 grades apart.
    # By chance, of 30: 15 x 15 + 2 x 15 x 5 + 15 x 10 + 15 x 5 = 600, / 30 = 20.  1 - 10 / 20 = 0.5.
    pairs = [(3, 3)] * 10 + [(2, 2)] * 10 + [(3, 2)] * 5 + [(2, 1)] * 5
    assert agreement(100, pairs).kappa == Decimal("0.5")
    assert agreement(100, pairs[1:]).kappa is None


def test_where_everybody_gave_one_grade_there_is_no_agreement_beyond_chance_to_show():
    assert agreement(30, [(3, 3)] * 30).kappa is None


@pytest.mark.parametrize(
    ("alike", "lowered", "tolerated"),
    # 15 of 20 is 75 %, and 5 / 20 = 0.25: just tolerated.  14 of 20 is not.
    [(15, 5, True), (14, 6, False)],
)
def test_three_quarters_alike_and_a_quarter_of_a_grade_are_just_tolerated(alike, lowered, tolerated):
    assert agreement(100, [(3, 3)] * alike + [(3, 2)] * lowered).in_tolerance is tolerated


def test_a_tenth_of_the_audits_is_to_be_moderated():
    assert agreement(100, [(3, 3)] * 10).enough_moderated is True
    assert agreement(101, [(3, 3)] * 10).enough_moderated is False
    assert agreement(0, []).enough_moderated is False


@pytest.mark.parametrize(("audits", "pairs"), [(1, [(5, 3)]), (1, [(3, 0)]), (1, [(3, 3), (3, 3)])])
def test_what_cannot_be_is_refused(audits, pairs):
    with pytest.raises(ValueError, match=r"grade|moderated"):
        agreement(audits, pairs)
