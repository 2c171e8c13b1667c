"""What a thief of the files finds: nothing of whoever is gone, little of the others."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.errors import StoreError
from bot.stores import erasing
from tests.command import PATIENCE
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
from tests.stores.traces import come_and_leave, go, pieces, still_there


@pytest.mark.parametrize("way", ["forget", "quick exit", "notes alone", "purge"])
async def test_b31_of_whoever_is_gone_no_byte_is_left(
    on_disk: Shelf, database: Path, way: str
) -> None:
    """The only person in the store goes, and so does every trace (fault B31)."""
    await on_disk.store.turn(someone(), "update 7", keeps({"step": "who"}))
    first = pieces(someone(), database)
    await on_disk.store.turn(someone(), "update 8", keeps({"step": "what"}))
    second = pieces(someone(), database)
    assert still_there(second, database) == second

    if way == "forget":
        await on_disk.store.forget(someone())
    elif way == "quick exit":
        await on_disk.store.turn(someone(), "update 9", keeps(None))
    elif way == "notes alone":
        await on_disk.store.turn(someone(), "update 9", keeps({"notes": {"chat": 7}}))
    else:
        on_disk.clock.moves(minutes=65)
        await on_disk.store.purge()

    gone = [piece for piece in first + second if piece != someone().name]
    assert still_there(gone, database) == []
    await on_disk.reopen()
    assert still_there(gone, database) == []
    if way != "notes alone":
        assert still_there([someone().name], database) == []
        assert await on_disk.store.turn(someone(), None, looks) is None


async def test_no_byte_is_left_between_many_others(
    on_disk: Shelf, database: Path
) -> None:
    """In a busy file rows move about, and leave copies that deleting does not reach."""
    gone, here = await come_and_leave(on_disk.store, database)
    last = pieces(someone(here[0]), database)
    stays = pieces(someone(here[1]), database)

    await on_disk.store.forget(someone(here[0]))

    assert still_there(gone | set(last), database) == []
    assert still_there(stays, database) == stays


async def test_whoever_reads_the_file_delays_nobody_but_the_erasing(
    on_disk: Shelf, database: Path
) -> None:
    """A backup runs: whoever leaves is answered, and their trace goes when it ends."""
    await on_disk.store.turn(someone(), None, keeps({"step": "who"}))
    gone = pieces(someone(), database)
    async with process.beside(process.reads, database) as told:
        assert told == "ready"
        leaving = asyncio.create_task(on_disk.store.turn(someone(), None, keeps(None)))

        for _ in range(20):
            await on_disk.store.turn(someone(2), None, counts)

        assert leaving.done()
        assert still_there(gone, database)

    await go(gone, database)


async def test_stopping_leaves_the_erasing_to_the_next_start(
    on_disk: Shelf,
    database: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """However long a backup takes, the bot stops in time, and forgets nothing of it."""
    monkeypatch.setattr(erasing, "ERASE_TRIES", 1_000_000)
    await on_disk.store.turn(someone(), None, keeps({"step": "who"}))
    gone = pieces(someone(), database)
    async with process.beside(process.reads, database), asyncio.timeout(PATIENCE):
        await on_disk.store.turn(someone(), None, keeps(None))
        await on_disk.store.close()
        assert still_there(gone, database)

    assert caplog.messages == []
    await on_disk.open()
    assert still_there(gone, database) == []


async def test_a_promise_to_forget_is_not_given_in_vain(
    on_disk: Shelf, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the trace cannot go now, whoever asked is told; the next purge does it."""
    monkeypatch.setattr(erasing, "ERASE_TRIES", 2)
    await on_disk.store.turn(someone(), None, keeps({"step": "who"}))
    gone = pieces(someone(), database)
    async with process.beside(process.reads, database):
        with pytest.raises(StoreError, match="removed, but"):
            await on_disk.store.forget(someone())

    assert await on_disk.store.turn(someone(), None, looks) is None
    await on_disk.store.purge()
    assert still_there(gone, database) == []


async def test_a_quick_exit_is_answered_where_erasing_fails(database: Path) -> None:
    """The screen must clear, whatever the disk does; only `forget` may say no."""
    async with process.beside(process.fills_erasing, database) as told:
        assert told == "{'count': 1}"


async def test_earlier_answers_do_not_stay_behind(
    on_disk: Shelf, database: Path
) -> None:
    """Of what was changed, the file keeps only what it is now."""
    await on_disk.store.turn(someone(), None, keeps({"words": "x" * 600}))
    earlier = pieces(someone(), database)[1:]
    await on_disk.store.turn(someone(), None, keeps({"words": "x"}))

    await on_disk.store.close()

    assert still_there(earlier, database) == []


async def test_a_kill_before_the_erasing_is_made_good(database: Path) -> None:
    """The next start finishes what a killed process had begun."""
    async with opened(database) as store:
        await store.turn(someone(), None, keeps({"step": "who"}))
        gone = pieces(someone(), database)
    async with process.beside(process.dies_erasing, database) as told:
        assert told == "ready"
    assert still_there(gone, database)

    async with opened(database):
        assert still_there(gone, database) == []


async def test_nothing_stands_in_clear(on_disk: Shelf, database: Path) -> None:
    """Neither who wrote, nor what, nor which update it was, can be read in a file."""
    number = 1087968824
    record = {"facts": {"nation": "wales"}, "notes": {"words": "he is outside"}}
    await on_disk.store.turn(someone(number), "telegram 987654321", keeps(record))

    found = bytes_on_disk(database)

    assert someone(number).name in found  # or this test would look in the wrong place
    for clear in (b"1087968824", b"telegram", b"987654321", b"wales", b"outside"):
        assert clear not in found
    for hidden in (number, 987654321):
        assert hidden.to_bytes(4, "little") not in found
        assert hidden.to_bytes(4, "big") not in found
    assert SEALER.names_key not in found


async def test_the_times_in_the_file_are_coarse(on_disk: Shelf, database: Path) -> None:
    """Nobody can tell from the file at which minute someone wrote."""
    times = set()
    for _ in range(5):
        await on_disk.store.turn(someone(), "update", keeps({"step": "who"}))
        with closing(sqlite3.connect(database)) as db:
            times.update(db.execute("SELECT forget_at FROM conversation").fetchall())
            days = db.execute("SELECT day FROM claim").fetchall()
        on_disk.clock.moves(seconds=30)

    ((time,),) = times
    assert time % 300 == 0
    assert datetime.fromtimestamp(time, UTC).strftime("%H:%M:%S") == "22:10:00"
    assert days == [(20781,)]  # 24 November 2026


def modes(folder: Path) -> dict[str, int]:
    """Return who may do what with each file of a folder."""
    return {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}


async def test_all_files_are_the_operators_alone(tmp_path: Path) -> None:
    """No other user of the machine can copy them, whatever they were like before."""
    database = tmp_path / "data" / "waymark.db"
    database.parent.mkdir()
    database.touch(0o644)
    database.chmod(0o644)

    async with opened(database) as store:
        await store.turn(someone(), None, counts)

        assert modes(database.parent) == {
            "waymark.db": 0o600,
            "waymark.db-shm": 0o600,
            "waymark.db-wal": 0o600,
        }
