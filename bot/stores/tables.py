"""The tables of a database, their numbered changes, and the statements on their rows.

A change that was ever released is never edited: the next one is added below it.
"""

from __future__ import annotations

from typing import Final

NEWER: Final = (
    "the database was made by a newer Waymark: install that one, or set WAYMARK_STORE"
    " to another database"
)
# conversation: one row a person, under a keyed name. forget_at: seconds since 1970,
#   rounded up to five minutes or less; negative where notes alone are left.
# claim: updates that were acted on, as keyed hashes; day: days since 1970.
# counts: numbers of people, in the order of what they are about; week: its Monday;
#   rank: the place of the value in the author's list.
CHANGES: Final = (
    (
        """
        CREATE TABLE conversation
        (name BLOB PRIMARY KEY, sealed BLOB NOT NULL, forget_at INTEGER NOT NULL)
        WITHOUT ROWID
        """,
        """
        CREATE TABLE claim (receipt BLOB PRIMARY KEY, day INTEGER NOT NULL)
        WITHOUT ROWID
        """,
    ),
    (
        """
        CREATE TABLE counts
        (week TEXT, flow TEXT, version TEXT, measure TEXT, value TEXT,
        rank INTEGER NOT NULL, people INTEGER NOT NULL,
        PRIMARY KEY (week, flow, version, measure, value))
        WITHOUT ROWID
        """,
    ),
)

FIND_PAST_ROWS: Final = """
    SELECT name, sealed FROM conversation
    WHERE name > :after AND (abs(forget_at) <= :now OR (:left AND forget_at < 0))
    ORDER BY name LIMIT :most
    """
REMOVE_PAST_CLAIMS: Final = "DELETE FROM claim WHERE day < ?"
# All conversations out and in again: whatever page they stood on is overwritten.
ANEW: Final = (
    "CREATE TEMP TABLE kept AS SELECT * FROM conversation",
    "DELETE FROM conversation",
    "INSERT INTO conversation SELECT * FROM temp.kept ORDER BY name",
    "DROP TABLE temp.kept",
)
COUNT: Final = """
    INSERT INTO counts (week, flow, version, measure, value, rank, people)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (week, flow, version, measure, value)
    DO UPDATE SET people = counts.people + excluded.people
    """
COUNTS: Final = """
    SELECT week, flow, version, measure, value, rank, people FROM counts
    ORDER BY week, flow, version, measure, value
    """
REMOVE_PAST_COUNTS: Final = "DELETE FROM counts WHERE week < :before RETURNING week"
SOME_ROWS: Final = "SELECT name, sealed FROM conversation LIMIT :most"


def find_rows(count: int) -> str:
    """Return the statement that finds the rows of that many names."""
    return f"SELECT name, sealed FROM conversation WHERE name IN ({_marks(count)})"  # noqa: S608 marks only


def find_claims(count: int) -> str:
    """Return the statement that finds which of that many receipts are claimed."""
    return f"SELECT receipt FROM claim WHERE receipt IN ({_marks(count)})"  # noqa: S608 marks only


def keep_rows(count: int) -> str:
    """Return the statement that keeps that many rows: name, sealed, forget_at."""
    rows = ", ".join(["(?, ?, ?)"] * count)
    return f"""
    INSERT INTO conversation (name, sealed, forget_at) VALUES {rows}
    ON CONFLICT (name)
    DO UPDATE SET sealed = excluded.sealed, forget_at = excluded.forget_at
    """  # noqa: S608 marks only


def remove_rows(count: int) -> str:
    """Return the statement that removes the rows of that many names."""
    return f"DELETE FROM conversation WHERE name IN ({_marks(count)})"  # noqa: S608 marks only


def claim(count: int) -> str:
    """Return the statement that claims that many receipts: receipt, day."""
    rows = ", ".join(["(?, ?)"] * count)
    return f"INSERT INTO claim (receipt, day) VALUES {rows}"  # noqa: S608 marks only


def _marks(count: int) -> str:
    return ", ".join("?" * count)
