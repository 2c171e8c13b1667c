"""What a channel notes of a chat: it outlives answers, until all of it is cleared."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.engine.conversation import Interrupted, Started, Tapped
from bot.core.engine.machine import FlowMachine
from bot.core.person import person_key
from bot.frontdesk import FrontDesk
from bot.stores.memory import MemoryStore
from tests.stores.shelf import Clock
from tests.test_frontdesk import kept, step

HALF_AN_HOUR = timedelta(minutes=30)
SOMEONE = person_key(b"a key", "test", 1)
SOMEONE_ELSE = person_key(b"a key", "test", 2)


@pytest.fixture
def clock() -> Clock:
    """Give a clock that stands still until it is moved."""
    return Clock()


@pytest.fixture
def store(clock: Clock) -> MemoryStore:
    """Give a store that forgets after half an hour."""
    return MemoryStore(clock, HALF_AN_HOUR)


@pytest.fixture
def desk(machine: FlowMachine, store: MemoryStore, clock: Clock) -> FrontDesk:
    """Give a front desk for the shipped flow."""
    return FrontDesk(machine, store, clock, HALF_AN_HOUR)


async def test_leaving_leaves_the_notes_until_all_is_cleared(
    desk: FrontDesk, store: MemoryStore
) -> None:
    """Answers go at once; which messages to clear is known until they are cleared."""
    await desk.receive(SOMEONE, Started())
    await desk.note(SOMEONE, lambda _: {"messages": [7]})

    reply = await desk.receive(SOMEONE, Interrupted("leave"))

    assert reply.notes == {"messages": [7]}
    assert await kept(store, SOMEONE) == {"notes": {"messages": [7]}}
    await desk.note(SOMEONE, lambda _: {})
    assert await kept(store, SOMEONE) is None


async def test_what_is_remembered_comes_with_the_next_turn(desk: FrontDesk) -> None:
    """The channel finds its message again, and edits it in place, time after time."""
    await desk.receive(SOMEONE, Started())
    await desk.note(SOMEONE, lambda _: {"messages": [7]})
    await desk.receive(SOMEONE, Interrupted("danger"))
    await desk.receive(SOMEONE, Tapped("safe_now"))

    reply = await desk.receive(SOMEONE, Tapped("me"))

    assert reply.notes == {"messages": [7]}
    assert step(reply) == "right_now"


async def test_a_note_that_comes_late_is_told_so(
    desk: FrontDesk, store: MemoryStore
) -> None:
    """A message that was sent while its person left brings no answers back."""
    reply = await desk.receive(SOMEONE, Started())
    assert await desk.stands(SOMEONE, reply.turn)
    await desk.receive(SOMEONE, Interrupted("leave"))

    stands = await desk.note(SOMEONE, lambda _: {"messages": [7]}, reply.turn)

    assert not stands
    assert await kept(store, SOMEONE) == {"notes": {"messages": [7]}}


async def test_a_later_turn_makes_an_earlier_screen_unwanted(desk: FrontDesk) -> None:
    """What waited while the person went on is not shown over what they see now."""
    first = await desk.receive(SOMEONE, Started())
    second = await desk.receive(SOMEONE, Tapped("me"))

    assert not await desk.stands(SOMEONE, first.turn)
    assert await desk.stands(SOMEONE, second.turn)


async def test_to_ask_whether_a_screen_is_wanted_keeps_nobody_longer(
    desk: FrontDesk, store: MemoryStore, clock: Clock
) -> None:
    """Answers go half an hour after the last turn, however long Telegram takes."""
    reply = await desk.receive(SOMEONE, Started())
    clock.now += HALF_AN_HOUR * 0.9
    assert await desk.stands(SOMEONE, reply.turn)
    clock.now += HALF_AN_HOUR * 0.2

    assert await kept(store, SOMEONE) is None
    assert not await desk.stands(SOMEONE, reply.turn)


async def test_the_notes_of_whoever_is_forgotten_are_handed_over_once(
    desk: FrontDesk, store: MemoryStore, clock: Clock
) -> None:
    """An hour later the messages can still be found, and the answers cannot."""
    await desk.receive(SOMEONE, Started(), note=lambda _: {"messages": [7]})
    await desk.receive(SOMEONE_ELSE, Started())
    clock.now += HALF_AN_HOUR

    assert await desk.forget_idle() == ({"messages": [7]},)
    assert await desk.forget_idle() == ()
    assert await kept(store, SOMEONE) == {"notes": {"messages": [7]}}
    await desk.note(SOMEONE, lambda _: {})  # the channel has taken them out
    assert await kept(store, SOMEONE) is None
