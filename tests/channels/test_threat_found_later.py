"""Threat: the phone is found later. Answers and messages go, and nothing comes."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from bot.frontdesk import FrontDesk
from tests.channels.running import FORGET_AFTER, Desk, running, small_machine
from tests.process import running as process_running
from tests.stores.shelf import sqlite_store
from tests.telegram.stand_in import Telegram

WRITES = ("sendMessage", "editMessageText", "editMessageReplyMarkup", "sendChatAction")


def writes(telegram: Telegram) -> int:
    """Count whatever would show a person something."""
    return sum(len(telegram.ledger.calls_of(method)) for method in WRITES)


async def test_idle_answers_and_messages_go_without_a_word(
    telegram: Telegram, desk: Desk
) -> None:
    """After the time on the first screen, nothing is left of whoever did not leave."""
    sam, kim = telegram.person(), telegram.person()
    async with running(telegram, desk) as channel:
        await sam.starts()
        await sam.taps("not_now")
        desk.clock.moved = FORGET_AFTER - timedelta(minutes=1)
        await kim.starts()
        before = writes(telegram)
        await channel.tidy()
        assert len(sam.chat) == 1
        desk.clock.moved = FORGET_AFTER + timedelta(minutes=1)
        await channel.tidy()
        assert sam.chat == []
        assert len(kim.chat) == 1
    assert await desk.kept(sam.id) is None
    assert writes(telegram) == before


async def test_idle_messages_go_after_a_restart_whichever_replica_is_left(
    telegram: Telegram, tmp_path: Path
) -> None:
    """Whichever process served them, one of those that run now clears the chat."""
    desks = [Desk(), Desk()]
    sam = telegram.person()
    for desk in desks:
        desk.store = sqlite_store(tmp_path / "waymark.db", desk.clock)  # type: ignore[assignment]
        await desk.store.open()
        desk.front_desk = FrontDesk(
            small_machine(), desk.store, desk.clock, FORGET_AFTER
        )
    async with running(telegram, desks[0]):
        await sam.starts()
    for desk in desks:
        desk.clock.moved = FORGET_AFTER + timedelta(minutes=6)
    before = len(telegram.ledger.calls_for(sam.id))
    async with running(telegram, desks[0]) as one, running(telegram, desks[1]) as two:
        polls = len(telegram.ledger.calls_of("getUpdates"))
        await telegram.until(
            lambda: len(telegram.ledger.calls_of("getUpdates")) > polls + 1
        )
        await asyncio.gather(one.tidy(), two.tidy())
    assert sam.chat == []
    calls = telegram.ledger.calls_for(sam.id)[before:]
    assert [call.method for call in calls] == ["deleteMessages"]
    for desk in desks:
        await desk.store.close()


async def test_who_was_being_cleared_when_it_was_killed_is_cleared_by_the_next(
    telegram: Telegram, desk: Desk
) -> None:
    """One killed over it has lost nothing: a minute later the next one takes it up."""
    sam = telegram.person()
    async with running(telegram, desk):
        await sam.starts()
    desk.clock.moved = FORGET_AFTER + timedelta(minutes=6)
    assert len(await desk.front_desk.forget_idle(left=True)) == 1  # and no more of it
    polls = len(telegram.ledger.calls_of("getUpdates"))
    async with running(telegram, desk) as channel:
        await telegram.until(
            lambda: len(telegram.ledger.calls_of("getUpdates")) > polls
        )
        await channel.tidy()
        assert len(sam.chat) == 1
        desk.clock.moved += timedelta(seconds=61)
        await channel.tidy()
        assert sam.chat == []
    assert await desk.kept(sam.id) is None


async def test_clearing_is_tried_again_until_telegram_allows_it_no_more(
    telegram: Telegram, desk: Desk
) -> None:
    """A refusal is not the end of it; after 48 hours it is, and the ids go too."""
    sam = telegram.person()
    async with running(telegram, desk) as channel:
        await sam.starts()
        telegram.misbehaves.refuses("deleteMessages", code=502, times=2)
        desk.clock.moved = timedelta(hours=2)
        await channel.tidy()
        await channel.tidy()
        assert len(sam.chat) == 1
        assert await desk.kept(sam.id) is not None
        await channel.tidy()
        assert sam.chat == []
        assert await desk.kept(sam.id) is None

        await sam.starts()
        telegram.misbehaves.refuses("deleteMessages", code=502, times=None)
        desk.clock.moved = timedelta(hours=4)
        await channel.tidy()
        assert await desk.kept(sam.id) is not None
        desk.clock.moved = timedelta(hours=51)
        calls = len(telegram.ledger.calls)
        await channel.tidy()
        await channel.tidy()
    assert await desk.kept(sam.id) is None
    assert "deleteMessages" not in [c.method for c in telegram.ledger.calls[calls:]]


async def test_someone_who_comes_back_first_finds_a_clean_chat(
    telegram: Telegram, desk: Desk
) -> None:
    """What was left an hour ago goes with the first /start, before any clearing."""
    sam = telegram.person()
    async with running(telegram, desk):
        await sam.starts()
        first = sam.screen
        desk.clock.moved = timedelta(hours=2)
        await sam.starts()
    assert len(sam.chat) == 1
    assert sam.screen.id != first.id
    assert sam.screen.text == first.text


async def test_a_running_waymark_clears_by_itself(tmp_path: Path) -> None:
    """Nobody has to do anything: the chat is empty soon after the time is over."""
    async with (
        Telegram() as telegram,
        process_running(
            tmp_path, telegram.base, telegram.token, WAYMARK_FORGET_AFTER="1s"
        ),
    ):
        sam = telegram.person()
        await sam.starts(waits=False)
        await telegram.until(lambda: writes(telegram) == 1)
        await telegram.until(lambda: sam.chat == [])
        assert writes(telegram) == 1
