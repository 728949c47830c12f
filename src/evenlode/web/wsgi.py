"""Where a server finds the service."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenlode.web.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402 - it reads the settings named above

application = get_wsgi_application()
