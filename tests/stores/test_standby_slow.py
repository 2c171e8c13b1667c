"""While another process holds the file, people are guided on, and nothing is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from bot.core.engine.conversation import Event, Interrupted, Said, Started
from bot.frontdesk import FrontDesk
from bot.stores import standby
from bot.stores.standby import StandbyStore
from tests.channels.running import small_machine
from tests.stores.shelf import (
    FORGET_AFTER,
    Clock,
    counts,
    held,
    keeps,
    looks,
    someone,
    store_at,
)


@pytest.fixture
async def store(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[StandbyStore]:
    """Give a store with its memory over a file."""
    monkeypatch.setattr(standby, "RETRY_SECONDS", 0.1)
    clock = Clock()
    store = StandbyStore(partial(store_at, database, clock), clock, FORGET_AFTER)
    await store.open()
    yield store
    await store.close()


async def all_stored(store: StandbyStore) -> None:
    """Wait until nothing is left to memory alone."""
    async with asyncio.timeout(30):
        while store.trouble:  # noqa: ASYNC110 a store tells nobody
            await asyncio.sleep(0.02)


async def test_b23_b28_whoever_is_known_waits_for_nobody_who_holds_the_file(
    store: StandbyStore, database: Path
) -> None:
    """Ten people tap twice while it is held; each goes on, and all of it is stored."""
    people = [someone(number) for number in range(10)]
    for person in people:
        await store.turn(person, None, counts)

    with held(database):
        for turn in (2, 3):
            turns = (
                store.turn(someone(number), f"{turn} of {number}", counts)
                for number in range(10)
            )
            assert await asyncio.gather(*turns) == [turn] * 10
        assert store.trouble

    await all_stored(store)
    for number, person in enumerate(people):
        assert await store.turn(person, None, looks) == {"count": 3}
        for turn in (2, 3):
            kept = await store.turn(person, f"{turn} of {number}", keeps(None))
            assert kept.repeated


async def test_whoever_is_not_known_does_not_begin_anew(
    store: StandbyStore, database: Path
) -> None:
    """After a restart nobody loses their place to a file that is held for a moment."""
    await store.turn(someone(), None, counts)
    store._copies._copies.clear()  # noqa: SLF001 as after a restart

    with held(database):
        waiting = asyncio.create_task(store.turn(someone(), "update 7", counts))
        await asyncio.sleep(standby.PATIENCE_SECONDS * 1.5)
        assert not waiting.done()

    assert await waiting == 2


@pytest.mark.parametrize(
    ("event", "shows"),
    [
        (Started(), "call 999"),
        (Said("he is outside"), "Call 999"),
        (Interrupted("danger"), "Call 999"),
        (Interrupted("leave"), None),
    ],
)
async def test_b28_whoever_begins_or_is_in_danger_waits_for_no_store(
    store: StandbyStore, database: Path, event: Event, shows: str | None
) -> None:
    """999 needs nothing that is kept; and what they did is kept a little later."""
    desk = FrontDesk(small_machine(), store, Clock(), FORGET_AFTER)

    with held(database):
        reply = await desk.receive(someone(), event, "update 7")
        assert reply.left is (shows is None)
        assert shows is None or (reply.screen and shows in reply.screen.text)

    kept = await store.turn(someone(), "update 7", lambda kept: (kept.record, kept))
    assert kept.repeated
    assert (kept.record is None) is (shows is None)
