"""What an operator types. A command imports only what it needs, so all start fast."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.core.errors import FlowUnfit, SettingsError, WaymarkError

if TYPE_CHECKING:
    from bot.core.engine.conversation import Event
    from bot.core.finding import Finding
    from bot.core.flow import Flow
    from bot.frontdesk import Reply
    from bot.library import Reading
    from bot.settings import Settings

BLOCKED, UNREADABLE = 1, 2  # exit codes of `check`
STOPPED, WRONG_SETTING = 1, 2  # exit codes of whatever cannot start

# A file of which nothing could be read at all; other findings leave the rest readable.
_NOT_READ = frozenset({"cannot-read", "not-yaml", "too-large", "empty-file"})

_FOLDER = click.Path(path_type=Path)

log = logging.getLogger(__name__)


def main() -> None:
    """Run the command that was typed. What goes wrong is told in one line."""
    try:
        commands(prog_name="waymark")
    except WaymarkError as error:
        click.echo(f"waymark: {_in_one_line(error)}", err=True)
        sys.exit(WRONG_SETTING if isinstance(error, SettingsError) else STOPPED)


def _moment(
    _: click.Context, __: click.Parameter, typed: str | None
) -> datetime | None:
    if typed is None:
        return None
    from bot.core.hours import LONDON  # noqa: PLC0415

    try:
        moment = datetime.fromisoformat(typed)
    except ValueError as error:
        raise click.BadParameter(
            f"{typed!r} is not a day and a time. Write 2026-12-25T03:00."
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="waymark", prog_name="waymark")
def commands() -> None:
    """Waymark helps people who are being stalked find the right route to help."""


@commands.command()
def run() -> None:
    """Answer people on Telegram, until stopped."""
    import asyncio  # noqa: PLC0415

    from bot.bootstrap import build  # noqa: PLC0415
    from bot.running import run as run_app  # noqa: PLC0415

    settings = _settings()
    asyncio.run(run_app(build(settings)))


@commands.command()
@click.option("--flow", "folder", type=_FOLDER, help="The folder of the flow.")
@click.option("--language", help="The language to talk in, such as en.")
@click.option(
    "--at", callback=_moment, help="Fix the clock: 2026-12-25T03:00, UK time."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def chat(
    folder: Path | None, language: str | None, at: datetime | None, *, as_json: bool
) -> None:
    """Hold a conversation here, in the terminal. Nothing of it is kept."""
    import asyncio  # noqa: PLC0415

    from bot.bootstrap import build_desk, utc_now  # noqa: PLC0415
    from bot.core.person import PersonKey  # noqa: PLC0415
    from bot.library import load_flow  # noqa: PLC0415

    settings = _settings()
    machine = load_flow(folder or settings.flow)
    if language not in {None, machine.flow.language}:
        raise click.BadParameter(
            f"this flow has no {language!r}. It has: {machine.flow.language}.",
            param_hint="--language",
        )
    desk = build_desk(machine, settings, (lambda: at) if at else utc_now)
    person = PersonKey(b"whoever is at the keyboard")
    with asyncio.Runner() as runner:

        def receive(event: Event) -> Reply:
            return runner.run(desk.receive(person, event))

        _talk(machine.flow, receive, as_json=as_json)


def _talk(flow: Flow, receive: Callable[[Event], Reply], *, as_json: bool) -> None:
    if as_json:
        from bot.channels.json_lines import JsonLines  # noqa: PLC0415

        for line in JsonLines(flow, receive).answers(sys.stdin.buffer):
            click.echo(line.encode())  # UTF-8 whatever the locale; flushed at once
    else:
        from bot.channels.terminal import Terminal  # noqa: PLC0415

        Terminal(receive).talk()


@commands.command()
@click.argument("folder", metavar="[DIR]", type=_FOLDER, required=False)
@click.option("--json", "as_json", is_flag=True, help="Findings as JSON.")
def check(folder: Path | None, *, as_json: bool) -> None:
    """Say all that is to be mended in a flow.

    Exit code 0: fit to publish; 1: something blocks; 2: a file cannot be read.
    """
    from bot.library import read_folder  # noqa: PLC0415

    folder = folder or _settings().flow
    reading = read_folder(folder)
    for line in _report(folder, reading, as_json=as_json):
        click.echo(line)
    if any(found.blocks and found.rule in _NOT_READ for found in reading.findings):
        sys.exit(UNREADABLE)
    sys.exit(BLOCKED if reading.blocked else 0)


@commands.command()
@click.option("--json", "as_json", is_flag=True, help="The directory as JSON.")
def services(*, as_json: bool) -> None:
    """Show every service, and what must be checked before relying on it."""
    from bot.core.hours import LONDON  # noqa: PLC0415
    from bot.library import read_folder  # noqa: PLC0415
    from bot.operations.directory import directory_table, entries  # noqa: PLC0415

    reading = read_folder(_settings().flow)
    if reading.flow is None:
        raise FlowUnfit(reading.findings)
    today = datetime.now(LONDON).date()
    directory = entries(reading.flow.services.values(), today)
    if as_json:
        click.echo(json.dumps([asdict(entry) for entry in directory], indent=1))
    else:
        from rich.console import Console  # noqa: PLC0415

        Console().print(directory_table(directory))


@commands.command()
def purge() -> None:
    """Remove what is past its time, now. `run` does it by itself, too."""
    import asyncio  # noqa: PLC0415

    from bot.bootstrap import build_sealer, build_store  # noqa: PLC0415
    from bot.running import purge_now  # noqa: PLC0415

    settings = _settings()
    store = build_store(settings, build_sealer(settings))
    click.echo(f"{asyncio.run(purge_now(store))} removed")


def _report(folder: Path, reading: Reading, *, as_json: bool) -> Iterator[str]:
    blocking = sum(found.blocks for found in reading.findings)
    if as_json:
        yield json.dumps(
            {
                "findings": [_plain(found) for found in reading.findings],
                "summary": {
                    "fit": not reading.blocked,
                    "findings": len(reading.findings),
                    "blocking": blocking,
                },
            },
            indent=1,
        )
        return
    yield from map(str, reading.findings)
    fit = "not fit to publish" if reading.blocked else "fit to publish"
    yield f"{folder}: {fit}; {len(reading.findings)} found, {blocking} of them to mend."


def _plain(found: Finding) -> dict[str, object]:
    return {
        "rule": found.rule,
        "file": found.at.file,
        "line": found.at.line,
        "column": found.at.column,
        "says": found.says,
        "cure": found.cure,
        "blocks": found.blocks,
    }


def _settings() -> Settings:
    from bot.logs import set_up_logs  # noqa: PLC0415
    from bot.settings import read_settings  # noqa: PLC0415

    settings = read_settings()
    set_up_logs(settings.log_format, settings.log_level)
    for line in settings.unknown:
        log.warning(line)
    return settings


def _in_one_line(error: WaymarkError) -> str:
    from bot.logs import masked  # noqa: PLC0415

    if isinstance(error, FlowUnfit):
        blocking = [found for found in error.findings if found.blocks]
        return (
            f"the flow cannot be used: {len(blocking)} to mend, the first at"
            f" {masked(str(blocking[0]))} For all of them: waymark check"
        )
    return masked(str(error))
