"""The network between Waymark and its server, which a test can cut or hold up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

KEPT = b"COMMIT\0"  # the end of the server's word that it has


@dataclass
class Network:
    """Carries connections to the server's socket. `port` is where it takes them.

    `answers`: whether what the server says comes through. `keeps_silent`: it breaks as
    soon as the server says that it has kept something, and before that is heard.
    """

    server: Path
    port: int = 0
    answers: bool = True
    keeps_silent: bool = False
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _listening: asyncio.Server | None = None

    def address(self, direct: str) -> str:
        """Return the address of a database through here, out of the direct one."""
        return f"postgresql://postgres@127.0.0.1:{self.port}{urlsplit(direct).path}"

    async def mends(self) -> None:
        """Carry again, all that there is to say."""
        self.answers, self.keeps_silent = True, False
        if self._listening is None:
            self._listening = await asyncio.start_server(
                self._takes, "127.0.0.1", self.port
            )
            self.port = self._listening.sockets[0].getsockname()[1]

    async def is_silent(self) -> None:
        """Let nothing through that the server says."""
        self.answers = False

    async def is_cut(self) -> None:
        """Break every connection, and take none."""
        if self._listening:
            self._listening.close()
            self._listening = None
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.sleep(0)  # what was aborted is closed in the loop's next turn

    def _takes(
        self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter
    ) -> None:
        task = asyncio.create_task(self._carry(client, to_client))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(
        self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter
    ) -> None:
        writers = [to_client]
        try:
            server, to_server = await asyncio.open_unix_connection(
                self.server / ".s.PGSQL.5432"
            )
            writers.append(to_server)
            await asyncio.gather(
                self._pass(client, to_server, lambda: True),
                self._pass(server, to_client, lambda: self.answers),
            )
        except OSError:  # the server is away
            return
        finally:
            for writer in writers:
                writer.transport.abort()

    async def _pass(
        self,
        told: asyncio.StreamReader,
        teller: asyncio.StreamWriter,
        goes_through: Callable[[], bool],
    ) -> None:
        with suppress(ConnectionError):
            while piece := await told.read(65536):
                if self.keeps_silent and KEPT in piece:
                    return
                if goes_through():
                    teller.write(piece)
        teller.close()


@asynccontextmanager
async def a_network(server: Path) -> AsyncIterator[Network]:
    """Give a network to the server whose socket is in this folder."""
    network = Network(server)
    await network.mends()
    try:
        yield network
    finally:
        await network.is_cut()
