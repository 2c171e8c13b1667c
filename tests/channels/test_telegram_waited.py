"""What was typed before the present screen was seen: heard, and no answer to it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.channels.telegram import app
from tests.channels.running import Desk, channel_for, kills, running
from tests.telegram.stand_in import Person, Telegram


def by_bot(person: Person) -> int:
    """Count the messages of the bot's that somebody sees."""
    return len([message for message in person.chat if message.by_bot])


@pytest.mark.parametrize(
    ("words", "shown"), [("no", "call 999"), ("he is outside my house", "Call 999 now")]
)
async def test_b20_words_that_waited_for_hours_answer_nothing(
    telegram: Telegram, desk: Desk, words: str, shown: str
) -> None:
    """Typed again and again in a night without an answer, they lead to 999 first."""
    telegram.clock.moves(hours=-9)
    sam = telegram.person()
    async with running(telegram, desk):
        await sam.starts()
    for _ in range(3):
        await sam.types(words, waits=False)
    telegram.clock.moves(hours=9)
    desk.clock.moved = timedelta(hours=9)
    async with running(telegram, desk):
        await telegram.until(lambda: not telegram.updates.pending)
        await telegram.until(lambda: shown in sam.screen.text and by_bot(sam) == 1)
        await sam.taps("leave")
    assert sam.chat == []


async def test_b20_a_fresh_word_is_no_answer_to_a_screen_of_old_words(
    telegram: Telegram, desk: Desk
) -> None:
    """The last of many is a minute old, but what it would answer was never seen."""
    telegram.clock.moves(hours=-9)
    sam = telegram.person()
    await sam.types("hello", waits=False)
    telegram.clock.moves(hours=9)
    await sam.types("no", waits=False)
    async with running(telegram, desk):
        await telegram.until(lambda: not telegram.updates.pending)
        await telegram.until(lambda: by_bot(sam) == 1)
        assert await desk.step(sam.id) == "right_now"
        await sam.types("no")
        assert await desk.step(sam.id) == "which_of_four"


@pytest.mark.usefixtures("channel")
async def test_who_types_on_answers_no_question_unseen(
    telegram: Telegram, desk: Desk
) -> None:
    """Words that come right after an answer are no answer to what follows on it."""
    sam = telegram.person()
    await sam.starts()
    telegram.misbehaves.slows("sendMessage", seconds=0.3, times=1)
    await sam.types("no", waits=False)
    await sam.types("done")
    assert await desk.step(sam.id) == "which_of_four"
    assert sam.screen.text.endswith("Which of these fit?")
    assert by_bot(sam) == 1
    await sam.types("done")
    assert await desk.step(sam.id) == "what_you_want"


async def test_m01_typed_again_after_a_kill_answers_nothing_unseen(
    telegram: Telegram, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before the next question was seen: no word is an answer to that yet."""
    monkeypatch.setattr(app, "_FINISH_WITHIN", 0)
    sam = telegram.person()
    first = asyncio.create_task(channel_for(telegram, desk).run(asyncio.Event()))
    await sam.starts()
    telegram.misbehaves.leaves_unanswered("sendMessage", times=None)
    await sam.types("no", waits=False)
    await telegram.until(lambda: not telegram.updates.pending)
    await kills(first)
    telegram.misbehaves.stops()
    async with running(telegram, desk):
        await sam.types("done")
        assert await desk.step(sam.id) == "which_of_four"
        await sam.types("done")
        assert await desk.step(sam.id) == "what_you_want"
