"""Sentences about who holds a child: nobody, somebody away, somebody new, one after another."""

from __future__ import annotations

from evenlode.oversight.pattern import Pattern, Sum, pattern

SINCE_LEFT = "{child}, {standing}, [has|have] had no worker since {worker} left on {worker_left}."
SINCE = "{child}, {standing}, [has|have] had no worker since {waiting_since}."
NO_WORKER = "{child} [has|have] no worker."
WAITING = (Sum("without a worker from", "waiting_since"),)
ADD_ONE = "Add an experienced co-worker, or record the reason and a review date."


def _waiting(rule_id: str, says: str, *, do: str, action: str, matter: str, last: str) -> Pattern:
    """A rule about a child who waits for a worker."""
    return pattern(
        rule_id,
        f"{{child}} [has|have] had no worker since {{waiting_since}}; {says} <was|is> due by {{due}}.",
        f"{{child}} [has|have] no worker, and {says} is not on record.",
        do=do,
        action=action,
        matter=matter,
        sums=(Sum("the last", last), *WAITING),
    )


def _held_by(rule_id: str, whom: str, when: str) -> Pattern:
    """A rule about a child who should be with a long-term team by now."""
    return pattern(
        rule_id,
        f"{{child}}{whom} [is|are] still with {{held_by}}; a long-term worker <was|is> due by {{due}}.",
        f"{{child}}{whom} <was|is> due to have a long-term worker by {{due}}.",
        do="Agree the hand-over and the day of the joint visit.",
        action="Plan the hand-over",
        matter=f"{{child}} [was|were] handed over {when}",
        sums=(Sum("counted from", "counted_from"),),
    )


