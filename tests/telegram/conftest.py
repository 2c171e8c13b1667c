"""What each test of the stand-in starts from: a Telegram, a bot, a person."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from tests.telegram.small_bot import App, patient_bot, small_bot
from tests.telegram.stand_in import Person, Telegram


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    """Give a Telegram of the test's own."""
    async with Telegram() as telegram:
        yield telegram


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    """Give a bot that only sends."""
    async with patient_bot(telegram) as bot:
        yield bot


@pytest.fixture
async def sam(telegram: Telegram) -> Person:
    """Give somebody who has written to the bot once."""
    sam = telegram.person()
    await sam.types("hello", waits=False)
    return sam


@pytest.fixture
async def app(telegram: Telegram) -> AsyncIterator[App]:
    """Give a running bot that polls."""
    kinds = ["message", "edited_message", "callback_query", "my_chat_member"]
    app = small_bot(telegram)
    async with app:
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling(allowed_updates=kinds)
        yield app
        await app.updater.stop()
        await app.stop()
