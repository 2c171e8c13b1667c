"""People who use the bot while it is killed again and again under their hands.

They do what people do: tap what they see, tap twice, type, go back, start again, leave,
and try once more when nothing comes. What they did is written down in its order.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from bot.core.engine.conversation import Event, Interrupted, Said, Started, Tapped
from tests.telegram.chats import Message
from tests.telegram.stand_in import Person

# Seconds that somebody waits before they try again.
PATIENCE = (0.05, 0.6)
MOST_UNSERVED = 4  # what they do without an answer; then they wait for longer
# What is waiting for a bot that is killed again and again, at most: on a busy machine
# it would else grow for as long as the kills go on.
MOST_WAITING = 12
QUIET = 0.5  # seconds without a call, after which nothing more is expected
TYPED: tuple[tuple[str, Event], ...] = (
    ("/start", Started("en")),
    ("/back", Tapped("back")),
    ("/back", Tapped("back")),
    ("/back", Tapped("back")),
    ("he is outside my house", Said("he is outside my house")),
    ("hello?", Said("hello?")),
)
INTERRUPTS = ("danger", "leave")


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did: the id of the update, and the event that it is."""

    update: int
    event: Event


@dataclass
class Walker:
    """Somebody in the middle of it all."""

    person: Person
    chance: Random
    deeds: list[Deed] = field(default_factory=list)

    async def walk(self, over: asyncio.Event) -> None:
        """Go on, whatever happens, until it is over."""
        await self._types(0)
        while not over.is_set():
            await self._waits(over)
            screen = self.screen
            if screen is None:
                await self._types(0)
            elif self.chance.random() < 0.2:
                for _ in range(self.chance.choice((1, 1, 2, 3))):
                    await self._types(self.chance.randrange(len(TYPED)))
            else:
                await self._taps(screen)

    @property
    def screen(self) -> Message | None:
        """The newest message with buttons that they see."""
        shown = [each for each in self.person.chat if each.by_bot and each.buttons]
        return shown[-1] if shown else None

    @property
    def is_served(self) -> bool:
        """Whether all that they did has been confirmed."""
        return not self._unserved

    async def taps_once_more(self) -> None:
        """Tap any button that they see, or start where they see none."""
        screen = self.screen
        if screen is None:
            await self._types(0)
        else:
            data = [data for _, data in screen.buttons if ":leave" not in data]
            await self._tap(screen, self.chance.choice(data))

    @property
    def _unserved(self) -> int:
        waiting = self.person.telegram.updates.pending
        return sum(update.chat_id == self.person.id for update in waiting)

    async def _waits(self, over: asyncio.Event) -> None:
        before, loop = self.screen, asyncio.get_running_loop()
        ends = loop.time() + self.chance.uniform(*PATIENCE)
        while self.screen == before and not over.is_set():
            if loop.time() >= ends:
                if self._unserved < MOST_UNSERVED:
                    return
                ends += self.chance.uniform(*PATIENCE)
            left = max(ends - loop.time(), 0.01)
            await self.person.telegram.ledger.next_end(self.person.id, left)
        while self._unserved > MOST_WAITING and not over.is_set():
            await self.person.telegram.ledger.next_end(self.person.id, PATIENCE[0])

    async def _taps(self, screen: Message) -> None:
        data = self.chance.choice([data for _, data in screen.buttons])
        if data.endswith(":leave"):
            # A quick exit overtakes what waits; where nothing waits it is in its order.
            if self.is_served and self.chance.random() < 0.3:
                await self._tap(screen, data)
                await self.person.telegram.until(lambda: self.is_served)
            return
        for _ in range(self.chance.choice((1, 1, 1, 1, 2))):
            await self._tap(screen, data)

    async def _tap(self, screen: Message, data: str) -> None:
        _, step, option, *on = data.split(":")
        event: Event = Tapped(option, step, on[0] == "on" if on else None)
        if option in INTERRUPTS:
            event = Interrupted(option)
        update = await self.person.taps_data(data, on_message=screen, waits=False)
        self._notes(update, event)

    async def _types(self, number: int) -> None:
        text, event = TYPED[number]
        self._notes(await self.person.types(text, waits=False), event)

    def _notes(self, update: int | None, event: Event) -> None:
        if update is not None:  # None: the bot has not asked for its kind yet
            self.deeds.append(Deed(update, event))


async def rest(people: Sequence[Walker]) -> None:
    """Wait until all that people did is confirmed, and nothing happens any more."""
    loop, telegram = asyncio.get_running_loop(), people[0].person.telegram
    await telegram.until(lambda: all(each.is_served for each in people))
    await telegram.until(lambda: loop.time() - telegram.ledger.last_at > QUIET)
