"""Waiting: for the first of several, for some seconds at most, longer each time."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from typing import Any

_FIRST_WAIT, _LONGEST_WAIT = 1.0, 15.0  # seconds between attempts


def growing() -> Iterator[float]:
    """Give the seconds to wait before each further attempt."""
    wait = _FIRST_WAIT
    while True:
        yield wait
        wait = min(2 * wait, _LONGEST_WAIT)


async def first_of(*tasks: asyncio.Future[Any], within: float | None = None) -> None:
    """Wait until one of them is done, `within` seconds at most."""
    await asyncio.wait(tasks, timeout=within, return_when=asyncio.FIRST_COMPLETED)


async def cancelled(*tasks: asyncio.Task[Any]) -> None:
    """Cancel all, and return when they have ended."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def within(seconds: float, work: Coroutine[Any, Any, None]) -> None:
    """Wait for work, some seconds at most; the library may swallow a cancellation."""
    task = asyncio.create_task(work)
    await asyncio.wait({task}, timeout=seconds)
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=0.1)
