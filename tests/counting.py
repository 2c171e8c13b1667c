"""People who are counted, for tests: a front desk that counts, and who came to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache

from bot.core.counting.cell import Cell
from bot.core.engine.conversation import Event, Interrupted, Said, Started, Tapped
from bot.core.engine.machine import FlowMachine
from bot.core.person import PersonKey
from bot.frontdesk import FrontDesk
from bot.library import load_unproved
from bot.reply import Reply
from bot.stores.base import Store
from bot.stores.memory import MemoryStore
from bot.tally import Tally
from tests.walk import SHIPPED

MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
KEEP = timedelta(days=90)
FORGET_AFTER = timedelta(minutes=60)
ANSWERS, ROUTES, STOPS = range(3)  # the lots of the shipped flow


@cache
def counting_flow() -> FlowMachine:
    """Return the shipped flow with its questions about counting, read once."""
    return load_unproved(SHIPPED, counting=True)


class Counted:
    """A front desk that counts, with a clock to move. `store`: in memory if None.

    `lot`: the one in which everyone is counted; else each draws by `draw`.
    """

    def __init__(
        self,
        store: Store | None = None,
        draw: Callable[[int], int] | None = None,
        lot: int = ANSWERS,
    ) -> None:
        """Begin on a Monday with nobody."""
        self.now = MONDAY
        self.store = store or MemoryStore(lambda: self.now, FORGET_AFTER)
        self.lot = lot
        self.tally = Tally(lambda: self.now, KEEP, draw or (lambda _: self.lot))
        clock = lambda: self.now  # noqa: E731 the clock that a test moves
        self.desk = FrontDesk(
            counting_flow(), self.store, clock, FORGET_AFTER, tally=self.tally
        )

    async def does(self, person: int, *events: Event | str) -> Reply:
        """Let someone do things; a text is a tap. Return what they then see."""
        for event in events:
            what = Tapped(event) if isinstance(event, str) else event
            reply = await self.desk.receive(PersonKey(b"person %d" % person), what)
        return reply

    async def goes_through(self, person: int, says: str, nation: str) -> None:
        """Let someone answer everything, say `says` to being counted, and leave."""
        begun: tuple[Event | str, ...] = (Started(), "me", "not_now", says, "done")
        await self.does(person, *begun, "done", nation, "report", Interrupted("leave"))

    async def written(self) -> dict[tuple[str, str], int]:
        """Write down what there is; return how many people, by measure and value."""
        await self.tally.write(self.store)
        counts = await self.store.counts()
        return {(c.measure, c.value): n for c, n in counts.items() if n}

    async def cells(self) -> list[Cell]:
        """Return what all counts are kept under."""
        return list(await self.store.counts())


DANGER = Said("he is outside my house")
