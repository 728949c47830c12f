"""The kinds of date that councils keep in lists of their own, each declared once.

No national format carries them; a council hands them over in the key dates layout, one row a date.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class KeyDate:
    """One kind of date.

    kind: the word in the column `kind`, compared without regard to case.
    start: what the start date means, where it is used; done: what the done date means.
    of: child or worker.  booked: the start is known ahead, and what is done is done before it.
    """

    kind: str
    start: str
    done: str
    of: str = "child"
    booked: bool = False


KEY_DATES: tuple[KeyDate, ...] = (
    KeyDate("referral decision", "referral received", "a manager decided what to do"),
    KeyDate("assessment checkpoint", "assessment began", "a manager looked at it"),
    KeyDate("strategy discussion", "it was decided that one is needed", "it was held"),
    KeyDate("core group", "", "it met"),
    KeyDate("conference report", "date of the conference", "the report was shared", booked=True),
    KeyDate(
        "seen by another agency", "", "a school, health visitor, police officer or other agency saw the child"
    ),
    KeyDate("planning meeting", "", "the first child in need meeting was held"),
    KeyDate("cin review", "", "the child in need plan was reviewed"),
    KeyDate("review minutes", "the review was held", "the minutes went out"),
    KeyDate("supervision order", "the order was made", "the order ended"),
    KeyDate("supervision order review", "", "the plan under the order was reviewed"),
    KeyDate("not seen alone reported", "the visit", "the manager was told"),
    KeyDate("reviewing officer named", "the child became looked after", "an officer was named"),
    KeyDate("personal education plan", "", "it was made or reviewed"),
    KeyDate("private fostering", "the council was told of it", "the arrangement ended"),
    KeyDate("private fostering visit", "", "the child was visited"),
    KeyDate("private fostering report", "the visit", "the report on it was written"),
    KeyDate("return interview", "the child was found", "the interview was held"),
    KeyDate("visit requested", "a visit was asked for", "the visit was made"),
    KeyDate("needs assessment", "", "the assessment before leaving care was finished"),
    KeyDate("pathway plan", "", "the first pathway plan was made"),
    KeyDate("adviser visit", "", "the personal adviser visited"),
    KeyDate("new accommodation", "the young person moved in", ""),
    KeyDate("change of circumstances", "the change", "the pathway plan was reviewed for it"),
    KeyDate("care proceedings", "the application was issued", "the final order was made"),
    KeyDate("court extension", "", "the court allowed more time until the due date"),
    KeyDate("pre-proceedings review", "", "the process was reviewed"),
    KeyDate("permanence decision", "", "the plan for permanence was agreed"),
    KeyDate("unallocated review", "", "a manager looked at the waiting child"),
    KeyDate("unallocated risk assessment", "", "the service manager signed it"),
    KeyDate("family told whom to contact", "", "the letter went out"),
    KeyDate("transfer", "the child was to move to another team", "the new worker was named"),
    KeyDate("hand-over visit", "", "the old and the new worker met the child, or the old one said goodbye"),
    KeyDate("conference on domestic abuse", "", "the risk conference discussed the family"),
    KeyDate("fabricated illness", "the concern was recorded", "the concern was set aside"),
    KeyDate("earlier child removed", "", "an earlier child of the mother was removed"),
    KeyDate("early review asked", "the reviewing officer asked for it", "the review was held"),
    KeyDate("programme review", "", "the newly qualified worker's review was held", "worker"),
    KeyDate("direct observation", "", "the worker was observed", "worker"),
    KeyDate("protected time", "", "half a day was kept for development", "worker"),
)
"""Every kind, with what its two dates mean."""

BOOKED: tuple[str, ...] = tuple(k.kind for k in KEY_DATES if k.booked)
"""The kinds whose start may lie ahead."""


def need_of(kind: str) -> str:
    """How a rule says that it cannot tell without dates of a kind (`Rule.needs`)."""
    if kind not in {k.kind for k in KEY_DATES}:
        raise KeyError(kind)
    return f"key_date={kind}"


def kind_of(need: str) -> str:
    """The kind that such a need names; nothing where it is another need."""
    return need.partition("=")[2]
