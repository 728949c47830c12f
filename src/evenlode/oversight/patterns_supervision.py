"""Sentences about supervision of children's cases, what was agreed in it, and what is on record."""

from __future__ import annotations

from evenlode.oversight.pattern import Pattern, Sum, pattern

IN_NEXT = "Take it up in the next session."


LAST_TALK = (Sum("last talked about", "last_held"), Sum("start", "base"))
BY_STATUS = (Sum("status began", "status_since"), Sum("start", "base", "setting:supervision_longest"))


def _talked(rule_id: str, sums: tuple[Sum, ...] = (*LAST_TALK, *BY_STATUS)) -> Pattern:
    """A rule about when a child was last talked about."""
    return pattern(
        rule_id,
        "{child} [was|were] last talked about in supervision on {last_held}. The next <was|is> due by {due}.",
        "{child} [has|have] not been talked about in supervision since {base}. It <was|is> due by {due}.",
        "{child} <was|is> due to be talked about in supervision by {due}.",
        do="Add {them} to the next session.",
        action="Add to the next session",
        matter="{child} [was|were] talked about in supervision in time",
        sums=sums,
    )


def _session(
    rule_id: str, lacks: str, matter: str, *, do: str = IN_NEXT, sums: tuple[Sum, ...] = ()
) -> Pattern:
    """A rule about what the record of the last session holds."""
    return pattern(
        rule_id,
        f"{{child's}} supervision of {{held}} {lacks}.",
        f"{{child's}} last supervision {lacks}.",
        do=do,
        action="Open the session",
        matter=f"{{child's}} last supervision {matter}",
        since="held",
        sums=sums,
    )


def _visit_note(rule_id: str, says: str, *, matter: str, do: str) -> Pattern:
    return pattern(
        rule_id,
        f"{{child's}} visit of {{visit_date}} {says}.",
        f"{{child's}} last visit {says}.",
        do=do,
        action="Open the visit",
        matter=matter,
        since="visit_date",
    )


