"""By webhook everybody is answered as by polling, and nobody but Telegram is heard."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.channels.telegram import app, webhook
from bot.channels.telegram.updates import ALLOWED_UPDATES
from bot.core.errors import ChannelError
from tests.channels.posting import SECRET, Posted, posted
from tests.channels.running import Desk, channel_for, no_key, running
from tests.telegram.stand_in import Person, Telegram


def shown(person: Person) -> int:
    """Tell how many of the bot's messages stand in somebody's chat."""
    return len([message for message in person.chat if message.by_bot])


@pytest.mark.usefixtures("hook")
async def test_b48_a_conversation_by_webhook(telegram: Telegram, desk: Desk) -> None:
    """B48: what is asked for is asked for by name, and the rest is as by polling."""
    sam = telegram.person()
    await sam.starts()
    await sam.taps("not_now")
    assert await desk.step(sam.id) == "which_of_four"
    (told,) = telegram.ledger.calls_of("setWebhook")
    assert told.parameters["allowed_updates"] == list(ALLOWED_UPDATES)
    assert "callback_query" in ALLOWED_UPDATES
    assert told.parameters["secret_token"] == SECRET
    assert not told.parameters["drop_pending_updates"]
    assert not telegram.ledger.calls_of("getUpdates")


async def test_b18_a_poisoned_update_comes_once(
    telegram: Telegram, hook: Posted, caplog: pytest.LogCaptureFixture
) -> None:
    """B18: what cannot be read is not brought for ever, and others are answered."""
    poisoned = {"message": {"message_id": "SENTINEL-91"}}
    later: dict[str, dict[str, str]] = {"of_a_later_time": {}}
    for update in (poisoned, later):
        telegram.updates.put(update, 1, unasked=True)
    answer = await hook.post(json={"update_id": 7, **poisoned})
    assert answer.status_code == 200
    sam = telegram.person()
    await sam.starts()
    assert "call 999" in sam.screen.text
    assert "SENTINEL" not in caplog.text


async def test_b18_a_fault_of_ours_is_answered_with_999(
    telegram: Telegram, hook: Posted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B18: the update is taken, once, and the person is told where help is."""
    monkeypatch.setattr(hook.channel._delivery, "_person_key", no_key)  # noqa: SLF001
    sam = telegram.person()
    update = await sam.starts()
    assert "999" in sam.screen.text
    assert update is not None
    await telegram.until(lambda: telegram.ledger.confirmed(update))
    assert telegram.ledger.handed(update) == 1


