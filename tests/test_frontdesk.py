"""A turn from outside to outside: kept once, shown always, logged without a word."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.engine.conversation import Interrupted, Said, Started, Tapped
from bot.core.engine.machine import FlowMachine
from bot.core.person import PersonKey, person_key
from bot.frontdesk import FrontDesk
from bot.reply import Reply
from bot.stores.base import Record
from bot.stores.memory import MemoryStore
from tests.stores.shelf import keeps, looks

HALF_AN_HOUR = timedelta(minutes=30)
SOMEONE = person_key(b"a key", "test", 1)
SOMEONE_ELSE = person_key(b"a key", "test", 2)


@dataclass
class Clock:
    """A clock that a test moves, and can break."""

    now: datetime = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
    is_broken: bool = False

    def __call__(self) -> datetime:
        """Tell the time; where it is broken, its error holds what must not be said."""
        if self.is_broken:
            raise RuntimeError("SENTINEL-91 he is outside my door")
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Give a clock that stands still until it is moved."""
    return Clock()


@pytest.fixture
def store(clock: Clock) -> MemoryStore:
    """Give a store that forgets after half an hour. Its own clock never breaks."""
    return MemoryStore(lambda: clock.now, HALF_AN_HOUR)


@pytest.fixture
def desk(machine: FlowMachine, store: MemoryStore, clock: Clock) -> FrontDesk:
    """Give a front desk for the shipped flow."""
    return FrontDesk(machine, store, clock, HALF_AN_HOUR)


async def kept(store: MemoryStore, person: PersonKey) -> Record | None:
    """Return what a store holds of a person."""
    return await store.turn(person, None, looks)


def step(reply: Reply) -> str | None:
    """Return the step that a reply shows."""
    return reply.screen.step if reply.screen else None


async def test_a_conversation_goes_on_where_it_was(desk: FrontDesk) -> None:
    """Each turn finds what the one before has kept."""
    await desk.receive(SOMEONE, Started())
    await desk.receive(SOMEONE, Tapped("me"))

    reply = await desk.receive(SOMEONE, Tapped("not_now"))

    assert step(reply) == "which_of_four"
    assert reply.facts == {"who": ("me",), "danger": ("not_now",)}


async def test_a_repeated_update_shows_again_and_changes_nothing(
    desk: FrontDesk, store: MemoryStore
) -> None:
    """M01: done before, perhaps not answered: the same screen, and no second step."""
    await desk.receive(SOMEONE, Started(), "update 1")
    first = await desk.receive(SOMEONE, Tapped("skip"), "update 2")
    before = await kept(store, SOMEONE)

    again = await desk.receive(SOMEONE, Tapped("skip"), "update 2")

    assert again.screen == first.screen
    assert again.facts == first.facts
    assert await kept(store, SOMEONE) == before


@pytest.mark.parametrize("minutes", [1, 31])
async def test_a_repeated_danger_still_shows_999(
    desk: FrontDesk, store: MemoryStore, clock: Clock, minutes: int
) -> None:
    """M01: whatever happened to the first reply, the number reaches them."""
    await desk.receive(SOMEONE, Said("he is outside"), "update 1")
    clock.now += timedelta(minutes=minutes)
    before = await kept(store, SOMEONE)

    again = await desk.receive(SOMEONE, Said("he is outside"), "update 1")

    assert again.screen is not None
    assert (again.screen.route, again.left) == ("police_999", False)
    assert await kept(store, SOMEONE) == before


async def test_a_repeated_leave_brings_nobody_back(
    desk: FrontDesk, store: MemoryStore
) -> None:
    """Whoever left is gone: the same update again clears, and keeps nothing."""
    await desk.receive(SOMEONE, Started(), "update 1")
    left = await desk.receive(SOMEONE, Interrupted("leave"), "update 2")

    again = await desk.receive(SOMEONE, Interrupted("leave"), "update 2")

    assert (left.left, left.screen) == (True, None)
    assert (again.left, again.screen) == (True, None)
    assert await kept(store, SOMEONE) is None


async def test_whoever_is_forgotten_is_a_newcomer(
    desk: FrontDesk, store: MemoryStore
) -> None:
    """After a block nothing is left, and the next message begins anew."""
    newcomer = await desk.receive(SOMEONE_ELSE, Started())
    await desk.receive(SOMEONE, Started())
    await desk.receive(SOMEONE, Tapped("me"))

    await desk.forget(SOMEONE)
    assert await kept(store, SOMEONE) is None

    reply = await desk.receive(SOMEONE, Started())
    assert (reply.screen, reply.facts, reply.notes) == (newcomer.screen, {}, {})


async def test_r07_forgetting_counts_the_time_that_has_passed(
    machine: FlowMachine, clock: Clock
) -> None:
    """R07: half an hour is half an hour, also when the clocks go forward in it."""
    clock.now = datetime(2026, 3, 29, 0, 50, tzinfo=UTC)
    store = MemoryStore(lambda: clock.now, HALF_AN_HOUR)
    desk = FrontDesk(machine, store, clock, HALF_AN_HOUR)
    await desk.receive(SOMEONE, Started())
    await desk.receive(SOMEONE, Tapped("me"))

    clock.now += timedelta(minutes=29)
    assert step(await desk.receive(SOMEONE, Tapped("not_now"))) == "which_of_four"

    clock.now += timedelta(minutes=31)
    assert step(await desk.receive(SOMEONE, Tapped("done"))) == "welcome"


async def test_the_screen_names_the_time_to_forget(desk: FrontDesk) -> None:
    """The promise on the first screen is the setting in force."""
    reply = await desk.receive(SOMEONE, Started())

    assert reply.screen is not None
    assert "After 30 minutes" in reply.screen.text


async def test_when_a_turn_fails_999_is_shown(desk: FrontDesk, clock: Clock) -> None:
    """Whatever breaks, the person is never met with silence."""
    clock.is_broken = True

    reply = await desk.receive(SOMEONE, Said("SENTINEL-91 outside my door"))

    assert reply.screen is not None
    assert reply.screen.step == "emergency"
    assert "Call 999" in reply.screen.text


async def test_a_failed_turn_keeps_the_place(desk: FrontDesk, clock: Clock) -> None:
    """Once it works again, the person stands where they were."""
    await desk.receive(SOMEONE, Started())
    await desk.receive(SOMEONE, Tapped("me"))
    clock.is_broken = True
    await desk.receive(SOMEONE, Tapped("not_now"), "update 3")
    clock.is_broken = False

    reply = await desk.receive(SOMEONE, Tapped("not_now"), "update 3")

    assert step(reply) == "which_of_four"


async def test_b34_the_log_of_a_failed_turn_holds_no_words(
    desk: FrontDesk, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """B34: the kind of error and a reference, nothing that somebody typed or is."""
    caplog.set_level(logging.DEBUG)
    clock.is_broken = True

    await desk.receive(SOMEONE, Said("SENTINEL-91 outside my door"))

    told = caplog.text + "".join(str(record.__dict__) for record in caplog.records)
    assert "RuntimeError" in caplog.text
    for word in ("SENTINEL", "outside", "door", SOMEONE.name.hex(), repr(SOMEONE.name)):
        assert word not in told
    assert all(record.exc_info is None for record in caplog.records)


async def test_a_record_of_another_form_begins_anew(
    desk: FrontDesk, store: MemoryStore
) -> None:
    """What an older version kept in its own way must not shut anyone out."""
    older = {"conversation": {"step": "welcome"}, "notes": {}}
    await store.turn(SOMEONE, None, keeps(older))

    assert step(await desk.receive(SOMEONE, Tapped("me"))) == "welcome"
