"""Leaving while something is broken, and updates of people who are long forgotten."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.telegram import app
from bot.frontdesk import FrontDesk
from tests.channels.running import (
    FORGET_AFTER,
    Desk,
    channel_for,
    kills,
    running,
    small_machine,
)
from tests.stores.shelf import sqlite_store
from tests.telegram.stand_in import Telegram


def by_bot(telegram: Telegram) -> int:
    """Count the messages that the bot has sent."""
    return len(telegram.ledger.calls_of("sendMessage"))


async def test_leaving_is_silent_where_telegram_refuses_all(
    telegram: Telegram, desk: Desk
) -> None:
    """A screen that can neither go nor change is not joined by one about danger."""
    sam = telegram.person()
    async with running(telegram, desk):
        await sam.starts()
        telegram.misbehaves.refuses("deleteMessages", times=None)
        telegram.misbehaves.refuses("deleteMessage", times=None)
        telegram.misbehaves.refuses("editMessageText", code=409, times=None)
        await sam.taps("leave", waits=False)
        await telegram.until(lambda: bool(telegram.ledger.calls_of("editMessageText")))
    assert by_bot(telegram) == 1
    assert await desk.kept(sam.id) is None


async def test_leaving_is_silent_where_our_store_fails(
    telegram: Telegram, desk: Desk, tmp_path: Path
) -> None:
    """Whatever is broken here, one tap takes the screen away."""
    sam = telegram.person()
    async with running(telegram, desk):
        await sam.starts()
    closed = sqlite_store(tmp_path / "waymark.db", desk.clock)
    desk.front_desk = FrontDesk(small_machine(), closed, desk.clock, FORGET_AFTER)
    async with running(telegram, desk):
        await sam.taps("leave")
    assert [message for message in sam.chat if message.by_bot] == []
    assert by_bot(telegram) == 1


async def test_m01_killed_while_someone_leaves_the_next_one_takes_all_out(
    telegram: Telegram, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has left need not look again whether the screen is gone."""
    monkeypatch.setattr(app, "_FINISH_WITHIN", 0)
    sam, kim = telegram.person(), telegram.person()
    first = asyncio.create_task(channel_for(telegram, desk).run(asyncio.Event()))
    await kim.starts()
    await sam.starts()
    telegram.misbehaves.leaves_unanswered("deleteMessages", times=None)
    await sam.taps("leave", waits=False)
    await telegram.until(lambda: bool(telegram.ledger.calls_of("deleteMessages")))
    await telegram.until(lambda: not telegram.updates.pending)
    await kills(first)
    telegram.misbehaves.stops()
    assert by_bot(telegram) == 2
    async with running(telegram, desk) as channel:
        polls = len(telegram.ledger.calls_of("getUpdates"))
        await telegram.until(
            lambda: len(telegram.ledger.calls_of("getUpdates")) > polls
        )
        await channel.tidy()
    assert sam.chat == []
    assert "call 999" in kim.screen.text
    assert await desk.kept(sam.id) is None


@pytest.mark.parametrize("danger", [False, True])
async def test_what_comes_again_after_all_is_forgotten_clears_nothing(
    telegram: Telegram, desk: Desk, *, danger: bool
) -> None:
    """Nobody who did not leave loses their screen, and danger is answered once more."""
    sam = telegram.person()
    async with running(telegram, desk):
        await sam.starts()
        done = await (sam.types("he is outside") if danger else sam.taps("not_now"))
        assert done is not None
        before, sent = sam.screen, by_bot(telegram)
        desk.clock.moved = timedelta(hours=2)
        telegram.updates.repeat(done)
        await telegram.until(lambda: telegram.ledger.handed(done) == 2)
    assert danger or before in sam.chat
    assert sam.screen.text == before.text
    assert by_bot(telegram) == sent + danger
    kept = await desk.kept(sam.id)
    assert kept is not None
    assert kept.keys() == {"notes"}
