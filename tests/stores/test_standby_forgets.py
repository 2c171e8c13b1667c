"""While nothing can be stored people are forgotten in time, as at all times."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.telegram.notes import Traces, traces_in
from bot.core.errors import StoreError
from bot.stores.base import Record
from tests.postgres import rows
from tests.stores.guided import Guided
from tests.stores.shelf import counts, keeps, looks, opened_at, someone

AT = 1_795_000_000  # when a message was sent, seconds from 1970
NOTED: Record = {"notes": {"chat": 5, "messages": [41, 42]}}


async def test_what_is_stored_late_is_not_kept_longer(guided: Guided) -> None:
    """An hour after someone's last tap it is gone, however long the store was away."""
    await guided.store.turn(someone(1), None, counts)
    guided.server.stop()
    for number in range(3):
        await guided.store.turn(someone(number), None, counts)
    guided.clock.moves(minutes=50)
    guided.server.start()
    await guided.stores_again()

    assert await guided.stored(2) == {"count": 1}  # looked at, so here again
    guided.clock.moves(minutes=11)
    assert await guided.stored(0) is None
    assert await guided.stored(1) is None
    assert await guided.stored(2) == {"count": 1}


async def test_memory_forgets_as_a_store_does(guided: Guided) -> None:
    """Whoever is idle for an hour meanwhile is forgotten, and leaves no row."""
    await guided.store.turn(someone(), None, counts)
    guided.server.stop()
    assert await guided.store.turn(someone(), None, counts) == 2
    guided.clock.moves(minutes=61)
    await guided.store.purge()

    assert await guided.store.turn(someone(), None, counts) == 1
    guided.clock.moves(minutes=61)
    guided.server.start()
    await guided.stores_again()
    assert await guided.stored(424242) is None
    await guided.store.purge()
    assert rows(guided.address, "SELECT name FROM conversation") == []


async def test_each_is_handed_over_once_however_long_the_store_was_away(
    guided: Guided,
) -> None:
    """Messages are taken out in time, and nobody is counted twice."""
    told: list[Record] = []
    for number in range(4):
        await guided.store.turn(someone(number), None, keeps({"step": 1, **NOTED}))
    guided.server.stop()
    for number in range(2):
        await guided.store.turn(someone(number), None, keeps({"step": 2, **NOTED}))
    guided.clock.moves(minutes=66)
    left = await guided.store.turn(someone(0), None, looks)

    assert left == NOTED
    assert await guided.store.purge(told.append) == 1
    assert told == [{"step": 2, **NOTED}]

    guided.server.start()
    await guided.stores_again()
    assert await guided.store.purge(told.append) == 2
    assert told[1:] == [{"step": 1, **NOTED}] * 2
    for number in (1, 2, 3):
        await guided.store.turn(someone(number), None, keeps(None))  # all is taken out
    guided.clock.moves(minutes=66)
    assert await guided.store.purge(told.append) == 1
    assert told[3:] == [NOTED]


async def test_who_has_left_has_left_whatever_is_stored_elsewhere(
    guided: Guided,
) -> None:
    """A quick exit counts, and their messages can still be taken out."""
    await guided.store.turn(someone(), None, keeps({"step": 1, **NOTED}))
    guided.store._go_on_without(StoreError("cut off"))  # noqa: SLF001 only this one is
    async with opened_at(guided.address, guided.clock) as other:
        await other.turn(someone(), None, keeps({"step": 2, **NOTED}))
    await guided.store.turn(someone(), None, keeps(NOTED))
    await guided.stores_again()

    assert await guided.stored(424242) == NOTED


async def test_who_is_here_gets_no_farewell_when_the_store_is_back(
    guided: Guided,
) -> None:
    """What is stored grew too old meanwhile, and is not all that there is of them."""
    told: list[Record] = []
    await guided.store.turn(someone(), None, keeps({"step": 1, **NOTED}))
    guided.store._go_on_without(StoreError("cut off"))  # noqa: SLF001 only this one is
    guided.clock.moves(minutes=40)
    await guided.store.turn(someone(), None, keeps({"step": 2, **NOTED}))
    guided.clock.moves(minutes=26)
    guided.store._away = False  # noqa: SLF001 the first one was stored just now

    assert await guided.store.purge(told.append) == 0
    assert told == []
    assert await guided.stored(424242) == {"step": 2, **NOTED}


async def test_who_stays_past_the_time_of_what_is_stored_stays(guided: Guided) -> None:
    """The stored record grew too old meanwhile; the person never stopped."""
    await guided.store.turn(someone(), None, keeps({"step": 1, **NOTED}))
    guided.server.stop()
    for step in (2, 3):
        guided.clock.moves(minutes=40)
        await guided.store.turn(someone(), None, keeps({"step": step, **NOTED}))
    guided.server.start()
    await guided.stores_again()

    assert await guided.stored(424242) == {"step": 3, **NOTED}


@pytest.mark.parametrize("leaves", [False, True])
async def test_what_was_noted_before_this_process_knew_them_is_not_lost(
    guided: Guided, *, leaves: bool
) -> None:
    """It began without its store: of a screen and a picture only that one knows."""
    earlier = Traces(5, (41,), {41: AT, 42: AT}).to_plain()
    async with opened_at(guided.address, guided.clock) as other:
        await other.turn(someone(), None, keeps({"step": 1, "notes": earlier}))
    guided.server.stop()
    now = {"step": 2, "notes": Traces(5, (43,), {43: AT}).to_plain()}
    await guided.store.turn(someone(), None, keeps(None if leaves else now))
    guided.server.start()
    await guided.stores_again()

    if leaves:  # all that is there is told to whoever takes it out
        told: list[Record] = []
        await guided.store.purge(told.append)
        assert told == [{"notes": earlier}]
    else:
        kept: Any = await guided.stored(424242)
        assert kept["step"] == 2
        traces = traces_in(kept["notes"], 5)
        assert (traces.shown, set(traces.messages)) == ((43,), {41, 42, 43})
