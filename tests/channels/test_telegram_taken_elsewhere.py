"""Another program has the same token: the operator is told, and what to do about it."""

from __future__ import annotations

import asyncio

import pytest
from telegram import Bot

from tests.channels.running import Desk, running
from tests.command import PATIENCE
from tests.telegram.stand_in import Telegram


def ours(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Give the lines that our own code has logged."""
    records = [r for r in caplog.records if r.name.startswith("bot.")]
    assert not any(record.exc_info for record in records)
    return [record.getMessage() for record in records]


async def test_b16_another_poller_is_outwaited(
    telegram: Telegram, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """During a rolling change two bots poll; the log has one line and no traceback."""
    telegram.misbehaves.conflicts(seconds=1.5)
    async with running(telegram, desk):
        sam = telegram.person()
        await sam.starts()
        assert "call 999" in sam.screen.text
    (told,) = ours(caplog)
    assert "Another program fetches what people send, with the same token." in told
    assert "Stop the other one" in told
    assert "@BotFather" in told
    assert not any(record.exc_info for record in caplog.records)


async def test_a_webhook_that_another_program_sets_is_told_in_plain_words(
    telegram: Telegram, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """The operator reads why nobody is answered, and what to do about it."""
    other = Bot(telegram.token, f"{telegram.base}/bot")
    async with running(telegram, desk):
        sam = telegram.person()
        await sam.starts()
        async with other:
            await other.set_webhook("https://elsewhere.example/hook")
            async with asyncio.timeout(PATIENCE):
                while not ours(caplog):  # noqa: ASYNC110 a log tells nobody
                    await asyncio.sleep(0.02)
            await other.delete_webhook()
        await sam.taps("not_now")

    (told,) = ours(caplog)
    assert "A webhook is set for this token" in told
    assert "start this one again" in told
    assert "409" not in told