HOLDING_PATTERNS = (
    pattern(
        "AL-01",
        SINCE_LEFT,
        SINCE,
        NO_WORKER,
        do="Name a worker today.",
        action="Choose a worker",
        matter="{child} [has|have] a named worker",
        since="waiting_since",
    ),
    pattern(
        "AL-03",
        "{child} [has|have] had no worker since {waiting_since}; this week's look by a manager <was|is> due by {due}.",
        "{child} [has|have] no worker, and no manager has looked at this for a week.",
        do="Look at what has changed, and record it.",
        action="Record the look",
        matter="a manager looks each week while {child} [waits|wait]",
        sums=(Sum("last look", "last"), *WAITING),
    ),
    pattern(
        "AL-04",
        "{child} [has|have] had no worker since {waiting_since}; two weeks <were|are> up on {due}.",
        NO_WORKER,
        do="Tell the head of service, then name a worker or record this week's review.",
        action="Tell the head of service",
        matter="{child} [has|have] waited two weeks for a worker",
        sums=WAITING,
    ),
    _waiting(
        "AL-05",
        "a sighting",
        do="Send somebody to see {them}, or record when {they} [was|were] seen.",
        action="Plan the visit",
        matter="{child} [was|were] seen while waiting for a worker",
        last="last_seen",
    ),
    _waiting(
        "AL-06",
        "a signed look at the risk of waiting",
        do="Look at the risk of waiting, and sign it.",
        action="Record the look",
        matter="the risk of {child's} waiting was looked at",
        last="last",
    ),
    _waiting(
        "AL-07",
        "a letter saying whom to contact",
        do="Write to the family today.",
        action="Record the letter",
        matter="{child's} family knows whom to contact",
        last="last",
    ),
    pattern(
        "AL-08",
        "{child} [was|were] referred on {episode_start} and [has|have] had no named worker since.",
        "{child} [was|were] referred and [has|have] had no named worker since.",
        do="Name a worker today.",
        action="Choose a worker",
        matter="{child} [has|have] had a named worker since the referral",
        since="episode_start",
    ),
    _held_by("AL-09", "", "five working days after the assessment"),
    _held_by("AL-10", ", on a child protection plan,", "by the first core group"),
    _held_by("AL-11", ", looked after,", "by the second review"),
    pattern(
        "AL-12",
        "{child's} worker {worker} has been away since {absent_from} and nobody is covering; cover <was|is> due by {due}.",
        "{child's} worker is away and nobody is covering.",
        do="Name cover today.",
        action="Name cover",
        matter="somebody covers for {child's} worker",
        together="{worker} has been away since {absent_from} and nobody is covering for {child}; cover <was|is> due by {due}.",
        sums=(Sum("away from", "absent_from"),),
    ),
    pattern(
        "AL-14",
        "{child} [is|are] held in the name of {worker}, {title}.",
        "{child} [is|are] held in a manager's name.",
        do="Name a worker, or record why a manager holds {them}.",
        action="Choose a worker",
        matter="{child} [is|are] held in a manager's name",
        state="manager holds",
    ),
    pattern(
        "CW-02",
        "{child} [has|have] had {workers:lead worker} in 12 months.",
        "{child} [has|have] had three or more lead workers in 12 months.",
        do="Keep the present worker if you can.",
        action="Look at the workers",
        matter="{child} [has|have] had three or more lead workers",
        state="{workers:worker}",
    ),
    pattern(
        "CW-04",
        "{child} changed lead worker {changes:times} in 12 months, the latest on {last_change}.",
        "{child} changed lead worker three times or more in 12 months.",
        do="Keep the present worker if you can.",
        action="Look at the workers",
        matter="{child} changed lead worker three times",
        state="{changes:change}",
    ),
    pattern(
        "CW-07",
        "{child} changed worker on {changed_on}; no hand-over visit with both is on record.",
        "{child} changed worker; no hand-over visit with both is on record.",
        do="Arrange a visit with both workers, or record the one that was made.",
        action="Plan the visit",
        matter="{child} had a hand-over visit",
        since="changed_on",
        sums=(Sum("change of worker", "changed_on"),),
    ),
    pattern(
        "CW-08",
        "{child} had no lead worker for up to {longest_days:day} between two in the last 12 months, last from {last_ended} to {next_began}.",
        "{child} had no lead worker between two in the last 12 months.",
        do="Ask what was missed in that time.",
        action="Look at the workers",
        matter="{child} had a lead worker without a gap",
        state="{longest_days:day}",
    ),
    pattern(
        "NQ-07",
        "{child}, on a child protection plan since {plan_start}, [is|are] led by {worker}, in the first year of practice since {programme_start}, with no experienced co-worker.",
        "{child}, on a child protection plan, [is|are] led by somebody in the first year of practice, with no experienced co-worker.",
        do=ADD_ONE,
        action="Add a co-worker",
        matter="{child's} protection plan is led by somebody new and alone",
        state="no co-worker",
    ),
    pattern(
        "NQ-08",
        "{child}, in {work} since {since}, [is|are] led by {worker}, in the first year of practice, with no experienced co-worker.",
        "{child}, in court work, [is|are] led by somebody in the first year of practice, with no experienced co-worker.",
        do=ADD_ONE,
        action="Add a co-worker",
        matter="{child's} court work is led by somebody new and alone",
        since="since",
    ),
    pattern(
        "NQ-09",
        "The enquiry about {child} that began on {since} is led by {worker}, in the first year of practice.",
        "The enquiry about {child} is led by somebody in the first year of practice.",
        do=ADD_ONE,
        action="Add a co-worker",
        matter="the enquiry about {child} is led by somebody new",
        since="since",
    ),
    pattern(
        "NQ-10",
        "{child}, {work} since {since}, [is|are] held by {worker}, in the first year of practice, with no experienced co-worker.",
        "{child}, for whom the record shows high risk, [is|are] held by somebody in the first year of practice, with no experienced co-worker.",
        do=ADD_ONE,
        action="Add a co-worker",
        matter="{child}, for whom the record shows high risk, [is|are] held by somebody new and alone",
        since="since",
    ),
    pattern(
        "NQ-13",
        "{child} [is|are] led by {worker}; registration: {why}, {registration_ends}.",
        "{child} [is|are] led by {worker}; registration: {why}.",
        "{child} [is|are] led by somebody whose registration does not run.",
        do="Name a lead worker whose registration runs, or mend the registration in the record.",
        action="Choose a worker",
        matter="{child} [is|are] led by somebody who is registered",
        state="registration",
    ),
    pattern(
        "NQ-14",
        "The decision of {decided_on} to leave {child} with a newer worker is to be looked at again: {fault}.",
        "The decision to leave {child} with a newer worker is to be looked at again.",
        do="Decide again: keep it with a reason and a new date, or change the worker.",
        action="Record the decision",
        matter="the decision to leave {child} with a newer worker stands",
        since="decided_on",
        sums=(Sum("the day set for looking again", "review_by", ""),),
    ),
    pattern(
        "DR-17",
        "{child} [is|are] led by {worker}, in the first year of practice, and the record shows {complexity_markers}.",
        "{child} [is|are] led by somebody in the first year of practice, and the work is complex.",
        do=ADD_ONE,
        action="Add a co-worker",
        matter="the worker's experience fits what {child} [needs|need]",
        state="{markers:marker}",
    ),
)
