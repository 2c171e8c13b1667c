"""What comes again after a kill had been seen perhaps: then only what follows is shown.

A screen that is shown twice looks like the answer to whatever its person did next.
"""

from __future__ import annotations

import asyncio

import pytest

from bot.channels.telegram import app, delivery
from tests.channels.running import Desk, channel_for, kills, running
from tests.command import PATIENCE
from tests.telegram.stand_in import Person, Telegram


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it wait for nothing but what has come, and for that however long it takes."""
    monkeypatch.setattr(delivery, "_FOLLOWED_WITHIN", 0)
    monkeypatch.setattr(delivery, "_CAUGHT_UP_WITHIN", PATIENCE)
    for name in ("_CONFIRM_WITHIN", "_FINISH_WITHIN"):
        monkeypatch.setattr(app, name, 0)


async def seen_before_a_kill(
    telegram: Telegram, desk: Desk, sam: Person, choice: str
) -> None:
    """Have somebody see what a tap led to, and Telegram not hear that it was taken."""
    first = asyncio.create_task(channel_for(telegram, desk).run(asyncio.Event()))
    await sam.starts()
    await telegram.until(lambda: not telegram.updates.pending)
    before = sam.screen.text
    telegram.misbehaves.refuses("getUpdates", code=500, times=None)
    await sam.taps(choice, waits=False)
    await telegram.until(lambda: sam.screen.text != before)
    await kills(first)
    telegram.misbehaves.stops()
    assert len(telegram.updates.pending) == 1


async def something_else(telegram: Telegram, times: int) -> None:
    """Have so many updates come from somebody else; a hundred are all of one poll."""
    somebody = telegram.person()
    for _ in range(times):
        await somebody.sends_sticker(waits=False)


def shown(telegram: Telegram, sam: Person) -> list[str]:
    """Tell what somebody was shown, a line for each time."""
    calls = telegram.ledger.calls_for(sam.id)
    texts = [call.parameters["text"] for call in calls if "text" in call.parameters]
    return [text.splitlines()[0] for text in texts]


@pytest.mark.parametrize("choice", ["not_now", "danger"])
@pytest.mark.parametrize("between", [0, 100])
async def test_m01_what_was_seen_before_a_kill_is_no_answer_to_the_next_tap(
    telegram: Telegram, desk: Desk, choice: str, between: int
) -> None:
    """Their next tap has one answer, its own, however much came between."""
    sam = telegram.person()
    await seen_before_a_kill(telegram, desk, sam, choice)
    await something_else(telegram, between)
    before = len(shown(telegram, sam))
    follows = {"not_now": "done", "danger": "back"}[choice]
    await sam.taps(follows, waits=False)
    async with running(telegram, desk):
        await telegram.until(lambda: not telegram.updates.pending)
        answer = {"not_now": "What do you want", "danger": "Are you in danger"}[choice]
        await telegram.until(lambda: sam.screen.text.startswith(answer))
    (only,) = shown(telegram, sam)[before:]
    assert only.startswith(answer)


async def test_m01_danger_that_comes_again_alone_is_shown_at_once(
    telegram: Telegram, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing else of theirs has come, so nothing is waited for."""
    sam = telegram.person()
    await seen_before_a_kill(telegram, desk, sam, "danger")
    monkeypatch.setattr(delivery, "_FOLLOWED_WITHIN", PATIENCE)
    before = len(shown(telegram, sam))
    async with running(telegram, desk):
        await telegram.until(lambda: len(shown(telegram, sam)) > before, within=30)
    assert shown(telegram, sam)[-1].startswith("Call 999")


async def test_m01_what_comes_again_is_shown_where_the_rest_takes_too_long(
    telegram: Telegram, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much is waiting with Telegram, nobody waits for ever."""
    sam = telegram.person()
    await seen_before_a_kill(telegram, desk, sam, "danger")
    monkeypatch.setattr(delivery, "_CAUGHT_UP_WITHIN", 0)
    await something_else(telegram, 100)
    before = len(shown(telegram, sam))
    async with running(telegram, desk):
        await telegram.until(lambda: len(shown(telegram, sam)) > before)
    assert shown(telegram, sam)[-1].startswith("Call 999")
