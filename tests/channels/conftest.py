"""What the tests of channels share: a Telegram, a front desk, a running channel."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram import app, calls, patience
from bot.channels.telegram.app import TelegramChannel
from tests.channels.posting import Posted, posted
from tests.channels.running import Desk, running
from tests.command import PATIENCE
from tests.telegram.stand_in import Telegram


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the channel try again soon, and take its time to stop.

    How long it waits is not what is looked at, and the machine may be busy.
    """
    monkeypatch.setattr(calls, "_PAUSES", (0.02, 0.06))
    monkeypatch.setattr(patience, "_FIRST_WAIT", 0.02)
    for name in ("_CONFIRM_WITHIN", "_FINISH_WITHIN"):
        monkeypatch.setattr(app, name, PATIENCE)


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    """Give a Telegram of the test's own; whatever broke its rules fails the test."""
    async with Telegram() as telegram:
        yield telegram
        assert telegram.violations == []


@pytest.fixture
def desk() -> Desk:
    """Give a front desk with the small flow."""
    return Desk()


@pytest.fixture
async def channel(telegram: Telegram, desk: Desk) -> AsyncIterator[TelegramChannel]:
    """Give a running channel."""
    async with running(telegram, desk) as channel:
        yield channel


@pytest.fixture
async def hook(telegram: Telegram, desk: Desk) -> AsyncIterator[Posted]:
    """Give a channel that is posted to, once Telegram knows of it."""
    async with posted(telegram, desk) as hook:
        await telegram.until(lambda: hook.channel.last_heard is not None)
        yield hook
