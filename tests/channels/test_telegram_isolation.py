"""What goes wrong in one chat goes wrong in that chat, and nobody else notices."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from bot.channels.telegram import app
from tests.channels.running import Desk, running
from tests.telegram.json_types import Json
from tests.telegram.ledger import Call
from tests.telegram.stand_in import Person, Telegram

FLOOD = 500  # updates of one chat
HELD = 60.0  # seconds: longer than any test waits


def sent_to(telegram: Telegram, person: Person) -> list[Call]:
    """Give the tries to show somebody a screen, oldest first."""
    calls = telegram.ledger.calls_for(person.id)
    return [call for call in calls if call.method in {"sendMessage", "editMessageText"}]


async def goes_through(telegram: Telegram, person: Person) -> None:
    """Have somebody go from the first screen to 101, and on to 999."""
    await person.starts(waits=False)
    await telegram.until(lambda: any(message.by_bot for message in person.chat))
    for option, words in (
        ("not_now", "Which of these fit?"),
        ("done", "What do you want"),
        ("report", "101"),
        ("danger", "Call 999"),
    ):
        await person.taps(option, waits=False)
        await telegram.until(partial(person.sees, words))


@pytest.mark.usefixtures("channel")
async def test_b13_a_chat_that_floods_us_and_is_slowed_down_waits_alone(
    telegram: Telegram, desk: Desk
) -> None:
    """B13: others are answered; the flood's own answer waits as long as it must."""
    flood, others = telegram.person(), [telegram.person() for _ in range(20)]
    telegram.misbehaves.floods(1, chat=flood.id)
    for number in range(FLOOD):
        await flood.types(f"hello {number}", waits=False)
    await asyncio.gather(*(goes_through(telegram, person) for person in others))

    for person in others:
        assert await desk.step(person.id) == "call_999"
    await telegram.until(lambda: any(not c.refused for c in sent_to(telegram, flood)))
    tries = sent_to(telegram, flood)
    refused = [call for call in tries if call.status == 429]
    (answered, *_) = [call for call in tries if call.status in {None, 200}]
    assert 1 <= len(refused) <= 2
    assert answered.at - refused[0].at >= 1
    assert not [call for call in telegram.ledger.calls if call.status == 0]


async def test_b13_others_are_answered_while_the_flood_still_waits(
    telegram: Telegram, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B13: Telegram wants a minute of patience with one chat, and has it."""
    monkeypatch.setattr(app, "_FINISH_WITHIN", 0.2)
    async with running(telegram, desk):
        flood, others = telegram.person(), [telegram.person() for _ in range(20)]
        telegram.misbehaves.floods(60, chat=flood.id)
        for number in range(FLOOD):
            await flood.types(f"hello {number}", waits=False)
        await asyncio.gather(*(goes_through(telegram, person) for person in others))
        assert not [c for c in sent_to(telegram, flood) if c.status == 200]
    for person in others:
        assert await desk.step(person.id) == "call_999"


async def test_b13_more_people_than_telegram_lets_us_answer_at_once(
    telegram: Telegram, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """B13: its limit is for all chats together. Everybody gets their own screen."""
    people = [telegram.person() for _ in range(24)]
    telegram.misbehaves.limits(6, seconds=1)
    async with running(telegram, desk):
        for person in people:
            await person.starts(waits=False)
        for person in people:
            await telegram.until(partial(person.sees, "call 999"))
    assert not caplog.records
    for person in people:
        assert await desk.step(person.id) == "right_now"
        assert len([message for message in person.chat if message.by_bot]) == 1


async def test_whatever_happens_in_some_chats_the_others_are_answered(
    telegram: Telegram, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow send, a flood limit, a block, a broken update: nobody else waits."""
    monkeypatch.setattr(app, "_FINISH_WITHIN", 0.2)
    async with running(telegram, desk):
        await some_in_trouble(telegram, desk)


async def some_in_trouble(telegram: Telegram, desk: Desk) -> None:
    """Have things go wrong in some chats, and look at all the others."""
    slow, limited, blocks, gone = trouble = [telegram.person() for _ in range(4)]
    for person in trouble:
        await person.starts()
    telegram.misbehaves.slows("editMessageText", seconds=HELD, chat=slow.id)
    telegram.misbehaves.floods(int(HELD), chat=limited.id)
    for person in trouble:
        await person.taps("not_now", waits=False)
    await blocks.blocks()
    await gone.types("hello", waits=False)
    telegram.chats.forget(gone.id)
    poisoned: Json = {"message": {"message_id": "x", "chat": slow.chat_about}}
    for _ in range(5):
        telegram.updates.put(poisoned, slow.id, unasked=True)

    others = [telegram.person() for _ in range(20)]
    await asyncio.gather(*(goes_through(telegram, person) for person in others))

    for person in others:
        assert await desk.step(person.id) == "call_999"
        assert len([message for message in person.chat if message.by_bot]) == 1
    assert sent_to(telegram, slow)[-1].status is None
    assert "call 999" in limited.screen.text
    for person in (blocks, gone):
        assert await desk.kept(person.id) is None


async def test_nobody_waits_for_the_next_screen_until_the_last_is_deleted(
    telegram: Telegram, desk: Desk
) -> None:
    """Telegram holds each deletion: the way to 999 is as short as ever."""
    sam = telegram.person()
    async with running(telegram, desk):
        releases = telegram.misbehaves.holds("deleteMessages", times=None)
        await sam.starts(waits=False)
        await telegram.until(lambda: any(message.by_bot for message in sam.chat))
        await sam.taps("not_now", waits=False)
        await telegram.until(partial(sam.sees, "Which of these fit?"))
        await sam.types("he is outside", waits=False)
        await telegram.until(partial(sam.sees, "Call 999"))
        deletions = telegram.ledger.calls_of("deleteMessages")
        assert {call.status for call in deletions} == {None}  # none is answered yet
        releases()
        await telegram.until(lambda: len(sam.chat) == 1)
    assert await desk.step(sam.id) == "call_999"


@pytest.mark.parametrize("deletion", ["held", "refused for now"])
async def test_no_screen_goes_with_the_message_it_was_put_into(
    telegram: Telegram, desk: Desk, deletion: str
) -> None:
    """Whoever taps the screen before, still there, must not be left with nothing."""
    sam = telegram.person()
    async with running(telegram, desk) as channel:
        await sam.starts()
        await telegram.until(lambda: len(sam.chat) == 1)
        before = sam.screen
        if deletion == "held":
            releases = telegram.misbehaves.holds("deleteMessages", times=None)
        else:
            telegram.misbehaves.refuses("deleteMessages", code=502, times=None)
        await sam.types("hello", waits=False)
        await telegram.until(lambda: sam.screen.id != before.id)
        await telegram.until(lambda: bool(telegram.ledger.calls_of("deleteMessages")))
        await sam.taps("not_now", on_message=before, waits=False)
        await telegram.until(partial(sam.sees, "Which of these fit?"))
        if deletion == "held":
            releases()
        else:
            telegram.misbehaves.orders.clear()
            await channel.tidy()
        await telegram.until(lambda: len(sam.chat) == 1)
        assert sam.sees("Which of these fit?")
        await sam.taps("danger")
    assert sam.sees("Call 999")
