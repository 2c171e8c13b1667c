"""Conversations in one SQLite file: the default store, for one machine."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from bot.core.counting.cell import Cell
from bot.core.errors import StoreError
from bot.stores import erasing, tables
from bot.stores import sqlite_statements as statements
from bot.stores.batch import Batch, Waiting
from bot.stores.erasing import Erasing
from bot.stores.purging import PURGED_AT_ONCE, Found, purge_in_parts
from bot.stores.retention import Clock, oldest_claim_day, today
from bot.stores.rows import LOOKED_AT, Past, Rows
from bot.stores.sqlite_file import SqliteFile
from bot.stores.writer import Writer

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime, timedelta
    from pathlib import Path

    from bot.core.person import PersonKey
    from bot.stores.base import Farewell, Record, T, Work
    from bot.stores.sealing import Sealer

log = logging.getLogger(__name__)


class SqliteStore:
    """Keeps the contract. Several processes of one machine may share the file."""

    def __init__(
        self, path: Path, sealer: Sealer, clock: Clock, forget_after: timedelta
    ) -> None:
        """Nothing is touched before `open`. `clock` returns the time, aware."""
        self._path = path
        self._sealer = sealer
        self._clock = clock
        self._rows = Rows(sealer, clock, forget_after)
        self._file = SqliteFile(path)
        self._writer = Writer(self._keep)
        self._erasing = Erasing(self._file, self._writer.errand)
        self._claims_from = 0  # the first day of which there still are any

    @property
    def trouble(self) -> str | None:
        """Why nothing was kept at the last try, or None."""
        return self._writer.trouble

    @property
    def renewed(self) -> bool:
        """Whether a damaged file was moved aside when it was opened last."""
        return self._file.renewed

    async def open(self) -> None:
        """Make it ready. Raises StoreError with a cure where that is impossible."""
        await self._file.open()
        some = partial(
            statements.fetch, statement=tables.SOME_ROWS, values={"most": LOOKED_AT}
        )
        self._rows.warn_of_lost_key(await self._file.transaction(some))
        self._writer.start()
        await self._erasing.start()

    async def close(self) -> None:
        """Finish what is under way, and let go."""
        was_open = self._erasing.stop()
        await self._writer.stop()
        if was_open:
            await self._erasing.last()
        await self._file.close()

    async def turn(
        self,
        person: PersonKey,
        receipt: str | None,
        work: Work[T],
        *,
        used: datetime | None = None,
    ) -> T:
        """Hand over the record, keep what comes back, return the second value."""
        turn = Waiting.asked(self._sealer, person, receipt, work, used)
        await self._writer.turn(turn)
        if turn.removed:
            # It is kept by now, so it must neither fail nor wait for whoever reads the
            # file: a quick exit has to be answered.
            await self._erasing.soon()
        answer: T = turn.answer
        return answer

    async def read(self, person: PersonKey) -> Record | None:
        """Return the record as the next turn would be handed it."""
        turn = Waiting.reading(person)
        await self._writer.turn(turn)
        record: Record | None = turn.answer
        return record

    async def forget(self, person: PersonKey) -> None:
        """Remove all that is kept of a person, for good."""
        turn = Waiting.asked(self._sealer, person, None, lambda _: (None, None))
        await self._writer.turn(turn)
        if turn.removed and not await self._erasing.now(erasing.ERASE_TRIES):
            raise StoreError(f"{self._path}: removed, but its log could not be emptied")

    async def purge(
        self, farewell: Farewell | None = None, *, left: bool = False
    ) -> int:
        """Remove what is past its time; return how many records went."""
        await self._remove_past_claims()
        takes = farewell is not None

        async def part(after: bytes) -> tuple[Found, Past]:
            do = partial(self._purge_part, after=after, left=left, takes=takes)
            return await self._change(do)

        try:
            return await purge_in_parts(part, farewell)
        finally:
            if not await self._erasing.soon(erasing.ERASE_TRIES):
                says = "%s: in use elsewhere, its log is emptied later"
                log.warning(says, self._path)

    async def count(self, cells: Mapping[Cell, int]) -> None:
        """Add to the counts."""
        rows = [(*cell, more) for cell, more in cells.items()]
        await self._change(lambda db: db.executemany(tables.COUNT, rows).rowcount)

    async def counts(self) -> Mapping[Cell, int]:
        """Return all counts."""
        rows = await self._change(partial(statements.fetch, statement=tables.COUNTS))
        return {Cell(*key): people for *key, people in rows}

    async def forget_counts(self, before: str) -> int:
        """Remove counts of weeks before a Monday; return how many weeks."""
        removing = partial(statements.fetch, statement=tables.REMOVE_PAST_COUNTS)
        removing = partial(removing, values={"before": before})
        return len(set(await self._change(partial(self._remove, do=removing))))

    async def _change(self, do: Callable[[sqlite3.Connection], T]) -> T:
        """Do something between two batches of turns."""
        return await self._writer.errand(partial(self._file.transaction, do))

    async def _keep(self, turns: Sequence[Waiting]) -> None:
        await self._file.transaction(partial(self._do, turns=turns))

    def _do(self, db: sqlite3.Connection, turns: Sequence[Waiting]) -> None:
        """Do turns where the connection is; to come back in between takes longer."""
        batch = Batch(turns)
        found, claimed = statements.find(db, batch)
        batch.settle(found, claimed, self._rows)
        if any(turn.removed for turn in turns):
            self._erasing.went()
        statements.write(db, batch, today(self._clock()))

    async def _remove_past_claims(self) -> None:
        first_day = oldest_claim_day(self._clock())
        if first_day == self._claims_from:  # to look through all takes long
            return
        remove = (tables.REMOVE_PAST_CLAIMS, (first_day,))
        removing = partial(self._remove, do=lambda db: db.execute(*remove).rowcount)
        await self._change(removing)
        self._claims_from = first_day

    def _remove(self, db: sqlite3.Connection, *, do: Callable[..., T]) -> T:
        """Remove claims or counts; what `do` returns tells whether there were any."""
        gone = do(db)
        if gone:
            self._erasing.went(whole=True)
        return gone

    def _purge_part(
        self, db: sqlite3.Connection, *, after: bytes, left: bool, takes: bool
    ) -> tuple[Found, Past]:
        now = int(self._clock().timestamp())
        asked = {"after": after, "now": now, "left": left, "most": PURGED_AT_ONCE}
        found = db.execute(tables.FIND_PAST_ROWS, asked).fetchall()
        past = self._rows.past(found, takes=takes)
        statements.keep_rows(db, {**past.kept, **dict.fromkeys(past.gone)})
        # A file built anew for nothing wears out the disk, and holds up the turns.
        if past:
            self._erasing.went()
        return found, past
