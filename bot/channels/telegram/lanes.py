"""Different chats are served side by side, and each chat strictly in order.

Someone in danger never waits behind strangers (fault M02). However much one chat sends,
it takes one turn at a time; all the rest of it waits in that chat's own lane until the
turn is kept. A quick exit alone waits for nothing, and overtakes what waits. Whoever is
in danger is shown 999 meanwhile, if a slow store makes them wait (B28).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol
from weakref import WeakValueDictionary

from bot.channels.telegram.taps import Told
from bot.channels.telegram.updates import chat_of
from bot.in_time import PATIENCE_SECONDS

Work = Callable[[Told], Awaitable[None]]


class Asks(Protocol):
    """Tells what an update asks for."""

    def leaves(self, update: Told) -> bool:
        """Tell whether it is a quick exit."""

    def is_urgent(self, update: Told) -> bool:
        """Tell whether it is a start, or says that someone may be in danger."""


@dataclass(slots=True, eq=False, weakref_slot=True)
class _Lane:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    unsafe: set[asyncio.Future[None]] = field(default_factory=set)
    exits: int = 0  # how often what waited here was overtaken


class Lanes:
    """Gives each chat a lane of its own for as long as it needs one."""

    def __init__(self, asks: Asks, overtaken: Work, held_up: Work) -> None:
        """Begin with nobody waiting.

        `overtaken` is done, in its turn, with each update that was waiting when a quick
        exit came; `held_up` with an urgent one that has to wait long, before its turn.
        """
        self._asks = asks
        self._overtaken = overtaken
        self._held_up = held_up
        # A lane goes by itself when the last of its updates has been served.
        self._lanes: WeakValueDictionary[int, _Lane] = WeakValueDictionary()

    async def serve(self, update: Told, work: Work, safe: asyncio.Future[None]) -> None:
        """Serve one update once all earlier ones of its chat are safe; an exit at once.

        `safe` is what `work` sets when its own turn is kept: then the next may begin.
        """
        lane = self._lane(update)
        if self._asks.leaves(update):
            lane.exits += 1
            await work(update)
            return
        exits = lane.exits
        lane.unsafe.add(safe)
        safe.add_done_callback(lane.unsafe.discard)
        await self._comes_to(lane.turn, update)
        safe.add_done_callback(lambda _: lane.turn.release())
        try:
            await (work if lane.exits == exits else self._overtaken)(update)
        except asyncio.CancelledError:
            safe.cancel()  # it is not safe, but the next may begin
            raise
        if not safe.done():
            safe.set_result(None)

    async def all_safe(self, chat: int) -> None:
        """Return once nothing of a chat is waiting or in its turn."""
        lane = self._lanes.get(chat)
        while lane and (unsafe := [each for each in lane.unsafe if not each.done()]):
            await asyncio.wait(unsafe)

    async def _comes_to(self, turn: asyncio.Lock, update: Told) -> None:
        """Take the turn of a lane, in the order of coming."""
        if not (turn.locked() and self._asks.is_urgent(update)):
            await turn.acquire()
            return
        shown: list[asyncio.Future[None]] = []

        def show() -> None:
            shown.append(asyncio.ensure_future(self._held_up(update)))

        # Beside: whoever takes the lock in another task comes behind what comes later.
        waits_long = asyncio.get_running_loop().call_later(PATIENCE_SECONDS, show)
        try:
            await turn.acquire()
        finally:
            waits_long.cancel()
        for each in shown:
            await each

    def _lane(self, update: Told) -> _Lane:
        chat, _ = chat_of(update)
        if chat is None:
            return _Lane()
        lane = self._lanes.get(chat)
        if lane is None:
            lane = self._lanes[chat] = _Lane()
        return lane
