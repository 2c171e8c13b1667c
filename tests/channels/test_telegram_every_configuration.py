"""All that can be seen at the places the proof speaks of, seen through Telegram itself.

People go on round trips through all screens of the shipped flow, side by side. After
every turn what they see is held against what the engine says, and between any two
turns the channel, the front desk and the store stop and start again on the same file.

With `make fuzz` the shortest way to each configuration, though it may look like another
one, is gone by a person of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import in_time
from bot.core.engine.conversation import (
    Conversation,
    Event,
    Interrupted,
    Started,
    Tapped,
)
from bot.core.engine.machine import FlowMachine
from bot.core.engine.screen import Moment, Screen
from bot.core.engine.turn import take_turn
from bot.frontdesk import FrontDesk
from tests.channels.everywhere import (
    CHRISTMAS_NIGHT,
    TYPED,
    everywhere,
    round_trips,
    shortest_ways,
    turning_back,
)
from tests.channels.running import Desk, key_of, running
from tests.command import PATIENCE
from tests.effort import THOROUGH
from tests.stores.shelf import FORGET_AFTER, opened
from tests.telegram.stand_in import Person, Telegram

AT_ONCE = 60  # people whose turns are under way together
TICKS = ("☑ ", "☐ ")


def moment_of(turn: int) -> Moment:
    """Return when a turn is taken; nobody is asked twice in ten minutes."""
    return Moment(CHRISTMAS_NIGHT + turn * timedelta(minutes=11))


@dataclass
class Traveller:
    """Somebody on their way, on Telegram and in the engine at the same time.

    Having arrived, they go back to the place before, or to where they were called away.
    """

    person: Person
    machine: FlowMachine
    way: tuple[Event, ...]
    conversation: Conversation | None = None

    async def goes_on(self, turn: int) -> str | None:
        """Do one turn on both; tell what is not the same, if anything is not."""
        event = self._event(turn)
        if event is None:
            return None
        says = take_turn(self.machine, self.conversation, event, moment_of(turn))
        self.conversation = says.decision.conversation
        screen = says.screen
        assert screen is not None
        await self._does(event)
        wrong = list(self._differences(screen))
        return f"after {self.way[: turn + 1]}, {event}: {wrong}" if wrong else None

    def _event(self, turn: int) -> Event | None:
        if turn < len(self.way):
            return self.way[turn]
        if turn > len(self.way) or self.conversation is None:
            return None
        return turning_back(self.machine, self.conversation)

    async def _does(self, event: Event) -> None:
        match event:
            case Started():
                await self.person.starts()
            case Tapped(option):
                await self.person.taps(option)
            case Interrupted(name):
                await self._interrupts(name)
            case _:
                raise AssertionError(event)

    async def _interrupts(self, name: str) -> None:
        interrupt = self.machine.flow.interrupt(name)
        assert interrupt is not None
        if interrupt.button:
            await self.person.taps(name)
        elif interrupt.command:
            await self.person.types(f"/{interrupt.command}")
        else:
            await self.person.types(TYPED[name])

    def _differences(self, screen: Screen) -> Iterator[str]:
        seen = self.person.screen
        if seen.text != screen.text:
            yield f"shows {seen.text!r}, not {screen.text!r}"
        if [label for label, _ in seen.buttons] != list(_labels(screen)):
            yield f"has the buttons {seen.buttons}, not {list(_labels(screen))}"
        for name in screen.services:
            contacts = self.machine.flow.services[name].contacts.values()
            if not any(contact in seen.text for contact in contacts):
                yield f"shows no way to reach {name}"
        if len([message for message in self.person.chat if message.by_bot]) > 1:
            yield "leaves an older screen in the chat"


def _labels(screen: Screen) -> Iterator[str]:
    for option in screen.options:
        mark = "" if option.ticked is None else TICKS[not option.ticked]
        yield mark + option.label
    yield from (screen.back.label,) if screen.back else ()
    yield from (interrupt.label for interrupt in screen.interrupts)


@asynccontextmanager
async def started(
    telegram: Telegram, machine: FlowMachine, database: Path, turn: int
) -> AsyncIterator[None]:
    """Start everything on the same file, and stop it again."""

    def clock() -> datetime:
        return moment_of(turn).now

    async with opened(database, clock) as store:
        desk = FrontDesk(machine, store, clock, FORGET_AFTER)
        async with running(telegram, Desk(machine), front_desk=desk, person_key=key_of):
            yield


async def side_by_side(travellers: Iterable[Traveller], turn: int) -> list[str]:
    """Let everyone do one turn, many at once; return what was not the same."""
    room = asyncio.Semaphore(AT_ONCE)

    async def goes_on(traveller: Traveller) -> str | None:
        async with room:
            return await traveller.goes_on(turn)

    told = await asyncio.gather(*(goes_on(each) for each in travellers))
    return [each for each in told if each]


async def everyone_arrives(
    telegram: Telegram,
    machine: FlowMachine,
    database: Path,
    ways: list[tuple[Event, ...]],
) -> None:
    """Go all ways side by side, with a restart between any two turns."""
    travellers = [Traveller(telegram.person(), machine, way) for way in ways]

    for turn in range(max(map(len, ways)) + 1):
        async with started(telegram, machine, database, turn):
            assert await side_by_side(travellers, turn) == []

    assert telegram.ledger.refused() == []


@pytest.mark.slow
async def test_telegram_shows_what_was_proved_at_every_configuration(
    telegram: Telegram,
    machine: FlowMachine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is proved of the engine holds for the person with the phone."""
    monkeypatch.setattr(
        in_time, "PATIENCE_SECONDS", PATIENCE
    )  # 60 at once, side by side
    ways = shortest_ways() if THOROUGH else round_trips()
    assert len(set(everywhere().screens.values())) > 500

    await everyone_arrives(telegram, machine, tmp_path / "waymark.db", ways)
