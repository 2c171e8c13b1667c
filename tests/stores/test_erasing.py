"""Many leave at once: their traces go together, and for nobody much later."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.stores import erasing, tables
from bot.stores.sqlite import SqliteStore
from tests.stores import process
from tests.stores.shelf import Shelf, keeps, looks, opened, someone
from tests.stores.traces import MANY, go, pieces, still_there

PEOPLE = 12


@pytest.fixture
async def store(on_disk: Shelf) -> SqliteStore:
    """Give a store in which some people are in mid-conversation."""
    store = on_disk.store
    turns = (store.turn(someone(n), None, keeps({"n": n})) for n in range(PEOPLE))
    await asyncio.gather(*turns)
    assert isinstance(store, SqliteStore)
    return store


@pytest.fixture
def resting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have it rest for longer than any test takes."""
    monkeypatch.setattr(erasing, "LEAST_REST_SECONDS", 3600.0)
    monkeypatch.setattr(erasing, "MOST_REST_SECONDS", 3600.0)


async def leave(store: SqliteStore, *numbers: int) -> None:
    """Let some people leave, one after another."""
    for number in numbers:
        await store.turn(someone(number), None, keeps(None))


def of_all(numbers: range, database: Path) -> list[bytes]:
    """Return the pieces of some people."""
    return [piece for n in numbers for piece in pieces(someone(n), database)]


def kept(database: Path) -> int:
    """Return how many rows of people there are."""
    with closing(sqlite3.connect(database)) as db:
        ((rows,),) = db.execute("SELECT count(*) FROM conversation").fetchall()
    return int(rows)


async def times_built_anew(store: SqliteStore) -> list[str]:
    """Return a list that grows each time SQLite begins to take all rows out."""
    times: list[str] = []

    def hears(statement: str) -> None:
        times.extend([statement] * (statement in {tables.ANEW[1], "VACUUM"}))

    await store._file._db.set_trace_callback(hears)  # noqa: SLF001 SQLite itself tells
    return times


@pytest.mark.usefixtures("resting")
async def test_who_leaves_right_after_another_shares_the_work_with_the_next(
    on_disk: Shelf, store: SqliteStore, database: Path
) -> None:
    """The first one's trace goes at once, that of ten others together, not ten times.

    To do it for each would take the longer, the more people there are (B29).
    """
    first, others = of_all(range(1), database), of_all(range(1, 11), database)
    times = await times_built_anew(store)

    await leave(store, 0)
    assert still_there(first, database) == []
    await leave(store, *range(1, 11))
    assert len(times) == 1
    assert kept(database) == 1
    assert still_there(others, database)
    await store.close()

    assert len(times) == 2
    assert still_there(others, database) == []
    await on_disk.open()
    assert await on_disk.store.turn(someone(11), None, looks) == {"n": 11}


@pytest.mark.usefixtures("resting")
async def test_a_purge_shares_it_too(
    on_disk: Shelf, store: SqliteStore, database: Path
) -> None:
    """Whoever is idle goes with whoever has just left, and nobody waits for that."""
    others = of_all(range(1, PEOPLE), database)
    times = await times_built_anew(store)
    await leave(store, 0)
    on_disk.clock.moves(minutes=65)

    assert await store.purge() == PEOPLE - 1

    assert kept(database) == 0
    assert len(times) == 1
    await store.close()
    assert still_there(others, database) == []


async def test_whoever_leaves_right_after_another_is_not_left_behind(
    store: SqliteStore, database: Path
) -> None:
    """Nobody has to come or to stop the bot for it: their trace goes by itself."""
    gone = of_all(range(10), database)

    await leave(store, *range(5))
    await go(gone[: len(gone) // 2], database)
    await leave(store, *range(5, 10))
    await go(gone, database)


@pytest.mark.usefixtures("resting")
async def test_whoever_asks_to_be_forgotten_is_forgotten_at_once(
    store: SqliteStore, database: Path
) -> None:
    """What says that all is gone waits until it is; whoever left before goes too."""
    gone = of_all(range(3), database)
    await leave(store, 0, 1)
    assert still_there(gone, database)

    await store.forget(someone(2))

    assert still_there(gone, database) == []


async def test_a_kill_before_the_next_time_is_made_good(database: Path) -> None:
    """Many have just left, between as many others: the next start erases it all."""
    async with process.beside(process.dies_resting, database) as told:
        assert told == "ready"
    noted = database.with_name("gone").read_text(encoding="ascii")
    gone = [bytes.fromhex(piece) for piece in noted.splitlines()]
    with closing(sqlite3.connect(database)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert still_there(gone, database)  # in gaps, which no deleting reaches

    async with opened(database):
        assert still_there(gone, database) == []
    assert kept(database) == MANY // 2
