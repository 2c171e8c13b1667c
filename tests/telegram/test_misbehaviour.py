"""What a test orders to go wrong goes wrong, for those it is meant for."""

import asyncio
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut

from tests.telegram.stand_in import Person, Telegram


async def test_a_flooded_chat_holds_up_nobody_else(
    telegram: Telegram, bot: Bot, sam: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A 429 is for one chat, counts down, and passes."""
    # Without it the library warns of its own int whenever it raises RetryAfter.
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    kay = telegram.person()
    await kay.types("hello", waits=False)
    telegram.misbehaves.floods(1, chat=sam.id)
    with pytest.raises(RetryAfter):
        await bot.send_message(sam.id, "?")
    await bot.send_message(kay.id, "?")
    await asyncio.sleep(1.05)
    await bot.send_message(sam.id, "?")
    telegram.misbehaves.floods(30)
    with pytest.raises(RetryAfter) as flooded:
        await bot.send_message(kay.id, "?")
    assert flooded.value.retry_after == timedelta(seconds=30)


async def test_ordered_refusals_are_for_whom_they_are_meant(
    telegram: Telegram, bot: Bot, sam: Person
) -> None:
    """An order can name a method, a chat and a parameter, and is used up."""
    sent = [await bot.send_message(sam.id, "?") for _ in range(2)]
    telegram.misbehaves.refuses(
        "deleteMessage",
        "message can't be deleted",
        when=lambda given: given["message_id"] == sent[1].id,
    )
    await sent[0].delete()
    with pytest.raises(BadRequest, match="can't be deleted"):
        await sent[1].delete()
    await sent[1].delete()
    telegram.misbehaves.refuses("sendMessage", code=502)
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(sam.id, "?")


async def test_answers_get_lost_on_the_way(
    telegram: Telegram, bot: Bot, sam: Person
) -> None:
    """Cut off, garbled, unanswered and slow answers are errors the library names."""
    telegram.misbehaves.cuts_off("sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(sam.id, "did arrive")
    assert sam.screen.text == "did arrive"
    telegram.misbehaves.garbles("sendMessage")
    with pytest.raises(TelegramError, match="Invalid server response"):
        await bot.send_message(sam.id, "did not")
    telegram.misbehaves.leaves_unanswered("sendMessage")
    with pytest.raises(TimedOut):
        await bot.send_message(sam.id, "did not", read_timeout=0.1)
    telegram.misbehaves.slows("sendMessage", seconds=0.2)
    await bot.send_message(sam.id, "late")
    held = telegram.ledger.calls_of("sendMessage")[-1]
    assert held.ended is not None
    assert held.ended - held.at >= 0.2
    assert [message.text for message in sam.chat[1:]] == ["did arrive", "late"]


async def test_telegram_goes_and_comes_back(
    telegram: Telegram, bot: Bot, sam: Person
) -> None:
    """While it is down nobody answers; then it is on its port again with its chats."""
    base = telegram.base
    parked = asyncio.create_task(bot.get_updates(offset=9999, timeout=60))
    await telegram.until(lambda: telegram.updates.parked)
    await telegram.goes_down()
    with pytest.raises(NetworkError):
        await parked
    with pytest.raises(NetworkError):
        await bot.send_message(sam.id, "?")
    await telegram.comes_back()
    await bot.send_message(sam.id, "here again")
    assert telegram.base == base
    assert sam.sees("here again")
