"""The one task that uses a connection: turns in batches, and errands in between.

As nobody else touches the connection, a caller that is cancelled leaves no half-done
transaction behind.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, TypeVar

from bot.core.errors import StoreError
from bot.stores.batch import Waiting

T = TypeVar("T")

# More would save nothing: at 64 the commit is a small part of what a turn costs.
MOST_AT_ONCE: Final = 64

log = logging.getLogger(__name__)


class Writer:
    """Does turns in the order asked for; turns that wait together share a commit."""

    def __init__(self, keep: Callable[[Sequence[Waiting]], Awaitable[None]]) -> None:
        """`keep` does some turns and keeps what they changed, or raises."""
        self._keep = keep
        self._turns: deque[Waiting] = deque()
        self._errands: deque[Callable[[], Awaitable[None]]] = deque()
        self._woken = asyncio.Event()
        self._stopping = False
        # Why the last turns were not kept; None if they were.
        self.trouble: str | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin. Needs a running loop."""
        self._task = asyncio.create_task(self._work(), name="store writer")

    async def stop(self) -> None:
        """Do what was asked for, then end for good."""
        self._stopping = True
        self._woken.set()
        if self._task:
            await self._task

    async def turn(self, turn: Waiting) -> None:
        """Return when the turn is kept. Raises what its work raised, or StoreError."""
        self._check_open()
        self._turns.append(turn)
        self._woken.set()
        await turn.done
        if turn.fault:
            raise turn.fault

    async def errand(self, do: Callable[[], Awaitable[T]]) -> T:
        """Run `do` between two batches; return what it returns, or raise its error."""
        self._check_open()
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()

        async def run() -> None:
            try:
                _settle(done, await do())
            except Exception as error:  # noqa: BLE001 handed on to whoever asked
                _settle(done, error)

        self._errands.append(run)
        self._woken.set()
        return await done

    def _check_open(self) -> None:
        if self._stopping or self._task is None or self._task.done():
            raise StoreError("the store is not open")

    async def _work(self) -> None:
        while self._turns or self._errands or not self._stopping:
            if self._errands:
                await self._errands.popleft()()
            if self._turns:
                await self._keep_next()
            elif not self._errands and not self._stopping:
                self._woken.clear()
                await self._woken.wait()

    async def _keep_next(self) -> None:
        together = min(len(self._turns), MOST_AT_ONCE)
        turns = [self._turns.popleft() for _ in range(together)]
        try:
            await self._keep(turns)
        except Exception as error:  # noqa: BLE001 nobody may be left waiting
            # Only our own errors are known to say nothing of a person.
            told = str(error) if isinstance(error, StoreError) else type(error).__name__
            log.error("turns were not kept: %s", told)  # noqa: TRY400 for that reason
            if not all(turn.reads for turn in turns):
                self.trouble = told
            for turn in turns:
                turn.finish(StoreError(told))
        else:
            self.trouble = None
            for turn in turns:
                turn.finish()


def _settle(done: asyncio.Future[Any], result: Any) -> None:  # noqa: ANN401 - of any errand
    if done.done():  # whoever asked has been cancelled
        return
    if isinstance(result, Exception):
        done.set_exception(result)
    else:
        done.set_result(result)
