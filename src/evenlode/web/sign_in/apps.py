"""Sign-in as a Django application of its own: its tables stand beside those of the service."""

from __future__ import annotations

from django.apps import AppConfig


class SignInConfig(AppConfig):
    """Its name and label."""

    name = "evenlode.web.sign_in"
    label = "sign_in"
    verbose_name = "Evenlode: sign-in"
    default_auto_field = "django.db.models.BigAutoField"
