"""While nothing can be stored people are guided on, and afterwards it is stored."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from bot.core.errors import StoreError
from bot.stores import copies, standby
from bot.stores.standby import StandbyStore
from tests.command import PATIENCE
from tests.postgres import Postgres, rows
from tests.stores.guided import Guided
from tests.stores.shelf import (
    FORGET_AFTER,
    Clock,
    counts,
    keeps,
    looks,
    opened_at,
    someone,
    store_at,
)


async def test_r02_people_go_on_from_memory_and_are_stored_afterwards(
    guided: Guided,
) -> None:
    """R02: each is guided on where they were; the next replica knows where they are."""
    for number in range(20):
        await guided.store.turn(someone(number), f"a {number}", counts)
    guided.server.stop()

    told = [
        await guided.store.turn(someone(number % 20), f"b {number}", counts)
        for number in range(40)
    ]
    repeated = await guided.store.turn(someone(0), "b 0", lambda k: (k.record, k))
    known = await guided.store.turn(someone(0), "a 0", lambda k: (k.record, k))

    assert told == [2] * 20 + [3] * 20
    assert repeated.repeated
    assert known.repeated
    assert guided.store.trouble

    guided.server.start()
    await guided.stores_again()
    for number in range(20):
        assert await guided.stored(number) == {"count": 3}
    async with opened_at(guided.address, guided.clock) as other:
        for receipt in ("a 0", "b 0", "b 20"):
            kept = await other.turn(someone(0), receipt, keeps(None))
            assert kept.repeated


async def test_turns_while_it_comes_back_are_all_counted(guided: Guided) -> None:
    """People who tap in the very second of its return lose nothing."""
    await guided.store.turn(someone(), None, counts)
    guided.server.stop()
    asked = 0

    async def taps() -> None:
        nonlocal asked
        while not done.is_set():
            asked += 1
            await guided.store.turn(someone(asked % 7), f"update {asked}", counts)
            await asyncio.sleep(0.001)

    async def some_more() -> None:
        wanted = asked + 100
        while asked < wanted:  # noqa: ASYNC110 taps tell nobody
            await asyncio.sleep(0.001)

    done = asyncio.Event()
    tapping = [asyncio.create_task(taps()) for _ in range(5)]
    try:
        await some_more()
        await asyncio.to_thread(guided.server.start)
        await guided.stores_again()
        await some_more()
    finally:
        done.set()
        await asyncio.gather(*tapping)
    await guided.store.turn(someone(), None, counts)

    kept = [await guided.stored(number) for number in range(7)]
    total = sum(record["count"] for record in kept if isinstance(record, dict))
    assert total == asked
    assert await guided.stored(424242) == {"count": 2}


async def test_who_leaves_meanwhile_has_left_afterwards(guided: Guided) -> None:
    """A quick exit is answered at once, and its row goes as soon as that can be."""
    for number in range(3):
        await guided.store.turn(someone(number), None, counts)
    guided.server.stop()

    await guided.store.turn(someone(0), None, keeps(None))
    with pytest.raises(StoreError, match="once it can be reached"):
        await guided.store.forget(someone(1))

    for number in range(2):
        assert await guided.store.turn(someone(number), None, looks) is None
    guided.server.start()
    await guided.stores_again()
    assert len(rows(guided.address, "SELECT name FROM conversation")) == 1


async def test_who_is_looked_up_meanwhile_is_found_in_memory(guided: Guided) -> None:
    """A slow screen is shown or not by where its person is by now, stored or not."""
    for number in range(2):
        await guided.store.turn(someone(number), None, counts)
    guided.server.stop()
    await guided.store.turn(someone(0), None, counts)

    assert await guided.store.read(someone(0)) == {"count": 2}
    assert await guided.store.read(someone(1)) == {"count": 1}
    with pytest.raises(StoreError):
        await guided.store.read(someone(2))
    guided.server.start()
    await guided.stores_again()
    assert await guided.stored(1) == {"count": 1}


async def test_what_another_replica_stored_meanwhile_stays(
    guided: Guided, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One replica is cut off; who went on, or left, at another one is not set back."""
    for number in range(3):
        await guided.store.turn(someone(number), None, counts)
    with monkeypatch.context() as cut_off:
        cut_off.setattr(guided.store, "_try_to_return", _cannot)
        guided.store._go_on_without(StoreError("cut off"))  # noqa: SLF001 only this one
        async with opened_at(guided.address, guided.clock) as other:
            await other.turn(someone(0), None, keeps({"step": "further on"}))
            await other.turn(someone(1), None, keeps(None))
        for number in range(3):
            await guided.store.turn(someone(number), None, counts)

    await guided.stores_again()

    assert await guided.stored(0) == {"step": "further on"}
    assert await guided.stored(1) is None
    assert await guided.stored(2) == {"count": 2}
    assert await guided.store.turn(someone(0), None, looks) == {"step": "further on"}


async def _cannot() -> None:
    raise StoreError("cut off")


async def test_it_starts_without_its_server(
    postgres: Postgres, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that starts first guides people already, and stores them later."""
    monkeypatch.setattr(standby, "RETRY_SECONDS", 0.1)
    clock = Clock()
    postgres.stop()
    store = StandbyStore(partial(store_at, address, clock), clock, FORGET_AFTER)
    await store.open()
    guided = Guided(store, postgres, address, clock)
    try:
        assert await store.turn(someone(), None, counts) == 1
        assert store.trouble

        postgres.start()
        await guided.stores_again()
        assert await guided.stored(424242) == {"count": 1}
    finally:
        await store.close()


async def test_a_start_that_can_never_work_is_not_waited_for(
    postgres: Postgres,
) -> None:
    """A wrong name is told at once, not after hours of going on from memory."""
    make = partial(store_at, postgres.address("nowhere"), Clock())

    with pytest.raises(StoreError, match='"nowhere" does not exist'):
        await StandbyStore(make, Clock(), FORGET_AFTER).open()


async def test_stopping_meanwhile_is_quick_and_tells_what_is_lost(
    guided: Guided, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody waits for a server that is gone; the log has a number, and no names."""
    guided.server.stop()
    await guided.store.turn(someone(), None, counts)

    async with asyncio.timeout(PATIENCE):
        await guided.store.close()

    assert caplog.messages[-1] == "turns of 1 people were never stored"
    with pytest.raises(StoreError, match="not open"):
        await guided.store.turn(someone(), None, counts)


async def test_only_so_many_are_remembered(
    guided: Guided, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory does not grow with everyone who was ever served."""
    monkeypatch.setattr(copies, "MOST", 5)
    for number in range(8):
        await guided.store.turn(someone(number), None, counts)
    guided.server.stop()

    told = [await guided.store.turn(someone(n), None, counts) for n in range(8)]

    assert told == [1] * 3 + [2] * 5
