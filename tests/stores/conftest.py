"""Every store that the contract is tested over."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.stores.memory import MemoryStore
from tests.stores.shelf import FORGET_AFTER, Shelf, sqlite_store


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Say where a SQLite store under test has its file."""
    return tmp_path / "waymark.db"


@pytest.fixture(params=["memory", "sqlite"])
async def shelf(request: pytest.FixtureRequest, database: Path) -> AsyncIterator[Shelf]:
    """Give each store in turn, opened, and close it afterwards."""
    shelves = {
        "memory": Shelf(lambda clock: MemoryStore(clock, FORGET_AFTER)),
        "sqlite": Shelf(lambda clock: sqlite_store(database, clock)),
    }
    shelf = shelves[request.param]
    await shelf.open()
    yield shelf
    await shelf.store.close()


@pytest.fixture
async def on_disk(database: Path) -> AsyncIterator[Shelf]:
    """Give the SQLite store alone, for what only a file can show."""
    shelf = Shelf(lambda clock: sqlite_store(database, clock))
    await shelf.open()
    yield shelf
    await shelf.store.close()
