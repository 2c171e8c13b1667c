"""However a store fails, everyone is guided on from memory, and stored afterwards."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from bot.stores import postgres_connection, sqlite_file, standby
from bot.stores.base import Kept, Record
from bot.stores.sqlite import SqliteStore
from bot.stores.standby import StandbyStore
from tests.postgres import Postgres
from tests.stores.network import a_network
from tests.stores.shelf import (
    FORGET_AFTER,
    Clock,
    looks,
    opened_at,
    someone,
    store_at,
)

Does = Callable[[], Awaitable[None]]
names = count()


@dataclass
class Failing:
    """A store with its memory, where it is kept, and how that breaks and is mended."""

    store: StandbyStore
    where: str | Path
    clock: Clock
    breaks: Does
    mends: Does


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the store try again soon, and wait for little."""
    monkeypatch.setattr(standby, "RETRY_SECONDS", 0.05)
    monkeypatch.setattr(sqlite_file, "BUSY_SECONDS", 0.2)
    monkeypatch.setattr(postgres_connection, "ANSWER_SECONDS", 0.3)


@asynccontextmanager
async def in_a_file(database: Path, how: str) -> AsyncIterator[Failing]:
    """Give a SQLite store that is locked, turns read-only, or is damaged."""
    clock = Clock()
    store = StandbyStore(partial(store_at, database, clock), clock, FORGET_AFTER)
    await store.open()
    with closing(sqlite3.connect(database, isolation_level=None)) as other:

        async def only_reads(*, on: bool) -> None:
            real = store._store  # noqa: SLF001 as a disk that only reads would have it
            assert isinstance(real, SqliteStore)
            await real._file._db.execute(f"PRAGMA query_only = {on}")  # noqa: SLF001

        async def locks() -> None:
            other.execute("BEGIN IMMEDIATE")

        async def unlocks() -> None:
            other.execute("COMMIT")

        async def damages() -> None:
            for file in database.parent.glob(f"{database.name}*"):
                with file.open("r+b") as opened:
                    opened.write(b"\x07" * file.stat().st_size)

        async def nothing() -> None:
            pass

        faults: dict[str, tuple[Does, Does]] = {
            "locked": (locks, unlocks),
            "read-only": (partial(only_reads, on=True), partial(only_reads, on=False)),
            "damaged": (damages, nothing),
        }
        yield Failing(store, database, clock, *faults[how])
    await store.close()


@asynccontextmanager
async def on_a_server(
    postgres: Postgres, address: str, how: str
) -> AsyncIterator[Failing]:
    """Give a PostgreSQL store whose server is away, silent, cut off, or frozen."""
    clock = Clock()
    async with a_network(postgres.socket_folder) as network:
        where = network.address(address)
        store = StandbyStore(partial(store_at, where, clock), clock, FORGET_AFTER)
        await store.open()
        faults: dict[str, tuple[Does, Does]] = {
            "cut off": (network.is_cut, network.mends),
            "silent": (network.is_silent, network.mends),
            "restarted": (
                partial(asyncio.to_thread, postgres.stop),
                partial(asyncio.to_thread, postgres.start),
            ),
            "frozen": (
                partial(asyncio.to_thread, postgres.freeze),
                partial(asyncio.to_thread, postgres.thaw),
            ),
        }
        yield Failing(store, address, clock, *faults[how])
        await store.close()


FILES, SERVERS = (
    ("locked", "read-only", "damaged"),
    ("cut off", "silent", "restarted", "frozen"),
)


@pytest.fixture(params=[*FILES, *SERVERS])
async def failing(
    request: pytest.FixtureRequest, database: Path
) -> AsyncIterator[Failing]:
    """Give a store that can fail, in each way in turn."""
    if request.param in FILES:
        async with in_a_file(database, request.param) as failing:
            yield failing
    else:
        server = request.getfixturevalue("postgres")
        address = request.getfixturevalue("address")
        async with on_a_server(server, address, request.param) as failing:
            yield failing


def named(kept: Kept) -> tuple[Record, int]:
    """Add one to the record's count; its turn has a name, as at the front desk."""
    more = (kept.record or {}).get("count", 0) + (not kept.repeated)
    return {"count": more, "turn": f"{next(names)}"}, more


async def test_r02_everyone_is_guided_on_and_stored_afterwards(
    failing: Failing,
) -> None:
    """R02: nobody is set back, moved twice, or told of it; who looks on is told."""
    store = failing.store
    for number in range(6):
        await store.turn(someone(number), f"a {number}", named)
    await failing.breaks()

    told = [
        await store.turn(someone(number % 4), f"b {number}", named)
        for number in range(8)
    ]

    assert told == [2] * 4 + [3] * 4
    assert store.trouble
    assert await store.turn(someone(0), "b 4", named) == 3
    await failing.mends()
    await stores_again(store)
    assert await store.turn(someone(5), "c 5", named) == 2
    for number, expected in enumerate((3, 3, 3, 3, 1, 2)):
        async with opened_at(failing.where, failing.clock) as other:
            record = await other.turn(someone(number), None, looks)
            assert record
            assert record["count"] == expected
            again = await other.turn(someone(0), "b 4", lambda k: (k.record, k))
            assert again.repeated


async def test_a_turn_kept_without_a_word_is_gone_on_from(
    postgres: Postgres, address: str
) -> None:
    """The server keeps it, and the network fails before it can say so."""
    clock = Clock()
    async with a_network(postgres.socket_folder) as network:
        where = network.address(address)
        store = StandbyStore(partial(store_at, where, clock), clock, FORGET_AFTER)
        await store.open()
        for number in range(3):
            await store.turn(someone(), f"a {number}", named)

        def silenced(kept: Kept) -> tuple[Record, int]:
            network.answers = False
            return named(kept)

        assert await store.turn(someone(), "b", silenced) == 4
        async with opened_at(address, clock) as other:
            kept = await other.turn(someone(), None, looks)
        assert kept
        assert kept["count"] == 4
        assert await store.turn(someone(), "c", named) == 5
        await network.mends()
        await stores_again(store)
        assert await store.turn(someone(), "d", named) == 6
        await store.close()


async def stores_again(store: StandbyStore) -> None:
    """Wait until nothing is left to memory alone."""
    async with asyncio.timeout(30):
        while store.trouble:  # noqa: ASYNC110 a store tells nobody
            await asyncio.sleep(0.02)
