"""Where a server finds the service."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenlode.web.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
