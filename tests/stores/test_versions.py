"""Databases of every version that ever was are opened, and nobody loses their place."""

from __future__ import annotations

import shutil
from pathlib import Path

import psycopg
import pytest

from bot.core.errors import StoreError
from bot.stores import postgres_tables, tables
from tests.postgres import Postgres, rows
from tests.stores.keep_version import PEOPLE, RECORD, VERSIONS
from tests.stores.shelf import Clock, Shelf, counts, keeps, opened_at, someone

KEPT = sorted(VERSIONS.iterdir())


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.name)
async def test_a_database_of_an_older_version_is_opened_with_all_in_it(
    kept: Path, database: Path, postgres: Postgres
) -> None:
    """An update in the night costs nobody their place, and no update counts again."""
    where: str | Path = database
    if kept.suffix == ".db":
        shutil.copy(kept, database)
    else:
        where = postgres.new_address()
        postgres.restore(where, kept)

    async with opened_at(where, Clock()) as store:
        for number in range(PEOPLE):
            before = await store.turn(someone(number), f"update {number}", keeps(None))

            assert before.record == {**RECORD, "number": number}
            assert before.repeated
        assert await store.counts() == {}


def test_a_database_of_every_version_is_kept() -> None:
    """Whoever changes the tables first keeps a database as it was until then."""
    names = {path.name for path in KEPT}

    assert names == {
        *(f"sqlite-{n}.db" for n in range(1, len(tables.CHANGES) + 1)),
        *(f"postgres-{n}.sql" for n in range(1, len(postgres_tables.CHANGES) + 1)),
    }


async def test_a_change_that_fails_leaves_the_database_as_it_was(
    on_server: Shelf, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old version goes on, and the mended one finds what it expects."""
    await on_server.store.turn(someone(), None, counts)
    half = ("ALTER TABLE conversation ADD COLUMN more integer", "DROP TABLE nowhere")
    whole = (*half[:1], "CREATE TABLE another (a integer)")
    before = postgres_tables.CHANGES

    monkeypatch.setattr(postgres_tables, "CHANGES", (*before, half))
    with pytest.raises(StoreError, match="nowhere"):
        await on_server.reopen()

    assert rows(address, "SELECT version FROM waymark_version") == [(len(before),)]
    with pytest.raises(psycopg.errors.UndefinedColumn):
        rows(address, "SELECT more FROM conversation")
    monkeypatch.setattr(postgres_tables, "CHANGES", (*before, whole))
    await on_server.open()
    assert rows(address, "SELECT version FROM waymark_version") == [(len(before) + 1,)]
    assert await on_server.store.turn(someone(), None, counts) == 2
