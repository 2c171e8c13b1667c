"""What an operator types to see the counts: stats."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.files import writing
from bot.cli.setting_up import FOLDER, settings_in_force

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.counting.cell import Cell
    from bot.core.counting.publishing import Week
    from bot.settings import Settings


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Everything as JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Everything as CSV.")
@click.option("--html", type=FOLDER, help="Write a page to read and print, to FILE.")
def stats(html: Path | None, *, as_json: bool, as_csv: bool) -> None:
    """Show how many came and where they were sent; small numbers are hidden."""
    from bot.operations import statistics

    if as_json + as_csv + bool(html) > 1:
        raise click.UsageError("Give one of --json, --csv and --html.")
    settings = settings_in_force()
    weeks = _published(settings)
    if as_json:
        click.echo(statistics.as_json(weeks))
    elif as_csv:
        click.echo(statistics.as_csv(weeks), nl=False)
    elif html:
        _write_page(html, weeks, settings)
    else:
        from rich.console import Console

        Console().print(statistics.on_screen(weeks))


def _published(settings: Settings) -> tuple[Week, ...]:
    import asyncio

    from bot.bootstrap import store_in_use, utc_now
    from bot.core.counting.publishing import publishable
    from bot.running import counts_now

    async def counts() -> Mapping[Cell, int]:
        return await counts_now(await store_in_use(settings))

    return publishable(asyncio.run(counts()), utc_now())


def _write_page(path: Path, weeks: tuple[Week, ...], settings: Settings) -> None:
    from bot.operations.statistics_page import page

    with writing(path):
        path.write_text(page(weeks, _names(settings)), encoding="utf-8")
    click.echo(f"{path} written", file=sys.stderr)


def _names(settings: Settings) -> dict[str, str]:
    """Return the services' own names; without a flow that can be read, none."""
    from bot.core.errors import FlowUnfit
    from bot.library import load_unproved

    try:
        flow = load_unproved(settings.flow).flow
    except FlowUnfit:
        return {}
    return {name: service.name for name, service in flow.services.items()}