async def test_b13_a_slow_send_holds_no_answer_once_the_turn_is_kept(
    telegram: Telegram, hook: Posted, monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    """B13: a chat that Telegram slows down does not use up Telegram's connections."""
    monkeypatch.setattr(webhook, "_SHOWN_WITHIN", 0.05)
    releases = telegram.misbehaves.holds("sendMessage")
    sam = telegram.person()
    update = await sam.starts(waits=False)
    assert update is not None
    await telegram.until(lambda: telegram.ledger.confirmed(update))
    assert await desk.step(sam.id) == "right_now"
    assert shown(sam) == 0
    releases()
    await telegram.until(lambda: shown(sam) == 1)
    assert hook.statuses == [200]


async def test_m01_ended_before_the_screen_was_shown_it_comes_again(
    telegram: Telegram, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """M01: nobody is left with a turn that is kept and a screen that never came."""
    monkeypatch.setattr(app, "_FINISH_WITHIN", 0.05)
    monkeypatch.setattr(desk.front_desk, "receive", _never)
    sam = telegram.person()
    async with posted(telegram, desk) as hook:
        update = await sam.starts(waits=False)
        await telegram.until(lambda: hook.channel.in_hand == 1)
    assert update is not None
    assert not telegram.ledger.confirmed(update)
    monkeypatch.undo()
    async with posted(telegram, desk):
        await telegram.until(lambda: telegram.ledger.confirmed(update))
    assert shown(sam) == 1


async def test_b21_while_stopping_what_comes_is_left_for_others(
    telegram: Telegram, desk: Desk
) -> None:
    """B21: what is in hand is answered and confirmed; later ones wait outside."""
    sam, kim = telegram.person(), telegram.person()
    releases = telegram.misbehaves.holds("sendMessage", chat=sam.id)
    async with posted(telegram, desk) as hook:
        first = await sam.starts(waits=False)
        await telegram.until(lambda: hook.channel.in_hand == 1)
        hook.stop.set()
        while await hook.takes():
            pass
        second = await kim.starts(waits=False)
        assert shown(sam) == 0
        releases()
    assert first is not None
    assert second is not None
    await telegram.until(lambda: telegram.ledger.confirmed(first))
    assert shown(sam) == 1
    assert not telegram.ledger.confirmed(second)
    async with posted(telegram, desk):
        await telegram.until(lambda: telegram.ledger.confirmed(second))
    assert telegram.ledger.handed(first) == 1
    assert shown(kim) == 1


async def test_b27_the_same_update_at_once_is_one_turn(
    telegram: Telegram, hook: Posted, desk: Desk
) -> None:
    """B27: Telegram brings it again while it is in hand; it is shown once."""
    releases = telegram.misbehaves.holds("sendMessage")
    sam = telegram.person()
    update = await sam.starts(waits=False)
    assert update is not None
    await telegram.until(lambda: hook.channel.in_hand == 1)
    for _ in range(3):
        telegram.updates.repeat(update)
    await telegram.until(lambda: telegram.ledger.handed(update) == 4)
    releases()
    await telegram.until(lambda: hook.statuses == [200] * 4)
    assert len(telegram.ledger.calls_of("sendMessage")) == 1
    assert await desk.step(sam.id) == "right_now"


@pytest.mark.parametrize("leaves", [False, True])
async def test_b27_a_slow_replica_covers_nothing_that_came_later(
    telegram: Telegram, desk: Desk, *, leaves: bool
) -> None:
    """B27: who taps for help meanwhile keeps the 999 card; who leaves has left."""
    sam = telegram.person()
    async with posted(telegram, desk) as one, posted(telegram, desk) as two:
        await sam.starts()
        telegram.updates.hold()
        taps = [
            await sam.taps(option, waits=False)
            for option in ("not_now", "leave" if leaves else "danger")
        ]
        first, second = (telegram.updates.body(tap) for tap in taps if tap)
        telegram.misbehaves.slows("editMessageText", seconds=0.6, times=1)
        slow = asyncio.create_task(one.channel.take(first))
        await telegram.until(lambda: bool(telegram.ledger.calls_of("editMessageText")))
        assert await two.channel.take(second)
        assert await slow
        await telegram.until(lambda: not one.channel.in_hand)
    if leaves:
        assert sam.chat == []
    else:
        assert "Call 999" in sam.screen.text
        assert shown(sam) == 1


async def test_a_webhook_that_was_taken_away_is_told(
    telegram: Telegram,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Health turns red when updates go elsewhere, for nothing else would tell."""
    monkeypatch.setattr(webhook, "LOOK_EVERY", 0.02)
    caplog.set_level(logging.WARNING, logger="bot")
    async with posted(telegram, desk) as hook:
        await telegram.until(lambda: bool(telegram.ledger.calls_of("getWebhookInfo")))
        assert hook.channel.trouble is None
        async with running(telegram, Desk()):
            await telegram.until(lambda: _is_in_trouble(hook))
    (taken_away,) = telegram.ledger.calls_of("deleteWebhook")
    assert not taken_away.parameters.get("drop_pending_updates")
    assert caplog.text.count(webhook.TAKEN_AWAY) == 1


async def test_an_address_that_telegram_refuses_ends_it_with_the_cure(
    telegram: Telegram, desk: Desk
) -> None:
    """What can never work is told at the start, and names the setting."""
    address = webhook.WebhookAddress("http://bot.example/telegram", SECRET)
    channel = channel_for(telegram, desk, webhook=address)
    with pytest.raises(ChannelError, match=r"WAYMARK_WEBHOOK_URL.*https") as refused:
        await channel.run(asyncio.Event())
    assert SECRET not in str(refused.value)


async def test_b15_telegram_is_away_when_it_starts(
    telegram: Telegram, desk: Desk
) -> None:
    """B15: it keeps trying to set its webhook, and takes what waited."""
    telegram.misbehaves.refuses("setWebhook", code=502)
    sam = telegram.person()
    await sam.starts(waits=False)
    async with posted(telegram, desk):
        await telegram.until(lambda: shown(sam) == 1)
        assert "call 999" in sam.screen.text
        await sam.taps("not_now")
        assert await desk.step(sam.id) == "which_of_four"


async def _never(*_: object) -> None:
    await asyncio.Event().wait()


def _is_in_trouble(hook: Posted) -> bool:
    return hook.channel.trouble == webhook.TAKEN_AWAY
