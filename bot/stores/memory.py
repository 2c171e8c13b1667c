"""A store that lives and dies with the process: for tests and for the terminal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.stores.base import Farewell, Kept, Record, T, Work, has_answers, outlives
from bot.stores.records import from_text, to_text
from bot.stores.retention import Fate, end_of_notes, fate_of, oldest_claim_day, today

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from bot.core.counting.cell import Cell
    from bot.core.person import PersonKey
    from bot.stores.retention import Clock


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    until: datetime
    due: datetime  # to be purged: later than `until` where its notes were taken
    taken: datetime | None = None


class MemoryStore:
    """Keeps the contract in all but one thing: nothing outlives the process.

    Every record goes through JSON text in and out, as in a store with a file. A turn
    has no `await`, so turns happen one after another, in the order asked for.
    """

    def __init__(self, clock: Clock, forget_after: timedelta) -> None:
        """Start with nothing kept. `clock` returns the time, aware."""
        self._clock = clock
        self._forget_after = forget_after
        self._rows: dict[bytes, _Row] = {}
        self._claims: dict[str, int] = {}
        self._counts: dict[Cell, int] = {}

    @property
    def trouble(self) -> str | None:
        """Nothing can keep it from keeping."""
        return None

    @property
    def renewed(self) -> bool:
        """There is nothing that could be damaged."""
        return False

    async def open(self) -> None:
        """Nothing has to be made ready."""

    async def close(self) -> None:
        """Nothing is held."""

    async def turn(
        self,
        person: PersonKey,
        receipt: str | None,
        work: Work[T],
        *,
        used: datetime | None = None,
    ) -> T:
        """Hand over the record, keep what comes back, return the second value."""
        now, before = self._clock(), await self.read(person)
        after, answer = work(Kept(before, repeated=receipt in self._claims))
        self._keep(person.name, after, (used or now) + self._forget_after)
        if receipt is not None:
            self._claims.setdefault(receipt, today(now))
        return answer

    async def read(self, person: PersonKey) -> Record | None:
        """Return the record as the next turn would be handed it."""
        row = self._rows.get(person.name)
        if row is None:
            return None
        record = from_text(row.text)
        return outlives(record) if row.until <= self._clock() else record

    async def forget(self, person: PersonKey) -> None:
        """Remove all that is kept of a person, for good."""
        self._rows.pop(person.name, None)

    async def purge(
        self, farewell: Farewell | None = None, *, left: bool = False
    ) -> int:
        """Remove what is past its time; return how many records went."""
        now = self._clock()
        past = [
            (name, row, fate)
            for name, row in self._rows.items()
            if (fate := self._fate(row, now, takes=farewell is not None, left=left))
            is not Fate.STAYS
        ]
        for name, row, fate in past:
            record = from_text(row.text)
            notes = None if fate is Fate.GOES else outlives(record)
            self._keep(name, notes, row.until)
            if fate is Fate.IS_TAKEN:
                due = min(now + self._forget_after, self._end_of_notes(row))
                self._rows[name] = replace(self._rows[name], due=due, taken=now)
            if farewell:
                farewell(record)
        first_day = oldest_claim_day(now)
        oldest = next(iter(self._claims.values()), first_day)  # they came in order
        if oldest < first_day:  # a table gives no room back until it is made anew
            claims = self._claims.items()
            self._claims = {receipt: day for receipt, day in claims if day >= first_day}
        return len(past)

    def _fate(self, row: _Row, now: datetime, *, takes: bool, left: bool) -> Fate:
        record = from_text(row.text)
        if row.due > now and (has_answers(record) or not left):
            return Fate.STAYS
        return fate_of(record, self._end_of_notes(row), row.taken, now, takes=takes)

    def _end_of_notes(self, row: _Row) -> datetime:
        return end_of_notes(row.until, self._forget_after)

    async def count(self, cells: Mapping[Cell, int]) -> None:
        """Add to the counts."""
        for cell, more in cells.items():
            self._counts[cell] = self._counts.get(cell, 0) + more

    async def counts(self) -> Mapping[Cell, int]:
        """Return all counts."""
        return dict(sorted(self._counts.items()))

    async def forget_counts(self, before: str) -> int:
        """Remove counts of weeks before a Monday; return how many weeks."""
        past = [cell for cell in self._counts if cell.week < before]
        for cell in past:
            del self._counts[cell]
        return len({cell.week for cell in past})

    def _keep(self, name: bytes, record: Record | None, until: datetime) -> None:
        if record is None:
            self._rows.pop(name, None)
        else:
            self._rows[name] = _Row(to_text(record), until, until)
