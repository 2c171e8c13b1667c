"""We ask Telegram for updates, and let it forget one only once its turn is kept.

A poll's offset tells Telegram what it may forget. If this process is killed, whatever
was fetched and is not kept comes again (fault M01).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from telegram import Bot
from telegram.error import InvalidToken, TelegramError, TimedOut

from bot.channels.telegram.in_hand import InHand, Served
from bot.channels.telegram.patience import growing
from bot.channels.telegram.requests import FloodError, PollingRequest
from bot.channels.telegram.updates import ALLOWED_UPDATES

POLL_FOR = 20  # seconds that Telegram may hold a poll; health looks at 90
# Seconds to wait for turns to be kept before the next poll. Whoever asks again sooner
# with the same offset is given one update by Telegram's own server, where it has many.
_KEPT_WITHIN = 0.5

# Updates in one poll, at most: Telegram's own limit. After so many there are more.
_MOST_FETCHED = 100

# Of many updates that come at once, so many are begun before the first are kept and
# shown: these need not wait for the others.
_BEGUN_TOGETHER = 4


class Polling:
    """The one process that polls: what it fetches, and what Telegram may forget."""

    def __init__(self, bot: Bot, request: PollingRequest, in_hand: InHand) -> None:
        """Prepare; nothing is asked for before `run`."""
        self._bot = bot
        self._request = request
        self._in_hand = in_hand
        self._fetched: dict[int, Served] = {}  # what Telegram has not heard of yet
        self._next: int | None = None  # the number after the newest that was fetched
        self._told: int | None = None  # the offset of the last poll
        self._asked = 0.0  # when that was, in monotonic seconds

    async def run(self) -> None:
        """Fetch and serve, for ever. Raises InvalidToken."""
        await self._end_webhook()
        waits, seconds = growing(), 0  # at first, to learn at once whether it answers
        while True:
            try:
                await self._poll(seconds)
            except InvalidToken:
                raise
            except TelegramError as error:
                await asyncio.sleep(_pause(error, waits))
                seconds = 0
                continue
            waits, seconds = growing(), POLL_FOR
            await self._take(self._request.fetched)
            await self._until_safe()

    async def _take(self, fetched: Sequence[Mapping[str, Any]]) -> None:
        self._in_hand.has_fetched(everything=False)
        for place, posted in enumerate(fetched, start=1):
            number = posted["update_id"]
            if number not in self._fetched:
                self._fetched[number] = self._in_hand.take(posted, number)
            self._next = number + 1  # of the last one, also of those fetched before
            if place % _BEGUN_TOGETHER == 0:
                await asyncio.sleep(0)
        self._in_hand.has_fetched(everything=len(fetched) < _MOST_FETCHED)

    async def confirm(self) -> None:
        """Let Telegram forget what is safe by now."""
        if self._offset() != self._told:
            with suppress(TelegramError):
                await self._poll(0)

    async def _end_webhook(self) -> None:
        for wait in growing():
            try:
                await self._bot.delete_webhook(drop_pending_updates=False)
            except InvalidToken:
                raise
            except TelegramError:
                await asyncio.sleep(wait)
            else:
                return

    async def _poll(self, seconds: int) -> None:
        offset, self._asked = self._offset(), time.monotonic()
        self._told = offset
        try:
            await self._bot.get_updates(
                offset=offset,
                limit=_MOST_FETCHED,
                timeout=seconds,
                allowed_updates=ALLOWED_UPDATES,
            )
        except TelegramError:
            self._told = None  # it may not have heard
            raise
        for number in [number for number in self._fetched if number < (offset or 0)]:
            del self._fetched[number]

    def _offset(self) -> int | None:
        unsafe = (n for n, served in self._fetched.items() if not _is_safe(served))
        return min(unsafe, default=self._next)

    async def _until_safe(self) -> None:
        waiting = [served.safe for served in self._fetched.values()]
        left = self._asked + _KEPT_WITHIN - time.monotonic()
        if left > 0 and not all(safe.done() for safe in waiting):
            await asyncio.wait(waiting, timeout=left)


def _is_safe(served: Served) -> bool:
    return served.safe.done() and not served.safe.cancelled()


def _pause(error: TelegramError, waits: Iterator[float]) -> float:
    """Return how many seconds to wait: none after a poll that Telegram let hang."""
    if isinstance(error, TimedOut):
        return 0.0
    wait = next(waits)
    return max(wait, error.seconds) if isinstance(error, FloodError) else wait
