"""Conversations in PostgreSQL: the store for several replicas."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, Final, LiteralString

from bot.core.counting.cell import Cell
from bot.core.errors import StoreError
from bot.stores import postgres_tables as tables
from bot.stores.batch import Batch, Waiting
from bot.stores.postgres_connection import Answer, Ask, PostgresConnection
from bot.stores.purging import PURGED_AT_ONCE, Found, purge_in_parts
from bot.stores.retention import Clock, oldest_claim_day, today
from bot.stores.rows import LOOKED_AT, Past, Row, Rows
from bot.stores.tables import NEWER
from bot.stores.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from datetime import datetime, timedelta

    from bot.core.person import PersonKey
    from bot.stores.base import Farewell, Record, T, Work
    from bot.stores.sealing import Sealer

# A person's turns are always done in the same lane. While one lane waits for a row that
# another replica holds, the people of the others go on.
LANES: Final = 4
# Another replica may be changing large tables.
OPENING_SECONDS: Final = 60.0

log = logging.getLogger(__name__)


class PostgresStore:
    """Keeps the contract. Any number of processes on any machines may share it."""

    def __init__(
        self, address: str, sealer: Sealer, clock: Clock, forget_after: timedelta
    ) -> None:
        """Nothing is touched before `open`. `clock` returns the time, aware."""
        self._sealer = sealer
        self._clock = clock
        self._rows = Rows(sealer, clock, forget_after)
        self._connections = [PostgresConnection(address) for _ in range(LANES)]
        self._lanes = [Writer(partial(self._keep, db)) for db in self._connections]

    @property
    def trouble(self) -> str | None:
        """Why nothing was kept at the last try, or None."""
        troubles = (lane.trouble for lane in self._lanes)
        return next((trouble for trouble in troubles if trouble), None)

    @property
    def renewed(self) -> bool:
        """What is damaged is the server's to tell, and its administrator's to mend."""
        return False

    async def open(self) -> None:
        """Make it ready. Raises StoreError with a cure where that is impossible."""
        await self._connections[0].run(_change_tables, OPENING_SECONDS)
        some = partial(_ask_one, tables.SOME_ROWS, {"most": LOOKED_AT})
        self._rows.warn_of_lost_key(await self._connections[0].run(some))
        for lane in self._lanes:
            lane.start()

    async def close(self) -> None:
        """Finish what is under way, and let go."""
        await asyncio.gather(*(lane.stop() for lane in self._lanes))
        for connection in self._connections:
            await connection.close()

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
        await self._lanes[person.name[0] % LANES].turn(turn)
        answer: T = turn.answer
        return answer

    async def read(self, person: PersonKey) -> Record | None:
        """Return the record as the next turn would be handed it."""
        turn = Waiting.reading(person)
        await self._lanes[person.name[0] % LANES].turn(turn)
        record: Record | None = turn.answer
        return record

    async def forget(self, person: PersonKey) -> None:
        """Remove all that is kept of a person, for good."""
        await self.turn(person, None, lambda _: (None, None))

    async def purge(
        self, farewell: Farewell | None = None, *, left: bool = False
    ) -> int:
        """Remove what is past its time; return how many records went."""
        oldest = {"first_day": oldest_claim_day(self._clock())}
        await self._errand(partial(_ask_one, tables.REMOVE_PAST_CLAIMS, oldest))
        takes = farewell is not None

        async def part(after: bytes) -> tuple[Found, Past]:
            asked = {"after": after, "left": left}
            return await self._errand(
                partial(self._purge_part, asked=asked, takes=takes)
            )

        return await purge_in_parts(part, farewell)

    async def count(self, cells: Mapping[Cell, int]) -> None:
        """Add to the counts."""
        rows = sorted((*cell, more) for cell, more in cells.items())
        # In this order all write, so that no two wait for each other in a circle.
        columns = zip((*Cell._fields, "people"), zip(*rows, strict=True), strict=False)
        values = {name: list(column) for name, column in columns}
        if values:
            await self._errand(partial(_ask_one, tables.COUNT, values))

    async def counts(self) -> Mapping[Cell, int]:
        """Return all counts."""
        rows = await self._errand(partial(_ask_one, tables.COUNTS, {}))
        return {Cell(*key): people for *key, people in rows}

    async def forget_counts(self, before: str) -> int:
        """Remove counts of weeks before a Monday; return how many weeks."""
        removing = partial(_ask_one, tables.REMOVE_PAST_COUNTS, {"before": before})
        return len(set(await self._errand(removing)))

    async def _errand(self, do: Callable[[Ask], Awaitable[T]]) -> T:
        """Ask between two batches of turns of the first lane."""
        run = partial(self._connections[0].run, do)
        return await self._lanes[0].errand(run)

    async def _keep(self, db: PostgresConnection, turns: Sequence[Waiting]) -> None:
        await db.run(partial(self._settle, turns))

    async def _settle(self, turns: Sequence[Waiting], ask: Ask) -> None:
        batch = Batch(turns)
        _, _, found, claimed = await ask(
            *("BEGIN", tables.LOCK_ROWS, tables.FIND_ROWS, tables.FIND_CLAIMS),
            names=batch.names,
            receipts=batch.receipts,
        )
        rows: dict[bytes, bytes] = dict(found)
        batch.settle(rows, {receipt for (receipt,) in claimed}, self._rows)
        kept = {name: row for name, row in batch.rows.items() if row}
        # Whoever had a row, and whose turn failed, keeps it. The empty ones go.
        left = rows.keys() - batch.rows.keys()
        await ask(
            *(tables.KEEP_ROWS, tables.REMOVE_ROWS, tables.CLAIM, "COMMIT"),
            **_columns(kept),
            gone=[name for name in batch.names if name not in kept.keys() | left],
            claims=list(batch.claims),
            day=today(self._clock()),
        )

    async def _purge_part(
        self, ask: Ask, *, asked: Mapping[str, object], takes: bool
    ) -> tuple[Found, Past]:
        now = int(self._clock().timestamp())
        look = ("BEGIN", tables.FIND_PAST_ROWS)
        _, found = await ask(*look, now=now, most=PURGED_AT_ONCE, **asked)
        past = self._rows.past(found, takes=takes)
        await ask(
            *(tables.KEEP_ROWS, tables.REMOVE_ROWS, "COMMIT"),
            gone=past.gone,
            **_columns(past.kept),
        )
        return found, past


def _columns(rows: Mapping[bytes, Row]) -> dict[str, object]:
    """Return rows as the values that `KEEP_ROWS` names."""
    return {
        "kept": list(rows),
        "sealed": [row.sealed for row in rows.values()],
        "until": [row.forget_at for row in rows.values()],
    }


async def _ask_one(
    statement: LiteralString, values: Mapping[str, object], ask: Ask
) -> Answer:
    (answer,) = await ask(statement, **values)
    return answer


async def _change_tables(ask: Ask) -> None:
    *_, found = await ask(
        *("BEGIN", "SET LOCAL lock_timeout = 0", tables.CHANGING_ALONE),
        *(tables.MAKE_VERSION, tables.FIND_VERSION),
    )
    version = found[0][0] if found else 0
    newest = len(tables.CHANGES)
    if version > newest:
        raise StoreError(NEWER)
    for change in tables.CHANGES[version:]:
        await ask(*change)
    await ask(*(tables.REMOVE_VERSION, tables.KEEP_VERSION, "COMMIT"), version=newest)
    if version == 0:
        log.info("new tables made in PostgreSQL")
