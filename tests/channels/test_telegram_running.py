"""The channel starts, waits, recovers and stops as its operator hopes."""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import timedelta

import pytest

from bot.channels.telegram import app, requests
from bot.channels.telegram.app import TelegramChannel
from bot.core.errors import ChannelError
from tests.channels.proxy import NOWHERE, a_proxy
from tests.channels.running import Desk, channel_for, kills, running
from tests.command import PATIENCE
from tests.telegram.stand_in import Telegram


def ours(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Give the lines that our own code has logged."""
    records = [r for r in caplog.records if r.name.startswith("bot.")]
    assert not any(record.exc_info for record in records)
    return [record.getMessage() for record in records]


def has_polled(channel: TelegramChannel) -> bool:
    """Tell whether Telegram has answered a poll yet."""
    return channel.last_heard is not None and channel.last_heard <= time.monotonic()


async def test_b14_a_poll_that_stalls_is_seen_and_got_over(
    telegram: Telegram,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Health sees the age of the last good poll; nothing has to be restarted."""
    monkeypatch.setattr(requests, "_POLL_READ", 0.1)
    telegram.misbehaves.leaves_unanswered("getUpdates")
    async with running(telegram, desk) as channel:
        await telegram.until(lambda: len(telegram.ledger.calls_of("getUpdates")) == 1)
        channel._polling._read_timeout = PATIENCE  # noqa: SLF001 - from the next on
        assert not has_polled(channel)
        sam = telegram.person()
        await sam.starts()
        assert "call 999" in sam.screen.text
        assert has_polled(channel)
    lines = ours(caplog)
    assert lines == ["Telegram does not answer (TimedOut); trying on"]


async def test_b14_it_knows_at_once_whether_telegram_answers(
    telegram: Telegram, desk: Desk
) -> None:
    """A start in the night, when nobody writes, is told apart from a broken one."""
    async with running(telegram, desk) as channel:
        await telegram.until(lambda: has_polled(channel))
        first, *_ = telegram.ledger.calls_of("getUpdates")
    assert first.parameters["timeout"] == 0


async def test_b15_started_before_telegram_can_be_reached(
    telegram: Telegram, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """The bot waits for its network, says so once, and is not ready before that."""
    caplog.set_level(logging.INFO, logger="bot")
    await telegram.goes_down()
    async with running(telegram, desk) as channel:
        await telegram.until(lambda: bool(ours(caplog)))
        assert not has_polled(channel)
        await telegram.comes_back()
        sam = telegram.person()
        await sam.starts()
        assert has_polled(channel)
    assert ours(caplog) == [
        "Telegram does not answer (NetworkError); trying on",
        "Telegram answers again",
    ]


async def test_b15_stopped_while_telegram_cannot_be_reached(
    telegram: Telegram, desk: Desk
) -> None:
    """A bot that waits for its network still stops when asked; the next one answers."""
    await telegram.goes_down()
    async with running(telegram, desk) as channel:
        await asyncio.sleep(0)
    assert not has_polled(channel)
    await telegram.comes_back()
    sam = telegram.person()
    await sam.starts(waits=False)
    async with running(telegram, desk):
        await telegram.until(lambda: sam.sees("call 999"))
    assert len(telegram.ledger.calls_of("sendMessage")) == 1


async def test_b15_polling_and_sending_go_through_the_proxy(
    telegram: Telegram, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """What can receive can also reply, and the proxy's password is nobody's to read."""
    async with a_proxy(telegram.base) as proxy:
        address = f"http://waymark:CANARY-7@127.0.0.1:{proxy.port}"
        async with running(telegram, desk, api_base=NOWHERE, proxy=address):
            sam = telegram.person()
            await sam.starts()
            await sam.taps("not_now")
    for method in ("getUpdates", "sendMessage", "editMessageText"):
        assert proxy.has_carried(method)
    assert len(proxy.signed_in) == len(proxy.heads)
    assert "CANARY-7" not in caplog.text


async def test_b20_what_waited_for_hours_marches_nobody_on(
    telegram: Telegram, desk: Desk
) -> None:
    """After a night away the new one is answered, the old one starts afresh."""
    telegram.clock.moves(hours=-9)
    sam, kim = telegram.person(), telegram.person()
    async with running(telegram, desk):
        await sam.starts()
    await sam.starts(waits=False)
    for _ in range(2):
        await sam.taps("not_now", waits=False)
    telegram.clock.moves(hours=9)
    desk.clock.moved = timedelta(hours=9)
    await kim.starts(waits=False)
    async with running(telegram, desk):
        await telegram.until(lambda: any(message.by_bot for message in kim.chat))
        await telegram.until(lambda: not telegram.updates.pending)
    for person in (sam, kim):
        assert "call 999" in person.screen.text
        assert len([message for message in person.chat if message.by_bot]) == 1
        assert await desk.step(person.id) == "right_now"
    assert not any(
        call.parameters.get("drop_pending_updates") for call in telegram.ledger.calls
    )


@pytest.mark.usefixtures("channel")
async def test_b20_a_screen_of_long_ago_comes_again_and_can_then_be_tapped(
    telegram: Telegram, desk: Desk
) -> None:
    """A first tap after hours is no answer, but nobody is left tapping in vain."""
    telegram.clock.moves(hours=-2)
    sam = telegram.person()
    await sam.starts()
    old = sam.screen
    telegram.clock.moves(hours=2)
    await sam.taps("not_now")
    assert await desk.step(sam.id) == "right_now"
    assert sam.screen.text == old.text
    assert [message.id for message in sam.chat if message.by_bot] != [old.id]
    await sam.taps("not_now")
    assert await desk.step(sam.id) == "which_of_four"
    assert len([message for message in sam.chat if message.by_bot]) == 1


async def test_b21_stopping_finishes_what_is_under_way(
    telegram: Telegram, desk: Desk
) -> None:
    """Told to stop in the middle of a reply, it goes out once, and is confirmed."""
    sam = telegram.person()
    telegram.misbehaves.slows("sendMessage", seconds=0.5, times=1)
    async with running(telegram, desk):
        update = await sam.starts(waits=False)
        await telegram.until(lambda: bool(telegram.ledger.calls_of("sendMessage")))
    assert len([message for message in sam.chat if message.by_bot]) == 1
    assert update is not None
    assert telegram.ledger.confirmed(update)
    async with running(telegram, desk):
        await sam.taps("not_now")
    assert telegram.ledger.handed(update) == 1
    assert len(telegram.ledger.calls_of("sendMessage")) == 1


async def test_b21_stopping_does_not_wait_for_ever(
    telegram: Telegram, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A call that Telegram never answers is given up, so that the process can end."""
    monkeypatch.setattr(app, "_FINISH_WITHIN", 0.2)
    telegram.misbehaves.leaves_unanswered("sendMessage")
    async with running(telegram, desk) as channel:
        await telegram.person().starts(waits=False)
        await telegram.until(lambda: bool(telegram.ledger.calls_of("sendMessage")))
    assert has_polled(channel)
    assert telegram.ledger.calls_of("sendMessage")[-1].status == 0


@pytest.mark.parametrize("typed", [False, True])
async def test_m01_killed_between_keeping_a_turn_and_showing_it(
    telegram: Telegram, desk: Desk, monkeypatch: pytest.MonkeyPatch, *, typed: bool
) -> None:
    """The next tap, on a screen that is behind, shows the right one, once."""
    monkeypatch.setattr(app, "_FINISH_WITHIN", 0)
    sam = telegram.person()
    first = asyncio.create_task(channel_for(telegram, desk).run(asyncio.Event()))
    await sam.starts()
    method = "sendMessage" if typed else "editMessageText"
    calls = len(telegram.ledger.calls_of(method))
    telegram.misbehaves.leaves_unanswered(method, times=None)
    await (sam.types("no", waits=False) if typed else sam.taps("not_now", waits=False))
    await telegram.until(lambda: len(telegram.ledger.calls_of(method)) > calls)
    await kills(first)
    telegram.misbehaves.stops()
    assert "call 999" in sam.screen.text
    async with running(telegram, desk):
        await sam.taps("not_now")
        assert sam.screen.text == "Which of these fit?"
        assert len([message for message in sam.chat if message.by_bot]) == 1
        await sam.taps("fixated")
        assert await desk.step(sam.id) == "which_of_four"


async def test_b35_a_refused_token_ends_the_channel_without_naming_it(
    telegram: Telegram, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """A wrong token is told at once, in words that do not contain it."""
    caplog.set_level(logging.INFO, logger="bot")
    channel = channel_for(telegram, desk, token="424242:CANARY-6")
    with pytest.raises(ChannelError) as refused:
        await channel.run(asyncio.Event())
    assert "CANARY-6" not in str(refused.value)
    assert "BotFather" in str(refused.value)
    assert not any("CANARY-6" in line for line in ours(caplog))


async def test_b35_a_token_withdrawn_later_ends_the_channel(
    telegram: Telegram, desk: Desk
) -> None:
    """A bot that has lost its token does not go on as if all were well."""
    task = asyncio.create_task(channel_for(telegram, desk).run(asyncio.Event()))
    sam = telegram.person()
    await sam.starts()
    telegram.misbehaves.refuses("getUpdates", code=401, times=None)
    await sam.types("hello")
    with pytest.raises(ChannelError):
        await asyncio.wait_for(task, telegram.patience)
