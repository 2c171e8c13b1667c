"""Trouble in some chats: what everyone else waits, side by side with and without.

A real Waymark in a process of its own, and people who tap at their leisure. With
trouble, one chat sends 500 updates every two seconds, one is under Telegram's limit,
one is slow to be written to, some have blocked the bot, and updates come that cannot be
read. `make trouble` runs it.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Coroutine, Iterator, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.process import running
from tests.telegram.json_types import Json
from tests.telegram.stand_in import Person, Telegram

PEOPLE, THINKS = 64, 1.0  # people, and seconds that each thinks before a tap, or so
FLOOD, FLOOD_SECONDS = 500, 2.0  # updates of one chat, and within how many seconds
BLOCKED, SLOW_SECONDS, LIMITED_SECONDS = 8, 5.0, 60
POISONED: Json = {"message": {"message_id": "nothing"}}


class Trial:
    """One bot, its calm people, and perhaps others with trouble."""

    def __init__(self, telegram: Telegram, seconds: float) -> None:
        """Prepare for so many seconds."""
        self._telegram = telegram
        self._chance = Random(4)
        self._ends = time.monotonic() + seconds
        self.waits: list[float] = []  # seconds from a tap to its screen

    async def runs(self, *, trouble: bool) -> None:
        """Have everybody do what they do until the time is over."""
        calm = [self._telegram.person() for _ in range(PEOPLE)]
        await asyncio.gather(*(person.starts() for person in calm))
        tasks = [asyncio.create_task(self._taps(person)) for person in calm]
        begun = self._troubles() if trouble else ()
        troubles = [asyncio.create_task(each) for each in begun]
        await asyncio.gather(*tasks)
        for task in troubles:
            task.cancel()

    @property
    def _goes_on(self) -> bool:
        return time.monotonic() < self._ends

    async def _taps(self, person: Person) -> None:
        options = 0
        while self._goes_on:
            await asyncio.sleep(self._chance.uniform(0, 2 * THINKS))
            before = self._edits(person)
            began = time.monotonic()
            await person.taps(("not_now", "back")[options % 2], waits=False)
            options += 1
            while self._edits(person) == before:
                await self._telegram.ledger.next_end(person.chat_id, 1)
            self.waits.append(time.monotonic() - began)

    def _edits(self, person: Person) -> int:
        calls = self._telegram.ledger.calls_for(person.chat_id)
        return sum(c.method == "editMessageText" and c.status == 200 for c in calls)

    def _troubles(self) -> Iterator[Coroutine[None, None, None]]:
        yield self._floods()
        yield self._is_limited()
        yield self._is_slow()
        yield self._is_poisoned()
        for _ in range(BLOCKED):
            yield self._blocks()

    async def _floods(self) -> None:
        flood, number = self._telegram.person(), 0
        while True:
            await flood.types(f"hello {number}", waits=False)
            number += 1
            await asyncio.sleep(FLOOD_SECONDS / FLOOD)

    async def _is_limited(self) -> None:
        limited = self._telegram.person()
        self._telegram.misbehaves.floods(LIMITED_SECONDS, chat=limited.id)
        await self._types(limited)

    async def _is_slow(self) -> None:
        slow = self._telegram.person()
        hold = self._telegram.misbehaves.slows
        hold("sendMessage", seconds=SLOW_SECONDS, chat=slow.id)
        await self._types(slow)

    async def _blocks(self) -> None:
        blocks = self._telegram.person()
        self._telegram.chats.meet(blocks.chat_about).closed = "bot was blocked"
        await self._types(blocks)

    async def _types(self, person: Person) -> None:
        while True:
            await person.types("hello", waits=False)
            await asyncio.sleep(THINKS)

    async def _is_poisoned(self) -> None:
        while True:
            self._telegram.updates.put(POISONED, 1, unasked=True)
            await asyncio.sleep(THINKS)


async def trial(seconds: float, *, trouble: bool) -> Sequence[float]:
    """Return what each tap waited for its screen, in seconds, the shortest first."""
    with TemporaryDirectory(prefix="waymark-trouble-") as folder:
        async with (
            Telegram(patience=60) as telegram,
            running(Path(folder), telegram.base, telegram.token) as process,
        ):
            await process.becomes_ready()
            tried = Trial(telegram, seconds)
            await tried.runs(trouble=trouble)
    return sorted(tried.waits)


def told(name: str, waits: Sequence[float]) -> str:
    """Return a row: how many taps, and what they waited, in milliseconds."""
    at = [waits[min(len(waits) - 1, int(len(waits) * part))] for part in (0.5, 0.99, 1)]
    middle, most, worst = (f"{1000 * wait:.1f}" for wait in at)
    return f"{name:8} {len(waits):6} taps   p50 {middle}   p99 {most}   max {worst} ms"


def main() -> None:
    """Run it, and tell: `python -m tests.soak.trouble [SECONDS] [ROUNDS]`."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 20.0
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    for _ in range(rounds):
        for name, trouble in (("without", False), ("with", True)):
            waits = asyncio.run(trial(seconds, trouble=trouble))
            sys.stdout.write(told(name, waits) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
