"""Different chats are served side by side, and each chat strictly in order.

Someone in danger never waits behind strangers (fault M02). However much one chat sends,
it takes one turn at a time; all the rest of it waits in that chat's own lane. A quick
exit alone waits for nothing, and overtakes what waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

# What waits in a lane is counted too, so a smaller number would be used up by one chat
# that floods us. What truly runs at once is bounded by the number of chats.
_NO_LIMIT = 10_000_000


@dataclass(slots=True, eq=False, weakref_slot=True)
class _Lane:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    exits: int = 0  # how often what waited here was overtaken


class Lanes(BaseUpdateProcessor):
    """Gives each chat a lane of its own for as long as it needs one."""

    def __init__(
        self,
        leaves: Callable[[Update], bool] = lambda _: False,
        overtaken: Callable[[Update], Awaitable[None]] | None = None,
    ) -> None:
        """Begin with nobody waiting.

        `leaves` tells whether an update is a quick exit; `overtaken` is done, in its
        turn, with each update that was waiting when one came.
        """
        super().__init__(_NO_LIMIT)
        self._leaves = leaves
        self._overtaken = overtaken
        # A lane goes by itself when the last of its updates has been served.
        self._lanes: WeakValueDictionary[int, _Lane] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[Any]] = set()

    @property
    def unfinished(self) -> int:
        """How many updates are being served or wait for it."""
        return len(self._tasks)

    async def do_process_update(
        self, update: object, coroutine: Awaitable[Any]
    ) -> None:
        """Serve one update after all earlier ones of the same chat; an exit at once."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a coroutine always runs in one
        self._tasks.add(task)
        try:
            lane = self._lane(update)
            if isinstance(update, Update) and self._leaves(update):
                lane.exits += 1
                await coroutine
            else:
                await self._in_turn(lane, update, coroutine)
        finally:
            self._tasks.discard(task)
            if isinstance(coroutine, Coroutine):
                coroutine.close()  # else Python complains of what never had its turn

    async def initialize(self) -> None:
        """Make ready; there is nothing to do."""

    async def shutdown(self) -> None:
        """Give up what is not finished."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _in_turn(
        self, lane: _Lane, update: object, coroutine: Awaitable[Any]
    ) -> None:
        exits = lane.exits
        async with lane.turn:
            if lane.exits == exits:
                await coroutine
            elif self._overtaken and isinstance(update, Update):
                await self._overtaken(update)

    def _lane(self, update: object) -> _Lane:
        chat = update.effective_chat if isinstance(update, Update) else None
        if chat is None or type(chat.id) is not int:  # no update of Telegram's
            return _Lane()
        lane = self._lanes.get(chat.id)
        if lane is None:
            lane = self._lanes[chat.id] = _Lane()
        return lane
