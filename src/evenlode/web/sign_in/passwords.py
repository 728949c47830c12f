"""Passwords that are refused although they are long: common ones with something put round them, and our own words."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

LONGEST = 128
OUR_WORDS = frozenset(
    "evenlode council children childrens childrensservices childrenssocialcare childrenssocialwork socialwork "
    "socialworker socialcare safeguarding supervision caseload service services team teammanager manager "
    "director county borough city district welcome letmein signin password passwort passwd secret admin "
    "administrator qwerty qwertyuiop changeme winter spring summer autumn monday january".split()
)
"""Words that whoever guesses passwords of this service would begin with."""
_AS_LETTERS = str.maketrans("013457@$!", "oieastasi")


class NotGuessable:
    """Refuses what is left of a password when case, signs and digits round it are taken away, where that is known."""

    def __init__(self) -> None:
        self._common = CommonPasswordValidator().passwords

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002 - Django hands it over
        """Raises ValidationError where the password is too long or made of a word that everybody tries."""
        if len(password) > LONGEST:
            raise ValidationError(f"Use at most {LONGEST} characters.", code="too_long")
        if len(set(password)) < 5 or self._known(password.casefold()):
            raise ValidationError(
                "That password is too easy to guess. Use several words that have nothing to do with each other.",
                code="easy_to_guess",
            )

    def get_help_text(self) -> str:
        """What a person is told beforehand."""
        return "Not a common password with digits or signs added, and not a word of this service."

    def _known(self, password: str) -> bool:
        for said in (password, password.translate(_AS_LETTERS)):
            letters = re.sub(r"[^a-z]", "", said)
            core = re.sub(r"^[^a-z]+|[^a-z]+$", "", said)
            if {letters, core} & (OUR_WORDS | self._common) or not letters or _all_ours(letters):
                return True
        return False


def _all_ours(letters: str) -> bool:
    """Whether it is nothing but our words, one after the other."""
    reached = {0}
    for at in range(len(letters)):
        if at in reached:
            reached |= {at + len(word) for word in OUR_WORDS if letters.startswith(word, at)}
    return len(letters) in reached
