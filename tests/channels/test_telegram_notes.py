"""What is noted of a chat is bounded, and nothing that could not be deleted is."""

from __future__ import annotations

from datetime import timedelta

from bot.channels.telegram.notes import DELETABLE_FOR, MOST, Traces, noting, traces_in
from bot.core.engine.conversation import Tapped
from tests.channels.test_updates import NOW, a_tap, read

AT = 1_800_000_000


def test_a_message_that_could_soon_not_be_deleted_is_sent_anew() -> None:
    """A screen edited all day long must still be one that Telegram lets us delete."""
    edited = int((NOW - timedelta(minutes=1)).timestamp())
    for hours, anew in ((22, False), (24, True)):
        stood = timedelta(hours=hours)
        tap = a_tap("3:right_now:now", stood=stood, edit_date=edited)
        incoming = read(tap)
        assert incoming is not None
        assert incoming.old is anew
        assert incoming.event == Tapped("now", "right_now")


def test_what_telegram_would_not_delete_is_not_kept() -> None:
    """After 48 hours an id is of no use, so it is not there any more."""
    traces = Traces(7).add({1: AT}, AT).add({2: AT + DELETABLE_FOR}, AT + DELETABLE_FOR)

    assert traces.messages == {2: AT + DELETABLE_FOR}


def test_the_newest_are_kept_of_more_than_anyone_needs() -> None:
    """However much somebody writes, what is kept of them stays small."""
    traces = Traces(7).add(dict.fromkeys(range(MOST + 50), AT), AT)

    assert list(traces.messages) == list(range(50, MOST + 50))


def test_nothing_is_left_of_a_chat_in_which_nothing_is() -> None:
    """The last message that goes takes the number of its chat with it."""
    notes = Traces(7).add({1: AT, 2: AT}, AT).show((2,)).to_plain()
    assert traces_in(notes, 7) == Traces(7, (2,), {1: AT, 2: AT})

    assert noting(7, lambda traces: traces.drop([1, 2]))(notes) == {}
