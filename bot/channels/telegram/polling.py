"""We ask Telegram for updates, and let it forget one only once its turn is kept.

A poll's offset tells Telegram what it may forget. If this process is killed, whatever
was fetched and is not kept comes again (fault M01).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from telegram import Bot
from telegram.error import InvalidToken, TelegramError, TimedOut

from bot.channels.telegram.in_hand import InHand
from bot.channels.telegram.patience import growing
from bot.channels.telegram.requests import FloodError, PollingRequest
from bot.channels.telegram.unconfirmed import Unconfirmed
from bot.channels.telegram.updates import ALLOWED_UPDATES

POLL_FOR = 20  # seconds that Telegram may hold a poll; health looks at 90
# Seconds to wait for turns to be kept before the next poll. Whoever asks again sooner
# with the same offset is given one update by Telegram's own server, where it has many.
_KEPT_WITHIN = 0.5

# Updates in one poll, at most: Telegram's own limit. After so many there are more.
_MOST_FETCHED = 100

# Of many updates that come at once, so many are begun, kept and shown before others
# are begun: these need not wait for the others. No longer than this, in seconds: one of
# them may wait for a slow store, or for the turn before it.
_BEGUN_TOGETHER, _FIRST_WITHIN = 4, 0.02


class Polling:
    """The one process that polls: what it fetches, and what Telegram may forget."""

    def __init__(
        self,
        bot: Bot,
        request: PollingRequest,
        in_hand: InHand,
        is_owed: Callable[[], bool],
    ) -> None:
        """Prepare; nothing is asked for before `run`.

        `is_owed` tells whether a turn that was answered may not be stored yet.
        """
        self._bot = bot
        self._request = request
        self._in_hand = in_hand
        self._unconfirmed = Unconfirmed(is_owed)
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
            await self._take(self._request.taken())
            left = self._asked + _KEPT_WITHIN - time.monotonic()
            await self._unconfirmed.safe(within=left)

    async def _take(self, fetched: Sequence[Mapping[str, Any]]) -> None:
        self._in_hand.has_fetched(everything=False)
        begun: list[asyncio.Future[None]] = []
        for place, posted in enumerate(fetched, start=1):
            number = posted["update_id"]
            self._unconfirmed.fetched(number)
            if number in self._unconfirmed:
                continue
            served = self._in_hand.take(posted, number)
            self._unconfirmed.add(number, served)
            begun.append(served.safe)
            if len(begun) == _BEGUN_TOGETHER and place < len(fetched):
                await asyncio.wait(begun, timeout=_FIRST_WITHIN)
            elif len(begun) % _BEGUN_TOGETHER == 0:
                await asyncio.sleep(0)
        self._in_hand.has_fetched(everything=len(fetched) < _MOST_FETCHED)

    async def confirm(self) -> None:
        """Let Telegram forget what is safe by now."""
        if self._unconfirmed.offset() != self._told:
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
        offset, self._asked = self._unconfirmed.offset(), time.monotonic()
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
        self._unconfirmed.confirmed(offset)


def _pause(error: TelegramError, waits: Iterator[float]) -> float:
    """Return how many seconds to wait: none after a poll that Telegram let hang."""
    if isinstance(error, TimedOut):
        return 0.0
    wait = next(waits)
    return max(wait, error.seconds) if isinstance(error, FloodError) else wait
