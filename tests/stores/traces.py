"""What somebody's row leaves in a database's files, and whether it is still there."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.core.person import PersonKey
from tests.command import PATIENCE
from tests.stores.shelf import bytes_on_disk

PIECE = 12  # bytes: nothing of that length is in a file by chance


def pieces(person: PersonKey, database: Path) -> list[bytes]:
    """Return the person's name, and their sealed record in pieces."""
    find = "SELECT sealed FROM conversation WHERE name = ?"
    with closing(sqlite3.connect(database)) as db:
        ((sealed,),) = db.execute(find, (person.name,)).fetchall()
    cut = [sealed[at : at + PIECE] for at in range(1, len(sealed) - PIECE, PIECE)]
    return [person.name, *cut]


def still_there(gone: list[bytes], database: Path) -> list[bytes]:
    """Return which of the pieces are anywhere in .db, -wal or -shm."""
    found = bytes_on_disk(database)
    return [piece for piece in gone if piece in found]


async def go(gone: list[bytes], database: Path) -> None:
    """Wait until none of the pieces is anywhere any more."""
    async with asyncio.timeout(PATIENCE):
        while still_there(gone, database):  # noqa: ASYNC110 a file tells nobody
            await asyncio.sleep(0.05)
