"""A copy of the made-up council's home for tests that change what lies in it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from django.conf import settings as django_settings


def own_home(tmp_path, settings, **more) -> Path:
    """A home of the test's own, with the record in it; `more` goes beside it into what the service is told."""
    home = tmp_path / "home"
    shutil.copytree(
        django_settings.EVENLODE.home, home, ignore=shutil.ignore_patterns("static", "*.sqlite3*")
    )
    settings.EVENLODE = replace(django_settings.EVENLODE, home=home, **more)
    return home
