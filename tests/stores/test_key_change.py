"""The key is changed, and nobody loses their place; it is lost, and nothing else is."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Any, Self

import pytest

from bot.core.counting.cell import Cell
from bot.core.person import PersonKey, person_key
from bot.stores.base import Kept, Record, Store
from bot.stores.examining import examine
from bot.stores.sealing import Opener, Sealer
from tests.stores.shelf import Clock, counts, keeps, looks, store_at

OLD = b"the key that was in force at first, and is old now"
NEW = b"the key that a careful operator put above the old one"
CELL = Cell("2026-11-23", "stalking", "1", "started", "all", 0)
LOST = "no key in force opens"


class Replica:
    """A store with some keys, and the names that those give to people."""

    def __init__(self, where: str | Path, clock: Clock, *keys: bytes) -> None:
        """Nothing is touched yet."""
        self._sealer = Sealer(*keys)
        self.store: Store = store_at(where, clock, self._sealer)

    def someone(self, number: int = 424242) -> PersonKey:
        """Return the name of whoever has this chat number."""
        sealer = self._sealer
        earlier = sealer.earlier_names_keys
        return person_key(sealer.names_key, "telegram", number, earlier)

    async def turn(self, work: Any, receipt: str | None = None, number: int = 1) -> Any:  # noqa: ANN401 - whatever the work answers
        """Do a turn of somebody's."""
        return await self.store.turn(self.someone(number), receipt, work)

    async def __aenter__(self) -> Self:
        await self.store.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.store.close()


@pytest.fixture
def start(where: str | Path) -> partial[Replica]:
    """Give what starts a replica with the keys that it is given."""
    return partial(Replica, where, Clock())


async def test_whoever_is_in_the_middle_goes_on_after_the_key_was_changed(
    start: partial[Replica],
) -> None:
    """The place and the messages to clear are found, also once the old key is gone."""
    async with start(OLD) as before:
        await before.turn(keeps({"step": "who", "notes": {"chat": 1}}))
    async with start(NEW, OLD) as during:
        assert await during.turn(looks) == {"step": "who", "notes": {"chat": 1}}
    async with start(NEW) as after:
        assert await after.turn(looks) == {"step": "who", "notes": {"chat": 1}}


async def test_an_update_that_was_served_is_not_served_again(
    start: partial[Replica],
) -> None:
    """Telegram repeats for a day, and a tap must not count twice for a new key."""
    async with start(OLD) as before:
        await before.turn(counts, "update 7")
    async with start(NEW, OLD) as during:
        kept: Kept = await during.turn(keeps({}), "update 7")

    assert kept == Kept({"count": 1}, repeated=True)


@pytest.mark.parametrize("leaves", ["forget", "quick exit"])
async def test_whoever_leaves_leaves_nothing_under_either_key(
    start: partial[Replica], where: str | Path, leaves: str
) -> None:
    """Nobody comes back to life from a row under the key from before."""
    async with start(OLD) as before:
        await before.turn(keeps({"step": "who"}))
    async with start(NEW, OLD) as during:
        if leaves == "forget":
            await during.store.forget(during.someone(1))
        else:
            await during.turn(keeps(None))
        assert await during.turn(lambda kept: (None, kept.record)) is None

    assert (await examine(where, Sealer(NEW, OLD))).openers == frozenset()


async def test_who_is_past_their_time_gets_the_farewell_that_the_old_key_opens(
    start: partial[Replica],
) -> None:
    """Their messages are still taken out of the chat."""
    left: list[Record] = []
    clock: Clock = start.args[1]
    async with start(OLD) as before:
        await before.turn(keeps({"step": "who", "notes": {"chat": 1}}))
    async with start(NEW, OLD) as during:
        clock.moves(minutes=70)
        assert await during.store.purge(left.append) == 1

    assert left == [{"step": "who", "notes": {"chat": 1}}]


async def test_a_turn_that_fails_leaves_what_the_old_key_sealed(
    start: partial[Replica],
) -> None:
    """A fault in between costs nobody their place."""

    def fails(_: Kept) -> tuple[None, None]:
        raise ValueError

    async with start(OLD) as before:
        await before.turn(keeps({"step": "who"}))
    async with start(NEW, OLD) as during:
        with pytest.raises(ValueError):  # noqa: PT011 - our own, just above
            await during.turn(fails)
        assert await during.turn(looks) == {"step": "who"}


async def test_replicas_that_change_one_after_another_lose_no_turn(
    start: partial[Replica],
) -> None:
    """While one writes with the old key and one with the new, there is one record."""
    async with AsyncExitStack() as stack:
        replicas = [
            await stack.enter_async_context(start(*keys))
            for keys in ((OLD, NEW), (NEW, OLD))
        ]
        for _ in range(20):
            await asyncio.gather(*(replica.turn(counts) for replica in replicas))
        assert await replicas[0].turn(counts) == 41


async def test_a_lost_key_loses_conversations_and_nothing_else(
    start: partial[Replica], where: str | Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says in a line what happened, and what is to be done."""
    async with start(OLD) as before:
        await before.turn(keeps({"step": "who"}), number=1)
        await before.store.count({CELL: 12})
    assert LOST not in caplog.text

    async with start(NEW) as after:
        assert await after.turn(counts, number=1) == 1
        assert await after.store.counts() == {CELL: 12}

    (told,) = [line for line in caplog.messages if LOST in line]
    assert "put it on a line of its own below" in told
    assert "nothing else is lost" in told
    assert {Opener.NONE, Opener.IN_FORCE} == (await examine(where, Sealer(NEW))).openers


async def test_it_can_be_told_when_the_old_key_may_go(
    start: partial[Replica], where: str | Path
) -> None:
    """Whoever removes it too early loses people's places."""
    async with start(OLD) as before:
        await before.turn(counts)
    keys = Sealer(NEW, OLD)

    assert (await examine(where, keys)).openers == {Opener.EARLIER}
    async with start(NEW, OLD) as during:
        await during.turn(counts)
    assert (await examine(where, keys)).openers == {Opener.IN_FORCE}
