"""A store, and a memory that goes on in its place for as long as it cannot keep.

Whoever is in the middle of a conversation goes on where they were, as far as this
process has served them. What was left to memory is stored as soon as that is possible
again, person by person:

- What was forgotten meanwhile is removed, whatever is stored.
- What another replica stored or removed meanwhile stays as it left it, of whoever this
  process had served before. Of others it does not know, and keeps what was noted.
- Everything else is stored as it is in memory, and lives no longer than it would have.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Final

from bot.core.errors import StoreAway, StoreError
from bot.stores.base import Farewell, Merge, Record, Store, T, Work, later
from bot.stores.copies import Copies
from bot.stores.settling import store_one

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from bot.core.counting.cell import Cell
    from bot.core.person import PersonKey
    from bot.stores.retention import Clock

RETRY_SECONDS: Final = 1.0
AT_ONCE: Final = 64
PATIENCE_SECONDS: Final = 1.0  # someone else may hold the file for longer (B28)
# Stopping must not take longer than a container is given.
LAST_TRY_SECONDS: Final = 0.8
TROUBLE: Final = "nothing can be stored now; conversations go on from memory"

log = logging.getLogger(__name__)


class StandbyStore:
    """Keeps the contract of `make()`'s store, and goes on where that one raises.

    `forget` raises StoreError where the removal is still to come.
    """

    def __init__(
        self,
        make: Callable[[], Store],
        clock: Clock,
        forget_after: timedelta,
        merge: Merge = later,
    ) -> None:
        """`make` returns the store, not opened yet; again each time it is mended."""
        self._make = make
        self._store = make()
        self._is_open = False
        self._copies = Copies(clock, forget_after, merge)
        self._away = False
        self._left = False  # whoever has left is still to be asked for
        self._closing = asyncio.Event()
        self._returning: asyncio.Task[None] | None = None

    @property
    def trouble(self) -> str | None:
        """Why nothing was kept at the last try, or None."""
        return TROUBLE if self._away or self._copies.owed else self._store.trouble

    @property
    def renewed(self) -> bool:
        """Whether what was kept is gone. What is remembered here is stored again."""
        return self._store.renewed

    async def open(self) -> None:
        """Make it ready. Raises StoreError with a cure where waiting would not help."""
        try:
            await self._store.open()
        except StoreAway as error:
            self._go_on_without(error)
        else:
            self._is_open = True

    async def close(self) -> None:
        """Store what is left to memory, if that is possible now, and let go."""
        self._closing.set()
        if self._returning:
            await asyncio.wait({self._returning}, timeout=LAST_TRY_SECONDS)
            self._returning.cancel()
        if self._is_open:
            with suppress(StoreError, TimeoutError):
                await asyncio.wait_for(self._store_owed(), LAST_TRY_SECONDS)
        if self._copies.owed:
            log.error("turns of %s people were never stored", len(self._copies.owed))
        if self._is_open:
            await self._store.close()

    async def turn(
        self,
        person: PersonKey,
        receipt: str | None,
        work: Work[T],
        *,
        used: datetime | None = None,
    ) -> T:
        """Hand over the record, keep what comes back, return the second value."""
        trying = self._copies.trying(person, work)
        if not await self._goes_on_without(person):
            known = self._copies.knows(person)  # else there is nothing to go on from
            try:
                async with asyncio.timeout(PATIENCE_SECONDS if known else None):
                    answer = await self._store.turn(person, receipt, trying, used=used)
            except TimeoutError:
                self._return_soon()  # the store is there, and may do it yet
            except asyncio.CancelledError:
                self._copies.abandon(person, trying)
                raise
            except StoreError as error:
                self._go_on_without(error)
            else:
                self._copies.note(person, receipt, trying)
                return answer
        return self._copies.turn(person, receipt, trying)

    async def read(self, person: PersonKey) -> Record | None:
        """Return what a turn would be handed. Raises StoreError if nobody can tell."""
        known = self._copies.knows(person)
        if person.name in self._copies.owed or (self._away and known):
            return self._copies.read(person)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS if known else None):
                return await self._store.read(person)
        except (TimeoutError, StoreError):  # the next turn finds out, and goes on
            if not known:
                raise
            return self._copies.read(person)

    async def forget(self, person: PersonKey) -> None:
        """Remove all that is kept of a person, for good."""
        trying = self._copies.trying(person, lambda _: (None, None))
        if not await self._goes_on_without(person):
            try:
                await self._store.forget(person)
                return self._copies.note(person, None, trying)
            except StoreError as error:
                self._go_on_without(error)
        self._copies.turn(person, None, trying)
        raise StoreError("gone from memory, and from the store once it can be reached")

    async def purge(
        self, farewell: Farewell | None = None, *, left: bool = False
    ) -> int:
        """Remove what is past its time; return how many records went.

        While nothing can be stored, whoever was here meanwhile gets the farewell out of
        memory. What is stored gets it once it can be reached.
        """
        self._left |= left
        if not self._away:
            try:
                # Before: else the store would say farewell to whoever is here still.
                await self._store_owed()
                left = self._left or self._copies.left_behind
                count = await self._store.purge(farewell, left=left)
            except StoreError as error:
                self._go_on_without(error)
            else:
                self._left = self._copies.left_behind = False
                self._copies.let_go()
                return count
        return self._copies.purge(farewell)

    async def count(self, cells: Mapping[Cell, int]) -> None:
        """Add to the counts. Raises StoreError where that is not possible now."""
        await self._store.count(cells)

    async def counts(self) -> Mapping[Cell, int]:
        """Return all counts. Raises StoreError where that is not possible now."""
        return await self._store.counts()

    async def forget_counts(self, before: str) -> int:
        """Remove the weeks of counts before a Monday, as `count`; return how many."""
        return await self._store.forget_counts(before)

    async def _goes_on_without(self, person: PersonKey) -> bool:
        if self._closing.is_set():
            raise StoreError("the store is not open")
        owed = self._copies.owed.get(person.name)
        if owed and not self._away:
            # The store is back. Whoever taps now does not wait for all the others.
            try:
                async with asyncio.timeout(PATIENCE_SECONDS):
                    await store_one(self._store, self._copies, owed)
            except TimeoutError:
                return True
            except StoreError as error:
                self._go_on_without(error)
        return self._away

    def _go_on_without(self, error: StoreError) -> None:
        if not self._away:
            self._away = True
            log.error("nothing can be stored, going on from memory: %s", error)
        self._return_soon()

    def _return_soon(self) -> None:
        if self._returning is None or self._returning.done():
            self._returning = asyncio.create_task(self._return(), name="store return")

    async def _return(self) -> None:
        while self._away or self._copies.owed:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), RETRY_SECONDS)
            if self._closing.is_set():
                return
            try:
                await self._try_to_return()
            except Exception as error:  # noqa: BLE001 whatever it is, it is tried again
                told = error if isinstance(error, StoreError) else type(error).__name__
                log.warning("still nothing can be stored: %s", told)
        log.warning("everything is stored again")

    async def _try_to_return(self) -> None:
        if self._is_open:
            with suppress(StoreError):
                await self._store_owed()
                return
            # What is damaged is only mended by opening anew.
            self._away, self._is_open = True, False
            await self._store.close()
        self._store = self._make()
        await self._store.open()
        self._is_open = True
        if self._store.renewed:
            self._copies.owe_all()
        await self._store_owed()

    async def _store_owed(self) -> None:
        """Store what was left to memory; from the first that is stored, all go on."""
        while self._copies.owed:
            most = 1 if self._away else AT_ONCE
            some = list(islice(self._copies.owed.values(), most))
            await asyncio.gather(
                *(store_one(self._store, self._copies, owed) for owed in some)
            )
            self._away = False
        self._away = False
