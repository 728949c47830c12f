"""The one Django application of the service."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Its name and label."""

    name = "evenlode.web"
    label = "web"
    verbose_name = "Evenlode"
    default_auto_field = "django.db.models.BigAutoField"
