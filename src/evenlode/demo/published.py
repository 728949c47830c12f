"""The published figures that the invented council follows, each with its source.

All are Department for Education statistics for England (Open Government Licence v3): file, year and column are named.
"""

from __future__ import annotations

from random import Random

# b1_children_in_need_2013_to_2025, 2025 At31_episodes and awaiting_assessment; d5 2025 CPP_At31; cla_number 2025 children_count.
CHILDREN_IN_NEED, AWAITING_ASSESSMENT, ON_CP_PLANS, LOOKED_AFTER = 402_400, 16_290, 49_420, 81_770

# c1_children_in_need_referrals_and_rereferrals, 2025: rereferral_percent, no_further_action_percent, not_in_need_percent.
RE_REFERRALS, REFERRALS_NFA, ASSESSED_NOT_IN_NEED = 0.226, 0.065, 0.308

# c2_children_in_need_assessments_duration, 2024: assessments finished by working days taken (first day, last day, how many).
ASSESSMENT_DAYS = (
    (0, 0, 9880),
    (1, 10, 73420),
    (11, 20, 110950),
    (21, 30, 102600),
    (31, 40, 129690),
    (41, 45, 116670),
    (46, 50, 38560),
    (51, 60, 29490),
    (61, 80, 31900),
)

# c4_children_in_need_section_47s_and_icpcs, 2024: section 47 enquiries per referral (224,520 / 621,880).
S47_PER_REFERRAL = 0.36

# c4, 2024: conferences held within fifteen working days of the enquiry ((6,800 + 50,780) / 72,230).
CONFERENCES_IN_TIME = 0.797

# d3_cpps_subsequent_plan, 2025: CPP_subsequent_percent.
SECOND_PLANS = 0.245

# d5_cpps_at31march_by_duration, 2025: how long open plans had run (first day, last day, percent).
CP_PLAN_DAYS = ((0, 91, 31.5), (92, 182, 25.5), (183, 365, 26.3), (366, 729, 14.4), (735, 1000, 2.3))

# b4_children_in_need_duration_of_open_episode, 2024: open episodes by length. The last band (35.5 %) is mostly looked-after and
# disabled children, so plans of other children in need use the first four, and disabled children all five.
CIN_DAYS = ((0, 91, 26.1), (92, 182, 10.5), (183, 365, 13.5), (366, 729, 14.5))
DISABLED_DAYS = (*CIN_DAYS, (735, 1400, 35.5))

# cla_number_and_rate_per_10k_children, 2025: 32,270 started in the year of 81,770 looked after; the later bands are our own.
CARE_DAYS = ((0, 90, 9.0), (91, 365, 21.0), (366, 730, 20.0), (731, 1095, 15.0), (1096, 3300, 35.0))

# la_cla_placement_stability, 2025: 3 or more placements in the year. la_cla_swcount, 2024: 3 or more social workers in the year.
THREE_PLACEMENTS, THREE_WORKERS = 0.10, 0.27

# d6_cpps_reviewed_within_timescales, 2024: 89.8 percent in time.
CP_REVIEWS_LATE = 0.102

# la_care_leavers_accommodation_suitability, 2025: care leavers aged 17 to 21 per looked-after child, suitable accommodation.
CARE_LEAVERS_PER_LOOKED_AFTER, SUITABLE = (14_750 + 38_190) / 81_770, 0.89

# csww_indicators_2017_to_2025, England 2025: cases per worker, agency, turnover and absence rates.
CASELOAD, AGENCY, TURNOVER, ABSENCE = 15.2, 0.13, 0.118, 0.035

# Our own: the average post as a share of full time.
FULL_TIME_SHARE = 0.9

# c3_factors_identified_at_end_of_assessment, 2025: episodes with each factor, in thousands of 513.
FACTORS = (
    ("3B", 163),
    ("4B", 172),
    ("17A", 98),
    ("16A", 90),
    ("4A", 90),
    ("2B", 73),
    ("1B", 73),
    ("5A", 63),
    ("18C", 61),
    ("3A", 58),
    ("14A", 36),
    ("6A", 28),
    ("15A", 25),
    ("2A", 25),
    ("19C", 19),
    ("7A", 19),
    ("10A", 17),
    ("24A", 16),
    ("18B", 15),
    ("11A", 12),
)
_FACTOR_CODES = [code for code, _ in FACTORS]
_FACTOR_WEIGHTS = [many for _, many in FACTORS]


def from_bands(rng: Random, bands: tuple[tuple[int, int, float], ...]) -> int:
    """A number of days drawn from a published table of bands."""
    low, high, _ = rng.choices(bands, [share for _, _, share in bands])[0]
    return rng.randint(low, high)


def factors(rng: Random) -> tuple[str, ...]:
    """One to three factors found at the end of an assessment, as often as England finds them."""
    return tuple(sorted(set(rng.choices(_FACTOR_CODES, _FACTOR_WEIGHTS, k=rng.randint(1, 3)))))
