"""Rounds, in each of which every bot is measured once, in every way."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from statistics import quantiles

from bot.bench.contestants import CONTESTANTS, Contestant, Running, running
from bot.bench.people import People, Window
from bot.bench.stand_in import StandIn

_SETTLES = 0.7  # seconds before what is counted begins
_BEGIN_WITHIN = 20.0  # seconds for everybody to have been answered once
_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Way:
    """How it is measured: so many people at once, so many seconds to Telegram."""

    name: str
    about: str
    at_once: int
    delay: float


WAYS = (
    Way("saturated", f"{_AT_ONCE} people at once", _AT_ONCE, 0.0),
    Way("far", f"{_AT_ONCE} people at once, 50 ms to Telegram", _AT_ONCE, 0.05),
    Way("single", "one person", 1, 0.0),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What one bot did in one way, in one round.

    `rate`: turns a second. `p50`, `p99`: milliseconds from a tap to the next screen.
    `cpu`: milliseconds of processor time a turn; NaN where it is not known.
    """

    rate: float
    p50: float
    p99: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Start:
    """`seconds` to the first poll, and the megabytes held before anybody comes."""

    seconds: float
    megabytes: float


Measured = tuple[Contestant, Way | None, Figures | Start]
"""One figure: of a bot, in a way, or of its start."""


async def measured(
    ways: Sequence[Way], rounds: int, seconds: float, data: Path
) -> AsyncIterator[Measured]:
    """Give what is measured, as soon as it is; each for so many seconds.

    `data` is what is in our data folder at the start.
    """
    telegram = StandIn()
    await telegram.start()
    try:
        for _, way, bot in product(range(rounds), ways, CONTESTANTS):
            # Afresh each time: one that is behind would still be at what came before.
            async with running(bot, telegram, data) as process:
                await asyncio.sleep(_SETTLES)
                yield bot, None, Start(process.start, process.memory())
                people = telegram.comes(way.at_once, way.delay)
                yield bot, way, await figures_of(people, process, seconds)
    finally:
        telegram.stop()


async def figures_of(people: People, process: Running, seconds: float) -> Figures:
    """Measure for so many seconds, once everybody who came has been answered once."""
    with suppress(TimeoutError):
        await asyncio.wait_for(people.all_began.wait(), _BEGIN_WITHIN)
    await asyncio.sleep(_SETTLES)
    people.window = window = Window()
    cpu = process.cpu()
    await asyncio.sleep(seconds)
    spent, cpu = time.perf_counter() - window.began, process.cpu() - cpu
    took = sorted(window.took)
    if len(took) < 2:  # noqa: PLR2004 - of fewer there is nothing in the middle
        nothing = float("nan")
        return Figures(0.0, nothing, nothing, nothing)
    parts = quantiles(took, n=100)
    per_turn = 1000 * cpu / len(took)
    return Figures(len(took) / spent, 1000 * parts[49], 1000 * parts[98], per_turn)
