"""What the tests of every store share: a clock to move, people, and a way to reopen."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.core.person import PersonKey, person_key
from bot.stores.base import Kept, Record, Store, Work
from bot.stores.opening import open_store
from bot.stores.sealing import Sealer
from bot.stores.sqlite import SqliteStore

SEALER = Sealer(b"a key made up for these tests only")
FORGET_AFTER = timedelta(minutes=60)


@dataclass
class Clock:
    """Tells the time that a test has come to."""

    now: datetime = datetime(2026, 11, 24, 21, 7, 13, 250_000, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now

    def moves(self, **by: float) -> None:
        """Move on by so many `minutes`, `days` and so on."""
        self.now += timedelta(**by)


@dataclass
class Shelf:
    """A store under test. `build` makes it anew, as another start would."""

    build: Callable[[Clock], Store]
    clock: Clock = field(default_factory=Clock)

    async def open(self) -> None:
        """Make the store and open it."""
        self.store = self.build(self.clock)
        await self.store.open()

    async def reopen(self) -> None:
        """Stop and start, as a deployment would."""
        await self.store.close()
        await self.open()


def someone(number: int = 424242) -> PersonKey:
    """Return the name of whoever has this chat number."""
    return person_key(SEALER.names_key, "telegram", number)


def keeps(record: Record | None) -> Work[Kept]:
    """Return the work that keeps `record`, and answers with what there was before."""
    return lambda kept: (record, kept)


def looks(kept: Kept) -> tuple[Record | None, Record | None]:
    """Leave the record as it is, and answer with it."""
    return kept.record, kept.record


def counts(kept: Kept) -> tuple[Record, int]:
    """Add one to the record's count, and answer with it."""
    count = (kept.record or {}).get("count", 0) + 1
    return {"count": count}, count


def sqlite_store(
    path: Path, clock: Callable[[], datetime], sealer: Sealer = SEALER
) -> SqliteStore:
    """Return a SQLite store that forgets after an hour, not opened yet."""
    return SqliteStore(path, sealer, clock, FORGET_AFTER)


def store_at(
    where: str | Path, clock: Callable[[], datetime], sealer: Sealer = SEALER
) -> Store:
    """Return the store of a path or an address, not opened yet."""
    return open_store(where, sealer, clock, FORGET_AFTER)


@contextmanager
def held(database: Path) -> Iterator[None]:
    """Hold a SQLite file's lock, as a slow backup does."""
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@asynccontextmanager
async def opened_at(
    where: str | Path, clock: Callable[[], datetime] | None = None
) -> AsyncIterator[Store]:
    """Open the store of a path or an address, and close it also when a test fails."""
    store = store_at(where, clock or right_now)
    await store.open()
    try:
        yield store
    finally:
        await store.close()


def right_now() -> datetime:
    """Tell the time as another process has it."""
    return datetime.now(UTC)


@asynccontextmanager
async def opened(
    path: Path, clock: Callable[[], datetime] = right_now, sealer: Sealer = SEALER
) -> AsyncIterator[SqliteStore]:
    """Open such a store, and close it also when a test fails."""
    store = sqlite_store(path, clock, sealer)
    await store.open()
    try:
        yield store
    finally:
        await store.close()


def bytes_on_disk(path: Path) -> bytes:
    """Return all bytes of the database's files.

    Read by another process: in this one, closing a file drops SQLite's locks on it.
    """
    files = sorted(path.parent.glob(f"{path.name}*"))
    return subprocess.run(["/bin/cat", *files], capture_output=True, check=True).stdout
