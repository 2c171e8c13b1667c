"""A day of many people, told by a clock from outside: each comes, answers, and goes.

The front desk, the engine and the store are the real ones. Whoever comes starts, takes
some of what is offered, perhaps types, and leaves or is idle. The channel's part is
small here: what it notes of each chat, and that it clears up as often as it would.
"""

from __future__ import annotations

import asyncio
import gc
import heapq
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from bot.core.engine.conversation import Event, Interrupted, Said, Started, Tapped
from bot.core.engine.machine import FlowMachine
from bot.core.engine.screen import Screen
from bot.core.person import PersonKey, person_key
from bot.frontdesk import FrontDesk, Note, Notes
from bot.recent_words import RecentWords
from bot.stores.base import Store

FORGET_AFTER = timedelta(minutes=60)
DAY = timedelta(days=1)
TIDY_EVERY = timedelta(seconds=30)  # as a running Waymark does
AFTER_CLAIMS = timedelta(
    days=4
)  # what names updates is kept for two days and some more
TURNS = 4  # of one person, the start included
LEAVES, TYPES = 0.2, 0.15  # how likely it is that somebody leaves, and types
SELF = Path("/proc/self")
SECRET = b"a secret of the soak's own"
TYPED = ("hello", "he is outside", "what is this", "no", "i am scared of my ex")


@dataclass
class Clock:
    """Tells the time that the day has come to."""

    now: datetime = datetime(2026, 11, 25, 0, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now


@dataclass(order=True)
class Visit:
    """Somebody's next step, and when it is due."""

    due: datetime
    number: int
    turns: int = field(compare=False, default=0)
    screen: Screen | None = field(compare=False, default=None)


@dataclass
class Hour:
    """What an hour of the day took: updates, and seconds of the processor."""

    updates: int = 0
    seconds: float = 0.0

    @property
    def each(self) -> float:
        """Microseconds of the processor for each update."""
        return 1e6 * self.seconds / max(1, self.updates)


@dataclass(frozen=True)
class State:
    """What this process holds: resident megabytes, open files, Python's objects."""

    megabytes: float
    files: int
    objects: int

    def __str__(self) -> str:
        """Tell it."""
        return f"{self.megabytes:.1f} MB, {self.files} files, {self.objects} objects"


def state() -> State:
    """Look at this process."""
    gc.collect()
    _, resident, *_ = (SELF / "statm").read_text(encoding="ascii").split()
    megabytes = int(resident) * resource.getpagesize() / 2**20
    files = len(list((SELF / "fd").iterdir()))
    return State(megabytes, files, len(gc.get_objects()))


class Day:
    """So many people over one day, at one front desk."""

    def __init__(
        self,
        machine: FlowMachine,
        store: Store,
        clock: Clock,
        tidy_every: timedelta = TIDY_EVERY,
    ) -> None:
        """Prepare; `store` is open, and is told the time by `clock`."""
        self._tidy_every = tidy_every
        recent = RecentWords()
        self.desk = FrontDesk(machine, store, clock, FORGET_AFTER, recent=recent)
        self.clock = clock
        self.hours: list[Hour] = []
        self.left = self.cleared = 0
        self._receipts = 0

    @property
    def updates(self) -> int:
        """How many there were."""
        return sum(hour.updates for hour in self.hours)

    async def passes(self, people: int, seed: int, over: timedelta = DAY) -> None:
        """Let them all come and go, one after another over some time."""
        chance, began = Random(seed), self.clock.now
        visits = [
            Visit(began + chance.random() * over, number) for number in range(people)
        ]
        heapq.heapify(visits)
        tidy = began
        while visits:
            second = visits[0].due + timedelta(seconds=1)
            due = list(_until(second, visits))
            self.clock.now = due[-1].due
            hour = self._hour(began)
            before = time.process_time()
            gone_on = await asyncio.gather(*(self._goes_on(v, chance) for v in due))
            while tidy <= self.clock.now:
                tidy += self._tidy_every
                await self._tidy()
            hour.seconds += time.process_time() - before
            hour.updates += len(due)
            for visit in gone_on:
                if visit:
                    heapq.heappush(visits, visit)

    async def ends(self) -> None:
        """Let all that may be kept for a while come to its end."""
        for later in (FORGET_AFTER + TIDY_EVERY, TIDY_EVERY, AFTER_CLAIMS):
            self.clock.now += later
            await self._tidy()

    def _hour(self, began: datetime) -> Hour:
        number = int((self.clock.now - began).total_seconds() // 3600)
        while len(self.hours) <= number:
            self.hours.append(Hour())
        return self.hours[number]

    async def _goes_on(self, visit: Visit, chance: Random) -> Visit | None:
        event = _next(visit, chance)
        self._receipts += 1
        receipt, number = f"telegram:{self._receipts}", visit.number
        note = _noting(number, self._receipts, int(self.clock.now.timestamp()))
        reply = await self.desk.receive(name_of(number), event, receipt, note)
        if reply.left:
            self.left += 1
            await self.desk.note(name_of(number), lambda _: {})
            return None
        if visit.turns + 1 >= TURNS or reply.screen is None:
            return None
        due = visit.due + timedelta(seconds=chance.uniform(5, 60))
        return Visit(due, number, visit.turns + 1, reply.screen)

    async def _tidy(self) -> None:
        for notes in await self.desk.forget_idle():
            self.cleared += 1
            await self.desk.note(name_of(notes["chat"]), lambda _: {})
        self.desk.let_go()


def name_of(number: int) -> PersonKey:
    """Return the name under which somebody is kept."""
    return person_key(SECRET, "telegram", number)


def _until(second: datetime, visits: list[Visit]) -> Iterator[Visit]:
    while visits and visits[0].due < second:
        yield heapq.heappop(visits)


def _next(visit: Visit, chance: Random) -> Event:
    if visit.screen is None:
        return Started("en")
    if visit.turns == TURNS - 1 and chance.random() < LEAVES:
        return Interrupted("leave")
    if chance.random() < TYPES or not visit.screen.options:
        return Said(chance.choice(TYPED))
    return Tapped(chance.choice(visit.screen.options).id, visit.screen.step)


def _noting(number: int, message: int, now: int) -> Note:
    def note(notes: Notes) -> Notes:
        messages = [*notes.get("messages", ()), [message, now]]
        return {"chat": number, "shown": [message], "messages": messages[-20:]}

    return note
