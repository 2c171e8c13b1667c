"""A store with its memory over a server that a test can stop and start."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.stores.standby import StandbyStore
from tests.command import PATIENCE
from tests.postgres import Postgres
from tests.stores.shelf import Clock, looks, opened_at, someone


@dataclass
class Guided:
    """A store with its memory, the server below it, and the address of its tables."""

    store: StandbyStore
    server: Postgres
    address: str
    clock: Clock

    async def stores_again(self) -> None:
        """Wait until nothing is left to memory alone."""
        async with asyncio.timeout(PATIENCE):
            while self.store.trouble:  # noqa: ASYNC110 a store tells nobody
                await asyncio.sleep(0.02)

    async def stored(self, number: int) -> object:
        """Return the record that another replica finds of someone."""
        async with opened_at(self.address, self.clock) as other:
            return await other.turn(someone(number), None, looks)
