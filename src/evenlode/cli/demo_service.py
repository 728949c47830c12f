"""The demonstration's service: the made-up council loaded into a home of its own, with one ready sign-in a role."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click

from evenlode.cli.asking import deliveries_of
from evenlode.cli.progress import Steps
from evenlode.cli.service import start_django
from evenlode.errors import CannotGoOn

HOST = "127.0.0.1"
"""The demonstration is there for this machine alone."""
WEEKS = 12


def check_port(port: int) -> None:
    """Raises CannotGoOn where something answers on the port already, before any work is done."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise CannotGoOn(
                f"Port {port} is in use: stop what answers there, or name another (--port {port + 1})."
            ) from None


def make_service(
    home: Path,
    extracts: Path,
    day: date,
    steps: Steps,
    *,
    totals: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> None:
    """Sets the home up, loads the made-up council as it stood yesterday and today, and makes the sign-ins.

    totals: the made-up council's own totals, which the Council page holds ours against.
    environ: variables of the service that hold all the same, as for a database other than SQLite.
    """
    from evenlode.web.environment import make_keys

    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    make_keys(home)
    for name in [n for n in os.environ if n.startswith("EVENLODE_") and not n.startswith("EVENLODE_TEST")]:
        del os.environ[name]  # nothing of a real service's settings reaches the demonstration
    os.environ.update(environ or {})
    os.environ["EVENLODE_DEMO"] = "yes"
    os.environ["DJANGO_SETTINGS_MODULE"] = "evenlode.web.settings"
    start_django(home)
    from django.core.management import call_command
    from django.utils import timezone

    from evenlode.policy import shipped_policy
    from evenlode.record import Record
    from evenlode.rules.compiled import rules_version
    from evenlode.web.demonstration import make_sign_ins
    from evenlode.web.starting import check_durable, set_up_database
    from evenlode.web.writing.refresh import Refreshing, refresh

    steps.step("Setting the service up", 0, 1)
    set_up_database()
    check_durable()
    call_command("collectstatic", verbosity=0, interactive=False)
    record = Record.create(home)
    if totals is not None:
        shutil.copyfile(totals, home / "totals.csv")
    deliveries = deliveries_of(extracts, "999", None, steps)
    record.load(
        deliveries, at=datetime.now(UTC), by="demonstration", as_at=day, rules_version=rules_version()
    )
    at = Refreshing(record, shipped_policy(), timezone.now(), steps.step)
    refresh(at, as_at=day - timedelta(days=1), to_compare=True)
    make_sign_ins(refresh(at, as_at=day, weeks=WEEKS), timezone.now())


def serve_pages(port: int) -> None:
    """Serves the pages until it is stopped."""
    from django.db import connection

    from evenlode.web.serving import serve

    connection.close()

    def ready() -> None:
        click.echo(f"The pages are at http://{HOST}:{port} (sign in as anybody on the list; Ctrl+C stops).")

    serve(host=HOST, port=port, workers=1, threads=8, ready=ready)
