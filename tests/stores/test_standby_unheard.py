"""What a store has kept without its word being heard sets nobody back afterwards."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from bot.stores import postgres_connection, standby
from bot.stores.base import Kept, Record
from bot.stores.standby import StandbyStore
from tests.postgres import Postgres
from tests.stores.network import Network, a_network
from tests.stores.shelf import (
    FORGET_AFTER,
    Clock,
    keeps,
    looks,
    opened_at,
    someone,
    store_at,
)

PATIENCE = 30


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the store try again soon, and wait for little."""
    monkeypatch.setattr(standby, "RETRY_SECONDS", 0.05)
    monkeypatch.setattr(standby, "PATIENCE_SECONDS", 0.3)
    monkeypatch.setattr(postgres_connection, "ANSWER_SECONDS", 0.6)


@dataclass
class Unheard:
    """A store with its memory, across a network, and what a person has done so far.

    Each turn adds its number to the record, and has a name that no two turns share.
    """

    store: StandbyStore
    network: Network
    clock: Clock
    address: str
    names: count[int] = field(default_factory=count)

    def does(self, thing: str, kept: Kept) -> tuple[Record, list[str]]:
        """Do something that is to be remembered."""
        done = list((kept.record or {}).get("done", []))
        if not kept.repeated:
            done.append(thing)
        return {"done": done, "turn": f"{next(self.names)}"}, done

    async def turn(self, thing: str) -> list[str]:
        """Take a turn; return all that the person has done, as they are shown it."""
        return await self.store.turn(someone(), thing, partial(self.does, thing))

    async def stored(self) -> object:
        """Wait until everything is stored; return what another replica finds."""
        async with asyncio.timeout(PATIENCE):
            while self.store.trouble:  # noqa: ASYNC110 a store tells nobody
                await asyncio.sleep(0.02)
        return await self.kept()

    async def kept(self) -> object:
        """Return what another replica finds; it waits for whoever is at it."""
        async with opened_at(self.address, self.clock) as other:
            record = await other.turn(someone(), None, looks)
            return record and record["done"]


@pytest.fixture
async def unheard(postgres: Postgres, address: str) -> AsyncIterator[Unheard]:
    """Give a store on a real server, behind a network that can break."""
    clock = Clock()
    async with a_network(postgres.socket_folder) as network:
        where = network.address(address)
        store = StandbyStore(partial(store_at, where, clock), clock, FORGET_AFTER)
        await store.open()
        yield Unheard(store, network, clock, address)
        await store.close()


async def test_cut_off_after_each_commit_nobody_is_set_back(unheard: Unheard) -> None:
    """The server keeps, the word is lost, three times over: all that was done stays."""
    assert await unheard.turn("a") == ["a"]
    for round_ in range(3):
        before = await unheard.turn(f"b{round_}")
        unheard.network.keeps_silent = True
        after = [f"{name}{round_}" for name in "cde"]
        for number, name in enumerate(after, 1):
            assert await unheard.turn(name) == [*before, *after[:number]]
        await unheard.network.mends()
        assert await unheard.stored() == [*before, *after]
    assert len(await unheard.turn("z")) == 14  # 1, 3 rounds of 4, 1


async def test_a_turn_that_nobody_waited_for_sets_nobody_back(unheard: Unheard) -> None:
    """Its caller gave up while the server kept it; then the server was out of reach."""
    await unheard.turn("a")
    worked = asyncio.Event()

    def does(kept: Kept) -> tuple[Record, list[str]]:
        unheard.network.answers = False
        worked.set()
        return unheard.does("b", kept)

    waiting = asyncio.create_task(unheard.store.turn(someone(), "b", does))
    await worked.wait()
    await asyncio.sleep(0)  # to where it waits for the server's word
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert await unheard.kept() == ["a", "b"]
    await unheard.network.is_cut()

    assert await unheard.turn("b") == ["a", "b"]  # asked for again, as the desk does
    assert await unheard.turn("c") == ["a", "b", "c"]
    assert await unheard.turn("d") == ["a", "b", "c", "d"]

    await unheard.network.mends()
    assert await unheard.stored() == ["a", "b", "c", "d"]


@asynccontextmanager
async def a_slow_file(database: Path) -> AsyncIterator[StandbyStore]:
    """Give a store over a file that somebody else holds, until the end."""
    clock = Clock()
    store = StandbyStore(partial(store_at, database, clock), clock, FORGET_AFTER)
    await store.open()
    await store.turn(someone(), None, keeps({"done": ["a"]}))
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield store
        if other.in_transaction:
            other.execute("COMMIT")
    await store.close()


@pytest.mark.parametrize("later", [None, {"done": ["b", "c"]}])
async def test_whoever_went_on_or_left_while_a_turn_was_slow_stays_there(
    database: Path, later: Record | None
) -> None:
    """The first turn went on from memory, the next was kept: the next one counts."""
    async with a_slow_file(database) as store:
        first = asyncio.create_task(store.turn(someone(), "b", keeps({"done": ["b"]})))
        await asyncio.sleep(standby.PATIENCE_SECONDS * 0.8)
        second = asyncio.create_task(store.turn(someone(), "c", keeps(later)))
        await first
        assert store.trouble
        assert not second.done()
    # The file was let go while the second one still waited.
    await second
    async with opened_at(database, Clock()) as other:
        assert await other.turn(someone(), None, looks) == later
