"""A running bot to which chance writes: the real library, over HTTP, in its loop."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import Counter
from collections.abc import Coroutine, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from bot.core.engine.machine import FlowMachine
from bot.recent_words import RecentWords
from tests.channels.running import Clock, Desk, running
from tests.fuzz.expected import Expected, expect
from tests.telegram.json_types import Json
from tests.telegram.stand_in import Person, Telegram
from tests.written import written

T = TypeVar("T")

MANY_CALLS = 20_000  # after which all is started anew, so that memory stays small
PATIENCE = 60.0  # seconds
ASIDE = timedelta(hours=2)  # longer than anyone is remembered

# What chance sends may be unreadable for the library; then this is all that is told.
# And while chance thinks of what comes next, the loop stands still: a call may outlast
# its time, and is made again.
MAY_BE_TOLD = (
    "Telegram does not answer (TimedOut); trying on",
    "an update cannot be read: ",
    "an update failed: ",
    "Error while parsing updates! Received data was %r",
    "Something went wrong processing the data received from Telegram.",
)


@dataclass
class Still(Clock):
    """The front desk's clock, which stands still until it is moved."""

    began: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.began + self.moved


class Told(logging.Handler):
    """Keeps what an operator would find in the log."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line, as it is written."""
        self.lines.append(written([record]))


@dataclass(frozen=True, slots=True)
class Player(Person):
    """Somebody whose every update is looked at once it is answered."""

    world: World

    async def _does(
        self, update: Json, *, waits: bool, tap: str | None = None
    ) -> int | None:
        del waits, tap
        return await self.world.sends(update, [self])


class World:
    """A bot and its Telegram. They go on only while they are asked for something."""

    def __init__(self, machine: FlowMachine) -> None:
        """Start them."""
        self._machine = machine
        self._runner = asyncio.Runner()
        self._told = Told()
        self._under_way: list[Expected] = []
        self._bodies: dict[int, Json] = {}
        self._more: set[int] = set()  # chats with messages that the bot cannot know
        self.counted: Counter[str] = Counter()
        logging.getLogger().addHandler(self._told)
        self.run(self._start())
        self.begin()

    def close(self) -> None:
        """Stop them."""
        self.run(self._stack.aclose())
        self._runner.close()
        logging.getLogger().removeHandler(self._told)

    def run(self, work: Coroutine[None, None, T]) -> T:
        """Go on until something is done."""
        return self._runner.run(work)

    def begin(self) -> None:
        """Let another story begin."""
        if len(self.telegram.ledger.calls) > MANY_CALLS:
            self.run(self._stack.aclose())
            self.run(self._start())
        for past in (self._told.lines, self._under_way, self._more):
            past.clear()
        self._bodies.clear()
        self._broke = False
        self.telegram.violations.clear()
        self._first_call = len(self.telegram.ledger.calls)

    def player(self, language: str) -> Player:
        """Bring in somebody new."""
        known = self.telegram.person(language=language)
        return Player(self.telegram, known.about, known.chat_about, self)

    async def sends(self, update: Json, people: Sequence[Person]) -> int:
        """Send an update about some people. Nothing waits for the answer."""
        await self._expect(update, people, repeated=False)
        about = people[0].chat_id
        number = self.telegram.updates.put(update, about, unasked=True)
        assert number is not None
        self._bodies[number] = update
        return number

    async def sends_again(self, number: int, person: Person) -> None:
        """Hand an update of somebody's once more."""
        await self._expect(self._bodies[number], [person], repeated=True)
        self.telegram.updates.repeat(number)

    async def _expect(
        self, update: Json, people: Sequence[Person], *, repeated: bool
    ) -> None:
        (kind,) = update.keys()
        self.counted[kind] += 1
        body, desk, channel = {"update_id": 0, **update}, self.desk, self.channel
        for person in people:
            each = await expect(desk, channel, person, body, repeated=repeated)
            self._under_way.append(each)

    def is_busy(self, person: Person) -> bool:
        """Tell whether something of a person's is under way."""
        return any(each.person is person for each in self._under_way)

    def passes_time(self) -> None:
        """Let so much time pass that everybody is forgotten."""
        self.settles()
        self.desk.clock.moved += ASIDE
        self.telegram.clock.moves(seconds=ASIDE.total_seconds())
        self.run(self.channel.tidy())

    def settles(self) -> None:
        """Wait until all is answered, and look whether it is as it must be."""
        self.run(self._settles())

    async def _settles(self) -> None:
        updates = self.telegram.updates
        async with asyncio.timeout(PATIENCE):
            while not updates.idle:  # noqa: ASYNC110 nothing rings for that
                await asyncio.sleep(0.0005)
            while self.channel.in_hand:  # noqa: ASYNC110 the same
                await asyncio.sleep(0.0005)
        for expected in self._under_way:
            chat = expected.person.chat_id
            if expected.forgets or expected.breaks:
                self._more.add(chat)
            self._broke |= expected.breaks
            await expected.holds(self.desk, more=chat in self._more)
        self._under_way.clear()

    def is_sound(self, words: Sequence[str]) -> None:
        """Fail if anything broke, or if words that people typed are anywhere."""
        calls = self.telegram.ledger.calls[self._first_call :]
        for line in self._told.lines:
            assert any(may in line for may in MAY_BE_TOLD), line
            assert self._broke or "an update failed" not in line, line
        shown = [json.dumps(call.parameters) for call in calls]
        said = "\n".join([*self._told.lines, *shown])
        assert not any(word in said for word in words)
        assert self.telegram.violations == [], self.telegram.violations
        assert {call.status for call in calls} <= {None, 200, 400, 403}

    async def _start(self) -> None:
        self._stack = AsyncExitStack()
        self.telegram = Telegram(patience=PATIENCE)
        self.desk = Desk(self._machine, Still(), RecentWords())
        await self._stack.enter_async_context(self.telegram)
        bot = running(self.telegram, self.desk)
        self.channel = await self._stack.enter_async_context(bot)
        await self.telegram.until(lambda: self.telegram.updates.idle)
