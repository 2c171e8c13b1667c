"""What a database in use can meet: other processes, a kill, a full disk, a lost key."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.errors import StoreError
from bot.stores import sqlite_file, tables
from bot.stores.base import Kept
from bot.stores.sealing import Sealer
from bot.stores.sqlite_file import SqliteFile
from tests.stores import process
from tests.stores.shelf import (
    SEALER,
    Shelf,
    bytes_on_disk,
    counts,
    keeps,
    looks,
    opened,
    someone,
)


async def test_a_conversation_outlives_a_restart(on_disk: Shelf) -> None:
    """An update of the bot in the night costs nobody their place."""
    await on_disk.store.turn(someone(), "update 7", keeps({"step": "who"}))

    await on_disk.reopen()

    again = await on_disk.store.turn(someone(), "update 7", keeps(None))
    assert again == Kept({"step": "who"}, repeated=True)


async def test_a_turn_outlives_a_kill(database: Path) -> None:
    """Whoever saw a reply goes on from there, whatever happens to the process."""
    async with process.beside(process.dies, database) as told:
        assert told == "ready"

    async with opened(database) as store:
        kept = await store.turn(someone(), "update 7", keeps(None))
    assert kept == Kept({"step": "who"}, repeated=True)


async def test_b23_ten_people_wait_out_a_lock(on_disk: Shelf, database: Path) -> None:
    """Another process holds the file for three seconds; all ten go on (fault B23)."""
    assert sqlite_file.BUSY_SECONDS > 3  # so that a test need not wait for as long
    async with process.beside(process.writes, database):
        with (
            closing(sqlite3.connect(database, timeout=0)) as db,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            db.execute("BEGIN IMMEDIATE")

        turns = [
            asyncio.create_task(on_disk.store.turn(someone(n), f"update {n}", counts))
            for n in range(10)
        ]
        done, _ = await asyncio.wait(turns, timeout=0.3)
        assert not done

    told = await asyncio.gather(*turns)
    assert told == [1] * 10
    for number in range(10):
        record = await on_disk.store.turn(someone(number), None, looks)
        assert record == {"count": 1}


async def test_two_processes_share_one_person(on_disk: Shelf, database: Path) -> None:
    """No tap is lost when an old process is still ending while a new one serves."""
    on_disk.clock.now = datetime.now(UTC)
    async with process.beside(process.adds, database):
        for _ in range(50):
            await on_disk.store.turn(someone(), None, counts)

    assert await on_disk.store.turn(someone(), None, counts) == 101


async def test_what_fails_within_a_transaction_ends_it(database: Path) -> None:
    """A fault leaves nothing half written, and the next turn begins afresh."""

    def fails(db: sqlite3.Connection) -> None:
        db.execute(tables.claim(1), (b"receipt", 20781))
        raise LookupError

    def looks_again(db: sqlite3.Connection) -> list[tuple[bytes]]:
        return db.execute(tables.find_claims(1), (b"receipt",)).fetchall()

    file = SqliteFile(database)
    await file.open()
    try:
        with pytest.raises(LookupError):
            await file.transaction(fails)

        assert await file.transaction(looks_again) == []
    finally:
        await file.close()


@pytest.mark.parametrize("whole", [False, True])
async def test_erasing_does_not_wait_for_another_process(
    database: Path, *, whole: bool
) -> None:
    """Whoever leaves while another process writes is answered all the same."""
    file = SqliteFile(database)
    await file.open()
    try:
        async with process.beside(process.writes, database):
            assert not await file.build_anew(whole=whole)

        assert await file.build_anew(whole=whole)
    finally:
        await file.close()


async def test_a_purge_of_nothing_writes_nothing(
    on_disk: Shelf, database: Path
) -> None:
    """A quiet night does not write the whole file again and again."""
    log = database.with_name("waymark.db-wal")
    await on_disk.store.turn(someone(), "update 7", counts)
    before = bytes_on_disk(log)
    assert before

    assert await on_disk.store.purge() == 0

    assert bytes_on_disk(log) == before


async def test_a_purge_of_receipts_alone_leaves_none(
    on_disk: Shelf, database: Path
) -> None:
    """Which updates there were is no longer told by the file after a few days."""
    await on_disk.store.turn(someone(), "update 7", counts)
    await on_disk.store.forget(someone())
    await on_disk.reopen()
    assert SEALER.receipts("update 7")[0] in bytes_on_disk(database)
    on_disk.clock.moves(days=4)

    assert await on_disk.store.purge() == 0

    assert SEALER.receipts("update 7")[0] not in bytes_on_disk(database)


async def test_a_full_disk_is_told_and_survived(database: Path) -> None:
    """A turn that cannot be kept fails as such; the next one is kept again."""
    async with process.beside(process.fills, database) as told:
        assert told == "ready"

    async with opened(database) as store:
        assert await store.turn(someone(), None, counts) == 3


async def test_what_another_key_sealed_is_as_if_absent(
    on_disk: Shelf, database: Path
) -> None:
    """With a lost key people start anew, and the bot goes on."""
    await on_disk.store.turn(someone(), None, counts)
    await on_disk.store.turn(someone(2), None, counts)
    await on_disk.store.close()
    other = Sealer(b"another key, for after the first was lost")

    async with opened(database, on_disk.clock, other) as store:
        first = await store.turn(someone(), None, counts)
        second = await store.turn(someone(), None, counts)
        gone = await store.turn(someone(2), None, keeps(None))

    assert [first, second] == [1, 2]
    assert gone == Kept(None)
    with closing(sqlite3.connect(database)) as db:
        assert db.execute("SELECT count(*) FROM conversation").fetchall() == [(1,)]


async def test_after_closing_every_turn_is_refused_as_such(on_disk: Shelf) -> None:
    """What was asked for before is still kept; nothing hangs afterwards."""
    last = asyncio.create_task(on_disk.store.turn(someone(), None, counts))
    await asyncio.sleep(0)

    await on_disk.store.close()

    assert await last == 1
    with pytest.raises(StoreError, match="not open"):
        await on_disk.store.turn(someone(), None, counts)
    with pytest.raises(StoreError, match="not open"):
        await on_disk.store.purge()


async def test_a_caller_that_gives_up_harms_nobody(on_disk: Shelf) -> None:
    """A stopped channel leaves no half-done turn and nobody waiting."""
    turns = [
        asyncio.create_task(on_disk.store.turn(someone(number), None, counts))
        for number in range(20)
    ]
    purge = asyncio.create_task(on_disk.store.purge())
    await asyncio.sleep(0)
    for task in (purge, *turns[::2]):
        task.cancel()

    told = await asyncio.gather(*turns[1::2])

    assert told == [1] * 10
    assert await on_disk.store.purge() == 0
