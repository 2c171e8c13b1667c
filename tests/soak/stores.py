"""The stores that a day is told with."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.stores.base import Store
from bot.stores.memory import MemoryStore
from bot.stores.sealing import Sealer
from bot.stores.sqlite import SqliteStore
from tests.soak.day import FORGET_AFTER, Clock

KINDS = ("memory", "sqlite")
FILE = "waymark.db"


@asynccontextmanager
async def opened(kind: str, folder: Path, clock: Clock) -> AsyncIterator[Store]:
    """Open a store of a kind, told the time by a clock."""
    store: Store = MemoryStore(clock, FORGET_AFTER)
    if kind == "sqlite":
        sealer = Sealer(b"a key made up for the soak alone")
        store = SqliteStore(folder / FILE, sealer, clock, FORGET_AFTER)
    await store.open()
    try:
        yield store
    finally:
        await store.close()
