"""`evenlode backup` and `evenlode restore`: a home kept safe, and brought back."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from evenlode.cli.progress import Steps
from evenlode.errors import CannotGoOn

key_option = click.option(
    "--key-file",
    envvar="EVENLODE_BACKUP_KEY_FILE",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file with the key of the backups; else EVENLODE_BACKUP_KEY_FILE names it.",
)


def _key(file: Path | None) -> bytes:
    from evenlode.web.sealed_stream import read_backup_key

    if file is None:
        raise CannotGoOn(
            "The key of the backups is not known: name its file (--key-file, or EVENLODE_BACKUP_KEY_FILE)."
        )
    return read_backup_key(file)


@click.command()
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="FILE", help="The new file to write."
)
@key_option
@click.option(
    "--with-keys",
    is_flag=True,
    help="Put the keys of sessions and of the audit trail in as well, and the secret of the council's own sign-in.",
)
@click.pass_obj
def backup(home: str, out: Path, key_file: Path | None, with_keys: bool) -> None:
    """Write an encrypted backup of the home while the service is in use: all of it or nothing."""
    import evenlode.web.newer_sqlite  # noqa: F401 - takes its place first
    from evenlode.web.backup import take_backup
    from evenlode.web.environment import read_environment

    key = _key(key_file)
    here = read_environment({**os.environ, "EVENLODE_HOME": home})
    with Steps() as steps:
        held = take_backup(
            here, out.absolute(), key=key, at=datetime.now(UTC), with_keys=with_keys, told=steps.step
        )
    click.echo(
        f"{out}: {len(held.parts):,} parts, {sum(held.held.rows.values()):,} rows, "
        f"the audit trail up to entry {held.held.seq:,}."
    )
    if not with_keys:
        click.echo(
            "The keys of sessions and of the audit trail are not in it, nor the secret of the council's own sign-in: "
            "keep them apart, and the key of the backups too."
        )


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@key_option
@click.option("--check", is_flag=True, help="Only read the backup through, and write nothing.")
@click.pass_obj
def restore(home: str, file: Path, key_file: Path | None, check: bool) -> None:
    """Bring the backup FILE back into a new home (--home), and compare what was written with what was kept."""
    import evenlode.web.newer_sqlite  # noqa: F401 - takes its place first
    from evenlode.web.environment import database_addresses
    from evenlode.web.restoring import check_backup
    from evenlode.web.restoring import restore as bring_back

    key, place = _key(key_file), Path(home).absolute()
    audit_key = os.environ.get("EVENLODE_AUDIT_KEY_FILE")
    with Steps() as steps:
        if check:
            contents = check_backup(file, key, steps.step)
        else:
            url, owner_url = database_addresses(os.environ, place)
            contents = bring_back(
                file,
                place,
                key=key,
                database_url=url,
                owner_url=owner_url,
                told=steps.step,
                audit_key=Path(audit_key) if audit_key else None,
            )
    click.echo(
        f"Taken {contents.taken_at} by Evenlode {contents.evenlode}: {len(contents.parts):,} parts, "
        f"{sum(contents.held.rows.values()):,} rows, the audit trail up to entry {contents.held.seq:,}."
    )
    if check:
        click.echo("Every part is as it was written.")
        return
    click.echo(
        f"{place} is restored: sizes, checksums, rows and the end of the audit trail are as they were."
    )
    if not contents.with_keys:
        click.echo(
            f"The keys are not in the backup: put secret and audit back into {place / 'keys'} before set-up, and oidc "
            "where people sign in with the council's own accounts."
        )
