"""The command line. What goes wrong is told in one line, with an exit code."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from bot.core.errors import FlowUnfit, SettingsError, WaymarkError

STOPPED, WRONG_SETTING = 1, 2  # exit codes of whatever cannot start
MODULES = {
    "authors": ("check", "draw", "preview", "schema"),
    "bench": ("bench",),
    "doctor": ("doctor",),
    "figures": ("stats",),
    "operators": ("run", "chat", "services", "setup", "purge"),
    "recognition": ("understand",),
}
WRITTEN_IN = {name: module for module, names in MODULES.items() for name in names}


class Commands(click.Group):
    """All commands. Only the one that was typed is loaded: `run` has people waiting."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 as click has it
        """Return their names, as help has them."""
        return sorted(WRITTEN_IN)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 as click has it
        cmd_name: str,
    ) -> click.Command | None:
        """Return the command of a name; None where there is none."""
        if cmd_name not in WRITTEN_IN:
            return None
        module = import_module(f"bot.cli.{WRITTEN_IN[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="waymark", prog_name="waymark")
def commands() -> None:
    """Waymark helps people who are being stalked find the right route to help."""


def main() -> None:
    """Run the command that was typed."""
    try:
        commands(prog_name="waymark")
    except WaymarkError as error:
        click.echo(f"waymark: {_in_one_line(error)}", err=True)
        sys.exit(WRONG_SETTING if isinstance(error, SettingsError) else STOPPED)


def _in_one_line(error: WaymarkError) -> str:
    from bot.logs import masked

    if isinstance(error, FlowUnfit):
        return (
            f"the flow cannot be used: {len(error.blocking)} to mend, the first at"
            f" {masked(str(error.blocking[0]))} {error.for_all}"
        )
    return masked(str(error))
