"""One process of several on one PostgreSQL: a front desk, its store, and its people.

`tests.scale.one_postgres` starts it. It says `ready` once everybody has been answered
once. A first line on its input begins what is measured, a second one ends it; then it
says as JSON what it saw.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable
from itertools import count
from random import Random

import uvloop

from bot.bench.inside import STEPS, open_desk, tap
from bot.bootstrap import PROVED
from bot.core.engine.conversation import Event, Started
from bot.core.person import PersonKey
from bot.frontdesk import FrontDesk
from bot.proved import load_flow
from bot.settings import read_settings
from bot.tuning import tune

PEOPLE = 64  # at once
FEWEST = 2  # turns: of fewer there is nothing in the middle
_CHATS = 10_000_000  # of one process; no two processes have the same people


class Crowd:
    """People who each have one turn under way at any time, until `ended`."""

    def __init__(self, desk: FrontDesk, name_of: Callable[[int], PersonKey]) -> None:
        """Nobody comes before `comes`."""
        self._desk, self._name_of = desk, name_of
        self._chats = count(os.getpid() * _CHATS)
        self._chance = Random(7)
        self._began = 0
        self.all_began = asyncio.Event()
        self.asked = 0  # how many turns, from the beginning on
        self.took: list[float] = []  # seconds of each turn
        self.ended = False

    async def comes(self) -> None:
        """Walk through the flow, and then as somebody else, again and again."""
        while not self.ended:
            await self._walks(next(self._chats))

    async def _walks(self, chat: int) -> None:
        person = self._name_of(chat)
        event: Event = Started("en")
        for turn in range(STEPS):
            if self.ended:
                return
            self.asked += 1
            began = time.perf_counter()
            reply = await self._desk.receive(person, event, f"{chat} {turn}")
            self.took.append(time.perf_counter() - began)
            assert reply.screen, "nobody here leaves, so everybody is shown a screen"
            event = tap(reply.screen, self._chance)
            self._began += not turn
            if self._began >= PEOPLE:
                self.all_began.set()


async def _line() -> None:
    await asyncio.to_thread(sys.stdin.readline)


async def main() -> None:
    """Serve people for as long as the one that measures wants."""
    chosen = read_settings()
    machine = load_flow(chosen.flow, chosen.data / PROVED)
    tune()
    async with open_desk(machine, chosen) as (desk, name_of):
        crowd = Crowd(desk, name_of)
        people = [asyncio.create_task(crowd.comes()) for _ in range(PEOPLE)]
        await crowd.all_began.wait()
        _say("ready")
        await _line()
        began = time.perf_counter()
        crowd.took.clear()
        await _line()
        while len(crowd.took) < FEWEST:  # noqa: ASYNC110 a machine that stood still
            await asyncio.sleep(0.01)
        took, spent = tuple(crowd.took), time.perf_counter() - began
        crowd.ended = True
        await asyncio.gather(*people)
        _say(json.dumps({"took": took, "spent": spent, "asked": crowd.asked}))


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 whoever started it reads it


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main())
