"""Updates that have been taken and are being served, by polling or webhook alike.

An update is safe once its turn is kept: only from then on may Telegram hear that we
have it. If this process ends before, it comes again, and somebody serves it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram import Bot

from bot.channels.telegram.lanes import Lanes, Work
from bot.channels.telegram.taps import as_told
from bot.channels.telegram.updates import receipt_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Served:
    """An update in hand: `task` serves it; `safe` is set once it cannot be lost."""

    task: asyncio.Task[None]
    safe: asyncio.Future[None]


class InHand:
    """All that one process is serving."""

    def __init__(self, bot: Bot, lanes: Lanes, work: Work) -> None:
        """Begin with nothing in hand. `work` serves an update that is sent to `bot`."""
        self._bot = bot
        self._lanes = lanes
        self._work = work
        self._served: dict[str, Served] = {}
        self._fetched_all = asyncio.Event()
        self._fetched_all.set()  # what is posted to us is all that we know of

    def __len__(self) -> int:
        """Tell how many updates are being served or wait for it."""
        return len(self._served)

    def take(self, posted: Mapping[str, Any], number: int) -> Served:
        """Begin to serve an update of this number, or return it if it is in hand."""
        receipt = receipt_of(number)
        if receipt in self._served:
            return self._served[receipt]
        safe = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(self._serve(posted, safe))
        served = self._served[receipt] = Served(task, safe)
        task.add_done_callback(lambda _: self._served.pop(receipt))
        return served

    def kept(self, receipt: str) -> None:
        """Hear that a turn is kept, and cannot be lost any more."""
        served = self._served.get(receipt)
        if served and not served.safe.done():
            served.safe.set_result(None)

    def has_fetched(self, *, everything: bool) -> None:
        """Hear whether Telegram still has some of what had come for us."""
        if everything:
            self._fetched_all.set()
        else:
            self._fetched_all.clear()

    async def caught_up(self, chat: int) -> None:
        """Return once all that has come from a chat is kept, as far as we know."""
        await self._fetched_all.wait()
        await self._lanes.all_safe(chat)

    async def finish(self) -> None:
        """Return when all that is in hand is served."""
        if self._served:
            await asyncio.wait([served.task for served in self._served.values()])

    async def give_up(self) -> None:
        """End what is not finished. What is not safe comes again."""
        if self._served:
            log.warning("%d updates were not finished in time", len(self._served))
        tasks = [served.task for served in self._served.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(
        self, posted: Mapping[str, Any], safe: asyncio.Future[None]
    ) -> None:
        try:
            update = as_told(posted, self._bot)
            await self._lanes.serve(update, self._work, safe)
        except Exception as error:  # noqa: BLE001 - it would come again for ever (B18)
            kind = type(error).__name__
            says = "an update cannot be read: %s"
            log.error(says, kind, extra={"fault": kind})  # noqa: TRY400 - words in it (B34)
        if not safe.done():
            safe.set_result(None)
