"""What a start can meet on the disk: damage, no right to write, another version."""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.core.errors import StoreError
from tests.command import PATIENCE, ROOT
from tests.stores import process
from tests.stores.shelf import Shelf, counts, opened, right_now, someone, sqlite_store


def put(content: bytes, path: Path) -> None:
    """Let a file be there already."""
    path.write_bytes(content)


def damages(path: Path, how: str) -> bytes:
    """Damage a file, and return what is in it afterwards."""
    whole = path.read_bytes()
    damaged = {
        "cut": whole[:1500],
        "random": os.urandom(len(whole)),
        "page": whole[:4096] + os.urandom(4096) + whole[8192:],
    }
    path.write_bytes(damaged[how])
    return damaged[how]


@pytest.mark.parametrize("how", ["cut", "random", "page"])
async def test_b26_a_damaged_file_is_moved_aside(
    on_disk: Shelf, database: Path, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The bot starts, answers, and says where the damaged file is (fault B26)."""
    for number in range(30):
        await on_disk.store.turn(someone(number), None, counts)
    await on_disk.store.close()
    damaged = damages(database, how)

    await on_disk.open()

    assert await on_disk.store.turn(someone(), None, counts) == 1
    aside = database.with_name("waymark.db.damaged-1")
    assert aside.read_bytes() == damaged
    errors = [r.getMessage() for r in caplog.records if r.levelno == logging.ERROR]
    assert len(errors) == 1
    assert f"{database} is damaged: moved aside to {aside}" in errors[0]


async def test_damaged_files_do_not_replace_each_other(
    on_disk: Shelf, database: Path
) -> None:
    """A second accident leaves the first one's file to be looked at."""
    seen = []
    for _ in range(2):
        await on_disk.store.close()
        seen.append(damages(database, "random"))
        await on_disk.open()

    for number, content in enumerate(seen, start=1):
        aside = database.with_name(f"waymark.db.damaged-{number}")
        assert aside.read_bytes() == content


@pytest.mark.parametrize("there", [b"", b"damaged" * 999])
async def test_many_may_start_at_once(database: Path, there: bytes) -> None:
    """Processes that start together make one database, and mend one only once."""
    put(there, database)

    async def start() -> int:
        async with opened(database) as store:
            return await store.turn(someone(), None, counts)

    told = await asyncio.gather(*(start() for _ in range(8)))

    assert sorted(told) == list(range(1, 9))
    assert not database.with_name("waymark.db.damaged-2").exists()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
@pytest.mark.parametrize("there", [False, True])
async def test_b25_a_folder_of_someone_elses_is_named(
    tmp_path: Path, *, there: bool
) -> None:
    """One line with path, user and cure, instead of a traceback (fault B25)."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder == tmp_path or folder.name.startswith(("pytest-", "popen-")):
            folder.chmod(0o755)  # may be entered, but not written
    path = tmp_path / "waymark.db"
    if there:
        path.touch(0o600)

    async with process.beside(process.opens_unprivileged, path) as told:
        assert told.startswith(f"{path} cannot be written by uid 10001 (")
        assert "WAYMARK_DATA" in told


async def test_a_folder_that_cannot_be_is_named(tmp_path: Path) -> None:
    """The same line where the folder's place is taken by a file."""
    (tmp_path / "data").write_text("not a folder")
    path = tmp_path / "data" / "waymark.db"

    with pytest.raises(StoreError, match=f"{path} cannot be written by uid \\d+"):
        await sqlite_store(path, right_now).open()


async def test_a_file_of_a_newer_waymark_is_left_alone(
    on_disk: Shelf, database: Path
) -> None:
    """To go back a version by mistake destroys nothing, and says what to do."""
    await on_disk.store.close()
    with closing(sqlite3.connect(database)) as db:
        db.execute("PRAGMA user_version = 99")

    with pytest.raises(StoreError, match="newer Waymark: install that one"):
        await on_disk.open()

    with closing(sqlite3.connect(database)) as db:
        assert db.execute("PRAGMA user_version").fetchall() == [(99,)]


async def test_b25_a_new_database_is_announced_once(
    database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """An operator whose volume is missing sees it: new again at every start (B25)."""
    caplog.set_level(logging.INFO, "bot")

    for _ in range(2):
        async with opened(database):
            pass

    assert caplog.messages == [f"new database made: {database}"]


def test_a_process_that_fails_with_its_file_open_ends(database: Path) -> None:
    """One that went on without a word would not be started again by anything."""
    fails = (
        "import asyncio, sys; from pathlib import Path;"
        "from bot.stores.sqlite_file import SqliteFile;"
        "asyncio.run(SqliteFile(Path(sys.argv[1])).open()); sys.exit('a fault')"
    )

    ran = subprocess.run(
        [sys.executable, "-c", fails, database],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert ran.returncode == 1
    assert ran.stderr.startswith("a fault")
