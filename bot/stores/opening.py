"""WAYMARK_STORE names a store: this is where the name becomes one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.core.errors import SettingsError

if TYPE_CHECKING:
    from datetime import timedelta

    from bot.stores.base import Store
    from bot.stores.retention import Clock
    from bot.stores.sealing import Sealer

SQLITE: Final = "sqlite:///"
POSTGRES: Final = ("postgresql://", "postgres://")


def open_store(
    where: str | Path, sealer: Sealer, clock: Clock, forget_after: timedelta
) -> Store:
    """Return the store that `where` names; its own `open` makes it ready.

    `where` is a path, or WAYMARK_STORE's value: `sqlite:///PATH`, with a fourth slash
    for a path from the root, or `postgresql://…`. Raises SettingsError, which never
    shows the value: an address may hold a password.
    """
    # Only the store that is asked for has its library loaded.
    if is_postgres(where):
        from bot.stores.postgres import PostgresStore
        from bot.stores.postgres_connection import checked_address

        address = checked_address(str(where))
        return PostgresStore(address, sealer, clock, forget_after)
    from bot.stores.sqlite import SqliteStore

    return SqliteStore(sqlite_path(where), sealer, clock, forget_after)


def is_postgres(where: str | Path | None) -> bool:
    """Tell whether a store's name is the address of a PostgreSQL."""
    return isinstance(where, str) and where.startswith(POSTGRES)


def sqlite_path(where: str | Path) -> Path:
    """Return the path of a SQLite store. Raises SettingsError: it is no such store."""
    if isinstance(where, Path):
        return where
    path = where.removeprefix(SQLITE)
    if where.startswith(SQLITE) and path and path != ":memory:":
        return Path(path)
    raise SettingsError(
        "WAYMARK_STORE is not a store that Waymark knows. Write sqlite:///PATH (four"
        " slashes for a path from the root) or postgresql://USER:PASSWORD@HOST/DATABASE,"
        " or leave it out."
    )