SUPERVISION_PATTERNS = (
    _talked("SUP-05"),
    _talked("SUP-06"),
    _talked("SUP-07"),
    _talked("SUP-08", LAST_TALK),
    _talked("SUP-09"),
    pattern(
        "SUP-11",
        "The {what} about {child} of {date} was written down on {recorded}, later than {interval}.",
        "A supervision or visit about {child} was written down late.",
        do="Ask what would make it easier to write it down the same day.",
        action="Open the record",
        matter="what was recorded of {child} was written down in time",
        since="date",
        sums=(Sum("the day itself", "date"),),
    ),
    pattern(
        "SUP-13",
        "{child's} supervision was called off {cancelled:times} running, the latest on {last_cancelled}.",
        "{child's} supervision was called off each time.",
        do="Hold it this week.",
        action="Add to the next session",
        matter="{child's} supervision was called off again and again",
        since="first_cancelled",
    ),
    _session("SQ-01", "gives earlier actions no state", "says what became of earlier actions"),
    _session("SQ-02", "does not say what has changed against the plan", "says what has changed"),
    _session("SQ-03", "is without the child's voice", "holds the child's voice"),
    _session("SQ-04", "does not look at risk and what has changed", "looks at risk"),
    _session("SQ-05", "holds no reflection", "holds reflection"),
    _session("SQ-06", "gives no reason for its decisions", "gives a reason for its decisions"),
    _session(
        "SQ-08",
        "does not ask whether the plan is moving and is the right one",
        "asks whether the plan is moving",
    ),
    _session("SQ-09", "does not look at the next visit, review and core group", "looks at the next dates"),
    _session(
        "SQ-11",
        "was not signed by both in time",
        "was signed by both in time",
        do="Sign it, both of you.",
        sums=(Sum("held", "held"),),
    ),
    pattern(
        "SQ-07",
        '"{action}" has no date.',
        "An action agreed about {child} on {set_date} has no words or no real date.",
        "An action agreed about {child} has no words or no real date.",
        do='Choose one: "ASAP" cannot be looked back at.',
        action="Choose a date",
        matter="{child's} agreed action has a date",
        since="set_date",
    ),
    pattern(
        "ACT-01",
        'An action agreed about {child} on {set_date} was ended as "{status}"; no {lacks} is on record.',
        "An action agreed about {child} was ended without saying how.",
        do="Add what is missing.",
        action="Open the action",
        matter="{child's} ended action says how it ended",
        since="set_date",
    ),
    pattern(
        "ACT-02",
        '{child}: "{action}" <is not done; it was due by|is due by> {due}.',
        "{child}: an action agreed on {set_date} <is not done; it was due by|is due by> {due}.",
        "{child}: an agreed action <is not done; it was due by|is due by> {due}.",
        do="Ask what is in the way, or close it with evidence.",
        action="Open the action",
        matter="{child's} agreed action is done in time",
        sums=(Sum("the date agreed", "target_date", ""),),
    ),
    pattern(
        "ACT-03",
        '{child}: "{action}", agreed on {set_date}, was first due on {first_target_date}, moved {times_moved:times} and outlived {supervisions_since:supervision}.',
        "{child}: an action agreed on {set_date} was moved {times_moved:times} and outlived {supervisions_since:supervision}.",
        "{child}: an agreed action is put off again and again.",
        do="Ask what is in the way: do it, change it or close it.",
        action="Open the action",
        matter="{child's} agreed action drifts",
        since="set_date",
    ),
    pattern(
        "ACT-04",
        "An action agreed about {child} belongs to {owner_name}, who left on {left}.",
        "An action agreed about {child} belongs to somebody who has left.",
        do="Give it to somebody who is here.",
        action="Open the action",
        matter="{child's} open action has an owner who is here",
        since="left",
    ),
    pattern(
        "DR-07",
        "{child}: of {open_actions:open action}, {overdue} are past their date and {drifting} drift.",
        "{child}: what was agreed is stuck.",
        do="Go through the actions in the next session.",
        action="Open the actions",
        matter="what was agreed about {child} moves",
        state="{overdue} of {open_actions}",
    ),
    pattern(
        "DR-08",
        "{child's} plan of {start_date} has no review date, or actions without a date.",
        "{child's} plan has no review date, or actions without a date.",
        do="Put the dates in.",
        action="Open the plan",
        matter="{child's} plan has its dates",
        since="start_date",
    ),
    pattern(
        "DR-09",
        "Nobody has seen {child} for four weeks; they were up on {unseen_by_anybody_since}.",
        "{child}: two visits in a row were missed since {counted_from}.",
        "{child}: visits were missed.",
        do="See {them}, and agree what will let the visits happen.",
        action="Plan the visit",
        matter="visits to {child} happen",
        sums=(
            Sum("last visit or start", "counted_from", times="intervals"),
            Sum("four weeks without being seen", "unseen_by_anybody_since", ""),
        ),
    ),
    pattern(
        "DR-10",
        "{child} [was|were] last seen alone on {last_seen_alone}; three visits' time was up on {due}.",
        "{child} [has|have] not been seen alone for three visits' time.",
        do="Plan time alone at the next visit.",
        action="Plan the visit",
        matter="{child} [was|were] seen alone",
        sums=tuple(
            Sum("last seen alone", "last_seen_alone", f"setting:{clock}", "intervals")
            for clock in ("cp_visit", "cin_visit", "care_visit")
        ),
    ),
    pattern(
        "DR-16",
        "A manager last wrote on {child's} record on {last_entry}; the next entry <was|is> due by {due}.",
        "No manager has written on {child's} record since {episode_start}; an entry <was|is> due by {due}.",
        "A manager's entry on {child's} record <was|is> due by {due}.",
        do="Look at the case and write down your decision.",
        action="Record the look",
        matter="a manager has written on {child's} record",
        sums=(Sum("last entry", "last_entry"), Sum("start", "episode_start")),
    ),
    pattern(
        "DR-19",
        "Nothing has been recorded of {child} since {last_recorded}; an entry <was|is> due by {due}.",
        "Nothing has been recorded of {child} for 30 days.",
        do="Ask the worker what has happened, and record it.",
        action="Ask the worker",
        matter="anything was recorded of {child}",
        sums=(Sum("last on record", "last_recorded"), Sum("start", "episode_start")),
    ),
    pattern(
        "QA-03",
        "The audit of {audit_date} about {child} was graded {grade}; moderation made it {moderated_grade}.",
        "An audit about {child} was graded lower by moderation.",
        do="Talk the difference over with the auditor.",
        action="Open the audit",
        matter="moderation agrees with the audit about {child}",
        since="audit_date",
    ),
    pattern(
        "QA-06",
        "The audit of {audit_date} about {child} was graded {grade} and led to no action.",
        "An audit about {child} below good led to no action.",
        do="Agree what has to change, with a date.",
        action="Add an action",
        matter="the audit about {child} led to an action",
        since="audit_date",
    ),
    pattern(
        "QA-07",
        "An action from an audit about {child} was done on {completed_date}; whether practice changed is not on record.",
        "An action from an audit about {child} is done; whether practice changed is not on record.",
        do="Check what changed, and record it.",
        action="Record the check",
        matter="practice changed after the audit about {child}",
        since="completed_date",
    ),
    _visit_note(
        "VN-01",
        "has no purpose on record",
        matter="{child's} last visit has a purpose",
        do="Agree what the next visit is for.",
    ),
    _visit_note(
        "VN-02",
        "records nothing of what {they} said or wished",
        matter="{child's} wishes are on record",
        do="Write down what {they} said, or ask at the next visit.",
    ),
    pattern(
        "VN-03",
        "A father or second parent of {child} was not seen at {visits:visit} since {first_visit}.",
        "A father or second parent of {child} was not seen at the last visits.",
        do="Ask about them, and plan to see them.",
        action="Plan the visit",
        matter="a father or second parent of {child} was seen",
        since="first_visit",
    ),
)
