"""`evenlode demo`: a made-up council, from its extract files to its findings."""

from __future__ import annotations

import re
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import click

from evenlode.cli.asking import as_date, deliveries_of
from evenlode.cli.check import check_deliveries, write_results
from evenlode.cli.console import console
from evenlode.cli.demo_service import check_port, make_service, serve_pages
from evenlode.cli.planted import compare_planted
from evenlode.cli.progress import Steps
from evenlode.cli.summary import show_summary
from evenlode.demo import build_council
from evenlode.policy import shipped_policy
from evenlode.reports.totals import read_totals

PICTURE = 1500.0
"""How tall a drawing of the summary may be; the rest of it is cut off."""


@click.command()
@click.option("--no-serve", is_flag=True, help="Stop after the summary, before the pages.")
@click.option(
    "--children",
    default=400,
    show_default=True,
    type=click.IntRange(30, 20000),
    help="How many open children.",
)
@click.option("--seed", default=2026, show_default=True, help="The same seed, the same council.")
@click.option("--as-at", callback=as_date, metavar="DATE", help="Else today.")
@click.option("--port", default=8000, show_default=True, help="Where the pages will be served.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Keep the made-up files and the findings here.",
)
@click.option("--picture", type=click.Path(path_type=Path), hidden=True, help="Draw the summary (SVG).")
def demo(
    no_serve: bool,
    children: int,
    seed: int,
    as_at: date | None,
    port: int,
    folder: Path | None,
    picture: Path | None,
) -> None:
    """Build a made-up council's files, load them, check them, show what was found, and serve the pages."""
    day = as_at or datetime.now(UTC).date()
    if not no_serve:
        check_port(port)
    with tempfile.TemporaryDirectory(prefix="evenlode-demo-") as spare:
        place = folder or Path(spare)
        place.mkdir(parents=True, exist_ok=True)
        policy = shipped_policy()
        with Steps() as steps:
            built = build_council(place, as_at=day, children=children, seed=seed, progress=steps.step)
            deliveries = deliveries_of(built.extracts, "999", None, steps)
            checked = check_deliveries(
                deliveries,
                as_at=day,
                policy=policy,
                theirs=read_totals(built.totals),
                steps=steps,
                with_parts=True,
            )
            if folder:
                write_results(checked, place / "findings.xlsx", "xlsx", due_soon=False)
        shown = console(drawn=picture is not None)
        show_summary(
            shown,
            evaluation=checked.evaluation,
            why_day="the day of the demonstration",
            deliveries=checked.deliveries,
            totals=checked.totals,
            policy=policy,
            council="Evenlode (a made-up council)",
            grave=checked.quality.grave,
        )
        planted = compare_planted(built.expected_findings, checked.evaluation.findings)
        shown.print(planted.sentence())
        if picture:
            shown.save_svg(str(picture), title="./evenlode demo --no-serve")
            picture.write_text(_top_of(picture.read_text("utf-8")), "utf-8")
        if folder:
            click.echo(f"The files, and findings.xlsx, are in {place}")
        if not no_serve:
            with Steps() as steps:
                make_service(place / "home", built.extracts, day, steps, totals=built.totals)
            serve_pages(port)


def _top_of(drawing: str) -> str:
    """The upper part of a drawing, as much as a reader looks at in one go."""
    return re.sub(
        r'viewBox="0 0 (\d+) ([\d.]+)"',
        lambda found: f'viewBox="0 0 {found[1]} {min(float(found[2]), PICTURE)}"',
        drawing,
        count=1,
    )
