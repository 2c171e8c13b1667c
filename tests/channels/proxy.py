"""A proxy between the channel and the stand-in, which counts what goes through it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

# A host that exists nowhere: whoever reaches it has gone through the proxy.
NOWHERE = "http://telegram.invalid"


@dataclass
class Proxy:
    """Takes calls to NOWHERE to where Telegram is. `heads` are their first lines."""

    goes_to: str
    port: int = 0
    heads: list[str] = field(default_factory=list)
    signed_in: list[str] = field(default_factory=list)
    _open: set[asyncio.StreamWriter] = field(default_factory=set)

    def has_carried(self, method: str) -> bool:
        """Tell whether a call of this method has gone through."""
        return any(f"/{method} " in head for head in self.heads)

    async def serve(
        self, client: asyncio.StreamReader, answers: asyncio.StreamWriter
    ) -> None:
        """Carry one connection, there and back, until an end closes it."""
        address = urlsplit(self.goes_to)
        host, port = str(address.hostname), address.port
        telegram, calls = await asyncio.open_connection(host, port)
        self._open |= {answers, calls}
        await asyncio.gather(self._there(client, calls), _back(telegram, answers))

    def closes(self) -> None:
        """Close all connections."""
        for writer in self._open:
            writer.close()

    async def _there(
        self, client: asyncio.StreamReader, calls: asyncio.StreamWriter
    ) -> None:
        while line := await client.readline():
            words = line.decode("latin-1")
            if words.lower().startswith("proxy-authorization:"):
                self.signed_in.append(words)
                continue
            if NOWHERE in words:
                self.heads.append(words)
                words = words.replace(NOWHERE, "")
            if words.lower().startswith("content-length:"):
                calls.write(line)
                await self._body(client, calls, int(words.split(":")[1]))
                continue
            calls.write(words.encode("latin-1"))
        calls.close()

    async def _body(
        self, client: asyncio.StreamReader, calls: asyncio.StreamWriter, length: int
    ) -> None:
        while (line := await client.readline()) != b"\r\n":
            if not line.lower().startswith(b"proxy-authorization:"):
                calls.write(line)
            else:
                self.signed_in.append(line.decode("latin-1"))
        calls.write(b"\r\n" + await client.readexactly(length))


async def _back(telegram: asyncio.StreamReader, answers: asyncio.StreamWriter) -> None:
    while piece := await telegram.read(65536):
        answers.write(piece)
    answers.close()


@asynccontextmanager
async def a_proxy(goes_to: str, port: int = 0) -> AsyncIterator[Proxy]:
    """Run a proxy to a Telegram; at any port, or at this one."""
    proxy = Proxy(goes_to)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", port)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        proxy.closes()
        await server.wait_closed()
