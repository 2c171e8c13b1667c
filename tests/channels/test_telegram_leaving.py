"""Leaving quickly: what can be taken away is gone, and nothing comes afterwards."""

from __future__ import annotations

import pytest

from tests.channels.running import Desk
from tests.telegram.json_types import Json
from tests.telegram.stand_in import Telegram

pytestmark = pytest.mark.usefixtures("channel")


async def test_b49_the_leave_button_takes_the_screen_away(
    telegram: Telegram, desk: Desk
) -> None:
    """One tap, and the bot's words and the person's answers are gone."""
    sam = telegram.person()
    await sam.starts()
    await sam.taps("not_now")
    sent = len(telegram.ledger.calls_of("sendMessage"))
    await sam.taps("leave")
    assert [message for message in sam.chat if message.by_bot] == []
    assert await desk.kept(sam.id) is None
    assert len(telegram.ledger.calls_of("sendMessage")) == sent


async def test_typing_exit_takes_the_words_away_too(
    telegram: Telegram, desk: Desk
) -> None:
    """Neither the screen nor the command that left stays in the chat."""
    sam = telegram.person()
    await sam.starts()
    await sam.types("/exit")
    assert sam.chat == []
    assert await desk.kept(sam.id) is None


async def test_leaving_by_words_is_leaving(telegram: Telegram, desk: Desk) -> None:
    """Who has no time to find a button types it."""
    sam = telegram.person()
    await sam.starts()
    await sam.types("close this")
    assert sam.chat == []
    assert await desk.kept(sam.id) is None


async def test_a_screen_that_cannot_be_deleted_says_nothing_any_more(
    telegram: Telegram,
) -> None:
    """After 48 hours Telegram keeps the message; its words and buttons still go."""
    sam = telegram.person()
    await sam.starts()
    telegram.clock.moves(hours=49)
    await sam.taps("leave", waits=False)
    await telegram.until(lambda: sam.screen.text == "Closed.")
    assert sam.screen.buttons == []


async def test_what_can_be_deleted_is_although_something_else_cannot(
    telegram: Telegram,
) -> None:
    """One old message does not keep the others in the chat."""
    sam = telegram.person()
    await sam.starts()
    telegram.clock.moves(hours=49)
    await sam.types("/exit")
    assert [message.text for message in sam.chat] == ["Closed."]


async def test_b12_four_go_although_telegram_keeps_the_fifth(
    telegram: Telegram, desk: Desk
) -> None:
    """What stays loses its words and buttons, and nobody is told that all is gone."""
    sam = telegram.person()
    await sam.starts()
    screen = sam.screen
    for _ in range(4):
        await sam.sends_photo()
    for method in ("deleteMessages", "deleteMessage"):
        telegram.misbehaves.refuses(
            method,
            "message can't be deleted",
            times=None,
            when=lambda given: screen.id in _named(given),
        )
    screen = sam.screen
    await sam.types("/exit")
    assert [message.id for message in sam.chat] == [screen.id]
    assert sam.screen.text == "Closed."
    assert sam.screen.buttons == []
    assert await desk.kept(sam.id) is None


def _named(given: Json) -> list[int]:
    return [*given.get("message_ids", ()), given.get("message_id", 0)]


async def test_leaving_twice_sends_nothing(telegram: Telegram, desk: Desk) -> None:
    """A second tap on Leave, or the same one handed over again, brings nothing back."""
    sam = telegram.person()
    await sam.starts()
    screen = sam.screen
    first = await sam.taps("leave")
    assert first is not None
    await sam.taps("leave", on_message=screen)
    telegram.updates.repeat(first)
    await telegram.until(lambda: telegram.ledger.handed(first) == 2)
    await telegram.until(lambda: not telegram.updates.pending)
    kim = telegram.person()
    await kim.starts()
    assert len(telegram.ledger.calls_of("sendMessage")) == 2
    assert [message for message in sam.chat if message.by_bot] == []
    assert await desk.kept(sam.id) is None
