"""The closed lists that access is spoken in: roles, what can be opened, what can be done, how far, on what terms."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Role(StrEnum):
    """What a person is here as; a person may be several at once."""

    SOCIAL_WORKER = "social worker"
    PERSONAL_ADVISER = "personal adviser"
    PRACTICE_SUPERVISOR = "practice supervisor"
    TEAM_MANAGER = "team manager"
    HEAD_OF_SERVICE = "head of service"
    PRINCIPAL_SOCIAL_WORKER = "principal social worker"
    DIRECTOR = "director"
    REVIEWING_OFFICER = "reviewing officer"
    PERFORMANCE_ANALYST = "performance analyst"
    SYSTEM_ADMINISTRATOR = "system administrator"
    INFORMATION_GOVERNANCE = "information governance"
    AUDITOR = "auditor"


class Verb(StrEnum):
    """What a person does with a thing."""

    SEE = "see"
    LIST = "list"
    RECORD = "record"
    CHANGE = "change"
    APPROVE = "approve"
    EXPORT = "export"


class Scope(IntEnum):
    """How far a role reaches; each holds those before it, except `LINE`.

    OWN: oneself, and the children whom one holds on the day, as lead or as co-worker.
    LINE: oneself, those whom one supervises, and those whom they supervise (the two and the manager above).
    """

    NONE = 0
    OWN = 1
    LINE = 2
    SUPERVISEES = 3
    TEAM = 4
    SERVICE = 5
    COUNCIL = 6

    @property
    def word(self) -> str:
        """As the matrix and the log write it."""
        return self.name.lower()


class About(StrEnum):
    """What one thing of a kind belongs to, and so what its scope is asked of."""

    CHILD = "child"
    WORKER = "worker"
    UNIT = "unit"
    """A team or a service."""
    ROWS = "rows"
    """A page or a file: whoever may have it gets only the rows within their scope."""
    COUNCIL = "council"


class Condition(StrEnum):
    """What must be so beside role and scope."""

    SECOND_PERSON = "second person"
    NOT_ONESELF = "not oneself"
    REASON = "reason"


class Thing(StrEnum):
    """Everything that can be opened or done something with; a row of the matrix each."""

    CHILD_RECORD = "child's record"
    CHILD_TIMELINE = "child's timeline"
    FINDING = "finding"
    CASE_SUPERVISION = "case supervision"
    AGREED_ACTION = "agreed action"
    DECISION = "decision"
    CASE_WEIGHT = "weight of a child's case"
    CASE_AUDIT = "case audit"
    ALLOCATION = "allocation"
    WORKER_FIGURES = "worker's figures"
    WORKER_SUPERVISION = "worker's supervision record"
    WORKER_VIEW = "worker's own view"
    CAPACITY_PERIOD = "capacity period"
    TODAY = "today"
    SEARCH = "search"
    WAITING_LIST = "waiting list"
    WATCH_LIST = "watch list"
    TEAM_PAGE = "team page"
    SERVICE_PAGE = "service page"
    COUNCIL_MEASURES = "council measures"
    RULES = "rules"
    POLICY = "policy"
    LOADS = "loads"
    QUARANTINED_ROWS = "quarantined rows"
    LIST_EXPORT = "list export"
    BULK_EXPORT = "bulk export"
    PEOPLE = "people and access"
    ROLE_GRANT = "role grant"
    AUDIT_LOG = "audit log"
    INSIDER_REPORT = "curious insider report"
    RESTRICTION = "restriction of a child's record"
    RESTRICTION_REGISTER = "register of restrictions"
    BREAK_GLASS = "break-glass"
    BREAK_GLASS_REVIEW = "break-glass review"
    API_TOKEN = "API token"  # noqa: S105 - the name of a thing, no secret


class Why(StrEnum):
    """Why it was answered so. For the log alone: a page that is refused says the same whatever the reason."""

    WITHIN_SCOPE = "within scope"
    NAMED = "named on the access list of a restricted record"
    GLASS_BROKEN = "opened by break-glass"
    UNKNOWN_PERSON = "no such person"
    CUT_OFF = "the account has been cut off"
    NO_POST = "no post on that day"
    NO_ROLE = "none of their roles may do this"
    OUT_OF_SCOPE = "outside their scope"
    RESTRICTED = "a restricted record, and they are not named on it"
    CONDITION = "a condition is not met"


NOT_THERE = "This page does not exist, or is not one that you can open."
"""What every refusal says on the page: the same words as for an address that leads nowhere."""
