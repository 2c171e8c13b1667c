"""On Telegram people read their own language from the first message on."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram.app import TelegramChannel
from bot.core.engine.conversation import Started
from tests.channels.running import Desk, key_of, running
from tests.languages import in_languages
from tests.telegram.stand_in import Telegram


@pytest.fixture
def desk() -> Desk:
    """Give a front desk with a flow in three languages."""
    return Desk(in_languages())


@pytest.fixture(autouse=True)
async def in_three(telegram: Telegram, desk: Desk) -> AsyncIterator[TelegramChannel]:
    """Give a running channel."""
    async with running(telegram, desk) as channel:
        yield channel


async def test_start_is_in_the_language_of_the_phone(telegram: Telegram) -> None:
    """Whose Telegram is in Urdu need not read a word of English."""
    sam = telegram.person(language="ur")
    await sam.starts()
    assert "\u2068999\u2069" in sam.screen.text
    assert sam.sees("خطرے میں ہیں؟")


async def test_a_tap_on_a_language_edits_the_same_message(telegram: Telegram) -> None:
    """The chat does not grow by it, and the conversation goes on in Welsh."""
    sam = telegram.person(language="en")
    await sam.starts()
    screen = sam.screen.id
    await sam.taps("language_cy")
    assert sam.screen.id == screen
    assert sam.sees("Mewn perygl? Ffoniwch 999.")
    await sam.taps("not_now")
    assert sam.sees("Pa rai sy'n wir?")


async def test_an_update_that_comes_again_is_shown_in_the_same_language(
    desk: Desk,
) -> None:
    """After a restart Telegram may send a tap once more; the words stay the same."""
    sam = key_of(7)
    await desk.front_desk.receive(sam, Started("cy"), "update 1")
    again = await desk.front_desk.receive(sam, Started("cy"), "update 1")
    assert again.screen is not None
    assert again.screen.text.startswith("Mewn perygl? Ffoniwch 999.")


async def test_a_language_that_is_not_on_offer_is_not_kept(
    telegram: Telegram, desk: Desk
) -> None:
    """What a phone speaks could tell one person from the others."""
    sam = telegram.person(language="gd")
    await sam.starts()
    assert sam.sees("In danger? Call 999.")
    kept = await desk.kept(sam.id)
    assert kept is not None
    assert kept["conversation"]["language"] == ""


async def test_the_last_words_are_in_the_language_of_the_person(
    telegram: Telegram, desk: Desk
) -> None:
    """Whoever takes the phone must not wonder at a line in another language."""
    sam = telegram.person(language="cy")
    await sam.starts()
    telegram.clock.moves(hours=49)
    await sam.taps("leave", waits=False)
    await telegram.until(lambda: sam.screen.text == "Wedi cau.")
    assert sam.screen.buttons == []
    await telegram.until(
        lambda: [m.text for m in sam.chat if m.by_bot] == ["Wedi cau."]
    )
    kept = await desk.kept(sam.id)
    assert "conversation" not in (kept or {})
