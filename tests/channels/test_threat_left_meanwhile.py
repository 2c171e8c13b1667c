"""Threat: the phone is picked up while a screen is on its way. Leaving still leaves."""

from __future__ import annotations

import pytest

from bot.channels.telegram import clearing
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
