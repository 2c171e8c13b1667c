"""Speaks HTTP with the Bot API through a proxy: tunnels, and signing in to it."""

from __future__ import annotations

from aiohttp import (
    ClientError,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
)

from bot.channels.telegram.connection import Answer

_CONNECT = 5.0  # seconds
_JSON = {"Content-Type": "application/json"}
_NOT_NEEDED = ("User-Agent", "Accept", "Accept-Encoding")


class ProxiedClient:
    """Connections through one proxy, opened as they are needed and kept."""

    def __init__(self, proxy: str, at_once: int) -> None:
        """Open none before they are needed, and never more than `at_once`."""
        self._proxy = proxy
        self._session = ClientSession(
            connector=TCPConnector(limit=at_once),
            cookie_jar=DummyCookieJar(),
            headers=_JSON,
            skip_auto_headers=_NOT_NEEDED,
        )

    async def post(self, url: str, body: bytes, within: float) -> Answer:
        """Call a method with JSON; return the status and the body.

        Raises TimeoutError after `within` seconds, or OSError.
        """
        timeout = ClientTimeout(sock_connect=_CONNECT, sock_read=within)
        try:
            async with self._session.post(
                url, data=body, proxy=self._proxy, timeout=timeout
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError:  # of the library's own, too
            raise
        except ClientError as error:
            raise ConnectionError(type(error).__name__) from None

    async def close(self) -> None:
        """Let go of every connection."""
        await self._session.close()
