"""Runs the service: one process with threads on SQLite, several workers on PostgreSQL."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from gunicorn.app.base import BaseApplication

log = logging.getLogger("evenlode.serving")


class Service(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn with our settings and nothing read from elsewhere."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.chosen = settings
        super().__init__()

    def load_config(self) -> None:
        """Takes the settings."""
        for name, value in self.chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application."""
        from evenlode.web.wsgi import application  # noqa: PLC0415 - once the worker has started

        return application


HOUR = 3600.0


class Pause(Protocol):
    """What is waited on between two anchors: the service's own stop, or a test's hours."""

    def wait(self, timeout: float) -> bool:
        """Waits so many seconds at most; True where the service stops."""


def keep_anchored(pause: Pause, now: Callable[[], datetime]) -> None:
    """Drops an anchor of the audit trail every hour until the service stops; one that cannot be dropped is logged.

    now: the server's time.
    """
    from django.db import connection  # noqa: PLC0415 - once the worker has started

    from evenlode.web.trail import anchor  # noqa: PLC0415

    while not pause.wait(HOUR):
        try:
            anchor(now())
        except Exception:
            log.exception("no anchor of the audit trail could be dropped")
        finally:
            connection.close()


def _hourly(_: Any) -> None:
    """In each worker a thread that anchors the trail, for as long as the worker lives."""
    from django.utils import timezone  # noqa: PLC0415 - once the worker has started

    waiting = (threading.Event(), timezone.now)
    threading.Thread(target=keep_anchored, args=waiting, name="anchors", daemon=True).start()


def serve(*, host: str, port: int, workers: int, threads: int, ready: Any = None) -> None:
    """Serves until it is stopped; ready: told once it answers.  On the way out an anchor is dropped."""
    from django.db import connection  # noqa: PLC0415 - Django is set up by now
    from django.utils import timezone  # noqa: PLC0415

    from evenlode.web.working import take_up_again  # noqa: PLC0415

    take_up_again(timezone.now())
    connection.close()  # no connection is handed down to the processes that serve, nor a pool of them
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]

    def stopping(_: Any) -> None:
        from evenlode.web.trail import anchor  # noqa: PLC0415

        anchor(timezone.now())

    Service(
        {
            "bind": f"{host}:{port}",
            "workers": workers,
            "threads": threads,
            "worker_class": "gthread",
            "control_socket_disable": True,
            "timeout": 60,
            "graceful_timeout": 20,
            "keepalive": 5,
            "limit_request_line": 2048,
            "limit_request_fields": 64,
            "preload_app": False,
            "loglevel": "warning",
            "when_ready": (lambda _: ready()) if ready else (lambda _: None),
            "post_worker_init": _hourly,
            "on_exit": stopping,
        }
    ).run()
