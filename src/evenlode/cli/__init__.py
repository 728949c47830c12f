"""The command `evenlode`: the words a person types, and what they see.

Nothing is worked out here; commands read, ask the rooms below and show the answer.
"""

from __future__ import annotations

import os
import sys

import click

from evenlode import __version__
from evenlode.errors import CannotGoOn

COMMANDS: dict[str, tuple[str, str]] = {
    "check": ("evenlode.cli.check", "Check a council's files once and write the findings."),
    "today": ("evenlode.cli.today", "What needs somebody this morning, in at most twelve lines."),
    "load": ("evenlode.cli.record", "Load files into the home's record."),
    "withdraw": ("evenlode.cli.record", "Take a load out of the record again."),
    "loads": ("evenlode.cli.record", "List the loads of the home's record."),
    "drift": ("evenlode.cli.drift", "Children whose work is not moving, and what shows it."),
    "workload": ("evenlode.cli.workload", "Each worker's load, with the sum behind it."),
    "measures": ("evenlode.cli.measures", "Workforce and timeliness measures by council, service and team."),
    "quality": ("evenlode.cli.quality", "Doubts about the data: what each spoils, and what to do."),
    "region": ("evenlode.cli.region", "Measures of several councils side by side, small numbers hidden."),
    "rules": ("evenlode.cli.rules", "List the rules, or explain one."),
    "template": ("evenlode.cli.template", "Write an empty layout to fill in."),
    "policy": ("evenlode.cli.policy", "Show the settings in force, or check a policy file."),
    "mapping": ("evenlode.cli.mapping", "Print the shipped mapping of headings and codes, to be changed."),
    "verify-audit": ("evenlode.cli.verify_audit", "Check that the audit trail is as it was written."),
    "set-up": ("evenlode.cli.service", "Make the home, its keys and the service's database."),
    "refresh": ("evenlode.cli.service", "Work out what the pages show from the record as it stands."),
    "export": ("evenlode.cli.export", "Write the figures that stand as CSV and Parquet, for Power BI."),
    "serve": ("evenlode.cli.service", "Serve the pages of the home."),
    "account": ("evenlode.cli.account", "Make, close and list the accounts by which people sign in."),
    "demo": ("evenlode.cli.demo", "Build a made-up council, check it and serve its pages: the main job."),
}
"""Every word with the module that holds it; the module is only read when the word is used."""


class Words(click.Group):
    """The group of commands, each read when it is asked for, so that a start is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Every word, in the order in which a person meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that word."""
        if name not in COMMANDS:
            return None
        word = name.replace("-", "_")
        command: click.Command = getattr(__import__(COMMANDS[name][0], fromlist=[word]), word)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of words in the help, without reading their modules."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


@click.group(cls=Words, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="evenlode")
@click.option(
    "--home",
    envvar="EVENLODE_HOME",
    default="./evenlode-home",
    show_default=True,
    help="Where the record, the policy and the keys are kept.",
)
@click.pass_context
def evenlode(ctx: click.Context, home: str) -> None:
    """Evenlode shows, from a council's own extracts, which children and workers need somebody today."""
    ctx.obj = home


def main() -> None:
    """Runs the command; whatever a person can mend ends in one sentence and exit code 2."""
    try:
        evenlode.main(standalone_mode=False)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.Abort:
        click.echo("Stopped. Nothing was left half done.", err=True)
        sys.exit(130)
    except click.ClickException as fault:
        click.echo(f"evenlode: {fault.format_message()} (evenlode --help)", err=True)
        sys.exit(2)
    except CannotGoOn as fault:
        click.echo(f"evenlode: {fault}", err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        click.echo("Stopped. Nothing was left half done.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as fault:
        if os.environ.get("EVENLODE_TRACEBACK"):
            raise
        click.echo(
            f"evenlode: a fault of Evenlode's own ({type(fault).__name__}); nothing was changed. "
            "Run it again with EVENLODE_TRACEBACK=1 and send what it says, without any child's "
            "details.",
            err=True,
        )
        sys.exit(70)
