"""Killed between keeping a tap and showing what follows: nobody answers that unseen."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

from tests.command import PATIENCE
from tests.process import Process, running
from tests.telegram.stand_in import Person, Telegram


async def taps_and_is_not_shown(
    telegram: Telegram, person: Person, process: Process
) -> None:
    """Have a tap kept and confirmed, its screen lost, and the process killed."""
    telegram.misbehaves.leaves_unanswered("editMessageText", times=None)
    update = await person.taps("not_now", waits=False)
    assert update is not None
    async with asyncio.timeout(PATIENCE):
        while not telegram.ledger.confirmed(update):  # noqa: ASYNC110 Telegram's own
            await asyncio.sleep(0.02)
    process.process.send_signal(signal.SIGKILL)
    await process.process.communicate()
    telegram.misbehaves.stops()
    assert person.sees("In danger? Call 999.")


def edits(telegram: Telegram) -> int:
    """Count the edits that Telegram was asked for."""
    return len(telegram.ledger.calls_of("editMessageText"))


def shown(person: Person) -> int:
    """Count the bot's messages that somebody sees."""
    return len([message for message in person.chat if message.by_bot])


async def test_m01_a_label_typed_after_a_kill_answers_no_question_that_nobody_saw(
    tmp_path: Path,
) -> None:
    """M01: words on a button of the next screen are none of it before it was there."""
    async with Telegram(patience=60) as telegram:
        sam, kim = telegram.person(), telegram.person()
        async with running(tmp_path, telegram.base, telegram.token) as process:
            await sam.starts()
            await kim.starts()
            await kim.taps("not_now")
            await taps_and_is_not_shown(telegram, sam, process)
        async with running(tmp_path, telegram.base, telegram.token) as process:
            await sam.types("Skip this question")
            assert sam.screen.text.endswith("Which of these fit?")
            await kim.types("Skip this question")
            assert kim.sees("Someone can talk with you.")
            before = edits(telegram)

            await sam.types("Skip this question")

            assert sam.sees("Someone can talk with you.")
            assert edits(telegram) == before  # it knows what it has shown itself
            await telegram.until(lambda: shown(sam) == shown(kim) == 1)
            await process.is_told_to_stop()


async def test_m01_danger_typed_after_a_kill_waits_for_no_question(
    tmp_path: Path,
) -> None:
    """M01: whatever screen is there, words of danger are answered with 999 alone."""
    async with Telegram(patience=60) as telegram:
        sam = telegram.person()
        async with running(tmp_path, telegram.base, telegram.token) as process:
            await sam.starts()
            await taps_and_is_not_shown(telegram, sam, process)
        async with running(tmp_path, telegram.base, telegram.token):
            before = edits(telegram)

            await sam.types("he is outside my house")

            assert "Call 999 now" in sam.screen.text
            assert edits(telegram) == before
