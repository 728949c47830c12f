"""Changes of worker: how many workers children had, how often they were handed over, and why (CW-01 to CW-06)."""

from __future__ import annotations

from evenlode.measures.measure import Counting, Fact, Formula, Measure, Unit, share

HISTORY = ("involvement", "episode", "involvement:history")

KINDS = (
    ("a", "care", "looked-after children", "looked after"),
    ("b", "open", "open children", "all open children"),
)
"""Of whom it is told: the letter of the measure, the name in counts, and words."""

REASONS = (
    ("MANAGE", "managing caseloads"),
    ("FCONTA", "first contact or re-referral"),
    ("LEFTRL", "the worker before left"),
    ("ORGRST", "restructure"),
    ("TSPROC", "transfer under the standard process"),
    ("ABSENC", "absence cover or return"),
    ("CHCHAN", "the child asked"),
    ("PCCHAN", "a parent or carer asked"),
    ("SWDIED", "the worker before died"),
    ("OTHERS", "another reason, or words that are none of the Department's codes"),
)
"""CW-06: the Department's reasons for a change of worker (SSDA903), in our words."""

NOT_SAID = "unsaid"


def _of_kind(kind: str, whom: str) -> tuple[Fact, ...]:
    return (
        Fact(f"worker_children_{kind}", whom, HISTORY),
        Fact(f"workers_{kind}", f"different lead workers of these {whom} in the 12 months", HISTORY),
        Fact(f"no_worker_{kind}", "of these, children who had no lead worker in them", HISTORY),
        Fact(f"one_worker_{kind}", "of these, children who had one", HISTORY),
        Fact(f"two_workers_{kind}", "of these, children who had two", HISTORY),
        Fact(f"handovers_{kind}", f"hand-overs of these {whom} in the 12 months", HISTORY),
        Fact(f"handed_over_{kind}", "of these, children handed over once or more", HISTORY),
        Fact(f"handed_over_twice_{kind}", "of these, children handed over twice or more", HISTORY),
    )


WORKER_CHANGES = Counting(
    tuple(fact for _, kind, whom, _ in KINDS for fact in _of_kind(kind, whom)),
    """
WITH handed AS (SELECT la_code, child_id, count(*) AS changes FROM lead_handover GROUP BY ALL),
told AS (
  SELECT o.la_code, t.team_id, o.is_care, coalesce(c.workers, 0) AS workers, coalesce(h.changes, 0) AS changes
  FROM open_child o LEFT JOIN child_team t USING (la_code, child_id)
  LEFT JOIN lead_changes c USING (la_code, child_id) LEFT JOIN handed h USING (la_code, child_id)),
kinds AS (SELECT *, 'open' AS kind FROM told UNION ALL SELECT *, 'care' FROM told WHERE is_care)
SELECT la_code, team_id,
  unnest(['worker_children_' || kind, 'workers_' || kind, 'no_worker_' || kind, 'one_worker_' || kind,
    'two_workers_' || kind, 'handovers_' || kind, 'handed_over_' || kind, 'handed_over_twice_' || kind]) AS fact,
  unnest([1, workers, (workers = 0)::INT, (workers = 1)::INT, (workers = 2)::INT, changes,
    (changes >= 1)::INT, (changes >= 2)::INT]) AS amount
FROM kinds
""",
)

_CODES = ", ".join(f"'{code}'" for code, _ in REASONS)
_SAID = (*HISTORY, "involvement.change_reason")

CHANGE_REASONS = Counting(
    (
        Fact("handovers_said", "hand-overs of open children in the 12 months", _SAID),
        *(Fact(f"reason_{code}", f"of these, {words}", _SAID) for code, words in REASONS),
        Fact(f"reason_{NOT_SAID}", "of these, without a reason recorded", _SAID),
    ),
    f"""
WITH told AS (
  SELECT h.la_code, t.team_id, upper(trim(coalesce(h.change_reason, ''))) AS reason
  FROM lead_handover h LEFT JOIN child_team t USING (la_code, child_id))
SELECT la_code, team_id, unnest(['handovers_said', 'reason_' ||
  CASE WHEN reason = '' THEN '{NOT_SAID}' WHEN reason IN ({_CODES}) THEN reason ELSE 'OTHERS' END]) AS fact,
  1 AS amount
FROM told
""",
    doubt=f"""
SELECT la_code, unnest([{", ".join(f"'reason_{code}'" for code, _ in REASONS)}]) AS fact,
  'no change of worker says why' AS why
FROM lead_handover GROUP BY la_code HAVING bool_and(trim(coalesce(change_reason, '')) = '')
""",
)

