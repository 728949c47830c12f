"""The forms of sign-in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from evenlode.web.models import Account
from evenlode.web.sign_in.passwords import LONGEST

HINT = "At least 12 characters. Three or four words that have nothing to do with each other are best. You can paste it."


def _password(label: str, autocomplete: str, **given: Any) -> forms.CharField:
    widget = forms.PasswordInput(
        attrs={"autocomplete": autocomplete, "maxlength": LONGEST, "spellcheck": "false"}
    )
    return forms.CharField(
        label=label,
        strip=False,
        max_length=LONGEST,
        widget=widget,
        error_messages={"required": f"Enter {given.pop('missing', 'your password')}."},
        **given,
    )


def _code(label: str, help_text: str = "") -> forms.CharField:
    widget = forms.TextInput(
        attrs={
            "autocomplete": "one-time-code",
            "autocapitalize": "off",
            "spellcheck": "false",
            "class": "govuk-input--width-20",
        }
    )
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=64,
        widget=widget,
        error_messages={"required": "Enter the code."},
    )


class SignInForm(forms.Form):
    """A name and a password."""

    username = forms.CharField(
        label="User name",
        max_length=150,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": "Enter your user name."},
    )
    password = _password("Password", "current-password")


class CodeForm(forms.Form):
    """A code of the app, or a recovery code."""

    code = _code(
        "Code", "The six digits that your authenticator app shows now, or one of your recovery codes."
    )


class AppCodeForm(forms.Form):
    """A code of an app that is being set up, or that is about to be given up."""

    code = _code("Code from the app", "The six digits that it shows now.")


class NewPasswordForm(forms.Form):
    """A password, twice."""

    new_password = _password("New password", "new-password", help_text=HINT, missing="a new password")
    again = _password("New password again", "new-password", missing="the new password a second time")

    def __init__(self, *given: Any, account: Account, **named: Any) -> None:
        super().__init__(*given, **named)
        self.account = account

    def clean_new_password(self) -> str:
        """Refused where it is short, common or easy to guess."""
        said: str = self.cleaned_data["new_password"]
        validate_password(said, self.account)
        return said

    def clean_again(self) -> str:
        """The same as the first."""
        said: str = self.cleaned_data["again"]
        first = self.cleaned_data.get("new_password")
        if first is not None and said != first:
            raise ValidationError("The two are not the same. Type the new password again.")
        return said


class ChangePasswordForm(NewPasswordForm):
    """The password of now, and a new one twice."""

    password = _password("Your password now", "current-password", missing="the password that you have now")
    field_order = ("password", "new_password", "again")
