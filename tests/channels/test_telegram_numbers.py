"""What Telegram may forget follows the order in which it hands updates over."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.reply import Reply
from tests.channels.posting import posted
from tests.channels.running import Desk, running
from tests.telegram.stand_in import Telegram


async def test_an_older_number_among_newer_ones_keeps_none_of_them(
    telegram: Telegram, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a quiet week Telegram counts on from anywhere; what is kept is let go."""
    receive, goes_on = desk.front_desk.receive, asyncio.Event()

    async def later(*given: Any) -> Reply:  # noqa: ANN401 - passed on as they come
        await goes_on.wait()
        return await receive(*given)

    monkeypatch.setattr(desk.front_desk, "receive", later)
    sam, kim = telegram.person(), telegram.person()
    async with running(telegram, desk):
        newer = await sam.starts(waits=False)
        assert newer is not None
        await telegram.until(lambda: telegram.ledger.handed(newer) == 1)
        older = await kim.sends_update({"update_id": 7, "nonsense": {}}, waits=False)
        assert older == 7
        await telegram.until(lambda: telegram.ledger.handed(7) == 1)
        goes_on.set()
        await telegram.until(lambda: telegram.ledger.confirmed(newer))
        assert "call 999" in sam.screen.text


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_b27_what_comes_in_another_order_is_all_acted_on_once(
    telegram: Telegram, desk: Desk, way: str
) -> None:
    """B27: two phones of Sam's a moment apart, and Kim in between: nobody is dropped.

    What came last of Sam's is where they stand, for it is what they were shown last.
    """
    sam, kim = telegram.person(), telegram.person()
    telegram.updates.hold()
    first = await sam.starts(waits=False)
    between = await kim.starts(waits=False)
    last = await sam.types("no", waits=False)
    assert first is not None
    assert between is not None
    assert last is not None
    async with running(telegram, desk) if way == "polling" else posted(telegram, desk):
        telegram.updates.release([last, between, first])
        await telegram.until(lambda: not telegram.updates.pending)
        await telegram.until(lambda: kim.sees("call 999") and sam.sees("call 999"))
        await telegram.until(lambda: len(sam.chat) == len(kim.chat) == 1)
    for person, screens in ((sam, 2), (kim, 1)):
        calls = telegram.ledger.calls_for(person.id)
        assert sum(call.method == "sendMessage" for call in calls) == screens
    assert await desk.step(sam.id) == await desk.step(kim.id) == "right_now"
