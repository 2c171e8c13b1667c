"""A store looked at from outside, for `waymark doctor`: nothing of it is changed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.errors import StoreError
from bot.stores import postgres_tables, tables
from bot.stores.files import check_place
from bot.stores.opening import is_postgres, sqlite_path
from bot.stores.sqlite_file import examined_file

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from bot.stores.postgres_connection import Ask
    from bot.stores.sealing import Opener, Sealer


@dataclass(frozen=True, slots=True)
class Examined:
    """What a store is like. `openers`: which keys open what is kept in it."""

    where: str
    openers: frozenset[Opener] = frozenset()
    is_new: bool = False


async def examine(where: str | Path, sealer: Sealer) -> Examined:
    """Look at the store that `where` names, as `bot.stores.opening` reads it.

    Tries to write, and takes it back. Raises StoreError with a cure where `run` could
    not keep anything there, and SettingsError.
    """
    if is_postgres(where):
        return await _examine_postgres(str(where), sealer)
    return await asyncio.to_thread(_examine_sqlite, sqlite_path(where), sealer)


def _examine_sqlite(path: Path, sealer: Sealer) -> Examined:
    check_place(path)
    where = f"SQLite, {path}"
    if not path.exists() or not path.stat().st_size:
        return Examined(where, is_new=True)
    rows = examined_file(path, _rows_of_a_file)
    return Examined(where, _openers(rows, sealer))


def _rows_of_a_file(db: sqlite3.Connection) -> list[tuple[bytes, bytes]]:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version > len(tables.CHANGES):
        raise StoreError(tables.NEWER)
    every_row = db.execute(tables.SOME_ROWS, {"most": -1}) if version else ()
    return list(every_row)


async def _examine_postgres(address: str, sealer: Sealer) -> Examined:
    # Loaded only where it is asked for, as in bot.stores.opening.
    from bot.stores.postgres_connection import (
        PostgresConnection,
        checked_address,
        place_of,
    )

    connection = PostgresConnection(checked_address(address))
    try:
        rows = await connection.run(_rows_on_a_server)
    finally:
        await connection.close()
    if rows is None:
        return Examined(place_of(address), is_new=True)
    return Examined(place_of(address), _openers(rows, sealer))


async def _rows_on_a_server(ask: Ask) -> list[tuple[bytes, bytes]] | None:
    ((is_there,),), *_ = await ask(postgres_tables.HAS_VERSION)
    if not is_there:
        await ask("BEGIN", postgres_tables.TRY_TO_MAKE, "ROLLBACK")
        return None
    ((version,),), *_ = await ask(postgres_tables.FIND_VERSION)
    if version > len(postgres_tables.CHANGES):
        raise StoreError(tables.NEWER)
    await ask("BEGIN", postgres_tables.TRY_TO_KEEP, "ROLLBACK")
    (rows,) = await ask(postgres_tables.SOME_ROWS, most=None)
    return [(name, sealed) for name, sealed in rows]


def _openers(rows: Iterable[tuple[bytes, bytes]], sealer: Sealer) -> frozenset[Opener]:
    return frozenset(sealer.opener(*row) for row in rows)
