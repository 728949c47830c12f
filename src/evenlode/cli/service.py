"""`evenlode set-up`, `serve` and `refresh`: the service of a home."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import click

from evenlode.cli.asking import as_date
from evenlode.cli.progress import Steps
from evenlode.errors import CannotGoOn


def start_django(home: Path) -> None:
    """Names the home for everything below and starts Django; the keys must be there."""
    os.environ["EVENLODE_HOME"] = str(home.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenlode.web.settings")
    import django

    django.setup()


@click.command(name="set-up")
@click.pass_obj
def set_up(home: str) -> None:
    """Make the home, its keys and the service's database, or bring them up to date; it can be run again."""
    from evenlode.web.environment import make_keys

    make_keys(Path(home).absolute())
    start_django(Path(home))
    from django.core.management import call_command

    from evenlode.web.starting import check_durable, set_up_database

    set_up_database()
    check_durable()
    call_command("collectstatic", verbosity=0, interactive=False)
    click.echo(
        f"{Path(home).absolute()} is set up. Keep {Path(home) / 'keys'} away from backups of the database."
    )


@click.command()
@click.option("--as-at", callback=as_date, metavar="DATE", help="The day to look at; else the newest event.")
@click.option(
    "--weeks",
    default=0,
    type=click.IntRange(0, 52),
    help="Work the loads of so many earlier weeks out as well: for a first load.",
)
@click.pass_obj
def refresh(home: str, as_at: date | None, weeks: int) -> None:
    """Work out every figure of the record as it stands, and make it what the pages show."""
    start_django(Path(home))
    from evenlode.record import Record, connect
    from evenlode.web.council import policy
    from evenlode.web.writing.refresh import Refreshing, refresh

    now = datetime.now(UTC)
    record = Record.open(Path(home))
    if as_at is None:
        with connect(record) as stored:
            found = stored.newest_event(now.date())
        if found is None:
            raise CannotGoOn(
                "Nothing in the record has happened by today: name the day with --as-at 2026-11-20."
            )
        as_at = found[0]
    with Steps() as steps:
        figures = refresh(Refreshing(record, policy(), now, steps.step), as_at=as_at, weeks=weeks)
    click.echo(f"The pages show {figures.as_at:%-d %B %Y} now.")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=8000, show_default=True, help="On which port.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes; 1 on SQLite, else 2.")
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 64), help="Threads in each.")
@click.pass_obj
def serve(home: str, host: str, port: int, workers: int | None, threads: int) -> None:
    """Serve the pages of the home; behind a proxy that ends TLS."""
    start_django(Path(home))
    from django.db import connection

    from evenlode.web.council import policy
    from evenlode.web.serving import serve as run
    from evenlode.web.starting import check_durable

    check_durable()
    policy()  # a file that cannot be read is said here, and not on every page
    on_sqlite = connection.vendor == "sqlite"
    if on_sqlite and workers and workers > 1:
        raise CannotGoOn(
            "On SQLite one process serves, with threads: leave --workers out, or use PostgreSQL."
        )
    connection.close()
    click.echo(f"Serving on http://{host}:{port}")
    run(host=host, port=port, workers=workers or (1 if on_sqlite else 2), threads=threads)
