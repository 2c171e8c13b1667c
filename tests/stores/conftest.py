"""Every store that the contract is tested over."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from bot.channels.telegram.notes import merged
from bot.stores import standby
from bot.stores.memory import MemoryStore
from bot.stores.standby import StandbyStore
from tests.postgres import Postgres
from tests.stores.guided import Guided
from tests.stores.shelf import FORGET_AFTER, Clock, Shelf, sqlite_store, store_at


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Say where a SQLite store under test has its file."""
    return tmp_path / "waymark.db"


@pytest.fixture
def address(postgres: Postgres) -> str:
    """Say where a PostgreSQL store under test has its tables."""
    return postgres.new_address()


@pytest.fixture(params=["memory", "sqlite", "postgres", "standby"])
async def shelf(request: pytest.FixtureRequest, database: Path) -> AsyncIterator[Shelf]:
    """Give each store in turn, opened, and close it afterwards."""
    if request.param == "postgres":
        address = request.getfixturevalue("address")
        shelf = Shelf(partial(store_at, address))
    elif request.param == "sqlite":
        shelf = Shelf(partial(sqlite_store, database))
    elif request.param == "standby":
        shelf = Shelf(
            lambda clock: StandbyStore(
                partial(sqlite_store, database, clock), clock, FORGET_AFTER
            )
        )
    else:
        shelf = Shelf(lambda clock: MemoryStore(clock, FORGET_AFTER))
    await shelf.open()
    yield shelf
    await shelf.store.close()


@pytest.fixture(params=["sqlite", "postgres"])
def where(request: pytest.FixtureRequest) -> str | Path:
    """Say where each store that several processes can share has its data."""
    name = {"sqlite": "database", "postgres": "address"}[request.param]
    place: str | Path = request.getfixturevalue(name)
    return place


@pytest.fixture
async def on_disk(database: Path) -> AsyncIterator[Shelf]:
    """Give the SQLite store alone, for what only a file can show."""
    shelf = Shelf(partial(sqlite_store, database))
    await shelf.open()
    yield shelf
    await shelf.store.close()


@pytest.fixture
async def on_server(address: str) -> AsyncIterator[Shelf]:
    """Give the PostgreSQL store alone, for what only a server can show."""
    shelf = Shelf(partial(store_at, address))
    await shelf.open()
    yield shelf
    await shelf.store.close()


@pytest.fixture
async def guided(
    postgres: Postgres, address: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Guided]:
    """Give such a store over PostgreSQL."""
    monkeypatch.setattr(standby, "RETRY_SECONDS", 0.1)
    clock = Clock()
    make = partial(store_at, address, clock)
    store = StandbyStore(make, clock, FORGET_AFTER, merged)
    await store.open()
    yield Guided(store, postgres, address, clock)
    await store.close()
