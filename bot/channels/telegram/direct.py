"""Speaks HTTP with the Bot API, with nothing in between: requests are all alike.

A client that can do everything takes a tenth of a millisecond for each, most of what a
turn then costs. Here a request is a line of text that is known, and its JSON.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from aiohappyeyeballs import start_connection

from bot.channels.telegram.connection import Answer, Connection

_CONNECT = 5.0  # seconds
# Seconds after which a connection is not used again: what stands between may have
# forgotten it without a word.
_KEPT_FREE = 15.0
_NEXT_ADDRESS = 0.25  # seconds that one address of a host is tried alone
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class _Method:
    """Where a method is called, and the head of each of its requests but its length."""

    host: str
    port: int
    is_secret: bool
    head: bytes


class DirectClient:
    """Connections to where the Bot API is, opened as they are needed and kept."""

    def __init__(self, at_once: int) -> None:
        """Open none before they are needed, and never more than `at_once`."""
        self._at_once = asyncio.Semaphore(at_once)
        self._free: list[Connection] = []
        self._methods: dict[str, _Method] = {}

    async def post(self, url: str, body: bytes, within: float) -> Answer:
        """Call a method with JSON; return the status and the body.

        Raises TimeoutError after `within` seconds, OSError, or ValueError: no address.
        """
        method = self._methods.get(url)
        if method is None:
            method = self._methods[url] = _method_at(url)
        async with self._at_once:
            connection = self._kept() or await self._opened(method)
            try:
                request = b"%b%d\r\n\r\n%b" % (method.head, len(body), body)
                return await connection.ask(request, within)
            finally:
                if connection.is_free:
                    self._free.append(connection)
                else:
                    connection.close()

    async def close(self) -> None:
        """Let go of every connection that is free."""
        while self._free:
            self._free.pop().close()

    def _kept(self) -> Connection | None:
        newest_that_is_stale = asyncio.get_running_loop().time() - _KEPT_FREE
        while self._free:
            connection = self._free.pop()
            if connection.is_free and connection.free_since > newest_that_is_stale:
                return connection
            connection.close()
        return None

    async def _opened(self, method: _Method) -> Connection:
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(_CONNECT):
            known = await loop.getaddrinfo(
                method.host, method.port, type=socket.SOCK_STREAM
            )
            connected = await start_connection(
                known, happy_eyeballs_delay=_NEXT_ADDRESS
            )
            _, connection = await loop.create_connection(
                Connection,
                sock=connected,
                ssl=self._certificates if method.is_secret else None,
                server_hostname=method.host if method.is_secret else None,
            )
        return connection

    @cached_property
    def _certificates(self) -> ssl.SSLContext:
        return ssl.create_default_context()


def _method_at(url: str) -> _Method:
    parts = urlsplit(url)
    if parts.hostname is None or parts.scheme not in _PORTS:
        raise ValueError("no address of a Bot API")
    head = (
        f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc.rpartition('@')[2]}\r\n"
        "Content-Type: application/json\r\nContent-Length: "
    )
    port = parts.port or _PORTS[parts.scheme]
    return _Method(parts.hostname, port, parts.scheme == "https", head.encode())
