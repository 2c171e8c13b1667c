"""Words that come one by one are read as one message, for some seconds only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.core.engine.conversation import Event, Said, Tapped
from bot.core.person import PersonKey
from bot.frontdesk import FrontDesk
from bot.recent_words import MOST_MESSAGES, READ_TOGETHER, RecentWords
from bot.stores.memory import MemoryStore
from tests.walk import shipped

NOW = datetime(2026, 11, 25, 22, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SHE, HE = PersonKey(b"she"), PersonKey(b"he")


def before(event: Event) -> tuple[str, ...]:
    """Return the words that an event is read together with."""
    assert isinstance(event, Said)
    return event.before


def test_words_are_read_with_what_came_just_before() -> None:
    """Each person with their own words, the oldest first."""
    recent = RecentWords()
    recent.after(SHE, Said("he"), NOW, understood=False)
    recent.after(HE, Said("hello"), NOW, understood=False)
    recent.after(SHE, Said("is"), NOW, understood=False)

    assert before(recent.together(SHE, Said("here"), NOW)) == ("he", "is")


def test_after_some_seconds_a_message_is_read_by_itself() -> None:
    """What was said a minute ago is another thought."""
    recent = RecentWords()
    recent.after(SHE, Said("he"), NOW, understood=False)
    later = NOW + READ_TOGETHER + timedelta(seconds=1)

    assert before(recent.together(SHE, Said("here"), later)) == ()


def test_what_was_understood_is_not_read_again() -> None:
    """A card that was shown is not shown again because of the words before it."""
    recent = RecentWords()
    recent.after(SHE, Said("report him"), NOW, understood=True)

    assert before(recent.together(SHE, Said("thanks"), NOW)) == ()


def test_a_tap_between_two_messages_parts_them() -> None:
    """Whoever tapped has answered; what follows is new."""
    recent = RecentWords()
    recent.after(SHE, Said("he"), NOW, understood=False)
    recent.after(SHE, Tapped("me"), NOW, understood=False)

    assert before(recent.together(SHE, Said("here"), NOW)) == ()


def test_words_do_not_pile_up() -> None:
    """A flood of messages takes no more memory than a few of them."""
    recent = RecentWords()
    for number in range(100):
        recent.after(SHE, Said(str(number)), NOW, understood=False)

    assert len(before(recent.together(SHE, Said("x"), NOW))) == MOST_MESSAGES


def test_words_are_let_go_of_though_nobody_writes() -> None:
    """Memory holds nobody's words once the seconds are over."""
    recent = RecentWords()
    recent.after(SHE, Said("he"), NOW, understood=False)

    recent.let_go(NOW + timedelta(minutes=1))

    assert "he" not in repr(vars(recent))


async def test_a_cry_in_three_messages_is_heard() -> None:
    """Each alone says little, together they are danger: "in" "my" "house"."""
    store = MemoryStore(lambda: NOW, HOUR)
    desk = FrontDesk(shipped(), store, lambda: NOW, recent=RecentWords())

    for number, words in enumerate(("he is in", "my", "house")):
        reply = await desk.receive(SHE, Said(words), f"update {number}")

    assert reply.screen is not None
    assert reply.screen.route == "police_999"
