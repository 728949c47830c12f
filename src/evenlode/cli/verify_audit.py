"""`evenlode verify-audit`: is the audit trail as it was written?"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from evenlode.audit_trail import Anchor, PostgresTrail, SqliteTrail, Verdict, open_to_read, read_anchors
from evenlode.audit_trail.key import read_key
from evenlode.audit_trail.verify import verify
from evenlode.cli.progress import Steps
from evenlode.errors import CannotGoOn

BROKEN = 1
"""The exit code where the trail is not as it was written; 2 is for what could not be checked at all."""


@click.command("verify-audit")
@click.argument("database", metavar="FILE|URL")
@click.option(
    "--anchors",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file with the anchors; without it a trail that was cut short cannot be told.",
)
@click.option(
    "--key-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file with the key; else EVENLODE_AUDIT_KEY or EVENLODE_AUDIT_KEY_FILE say it.",
)
def verify_audit(database: str, anchors: Path | None, key_file: Path | None) -> None:
    """Read the whole audit trail of FILE (SQLite) or URL (postgresql://…) and name the first entry that is not as it was written.

    Ends with 0 where the trail is whole, 1 where it is broken, 2 where it could not be checked.
    """
    key = read_key(os.environ, key_file)
    known = list(read_anchors(anchors, key)) if anchors else []
    with _trail(database) as trail, Steps() as steps:
        verdict = verify(trail.rows(), key, known, about=trail.about(), told=steps.step)
    click.echo(_in_words(verdict, known, anchors))
    if verdict.broken:
        sys.exit(BROKEN)


@contextmanager
def _trail(database: str) -> Iterator[SqliteTrail | PostgresTrail]:
    from evenlode.engines.dataset import is_address

    if not is_address(database):
        con = open_to_read(Path(database))
        try:
            yield SqliteTrail(con)
        finally:
            con.close()
        return
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    mend = "name it as postgresql://user@host/database, with the password in PGPASSFILE or PGPASSWORD"
    try:
        if "password" in conninfo_to_dict(database):
            raise CannotGoOn(f"a password does not belong into the address of the database: {mend}")
        server = psycopg.connect(database, autocommit=True, connect_timeout=10)
    except psycopg.Error:
        raise CannotGoOn(f"the database does not let us in: {mend}") from None
    with server:
        try:
            PostgresTrail(server).about()
        except psycopg.Error:
            raise CannotGoOn(
                "the database holds no audit trail that can be read: name the service's"
            ) from None
        yield PostgresTrail(server)


def _in_words(verdict: Verdict, known: list[Anchor], anchors: Path | None) -> str:
    if verdict.broken:
        after = f"{verdict.entries:,} entries before it are as they were written" if verdict.entries else ""
        lines = [
            f"Broken at entry {verdict.broken.seq:,}: {verdict.broken.what}.",
            f"{after}." if after else "",
        ]
        lines.append("Keep the database and the anchors as they are, and tell information governance.")
        return "\n".join(line for line in lines if line)
    span = f", from {verdict.first_at} to {verdict.last_at}" if verdict.entries else ""
    lines = [f"Whole: {verdict.entries:,} entries{span}."]
    if anchors is None:
        lines.append("No anchors were given (--anchors): a trail that was cut short could not be told.")
    elif not known:
        lines.append(f"{anchors} holds no anchor yet: a trail that was cut short could not be told.")
    else:
        agree = (
            "1 anchor agrees; it" if verdict.anchors == 1 else f"{verdict.anchors:,} anchors agree; the last"
        )
        lines.append(f"{agree} saw entry {max(a.seq for a in known):,}.")
    return "\n".join(lines)
