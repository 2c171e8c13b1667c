"""What an operator types: run, chat, services, setup, purge.

A command imports only what it needs, so that all of them start fast.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.setting_up import FOLDER, settings_in_force

if TYPE_CHECKING:
    from bot.core.engine.conversation import Event
    from bot.core.engine.machine import FlowMachine
    from bot.core.flow import Flow
    from bot.reply import Receive, Reply


def _moment(
    _: click.Context, __: click.Parameter, typed: str | None
) -> datetime | None:
    if typed is None:
        return None
    from bot.core.hours import WRITE_A_MOMENT, read_moment

    try:
        return read_moment(typed)
    except ValueError as error:
        message = f"{typed!r} is not a day and a time. {WRITE_A_MOMENT}"
        raise click.BadParameter(message) from error


@click.command()
def run() -> None:
    """Answer people on Telegram, until stopped."""
    from bot.tuning import tune, tune_for_a_start

    tune_for_a_start()
    import asyncio
    import os

    import uvloop

    from bot.bootstrap import build
    from bot.running import run as run_app

    app = build(settings_in_force())
    tune()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run_app(app))
        # All is kept by now. Python would still wait for threads: for a name that is
        # being looked up, or a flow that is being checked; and be killed meanwhile.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


@click.command()
@click.option("--flow", "folder", type=FOLDER, help="The folder of the flow.")
@click.option("--language", help="The language to talk in, such as en.")
@click.option(
    "--at", callback=_moment, help="Fix the clock: 2026-12-25T03:00, UK time."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def chat(
    folder: Path | None, language: str | None, at: datetime | None, *, as_json: bool
) -> None:
    """Hold a conversation here, in the terminal. Nothing of it is kept."""
    import asyncio

    from bot.bootstrap import build_desk, utc_now
    from bot.core.person import PersonKey
    from bot.library import load_unproved

    settings = settings_in_force()
    machine = load_unproved(folder or settings.flow, counting=settings.count)
    language = _spoken(language or "", machine, folder or settings.flow)
    desk = build_desk(machine, settings, (lambda: at) if at else utc_now)
    person = PersonKey(b"whoever is at the keyboard")
    with asyncio.Runner() as runner:

        def receive(event: Event) -> Reply:
            return runner.run(desk.receive(person, event))

        _talk(machine.flow, language, receive, as_json=as_json)


def _spoken(language: str, machine: FlowMachine, folder: Path) -> str:
    """Return the language to talk in; say so where it is there, but not on offer."""
    from bot.core.finding import check_command

    spoken = machine.spoken(language)
    if spoken or not language:
        return spoken
    if (folder / f"{language}.yaml").is_file():
        check = check_command(str(folder))
        click.echo(f"{language} is not on offer yet: see {check}", err=True)
        return ""
    raise click.BadParameter(
        f"this flow has no {language!r}. It has: {', '.join(machine.languages)}.",
        param_hint="--language",
    )


def _talk(flow: Flow, language: str, receive: Receive, *, as_json: bool) -> None:
    if as_json:
        from bot.channels.json_lines import JsonLines

        for line in JsonLines(flow, language).answers(sys.stdin.buffer, receive):
            click.echo(line.encode())  # UTF-8 whatever the locale; flushed at once
    else:
        from bot.channels.terminal import Terminal

        Terminal(receive, language=language).talk()


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The directory as JSON.")
def services(*, as_json: bool) -> None:
    """Show every number, and what is due for review."""
    from bot.core.hours import LONDON
    from bot.library import load_unproved
    from bot.operations.directory import directory_table, entries

    flow = load_unproved(settings_in_force().flow).flow
    today = datetime.now(LONDON).date()
    directory = entries(flow.services.values(), today)
    if as_json:
        click.echo(json.dumps([asdict(entry) for entry in directory], indent=1))
    else:
        from rich.console import Console

        Console().print(directory_table(directory))


@click.command()
def setup() -> None:
    """Put the flow's neutral name, descriptions and commands on the Telegram bot."""
    import asyncio

    from bot.bootstrap import build_profiles
    from bot.channels.telegram.setup import BY_HAND, set_up

    async def tell() -> None:
        settings = settings_in_force()
        token, profiles = build_profiles(settings)
        changed = False
        async for line in set_up(
            token, settings.telegram_api, settings.proxy, profiles
        ):
            changed = True
            click.echo(line)
        if not changed:
            click.echo("All is set already.")

    asyncio.run(tell())
    click.echo("\n".join(("", *BY_HAND)))


@click.command()
def purge() -> None:
    """Remove what is past its time, now. `run` does it by itself, too."""
    import asyncio

    from bot import bootstrap
    from bot.running import purge_now

    settings = settings_in_force()

    async def purge_there() -> tuple[int, int]:
        store = await bootstrap.store_in_use(settings)
        return await purge_now(store, bootstrap.build_tally(settings))

    records, weeks = asyncio.run(purge_there())
    click.echo(f"{records} removed")
    if weeks:
        click.echo(f"{weeks} weeks of counts removed")
