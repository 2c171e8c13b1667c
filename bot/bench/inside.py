"""What a turn costs inside, without Telegram: the engine's part, and that of the store.

It tells whether a turn costs more the more conversations are open.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median

from bot import settings
from bot.bench.people import is_tapped
from bot.bootstrap import build_sealer, build_store, name_of_chats, utc_now
from bot.core.engine.conversation import Conversation, Event, Started, Tapped
from bot.core.engine.machine import FlowMachine
from bot.core.engine.screen import Moment, Screen
from bot.core.engine.turn import take_turn
from bot.core.person import PersonKey
from bot.frontdesk import FrontDesk
from bot.settings import Settings, read_settings

OPEN = (10, 1_000, 100_000)  # conversations, for what is told
_TOGETHER = 64
_TURNS = 64 * 40  # measured of people who are there, together
_ALONE = 200
_WALKED = 5_000
STEPS = 9  # of one walk; then it begins anew


@dataclass(frozen=True, slots=True)
class Inside:
    """What turns cost while so many conversations are open, each kept and encrypted.

    `together`: microseconds of processor time a turn, 64 at once. `alone`: milliseconds
    from an event to a turn that is kept, one at a time, the median.
    """

    people: int
    together: float
    alone: float


def engine_turn(machine: FlowMachine) -> float:
    """Return the median of a turn in the engine alone, in microseconds."""
    chance, moment = Random(7), Moment(utc_now())  # noqa: S311 - the same walks
    took: list[int] = []
    conversation: Conversation | None = None
    screen: Screen | None = None
    for number in range(_WALKED):
        event: Event = Started("en")
        if number % STEPS and screen:
            event = tap(screen, chance)
        began = time.perf_counter_ns()
        turn = take_turn(machine, conversation, event, moment)
        took.append(time.perf_counter_ns() - began)
        conversation, screen = turn.decision.conversation, turn.screen
    return median(took) / 1000


async def with_open(people: int, machine: FlowMachine, data: Path) -> Inside:
    """Measure with so many conversations open, in a new folder for data."""
    chosen = read_settings({settings.DATA: str(data)})
    async with open_desk(machine, chosen) as (desk, name_of):
        for first in range(0, people, _TOGETHER):
            some = range(first, min(first + _TOGETHER, people))
            await _begin(desk, [name_of(each) for each in some])
        chance = Random(7)  # noqa: S311 - the same people
        cpu = time.process_time()
        for _ in range(_TURNS // _TOGETHER):
            some = range(_TOGETHER)
            await _begin(desk, [name_of(chance.randrange(people)) for _ in some])
        cpu = (time.process_time() - cpu) * 1e6 / _TURNS
        took = []
        for _ in range(_ALONE):
            began = time.perf_counter()
            await _begin(desk, [name_of(chance.randrange(people))])
            took.append(time.perf_counter() - began)
        return Inside(people, cpu, median(took) * 1000)


@asynccontextmanager
async def open_desk(
    machine: FlowMachine, chosen: Settings
) -> AsyncIterator[tuple[FrontDesk, Callable[[int], PersonKey]]]:
    """Give a front desk whose store is open, and what names the person of a chat."""
    sealer = build_sealer(chosen)
    store = build_store(chosen, sealer)
    await store.open()
    try:
        desk = FrontDesk(machine, store, utc_now, chosen.forget_after)
        yield desk, name_of_chats(sealer)
    finally:
        await store.close()


async def _begin(desk: FrontDesk, people: Sequence[PersonKey]) -> None:
    await asyncio.gather(*(desk.receive(each, Started("en")) for each in people))


def tap(screen: Screen, chance: Random) -> Event:
    """Return what someone does next who is shown this: they tap, or begin anew."""
    offered = [each for each in screen.options if is_tapped(f":{each.id}")]
    if not offered:
        return Started("en")
    button = chance.choice(offered)
    ticks = None if button.ticked is None else not button.ticked
    return Tapped(button.id, screen.step, ticks)
