"""python-telegram-bot's way to speak HTTP, over a quicker client.

The library's own client looks through its whole pool of connections at every call,
which was most of the cost of a turn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.channels.telegram.direct import DirectClient
from bot.quick_json import write_json

if TYPE_CHECKING:
    from bot.channels.telegram.proxied import ProxiedClient


class QuickRequest(BaseRequest):
    """Calls of the Bot API: JSON out, JSON in. Nothing is ever uploaded."""

    def __init__(self, proxy: str | None, *, at_once: int, read_timeout: float) -> None:
        """Prepare `at_once` connections; `read_timeout` is in seconds."""
        self._proxy = proxy
        self._at_once = at_once
        self._read_timeout = read_timeout
        self._client: DirectClient | ProxiedClient | None = None

    @property
    def read_timeout(self) -> float:
        """How long an answer may take, in seconds."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Begin, in the loop that will use it; once, however often asked."""
        if self._client is None:
            self._client = _client(self._proxy, self._at_once)

    async def shutdown(self) -> None:
        """Close every connection."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def do_request(  # noqa: PLR0913, PLR0917 - the library's own signature
        self,
        url: str,
        method: str,  # noqa: ARG002 - it only ever posts
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401 - the library's own
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401, ARG002 - as above
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401, ARG002 - as above
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401, ARG002 - as above
    ) -> tuple[int, bytes]:
        """Make one call; return the status and the body.

        Raises TimedOut or NetworkError. Their texts name no address: it has the token.
        """
        if self._client is None:
            raise NetworkError("the connection is not open")
        own = read_timeout if isinstance(read_timeout, int | float) else None
        # Not its `json_payload`, in which each value is JSON within JSON.
        given = request_data.parameters if request_data else {}
        body, within = write_json(given), own or self._read_timeout
        try:
            return await self._client.post(url, body, within)
        except TimeoutError:
            raise TimedOut from None
        except (OSError, ValueError) as error:
            raise NetworkError(type(error).__name__) from None


def _client(proxy: str | None, at_once: int) -> DirectClient | ProxiedClient:
    if proxy is None:
        return DirectClient(at_once)
    # Few have one, and it is large.
    from bot.channels.telegram.proxied import ProxiedClient

    return ProxiedClient(proxy, at_once)
