"""Keep a populated database of this version: `python -m tests.stores.keep_version`.

Run once before each release that changes the tables. What it made is never made again.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.stores import postgres_tables, tables
from tests.postgres import FAST, Postgres
from tests.stores.shelf import Clock, keeps, opened_at, someone

VERSIONS = Path(__file__).parent / "versions"
# What a record of those days looked like; people 0 to 19, each with one update.
RECORD = {"conversation": {"here": {"step": "who"}}, "notes": {"message": 17}}
PEOPLE = 20


async def populate(where: str | Path) -> None:
    """Put the same people into any store."""
    async with opened_at(where, Clock()) as store:
        for number in range(PEOPLE):
            record = {**RECORD, "number": number}
            await store.turn(someone(number), f"update {number}", keeps(record))


def main() -> None:
    """Make the files that are not there yet."""
    VERSIONS.mkdir(exist_ok=True)
    file = VERSIONS / f"sqlite-{len(tables.CHANGES)}.db"
    if not file.exists():
        asyncio.run(populate(file))
    dump = VERSIONS / f"postgres-{len(postgres_tables.CHANGES)}.sql"
    with TemporaryDirectory() as folder:
        server = Postgres(Path(folder) / "server", *FAST)
        try:
            address = server.new_address()
            asyncio.run(populate(address))
            if not dump.exists():
                dump.write_bytes(server.dump(address))
        finally:
            server.stop()


if __name__ == "__main__":
    main()
