"""The closed lists that the audit trail is told in: what was done, with what, and why it was let or refused."""

from __future__ import annotations

from enum import StrEnum

NOBODY = "nobody known"
"""Stands for the person where a name fits no account; the name that was typed is kept nowhere."""

OPERATOR = "command line"
"""Stands for whoever may run commands in the home."""


class Did(StrEnum):
    """What was done."""

    SIGN_IN = "sign in"
    SIGN_OUT = "sign out"
    LOCK = "lock"
    SET = "set"
    USE = "use"
    REMOVE = "remove"
    MAKE = "make"
    OPEN = "open"
    CLOSE = "close"
    BACK_UP = "back up"


class What(StrEnum):
    """With what it was done."""

    ACCOUNT = "account"
    PASSWORD = "password"  # noqa: S105 - the name of a thing, no secret
    FACTOR = "second factor"
    RECOVERY = "recovery codes"
    LINK = "set-up link"
    OUTSIDE = "outside identity"
    POST = "role grant"
    HOME = "home"
    HOME_AND_KEYS = "home with its keys"


class Because(StrEnum):
    """Why it was let, refused or ended."""

    CODE = "password and code"
    RECOVERY_CODE = "password and recovery code"
    PROVIDER = "the council's own provider"
    READY = "ready sign-in of the demonstration"
    PASSWORD_ALONE = "password alone, in the demonstration"  # noqa: S105 - a reason, no secret
    LINK = "set-up link"
    ASKED = "asked for by the person"
    OPERATOR = "asked for by whoever runs the service"
    WRONG_NAME = "no such account"
    WRONG_PASSWORD = "wrong password"  # noqa: S105 - a reason, no secret
    WRONG_CODE = "wrong or used code"
    NO_FACTOR = "no second factor is set up"
    CLOSED = "the account is closed"
    CUT_OFF = "the person has been cut off"
    TOO_MANY = "too many failures"
    IDLE = "not used for too long"
    LONG = "open for too long"
    CHANGED = "sign-in was set up anew"
    TOKEN = "the answer of the provider does not hold"  # noqa: S105 - a reason, no secret
    UNKNOWN_SUBJECT = "the subject is tied to no account"
    NOT_LOOPBACK = "not from this machine"
