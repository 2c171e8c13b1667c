"""Threat: someone leaves, and needs help before all is taken out of the chat.

What they do next is answered, and the answer does not go with what they left.
"""

from __future__ import annotations

import asyncio
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from bot.core.person import PersonKey
from bot.frontdesk import FrontDesk
from bot.stores.base import T, Work
from bot.stores.memory import MemoryStore
from tests.channels.running import FORGET_AFTER, Desk, running, small_machine
from tests.stores.shelf import opened
from tests.telegram.stand_in import Person, Telegram


class SlowStore(MemoryStore):
    """A store that takes a moment, as one on a disk or in a network does."""

    async def turn(
        self,
        person: PersonKey,
        receipt: str | None,
        work: Work[T],
        *,
        used: datetime | None = None,
    ) -> T:
        """Do a turn a moment later."""
        await asyncio.sleep(0.02)
        return await super().turn(person, receipt, work, used=used)


async def does(person: Person, what: str) -> None:
    """Write, or tap a button of the only screen there is."""
    if what == "danger":
        await person.taps(what, waits=False)
    else:
        await person.types(what, waits=False)


@pytest.mark.parametrize("kind", ["slow", "sqlite"])
@pytest.mark.parametrize("then", ["he is outside", "danger", "/start"])
async def test_what_comes_with_the_exit_and_must_be_answered_is(
    telegram: Telegram, desk: Desk, tmp_path: Path, kind: str, then: str
) -> None:
    """Both come in one poll: the phone had no net, or we had just been restarted."""
    sam = telegram.person()
    async with opened(tmp_path / "waymark.db", desk.clock) as sqlite:
        slow = SlowStore(desk.clock, FORGET_AFTER)
        store = sqlite if kind == "sqlite" else slow
        desk.front_desk = FrontDesk(small_machine(), store, desk.clock, FORGET_AFTER)
        async with running(telegram, desk):
            await sam.starts()
            await sam.taps("not_now")
            left = sam.screen
        await sam.taps("leave", waits=False)
        await does(sam, then)
        async with running(telegram, desk):
            asked, shows = "If so, call 999", "Call 999 now"
            shows = asked if then == "/start" else shows
            await telegram.until(lambda: left not in sam.chat and sam.sees(shows))
            await telegram.until(lambda: len(sam.chat) == 1)
            await sam.taps("not_now" if then == "/start" else "safe_now")
            assert sam.sees("Which of these fit?" if then == "/start" else asked)
            await sam.taps("leave")
    assert sam.chat == []


async def test_danger_tapped_on_a_screen_that_is_being_deleted_is_seen(
    telegram: Telegram, desk: Desk
) -> None:
    """The card with 999 must not go with the message it was tapped on."""
    sam = telegram.person()
    async with running(telegram, desk):
        await sam.starts()
        left = sam.screen
        releases = telegram.misbehaves.holds("deleteMessages", times=1)
        await sam.taps("leave", waits=False)
        await telegram.until(lambda: bool(telegram.ledger.calls_of("deleteMessages")))
        await sam.taps("danger", on_message=left, waits=False)
        await telegram.until(partial(sam.sees, "Call 999"))
        releases()
        await telegram.until(lambda: left.id not in [each.id for each in sam.chat])
        assert sam.sees("Call 999")
        assert await desk.step(sam.id) == "call_999"


async def test_a_tap_of_somebody_who_is_forgotten_is_shown_below(
    telegram: Telegram, desk: Desk
) -> None:
    """They may have left at another replica, which is deleting what was tapped on."""
    sam = telegram.person()
    async with running(telegram, desk):
        await sam.starts()
        left = sam.screen
        desk.store = MemoryStore(desk.clock, FORGET_AFTER)
    desk.front_desk = FrontDesk(small_machine(), desk.store, desk.clock, FORGET_AFTER)
    async with running(telegram, desk):
        await sam.taps("danger", on_message=left, waits=False)
        await telegram.until(lambda: [each.id for each in sam.chat] > [left.id])
        assert sam.sees("Call 999")


async def test_whoever_comes_back_while_all_is_taken_out_is_answered(
    telegram: Telegram, desk: Desk
) -> None:
    """Telegram deletes nothing for a while; they begin again, and go on."""
    sam = telegram.person()
    async with running(telegram, desk) as channel:
        await sam.starts()
        left = sam.screen
        telegram.misbehaves.refuses("deleteMessages", code=502, times=None)
        await sam.taps("leave", waits=False)
        await telegram.until(lambda: bool(telegram.ledger.calls_of("deleteMessages")))
        await sam.types("/start", waits=False)
        await telegram.until(lambda: sam.screen.id != left.id)
        await sam.taps("not_now", waits=False)
        await telegram.until(partial(sam.sees, "Which of these fit?"))
        await sam.taps("leave", waits=False)
        await telegram.until(lambda: channel.in_hand == 1)
        telegram.misbehaves.stops()
        await telegram.until(lambda: sam.chat == [])
    assert await desk.kept(sam.id) is None