_STABILITY = "DfE social worker stability statistics; practice-standards {}"
_YEAR = "The 12 months to the as-at date, whatever period is asked for."
_BACK = "A worker who leaves and comes back counts once, so hand-overs may be more: read CW-03 beside it."
_NOT_A_CHANGE = (
    "The same worker back within a few working days, and reasons that the council lists (back from leave), are no "
    "hand-over; nor is the first worker of an episode."
)


def _workers(letter: str, kind: str, of_whom: str) -> tuple[Measure, ...]:
    shares = (
        ("1", "No lead worker in the year", "had no lead worker in 12 months", "no_worker"),
        ("2", "One lead worker in the year", "had one lead worker in 12 months", "one_worker"),
        ("3", "Two lead workers in the year", "had two lead workers in 12 months", "two_workers"),
    )
    return (
        Measure(
            f"CW-01{letter}",
            f"Different lead workers in the year, {of_whom}",
            "How many different lead workers did a child have in 12 months on average?",
            Unit.PER_CHILD,
            Formula((f"workers_{kind}",), (f"worker_children_{kind}",), places=2),
            _STABILITY.format("CW-01"),
            (_BACK, _YEAR, "An average hides the child with six: read CW-02 beside it."),
        ),
        *(
            Measure(
                f"CW-01{letter}{n}",
                f"{name}, {of_whom}",
                f"How many of the children {what}?",
                Unit.PERCENT,
                share(f"{fact}_{kind}", f"worker_children_{kind}"),
                _STABILITY.format("CW-01"),
                (_BACK, _YEAR, "Three or more is CW-02."),
            )
            for n, name, what, fact in shares
        ),
    )


def _handovers(letter: str, kind: str, of_whom: str) -> tuple[Measure, ...]:
    source = "practice-standards CW-03 (Children's Commissioner, stability index)"
    shares = (
        ("1", "Handed over once or more in the year", "once or more", "handed_over"),
        ("2", "Handed over twice or more in the year", "twice or more", "handed_over_twice"),
    )
    return (
        Measure(
            f"CW-03{letter}",
            f"Hand-overs in the year, {of_whom}",
            "How often was a child handed over to another lead worker in 12 months on average?",
            Unit.PER_CHILD,
            Formula((f"handovers_{kind}",), (f"worker_children_{kind}",), places=2),
            source,
            (_NOT_A_CHANGE, _YEAR),
        ),
        *(
            Measure(
                f"CW-03{letter}{n}",
                f"{name}, {of_whom}",
                f"How many of the children were handed over {words} in 12 months?",
                Unit.PERCENT,
                share(f"{fact}_{kind}", f"worker_children_{kind}"),
                source,
                (_NOT_A_CHANGE, _YEAR),
            )
            for n, name, words, fact in shares
        ),
    )


def _reasons() -> tuple[Measure, ...]:
    every = (*REASONS, (NOT_SAID, "no reason recorded"))
    return tuple(
        Measure(
            f"CW-06{letter}",
            f"Why the worker changed: {words}",
            "Of the hand-overs of open children in 12 months, how many had this reason?",
            Unit.PERCENT,
            share(f"reason_{code}", "handovers_said"),
            "SSDA903 reasons for change of social worker"
            + ("" if code == NOT_SAID else f" ({code})")
            + "; practice-standards CW-06",
            ("The reason is what was entered, of the worker who came.", _NOT_A_CHANGE, _YEAR),
        )
        for letter, (code, words) in zip("abcdefghijk", every, strict=True)
    )


WORKER_CHANGE_MEASURES = (
    *(m for letter, kind, _, of_whom in KINDS for m in _workers(letter, kind, of_whom)),
    *(m for letter, kind, _, of_whom in KINDS for m in _handovers(letter, kind, of_whom)),
    *_reasons(),
)
