"""Sentences about workers, teams and the council: time, room and support, never anybody's fault."""

from __future__ import annotations

from evenlode.oversight.pattern import Pattern, Sum, pattern


def _own_session(rule_id: str) -> Pattern:
    return pattern(
        rule_id,
        "{worker} last had supervision on {last_held}; the next <was|is> due by {due}.",
        "{worker}, who started on {counted_from}, has not yet had supervision; the first <was|is> due by {due}.",
        "{worker's} supervision <was|is> due by {due}.",
        do="Hold it, or record the date on which it was held.",
        action="Plan the session",
        matter="{worker's} supervision is in time",
        sums=(Sum("last session", "last_held"), Sum("start", "counted_from")),
    )


def _load(rule_id: str) -> Pattern:
    return pattern(
        rule_id,
        "{worker} holds {points} of {capacity} points, {utilisation:percent} of the ceiling.",
        "{worker} holds more points than the ceiling.",
        do="Take no new child; agree what moves.",
        action="See what could move",
        matter="{worker} holds more than the ceiling",
        state="{utilisation:percent}",
    )


WORKER_PATTERNS = (
    _own_session("SUP-01"),
    _own_session("SUP-02"),
    _own_session("SUP-03"),
    pattern(
        "SUP-04",
        "{worker's} supervision of {held} took {minutes} minutes; {asked} are asked for.",
        "{worker's} last supervision was short.",
        do="Keep the time for the next one.",
        action="Plan the session",
        matter="{worker's} supervision was long enough",
        state="{minutes} minutes",
    ),
    pattern(
        "SUP-13W",
        "{worker's} supervision was called off {cancelled:times} running, the latest on {last_cancelled}.",
        "{worker's} supervision was called off each time.",
        do="Hold it this week.",
        action="Plan the session",
        matter="{worker's} supervision was called off again and again",
        since="first_cancelled",
    ),
    pattern(
        "SQ-10",
        "{worker's} supervision of {held} does not look at wellbeing, workload or learning.",
        "{worker's} last supervision does not look at wellbeing, workload or learning.",
        do="Ask at the next one.",
        action="Plan the session",
        matter="{worker's} supervision looks at wellbeing, workload and learning",
        since="held",
    ),
    _load("NQ-02"),
    _load("DR-18"),
    pattern(
        "DR-18a",
        "{worker} leads {children:child/children}; three in four of the team's workers lead {team_upper_quartile} or fewer.",
        "{worker} leads far more children than most of the team.",
        do="Agree what moves.",
        action="See what could move",
        matter="{worker} leads far more children than most of the team",
        state="{children:child/children}",
    ),
    pattern(
        "NQ-01",
        "{worker's} programme began on {programme_start}; its full length runs to {full_length_until}.",
        "{worker's} programme is shorter than it should be.",
        do="Extend it, or record why not.",
        action="Open the programme",
        matter="{worker's} programme has its full length",
        since="programme_start",
    ),
    pattern(
        "NQ-03",
        "{worker} last had development time on {last}; the next <was|is> due by {due}.",
        "{worker} has not had the half day a week for development.",
        do="Keep the half day free this week.",
        action="Plan the time",
        matter="{worker} has the half day a week for development",
        sums=(Sum("last", "last"), Sum("start of the programme", "programme_start")),
    ),
    pattern(
        "NQ-04",
        "{worker's} programme was last reviewed on {last}; the next review <was|is> due by {due}.",
        "A review of {worker's} programme <was|is> due by {due}.",
        do="Book the review, or record the date on which it was held.",
        action="Book the review",
        matter="{worker's} programme is reviewed in time",
        sums=(Sum("last review", "last"), Sum("start of the programme", "programme_start")),
    ),
    pattern(
        "NQ-05",
        "{worker} has had {done} of {wanted} observations since {programme_start}.",
        "{worker} is owed an observation.",
        do="Plan the next one.",
        action="Plan the observation",
        matter="{worker} has had the observations",
        state="{done} of {wanted}",
    ),
    pattern(
        "NQ-06",
        "{worker}, newly qualified, leads {children:child/children}; the council's own number is {limit}.",
        "{worker}, newly qualified, leads more children than the council's own number.",
        do="Take no new child; agree what moves.",
        action="See what could move",
        matter="{worker} leads more children than the council's own number",
        state="{children:child/children}",
    ),
    pattern(
        "NQ-12",
        "{worker} leads {children:child/children}, and when they qualified is not on record.",
        "When {worker} qualified is not on record.",
        do="Add the date of qualification or registration to the staff list.",
        action="Mend the staff list",
        matter="{worker's} experience is known",
        state="not known",
    ),
    pattern(
        "AGY-01",
        "{worker}, from an agency, qualified on {qualified_on}; three years are up on {three_years_on}.",
        "{worker}, from an agency, qualified less than three years ago.",
        do="Check what work this allows.",
        action="Record the check",
        matter="{worker}, from an agency, has three years of practice",
        since="qualified_on",
    ),
    pattern(
        "NQ-11",
        "{team}: {newly_qualified_workers} of {workers:worker} who hold children qualified less than two years ago.",
        "{team}: many who hold children qualified less than two years ago.",
        do="Look at how much complex work the team can hold safely.",
        action="Open the team",
        matter="{team} has many new workers",
        state="{newly_qualified_workers} of {workers}",
    ),
    pattern(
        "TM-01",
        "{team} has had no manager since {since} and nobody is covering; cover <was|is> due by {due}.",
        "{team} has no manager and nobody is covering.",
        do="Name who supervises these workers today.",
        action="Name cover",
        matter="{team} has a manager",
        sums=(Sum("without a manager from", "since", "{limit}"),),
    ),
    pattern(
        "TM-02",
        "{team's} manager is line manager of {supervisees:person/people}; more than {limit} are too many.",
        "{team's} manager is line manager of too many people.",
        do="Agree who else can supervise.",
        action="Open the team",
        matter="{team's} manager is line manager of too many",
        state="{supervisees:person/people}",
    ),
    pattern(
        "QA-05",
        "The council's auditors and moderators agreed on {alike} of {both_grades_known:audit}.",
        "The council's auditors and moderators do not agree closely enough.",
        do="Moderate together, and talk over where the grades differ.",
        action="Open the audits",
        matter="auditors and moderators agree",
        state="{alike} of {both_grades_known}",
    ),
)
