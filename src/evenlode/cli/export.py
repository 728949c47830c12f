"""`evenlode export`: the tables that stand as CSV and Parquet, for Power BI and other tools."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from evenlode.cli.service import start_django
from evenlode.errors import CannotGoOn


@click.command()
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder for the files; what is there of the same names is replaced.",
)
@click.option(
    "--pseudonymised", is_flag=True, help="Codes in place of ids; no names, days of birth or sentences."
)
@click.pass_obj
def export(home: str, out: Path, pseudonymised: bool) -> None:
    """Write findings, workload, measures and rules of the figures that stand into a folder."""
    start_django(Path(home))
    from evenlode.web.handing_over import write_export

    try:
        out.mkdir(mode=0o750, parents=True, exist_ok=True)
    except OSError as fault:
        raise CannotGoOn(f"{out} cannot be made: {fault.strerror}. Choose another folder.") from None
    as_at, names = write_export(out, at=datetime.now(UTC), pseudonymised=pseudonymised)
    kind = "pseudonymised" if pseudonymised else "with ids and names"
    click.echo(f"{', '.join(names)} as at {as_at:%-d %B %Y}, {kind}, written to {out} as CSV and Parquet.")
    click.echo("These files are child-level data: keep them where the record may be kept.")
