"""Killed while nothing can be stored: what was answered meanwhile is not lost."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from bot.bootstrap import DATABASE
from tests.process import Process, running
from tests.stores.shelf import held
from tests.telegram.stand_in import Person, Telegram

KEY = "a key made up for these tests only"


@pytest.mark.parametrize(
    ("lives", "does", "then", "follows"),
    [
        pytest.param(1, "not_now", "done", "Someone can talk", id="known"),
        pytest.param(1, "danger", "back", "In danger? Call 999.", id="known in danger"),
        # Of whom the process knows nothing yet: danger waits for no store all the same.
        pytest.param(2, "danger", "back", "In danger? Call 999.", id="in danger"),
    ],
)
async def test_m01_b28_what_was_answered_without_the_store_outlives_a_kill(
    tmp_path: Path, lives: int, does: str, then: str, follows: str
) -> None:
    """The file is held, someone is answered all the same, and the process is killed.

    Telegram was not told to forget what they did. So the next process does it, and
    their next tap is right.
    """
    async with Telegram(patience=60) as telegram:
        sam = telegram.person()
        async with life(telegram, tmp_path) as process:
            await sam.starts()
            await telegram.until(lambda: not telegram.updates.pending)
            if lives == 1:
                tap = await taps_before_a_kill(process, sam, does, tmp_path)
        if lives == 2:
            async with life(telegram, tmp_path) as process:
                await telegram.person().starts()  # it serves, and has not met Sam
                tap = await taps_before_a_kill(process, sam, does, tmp_path)
        async with life(telegram, tmp_path):
            await telegram.until(lambda: telegram.ledger.confirmed(tap))
            await sam.taps(then)
            assert sam.screen.text.startswith(follows), sam.screen.text


def life(telegram: Telegram, data: Path) -> AbstractAsyncContextManager[Process]:
    """Start Waymark, again on the same data; it is killed at the end."""
    return running(data, telegram.base, telegram.token, WAYMARK_KEY=KEY)


async def taps_before_a_kill(
    process: Process, sam: Person, choice: str, data: Path
) -> int:
    """Have somebody tap while the file is held; end the process before it is free.

    Returns the number of their tap, once Telegram has heard all that was to be told.
    """
    telegram, before = sam.telegram, sam.screen.text
    with held(data / DATABASE):
        tap = await sam.taps(choice, waits=False)
        assert tap is not None
        await telegram.until(lambda: sam.screen.text != before)
        polls = telegram.ledger.calls_of
        enough = len(polls("getUpdates")) + 2
        await telegram.until(lambda: len(polls("getUpdates")) >= enough)
        process.process.kill()
        await process.ends()
    return tap
