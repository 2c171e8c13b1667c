"""What is asked of one SQLite connection, and written to it, for many at once."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from bot.stores import tables

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence

    from bot.stores.batch import Batch
    from bot.stores.rows import Row


def find(db: sqlite3.Connection, batch: Batch) -> tuple[dict[bytes, bytes], set[bytes]]:
    """Return the sealed records of a batch by name, and its receipts that are used."""
    names, receipts = batch.names, batch.receipts
    found = dict(db.execute(tables.find_rows(len(names)), names))
    claims = db.execute(tables.find_claims(len(receipts)), receipts)
    return found, {receipt for (receipt,) in claims}


def fetch(
    db: sqlite3.Connection, statement: str, values: dict[str, object] | None = None
) -> list[tuple[Any, ...]]:
    """Return all rows of a statement."""
    return db.execute(statement, values or {}).fetchall()


def write(db: sqlite3.Connection, batch: Batch, day: int) -> None:
    """Write what a batch changed; `day` is today, in days since 1970."""
    keep_rows(db, batch.rows)
    _for_all(db, tables.claim, [(receipt, day) for receipt in batch.claims])


def keep_rows(db: sqlite3.Connection, rows: Mapping[bytes, Row | None]) -> None:
    """Keep rows by name; those that are None go."""
    kept = [(name, row.sealed, row.forget_at) for name, row in rows.items() if row]
    _for_all(db, tables.keep_rows, kept)
    gone = [(name,) for name, row in rows.items() if not row]
    _for_all(db, tables.remove_rows, gone)


def _for_all(
    db: sqlite3.Connection,
    statement: Callable[[int], str],
    rows: Sequence[tuple[object, ...]],
) -> None:
    """Run one statement for all rows: after each, this thread waits for the others."""
    if rows:
        db.execute(statement(len(rows)), tuple(chain.from_iterable(rows)))
