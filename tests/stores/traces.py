"""What somebody's row leaves in a database's files, and whether it is still there."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from bot.core.person import PersonKey
from bot.stores.base import Store
from tests.stores.shelf import bytes_on_disk, keeps, someone

PATIENCE = 30  # seconds
PIECE = 12  # bytes: nothing of that length is in a file by chance
# So many people, and so many together, that copies stay in gaps: fewer may leave none.
MANY, TOGETHER = 800, 40


def pieces(person: PersonKey, database: Path) -> list[bytes]:
    """Return the person's name, and their sealed record in pieces."""
    find = "SELECT sealed FROM conversation WHERE name = ?"
    with closing(sqlite3.connect(database)) as db:
        ((sealed,),) = db.execute(find, (person.name,)).fetchall()
    cut = [sealed[at : at + PIECE] for at in range(1, len(sealed) - PIECE, PIECE)]
    return [person.name, *cut]


def still_there(gone: Iterable[bytes], database: Path) -> list[bytes]:
    """Return which of the pieces begin anywhere in .db, -wal or -shm."""
    found = bytes_on_disk(database)
    everywhere = {found[at : at + PIECE] for at in range(len(found))}
    return [piece for piece in gone if piece[:PIECE] in everywhere]


async def go(gone: list[bytes], database: Path) -> None:
    """Wait until none of the pieces is anywhere any more."""
    async with asyncio.timeout(PATIENCE):
        while still_there(gone, database):  # noqa: ASYNC110 a file tells nobody
            await asyncio.sleep(0.05)


async def come_and_leave(store: Store, database: Path) -> tuple[set[bytes], list[int]]:
    """Let MANY come; half of them leave. Return the pieces of these, and who stays.

    Their rows are of several lengths. So rows move from page to page, and leave copies.
    """
    chance = random.Random(4)
    here: list[int] = []
    gone: set[bytes] = set()
    for come in range(0, MANY, TOGETHER):
        turns = []
        for number in range(come, come + TOGETHER):
            here.insert(chance.randint(0, len(here)), number)
            record = {"words": "x" * chance.choice((0, 300, 600))}
            turns.append(store.turn(someone(number), None, keeps(record)))
        await asyncio.gather(*turns)
        going = [here.pop() for _ in range(TOGETHER // 2)]
        gone.update(piece for n in going for piece in pieces(someone(n), database))
        leaving = (store.turn(someone(n), None, keeps(None)) for n in going)
        await asyncio.gather(*leaving)
    return gone, here
