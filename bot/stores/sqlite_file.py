"""One SQLite file: opened, mended, used, and cleaned. Alone in knowing aiosqlite."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

import aiosqlite

from bot.core.errors import StoreError
from bot.stores.files import make_ready, move_aside, opening_alone
from bot.stores.tables import ANEW, CHANGES, NEWER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

T = TypeVar("T")

# How long another process may hold the file before a turn fails: far longer than a
# backup or a purge takes, and still no longer than a person waits.
BUSY_SECONDS: Final = 10
# While the erasing waits for another process, turns wait too.
ERASE_BUSY_MS: Final = 50
# Five statements for each size that a batch can have, and the rest.
STATEMENTS: Final = 400

SETTINGS: Final = (
    "PRAGMA synchronous = FULL",  # a turn is on the disk before its reply
    "PRAGMA secure_delete = ON",  # what is deleted is overwritten
    "PRAGMA temp_store = MEMORY",  # else there would be one more file to clean
)

log = logging.getLogger(__name__)


class _Connection(aiosqlite.Connection):
    async def run(self, do: Callable[[sqlite3.Connection], T]) -> T:
        """Run several statements in one visit to the connection's thread.

        aiosqlite visits it once for each: for a turn of six that took twice the time.
        """
        # Inside itself the library is not typed.
        result: T = await self._execute(do, self._conn)  # type: ignore[no-untyped-call]
        return result


class SqliteFile:
    """A connection to the file at `path`. Every fault of it is raised as StoreError.

    What `do` raises is raised, and then nothing of the transaction is kept.
    """

    def __init__(self, path: Path) -> None:
        """Nothing is touched before `open`."""
        self._path = path
        self._db = _connection(path)
        self.renewed = False  # a damaged file was moved aside, and a new one made

    async def open(self) -> None:
        """Make the file ready; a damaged one is moved aside and a new one made."""
        with self._faults_told():
            is_new = make_ready(self._path)
            async with opening_alone(self._path.parent):
                try:
                    await self._db
                    await self._mend()
                    await self._db.run(_prepare)
                except BaseException:
                    await self._db.close()  # its thread would keep the process alive
                    raise
        if is_new:
            log.info("new database made: %s", self._path)

    async def close(self) -> None:
        """Let go of the file."""
        with self._faults_told():
            await self._db.close()

    async def transaction(self, do: Callable[[sqlite3.Connection], T]) -> T:
        """Keep all that `do` does, in one visit to the connection's thread."""
        with self._faults_told():
            return await self._db.run(partial(_transaction, do=do))

    async def build_anew(self, *, whole: bool) -> bool:
        """Leave no byte of a deleted row in the file; False if another process writes.

        `secure_delete` is not enough: as rows move from page to page, copies of them
        stay in the gaps between others, and it does not know of these. `whole`: not the
        conversations alone. That takes longer with all that was ever claimed.
        """
        build = _build_all_anew if whole else _build_conversations_anew
        with self._faults_told():
            return await self._db.run(partial(_hardly_waiting, do=build))

    async def cut_log(self) -> bool:
        """Empty the log; return False if another process reads in it."""
        with self._faults_told():
            return await self._db.run(partial(_hardly_waiting, do=_cut_log))

    @contextmanager
    def _faults_told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise StoreError(f"{self._path}: {error}") from error

    async def _mend(self) -> None:
        if await self._db.run(_is_sound):
            return
        await self._db.close()
        aside = move_aside(self._path)
        says = "%s is damaged: moved aside to %s, which can be deleted; new one made"
        log.error(says, self._path, aside)
        make_ready(self._path)
        self.renewed = True
        self._db = _connection(self._path)
        await self._db


def examined_file(path: Path, look: Callable[[sqlite3.Connection], T]) -> T:
    """Return what `look` finds in a file that is there; nothing in it is changed.

    Raises StoreError with a cure where `SqliteFile.open` could not keep anything there,
    or would move it aside.
    """
    try:
        # "rw" alone never makes a file.
        address = f"{path.absolute().as_uri()}?mode=rw"
        with closing(
            sqlite3.connect(
                address, uri=True, isolation_level=None, timeout=BUSY_SECONDS
            )
        ) as db:
            if not _is_sound(db):
                raise StoreError(
                    f"{path} is damaged. The next start moves it aside and makes a new"
                    " one. To keep what is in it, restore a backup first."
                )
            db.execute("BEGIN IMMEDIATE")
            try:
                return look(db)
            finally:
                db.execute("ROLLBACK")
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {error}. Is its disk full, or in use?") from error


def _connection(path: Path) -> _Connection:
    connect = partial(
        sqlite3.connect,
        path,
        timeout=BUSY_SECONDS,
        isolation_level=None,  # `begin` alone begins a transaction
        cached_statements=STATEMENTS,
    )
    connection = _Connection(connect, iter_chunk_size=1)
    # A process that fails has to end, so that it is started again: Python would wait
    # for this thread, and nobody would be answered. aiosqlite has no other way.
    connection._thread.daemon = True  # noqa: SLF001
    return connection


def _is_sound(db: sqlite3.Connection) -> bool:
    try:
        return db.execute("PRAGMA quick_check(1)").fetchall() == [("ok",)]
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            return False
        raise


def _prepare(db: sqlite3.Connection) -> None:
    for setting in SETTINGS:
        db.execute(setting)
    if db.execute("PRAGMA journal_mode = WAL").fetchall() != [("wal",)]:
        raise StoreError("the disk of WAYMARK_DATA cannot hold a database: use another")
    _transaction(db, _change_tables)


def _change_tables(db: sqlite3.Connection) -> None:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version > len(CHANGES):
        raise StoreError(NEWER)
    for change in CHANGES[version:]:
        for statement in change:
            db.execute(statement)
    db.execute(f"PRAGMA user_version = {len(CHANGES)}")


def _transaction(db: sqlite3.Connection, do: Callable[[sqlite3.Connection], T]) -> T:
    # IMMEDIATE: one that first read and then wrote would not wait for others, but fail.
    db.execute("BEGIN IMMEDIATE")
    try:
        result = do(db)
        db.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise
    return result


def _hardly_waiting(
    db: sqlite3.Connection, do: Callable[[sqlite3.Connection], bool | None]
) -> bool:
    """Do something; return False where that, or another process, holds it up."""
    db.execute(f"PRAGMA busy_timeout = {ERASE_BUSY_MS}")
    try:
        return do(db) is not False
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith("SQLITE_BUSY"):
            return False
        raise
    finally:
        db.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")


def _build_all_anew(db: sqlite3.Connection) -> None:
    db.execute("VACUUM")


def _build_conversations_anew(db: sqlite3.Connection) -> None:
    """Take all conversations out, which overwrites their pages, and put them back."""
    _transaction(db, _take_out_and_put_back)


def _take_out_and_put_back(db: sqlite3.Connection) -> None:
    for statement in ANEW:
        db.execute(statement)


def _cut_log(db: sqlite3.Connection) -> bool:
    is_busy, _, _ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not is_busy
