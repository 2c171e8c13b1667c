"""Of what is gone no byte stays in an SQLite file, and the work for it is shared.

To build the conversations anew takes the longer, the more of them there are. Done for
each person who goes, it would take most of a busy day. So it rests after each time, and
one time serves all who went meanwhile.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Final

from bot.core.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.stores.sqlite_file import SqliteFile

# Another process may be reading, a backup for example: ten seconds in all.
ERASE_TRIES: Final = 100
ERASE_PAUSE_SECONDS: Final = 0.1
# Ten times as long as it took, so that it never takes more than a tenth of the time.
# No less: with few people that is over in no time, and the disk would write for each.
# No more: this is how long bytes of somebody who is gone may be there, at the most.
RESTS_FOR: Final = 10
LEAST_REST_SECONDS: Final = 1.0
MOST_REST_SECONDS: Final = 5.0

log = logging.getLogger(__name__)


class Erasing:
    """What is still to be erased from a file, and when that is done.

    What it remembers changes within the errands and transactions of the store's one
    writer, so none of it changes while it is erasing.
    """

    def __init__(
        self,
        file: SqliteFile,
        errand: Callable[[Callable[[], Awaitable[None]]], Awaitable[None]],
    ) -> None:
        """`errand` runs something between two batches, or raises StoreError."""
        self._file = file
        self._errand = errand
        # How often rows went, and up to which of these times the file has been built
        # anew since. A killed process may have left some.
        self._gone, self._built = 1, 0
        self._whole = False  # also rows of claims or counts: then all is built anew
        self._left_in_log = True
        self._rests_until = 0.0
        self._beside: asyncio.Task[None] | None = None
        self._is_open = False

    def went(self, *, whole: bool = False) -> None:
        """Note, within a transaction, that rows go. `whole`: not of conversations."""
        self._gone += 1
        self._whole |= whole

    async def start(self) -> None:
        """Erase what a killed process has left. Nobody who goes has to wait for it."""
        self._is_open = True
        await self.soon()
        self._rests_until = 0.0

    def stop(self) -> bool:
        """End what is still waiting; return False if that was done before."""
        was_open, self._is_open = self._is_open, False
        if self._beside:
            self._beside.cancel()
        return was_open

    async def last(self) -> None:
        """Try once more, when there are no more turns. The next start does the rest."""
        try:
            await self._once(self._gone)
        except StoreError as error:
            log.error("%s", error)  # noqa: TRY400 the line tells all

    async def soon(self, tries: int = 1) -> bool:
        """Erase now; or, where it has just been done or is in vain, beside the turns.

        Return False where it was in vain.
        """
        if not self._is_left:
            return True
        is_early = self._early() > 0
        if not is_early and await self.now(tries):
            return True
        if self._is_open and (self._beside is None or self._beside.done()):
            self._beside = asyncio.create_task(self._go_on(), name="store erasing")
        return is_early or not self._is_open

    async def now(self, tries: int) -> bool:
        """Leave no byte of what went until now; return whether that came true."""
        went = self._gone
        for attempt in range(tries):
            if attempt:
                await asyncio.sleep(ERASE_PAUSE_SECONDS)
            if not self._is_open:
                break
            try:
                await self._errand(lambda: self._once(went))
            except StoreError as error:
                log.error("%s", error)  # noqa: TRY400 the line tells all
                break
            if self._built >= went and not self._left_in_log:
                return True
        return False

    async def _go_on(self) -> None:
        while self._is_left:
            await asyncio.sleep(self._early())
            if not await self.now(ERASE_TRIES):
                break

    @property
    def _is_left(self) -> bool:
        return self._built < self._gone or self._left_in_log

    def _early(self) -> float:
        """Return for how many seconds it is too early yet; 0 or less: it is not."""
        to_build = self._built < self._gone
        return self._rests_until - time.monotonic() if to_build else 0.0

    async def _once(self, went: int) -> None:
        if self._built < went:
            await self._build()
        if self._left_in_log:
            self._left_in_log = not await self._file.cut_log()

    async def _build(self) -> None:
        began = time.monotonic()
        try:
            is_built = await self._file.build_anew(whole=self._whole)
        finally:
            ended = time.monotonic()
            rest = max(LEAST_REST_SECONDS, RESTS_FOR * (ended - began))
            self._rests_until = ended + min(rest, MOST_REST_SECONDS)
        if is_built:
            self._built, self._whole, self._left_in_log = self._gone, False, True
