"""python-telegram-bot's way to speak HTTP, over aiohttp.

The library's own client looks through its whole pool of connections at every call,
which was most of the cost of a turn.
"""

from __future__ import annotations

import json
from typing import Any

from aiohttp import (
    ClientError,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
)
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

_CONNECT = 5.0  # seconds
_JSON = {"Content-Type": "application/json"}
_NOT_NEEDED = ("User-Agent", "Accept", "Accept-Encoding")


class AiohttpRequest(BaseRequest):
    """Calls of the Bot API: JSON out, JSON in. Nothing is ever uploaded."""

    def __init__(self, proxy: str | None, *, at_once: int, read_timeout: float) -> None:
        """Prepare `at_once` connections; `read_timeout` is in seconds."""
        self._proxy = proxy
        self._at_once = at_once
        self._read_timeout = read_timeout
        self._usual = _within(read_timeout)
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """How long an answer may take, in seconds."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the session, in the loop that will use it; once, however often asked."""
        if self._session is not None and not self._session.closed:
            return
        self._session = ClientSession(
            connector=TCPConnector(limit=self._at_once),
            cookie_jar=DummyCookieJar(),
            headers=_JSON,
            skip_auto_headers=_NOT_NEEDED,
        )

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()

    async def do_request(  # noqa: PLR0913, PLR0917 - the library's own signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401 - the library's own
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401, ARG002
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401, ARG002
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401, ARG002
    ) -> tuple[int, bytes]:
        """Make one call; return the status and the body.

        Raises TimedOut or NetworkError. Their texts name no address: it has the token.
        """
        if self._session is None:
            raise NetworkError("the connection is not open")
        own = isinstance(read_timeout, int | float) and read_timeout
        # Not its `json_payload`, in which each value is JSON within JSON.
        given = request_data.parameters if request_data else {}
        try:
            async with self._session.request(
                *(method, url),
                data=json.dumps(given).encode(),
                proxy=self._proxy,
                timeout=_within(own) if own else self._usual,
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError:
            raise TimedOut from None
        except (ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None


def _within(seconds: float) -> ClientTimeout:
    return ClientTimeout(sock_connect=_CONNECT, sock_read=seconds)
