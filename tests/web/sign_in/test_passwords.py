"""Which passwords are refused."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


@pytest.mark.parametrize(
    "password",
    [
        "Password1234",
        "P@ssw0rd2026!",
        "1234567890123",
        "aaaaaaaaaaaaaa",
        "Evenlode2026!!",
        "ChildrensServices1",
        "councilcouncil",
        "!!!!welcome2026",
        "socialworker123",
        "qwertyuiop123",
        "elevenchars",
        "x" * 60 + "abcdefgh" * 10,
    ],
)
def test_a_common_or_easily_guessed_password_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    "password",
    [
        "otter lantern gravel tea",
        "kjh4-9sdf-ppo2-x",
        "wir löve brass bands",
        "manager of otters in fog",
        "a" + "bcdef " * 20,
    ],
)
def test_several_words_or_a_chance_string_are_taken_however_they_are_made_up(password):
    validate_password(password)
