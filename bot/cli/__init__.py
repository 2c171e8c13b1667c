"""The command line. What goes wrong is told in one line, with an exit code."""

from __future__ import annotations

import sys

import click

from bot.cli.authors import check, draw, preview, schema
from bot.cli.bench import bench
from bot.cli.doctor import doctor
from bot.cli.figures import stats
from bot.cli.operators import chat, purge, run, services, setup
from bot.cli.recognition import understand
from bot.core.errors import FlowUnfit, SettingsError, WaymarkError

STOPPED, WRONG_SETTING = 1, 2  # exit codes of whatever cannot start


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="waymark", prog_name="waymark")
def commands() -> None:
    """Waymark helps people who are being stalked find the right route to help."""


COMMANDS = (
    *(run, chat, understand, check, draw, preview, schema),
    *(services, setup, doctor, stats, purge, bench),
)
for command in COMMANDS:
    commands.add_command(command)


def main() -> None:
    """Run the command that was typed."""
    try:
        commands(prog_name="waymark")
    except WaymarkError as error:
        click.echo(f"waymark: {_in_one_line(error)}", err=True)
        sys.exit(WRONG_SETTING if isinstance(error, SettingsError) else STOPPED)


def _in_one_line(error: WaymarkError) -> str:
    from bot.logs import masked  # noqa: PLC0415

    if isinstance(error, FlowUnfit):
        return (
            f"the flow cannot be used: {len(error.blocking)} to mend, the first at"
            f" {masked(str(error.blocking[0]))} {error.for_all}"
        )
    return masked(str(error))
