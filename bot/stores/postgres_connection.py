"""One connection to PostgreSQL, made anew whenever it fails: alone in knowing psycopg.

Statements go in groups that share one way there and back. Whatever fails, the
connection is dropped, so that nothing half done is ever left on one.
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final, LiteralString, Protocol, TypeVar

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from bot.core.errors import SettingsError, StoreAway, StoreError

T = TypeVar("T")
Answer = list[tuple[Any, ...]]
Connection = psycopg.AsyncConnection[tuple[Any, ...]]


class Ask(Protocol):
    """Asks the server."""

    async def __call__(
        self, *statements: LiteralString, **values: object
    ) -> list[Answer]:
        """Run statements in one way there and back; return the rows of each."""


# What the operator writes into the address goes before these.
DEFAULTS: Final[dict[str, str | int]] = {
    "fallback_application_name": "waymark",
    "connect_timeout": 2,  # seconds
    "tcp_user_timeout": 3000,  # milliseconds until a cut network is noticed
    "keepalives_idle": 30,  # seconds
}
# A replica that stops in the middle of a turn holds its people's rows. It loses them
# (first setting) before another replica's turn gives up waiting for them (second).
SETTINGS: Final = (
    "SET idle_in_transaction_session_timeout = '1s'",
    "SET lock_timeout = '2s'",
)
# A server that has not answered by then is as good as gone.
ANSWER_SECONDS: Final = 3.0
# Of an error within a connection: it broke, there is no room, the server is stopping.
AWAY_STATES: Final = frozenset({"08", "53", "57"})
# Of one while connecting there is only the text. This word means that a server refused:
# for good, unless one of the others is there too.
REFUSED: Final = "FATAL:"
PASSING: Final = (
    *("starting up", "shutting down", "recovery mode", "not yet accepting"),
    *("too many", "connection slots"),
)
CURES: Final = {
    "42501": ". Let this user make tables: GRANT CREATE ON SCHEMA public TO the user.",
}
# The second try is on a new connection. A third would only make people wait.
TRIES: Final = 2


def checked_address(address: str) -> str:
    """Return the address with our defaults filled in.

    Raises SettingsError, which never shows the address: it may hold a password.
    """
    try:
        given = conninfo_to_dict(address)
        missing = {name: DEFAULTS[name] for name in DEFAULTS if name not in given}
        return make_conninfo(address, **missing)
    except psycopg.Error:
        raise SettingsError(
            "WAYMARK_STORE is not an address that PostgreSQL understands. Write"
            " postgresql://USER:PASSWORD@HOST/DATABASE, with every character of the"
            " password that is no letter or digit as % and its code (@ is %40)."
        ) from None


def place_of(address: str) -> str:
    """Return which server and database an address names, and no password."""
    given = conninfo_to_dict(address)
    return (
        f"PostgreSQL, {given.get('dbname', '')} on {given.get('host', 'this machine')}"
    )


class PostgresConnection:
    """A connection that is there when it is needed. Every fault is a StoreError."""

    def __init__(self, address: str) -> None:
        """Nothing is touched before the first transaction."""
        self._address = address
        self._db: Connection | None = None

    async def close(self) -> None:
        """Let go of the server."""
        if self._db:
            db, self._db = self._db, None
            with suppress(psycopg.Error):
                await db.close()

    async def run(
        self, do: Callable[[Ask], Awaitable[T]], patience: float | None = None
    ) -> T:
        """Return what `do` returns. It is run again if the connection fails on the way.

        `do` begins and commits; `patience` is how long (seconds) to wait for each
        answer, ANSWER_SECONDS if None. Raises StoreAway if there is no server, and
        StoreError for all else.
        """
        for attempt in range(1, TRIES + 1):
            db = self._db = self._db or await self._connect()
            try:
                return await do(_asking(db, patience or ANSWER_SECONDS))
            except psycopg.Error as error:
                await self.close()
                if attempt == TRIES:
                    raise _fault(error) from error
            except BaseException:
                await self.close()
                raise
        raise AssertionError  # the last try returns or raises

    async def _connect(self) -> Connection:
        try:
            db = await psycopg.AsyncConnection.connect(self._address, autocommit=True)
            await _asking(db, ANSWER_SECONDS)(*SETTINGS)
        except psycopg.Error as error:
            raise _fault(error) from error
        return db


def _asking(db: Connection, patience: float) -> Ask:
    async def ask(*statements: LiteralString, **values: object) -> list[Answer]:
        late = asyncio.get_running_loop().call_later(patience, _cut, db)
        try:
            # Values are filled in here: only then can a group go as one. Groups of the
            # server's own kind (pipelines) are no use: in most tries (16.14 and 18.4)
            # idle_in_transaction_session_timeout never ended one. Why is not known.
            async with psycopg.AsyncClientCursor(db) as cursor:
                await cursor.execute(";".join(statements), values)
                answers = [await _answer(cursor)]
                while cursor.nextset():
                    answers.append(await _answer(cursor))
                return answers
        finally:
            late.cancel()

    return ask


async def _answer(cursor: psycopg.AsyncClientCursor[tuple[Any, ...]]) -> Answer:
    return await cursor.fetchall() if cursor.description else []


def _cut(db: Connection) -> None:
    """End the wait for a server that does not answer. Asking it to stop is no use."""
    with (
        suppress(OSError, psycopg.Error),
        socket.socket(fileno=os.dup(db.fileno())) as s,
    ):
        s.shutdown(socket.SHUT_RDWR)


def _fault(error: psycopg.Error) -> StoreError:
    """Return our own error. It may name host, user and database, never the password."""
    state = error.sqlstate
    if state is None and not isinstance(error, psycopg.OperationalError):
        return StoreError(f"PostgreSQL: {type(error).__name__}")
    if state is None or state[:2] in AWAY_STATES:
        told = " ".join(str(error).split())
        if REFUSED not in told or any(word in told for word in PASSING):
            return StoreAway(f"PostgreSQL cannot be reached: {told}")
        return StoreError(f"{told}. Mend WAYMARK_STORE, or what it names.")
    told = error.diag.message_primary or type(error).__name__
    return StoreError(f"PostgreSQL says: {told} ({state}){CURES.get(state, '')}")
