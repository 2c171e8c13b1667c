"""Good practice, quick exit: a test for each row (4.2 of the domain)."""

from __future__ import annotations

import pytest

from tests.channels.running import Desk
from tests.person import Person
from tests.telegram.stand_in import Telegram
from tests.threats.flow_texts import said_at
from tests.walk import ways


@pytest.mark.parametrize("step", ways())
def test_4_2_an_exit_on_every_screen(person: Person, step: str) -> None:
    """Wherever someone stands, one tap is enough."""
    person.starts(at=step)
    assert "leave" in [button.id for button in person.screen.interrupts]


def test_4_2_an_interruption_before_the_first_sensitive_page(person: Person) -> None:
    """What leaving does and does not do is read before anything is asked."""
    person.starts()
    before_the_question = person.screen.text.partition("Who is this about?")[0]
    assert "“Leave now” forgets your answers" in before_the_question
    assert "It cannot" in before_the_question


def test_4_2_what_is_not_erased_is_told(person: Person) -> None:
    """The list of chats, other devices, and what someone has seen."""
    person.starts()
    for words in ("off your list", "undo what someone has seen", "every phone and"):
        assert person.sees(words)


def test_4_2_a_page_about_safety() -> None:
    """How to look, how to hide previews, how to take the chat off the list."""
    page = said_at("safe_phone")
    for words in ("Devices", "Notifications", "Android:", "iPhone:", "Computer:"):
        assert words in page


@pytest.mark.usefixtures("channel")
async def test_4_2_leaving_wipes_and_nothing_can_be_resumed(
    telegram: Telegram, desk: Desk
) -> None:
    """Old buttons lead to the first screen, and nothing of before is there."""
    sam = telegram.person()
    await sam.starts()
    await sam.taps("not_now")
    screen = sam.screen
    await sam.taps("leave")
    assert await desk.kept(sam.id) is None

    await sam.taps("fixated", on_message=screen)
    assert await desk.step(sam.id) == "right_now"


@pytest.mark.usefixtures("channel")
async def test_4_2_nothing_is_sent_after_leaving(telegram: Telegram) -> None:
    """No site of our choosing, no farewell: an empty chat."""
    sam = telegram.person()
    await sam.starts()
    await sam.taps("leave")
    assert sam.chat == []
    assert len(telegram.ledger.calls_of("sendMessage")) == 1


@pytest.mark.parametrize("typed", ["exit", "quit", "hide", "Leave now", "close this"])
def test_4_2_several_ways_to_leave(person: Person, typed: str) -> None:
    """The button, and words that come to mind; each at any moment."""
    person.starts(at="what_else")
    person.types(typed)
    assert person.has_left


def test_4_2_short_calm_wording(person: Person) -> None:
    """Two words on the button, and nothing that alarms or tells."""
    person.starts()
    (leave,) = (b.label for b in person.screen.interrupts if b.id == "leave")
    assert leave == "Leave now"
