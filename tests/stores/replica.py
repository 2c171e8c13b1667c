"""Another replica on the same store, run as `python -m tests.stores.replica`.

As `tests.stores.process`, for whatever store WAYMARK_STORE may name.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys

from bot.stores.base import Kept, Record
from tests.stores.process import says
from tests.stores.shelf import counts, keeps, opened_at, someone


async def adds(where: str) -> None:
    """Add two hundred to someone's count, one turn at a time."""
    async with opened_at(where) as store:
        says("ready")
        for turn in range(200):
            await store.turn(someone(), f"{os.getpid()} {turn}", counts)


async def dies(where: str) -> None:
    """Keep a record, and be killed at the very moment at which the turn returned."""
    async with opened_at(where) as store:
        await store.turn(someone(), "update 7", keeps({"step": "who"}))
        says("ready")
        os.kill(os.getpid(), signal.SIGKILL)


async def stops_within(where: str) -> None:
    """Be stopped, as a machine is that runs out of memory, in the middle of a turn."""
    tries = 0

    def stops(kept: Kept) -> tuple[Record, int]:
        nonlocal tries
        tries += 1
        if tries == 1:
            says(str(os.getpid()))
            os.kill(os.getpid(), signal.SIGSTOP)
        return counts(kept)

    async with opened_at(where) as store:
        await store.turn(someone(), "update 7", stops)


TASKS = {task.__name__: task for task in (adds, dies, stops_within)}

if __name__ == "__main__":
    asyncio.run(TASKS[sys.argv[1]](sys.argv[2]))
