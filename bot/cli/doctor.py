"""What an operator types to see whether all is fit to run: doctor."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import click

from bot.cli.setting_up import settings_in_force
from bot.core.errors import SettingsError

if TYPE_CHECKING:
    from bot.doctor.diagnosis import Diagnosis

UNFIT = 1  # the exit code where something is to be mended
WIDEST_PART = 10  # characters


@click.command()
def doctor() -> None:
    """Tell whether Waymark is fit to run here, and the cure for what is not."""
    sys.exit(asyncio.run(_examine()))


async def _examine() -> int:
    from bot.doctor.diagnosis import State

    to_mend = []
    async for diagnosis in _diagnoses():
        for line in _lines(diagnosis):
            click.echo(line)
        if diagnosis.state is State.MEND:
            to_mend.append(diagnosis.part)
    if to_mend:
        click.echo(f"Not fit to run yet. To mend: {', '.join(to_mend)}.")
        return UNFIT
    click.echo("Fit to run.")
    return 0


async def _diagnoses() -> AsyncIterator[Diagnosis]:
    from bot.doctor.diagnosis import Diagnosis, State
    from bot.doctor.examination import examine

    try:
        settings = settings_in_force(warn=False)
    except SettingsError as error:
        more = ("The rest is looked at once the settings can be read.",)
        yield Diagnosis("settings", State.MEND, str(error), more)
        return
    async for diagnosis in examine(settings):
        yield diagnosis


def _lines(diagnosis: Diagnosis) -> list[str]:
    from bot.logs import masked

    first = f"{diagnosis.part:<{WIDEST_PART}}{diagnosis.state.value:<6}"
    further = " " * len(first)
    return [
        f"{first}{masked(diagnosis.says)}",
        *(f"{further}{masked(line)}" for line in diagnosis.to_do),
    ]
