"""What Telegram may forget follows the order in which it hands updates over."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.reply import Reply
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
