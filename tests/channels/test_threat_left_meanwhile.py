"""Threat: the phone is picked up while a screen is on its way. Leaving still leaves."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.channels.telegram import clearing
from bot.channels.telegram.manner import Manner
from tests.channels.running import Desk, running
from tests.channels.test_threat_phone_picked_up import sent
from tests.telegram.stand_in import Telegram


@pytest.mark.parametrize("how", ["button", "/exit", "close this"])
@pytest.mark.parametrize("trouble", ["a slow edit", "a flood", "a flood on everything"])
async def test_whoever_leaves_while_a_screen_changes_leaves_an_empty_chat(
    telegram: Telegram,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    how: str,
    trouble: str,
) -> None:
    """A screen that was to be edited is gone by then, and is not sent anew for that."""
    monkeypatch.setattr(clearing, "_PAUSES", [0.05] * len(clearing._PAUSES))  # noqa: SLF001
    sam = telegram.person()
    async with running(telegram, desk):
        await sam.starts()
        screen = sam.screen
        releases = None
        if trouble == "a slow edit":
            releases = telegram.misbehaves.holds("editMessageText", times=1)
        else:
            method = "editMessageText" if trouble == "a flood" else "*"
            telegram.misbehaves.floods(1, method, chat=sam.id)
        await sam.taps("not_now", waits=False)
        await telegram.until(lambda: bool(telegram.ledger.calls_of("editMessageText")))
        if how == "button":
            await sam.taps("leave", on_message=screen, waits=False)
        else:
            await sam.types(how, waits=False)
        await telegram.until(lambda: bool(telegram.ledger.calls_of("deleteMessages")))
        if releases:
            releases()
        await telegram.until(lambda: sam.chat == [])
        await telegram.person().starts()
    assert sam.chat == []
    assert await desk.kept(sam.id) is None
    assert sent(telegram) == 2  # the first screens of both people


async def test_the_last_line_comes_although_a_late_screen_is_being_taken_out(
    telegram: Telegram, desk: Desk
) -> None:
    """The exit waits for it, and says that it is done; said twice it would tell."""
    sam = telegram.person()
    async with running(telegram, desk, manner=Manner(last_line=True)) as channel:
        await sam.starts()
        deletes = telegram.ledger.calls_of
        await telegram.until(lambda: len(deletes("deleteMessages")) == 1)  # of /start
        clears = channel._delivery._clearing  # noqa: SLF001 no tap comes at this moment
        releases = telegram.misbehaves.holds("deleteMessages", times=1)
        late = {sam.screen.id: int(time.time())}
        leaving = clears.leave(sam.id, late, "Closed.", is_exit=False)
        taken_out = asyncio.create_task(leaving)
        await telegram.until(lambda: len(deletes("deleteMessages")) == 2)
        await sam.types("/exit", waits=False)
        await telegram.until(lambda: clears._leaving[sam.id].is_exit)  # noqa: SLF001 as above
        await sam.types("/exit", waits=False)
        releases()
        assert await taken_out
        await telegram.until(lambda: [each.text for each in sam.chat] == ["Closed."])
        await telegram.person().starts()
    assert [each.text for each in sam.chat] == ["Closed."]


@pytest.mark.parametrize("when", ["the last try", "the screen of the fault"])
async def test_the_screen_of_a_fault_does_not_come_after_an_exit(
    telegram: Telegram, desk: Desk, when: str
) -> None:
    """Telegram failed and 999 was to be shown for that. By then they had left."""
    sam = telegram.person()
    async with running(telegram, desk):
        await sam.starts()
        screen = sam.screen
        times = 2 if when == "the last try" else 3
        telegram.misbehaves.refuses("editMessageText", code=502, times=times)
        await sam.taps("not_now", waits=False)
        if when == "the last try":
            edits = telegram.ledger.calls_of
            await telegram.until(lambda: len(edits("editMessageText")) == times)
            telegram.misbehaves.refuses("editMessageText", code=502, times=None)
            releases = telegram.misbehaves.holds("editMessageText", times=1)
            await telegram.until(lambda: len(edits("editMessageText")) == times + 1)
        else:
            releases = telegram.misbehaves.holds("sendMessage", times=1)
            await telegram.until(lambda: sent(telegram) == 2)
        await sam.taps("leave", on_message=screen, waits=False)
        await telegram.until(lambda: screen.id not in [each.id for each in sam.chat])
        releases()
        await telegram.person().starts()
    assert sam.chat == []
