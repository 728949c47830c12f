"""`evenlode mapping`: the shipped mapping file, to be copied and changed."""

from __future__ import annotations

from pathlib import Path

import click

from evenlode.extracts import default_mapping_text, load_mapping


@click.command()
@click.argument("mapping_file", type=click.Path(path_type=Path), required=False)
def mapping(mapping_file: Path | None) -> None:
    """Print the shipped mapping of headings and codes, or check MAPPING_FILE."""
    if mapping_file is None:
        click.echo(default_mapping_text(), nl=False)
        return
    load_mapping(mapping_file)
    click.echo(f"{mapping_file.name} can be followed.")
