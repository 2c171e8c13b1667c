"""What one machine carries: several whole `waymark run`, each a bot with its SQLite."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from math import nan
from pathlib import Path
from statistics import median

from bot.bench.contestants import OURS, Running, running
from bot.bench.measure import figures_of
from bot.bench.stand_in import StandIn
from tests.command import PATIENCE
from tests.scale.waiting import A_BOT

_AT_ONCE = 64  # people at each bot


@dataclass(frozen=True, slots=True)
class Load:
    """How much each bot has to do: so many turns a second, or (None) all it can."""

    name: str
    a_second: float | None


STEADY = Load(f"{A_BOT:.0f} a second each", A_BOT)
SATURATED = Load(f"{_AT_ONCE} people each, at once", None)


@dataclass(frozen=True, slots=True)
class Carried:
    """What so many bots did under a load.

    `rate`: turns a second of all together. `p50`: milliseconds from a tap to the next
    screen, of the bot in the middle; `p99`: of the slowest bot. `cpu`: milliseconds of
    processor time a turn. `busy`: how much of one processor each bot takes, in percent;
    `people`: all the people and their Telegram together. `memory`: megabytes of a bot,
    the median; `own`: without the files that others on this machine have loaded too.
    `lost`: turns that nobody was shown anything for.
    """

    bots: int
    load: Load
    rate: float
    p50: float
    p99: float
    cpu: float
    busy: float
    people: float
    memory: float
    own: float
    lost: int

    @property
    def case(self) -> str:
        """What was varied."""
        return f"bots: {self.bots}, {self.load.name}"


class Pace:
    """When people tap: one after the other, so many a second in all, until `ended`."""

    def __init__(self, a_second: float | None) -> None:
        """None: each at once."""
        self._apart = 1 / a_second if a_second else 0.0
        self._next = 0.0
        self.ended = False

    def __call__(self, do: Callable[[], None]) -> None:
        """Let someone tap when it is their turn."""
        loop = asyncio.get_running_loop()
        at = max(self._next, loop.time())
        self._next = at + self._apart
        loop.call_at(at, self._do, do)

    def _do(self, do: Callable[[], None]) -> None:
        if not self.ended:
            do()


async def carried(
    bots: int, loads: Sequence[Load], seconds: float, data: Path
) -> list[Carried]:
    """Measure so many bots under each load, for so many seconds each.

    `data` is what is in each bot's own folder at the start.
    """
    async with AsyncExitStack() as stack:
        started: list[tuple[StandIn, Running]] = []
        for _ in range(bots):
            telegram = StandIn()
            await telegram.start()
            stack.callback(telegram.stop)
            bot = running(OURS, telegram, data)
            started.append((telegram, await stack.enter_async_context(bot)))
        return [await _under(load, started, seconds) for load in loads]


async def _under(
    load: Load, started: Sequence[tuple[StandIn, Running]], seconds: float
) -> Carried:
    paces = [Pace(load.a_second) for _ in started]
    began, cpu = time.perf_counter(), time.process_time()
    figures = await asyncio.gather(
        *(
            figures_of(telegram.comes(_AT_ONCE, 0.0, pace), process, seconds)
            for (telegram, process), pace in zip(started, paces, strict=True)
        )
    )
    cpu = (time.process_time() - cpu) / (time.perf_counter() - began)
    processes = [process for _, process in started]
    memory = median(process.memory() for process in processes)
    own = median(_unshared(process.pid) for process in processes)
    answering = [each for each in figures if each.rate]
    rate = sum(each.rate for each in answering)
    used = sum(each.cpu * each.rate for each in answering)
    for pace in paces:
        pace.ended = True
    return Carried(
        len(started),
        load,
        rate,
        p50=median(each.p50 for each in figures),
        p99=max(each.p99 for each in figures),
        cpu=used / rate if rate else nan,
        busy=used / 10 / len(started),
        people=100 * cpu,
        memory=memory,
        own=own,
        lost=await _unanswered([telegram for telegram, _ in started]),
    )


async def _unanswered(telegrams: Sequence[StandIn]) -> int:
    """Return how many are never answered, however long they wait."""
    ends = time.monotonic() + PATIENCE / 10
    while waiting := sum(telegram.people.waiting for telegram in telegrams):
        if time.monotonic() > ends:
            break
        await asyncio.sleep(0.02)
    return waiting


def _unshared(pid: int) -> float:
    """Return the megabytes that only this process has."""
    told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    lines = dict(line.split(":", 1) for line in told.splitlines()[1:])
    pages = (lines["Private_Clean"], lines["Private_Dirty"])
    return sum(int(kilobytes.split()[0]) for kilobytes in pages) / 1024
