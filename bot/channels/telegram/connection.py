"""One connection to the Bot API: a request at a time, over HTTP/1.1 that is kept alive.

httptools reads what is answered; to ask, no more is needed than a few lines of text.
"""

from __future__ import annotations

import asyncio
from typing import cast

from httptools import HttpParserError, HttpResponseParser

_FINAL = 200  # an answer with a lower status only says that another one follows

Answer = tuple[int, bytes]
"""The status and the body."""


class Connection(asyncio.Protocol):
    """Asks and hears; it is of no more use once `is_free` is false after an answer."""

    def __init__(self) -> None:
        """Prepare; the loop tells when it is connected."""
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._parser = HttpResponseParser(self)
        self._body: list[bytes] = []
        self._answer: asyncio.Future[Answer] | None = None
        self._too_late: asyncio.TimerHandle | None = None
        self.free_since = self._loop.time()

    @property
    def is_free(self) -> bool:
        """Whether it can take the next request."""
        return self._transport is not None and self._answer is None

    def ask(self, request: bytes, within: float) -> asyncio.Future[Answer]:
        """Send a request whole, and return what is to be waited for: its answer.

        That raises TimeoutError after `within` seconds, and OSError where the
        connection breaks or what comes is no answer.
        """
        assert self._transport is not None  # noqa: S101 - it is free
        self._answer = self._loop.create_future()
        self._too_late = self._loop.call_later(within, self._lost, TimeoutError())
        self._transport.write(request)
        return self._answer

    def close(self) -> None:
        """Let go; whoever waits for an answer hears that it is lost."""
        self._lost(ConnectionResetError("closed"))

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what requests are written to."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Read on; what nobody asked for ends the connection."""
        try:
            if self._answer is None:
                raise HttpParserError("nobody asked")  # noqa: TRY301 - it ends the same way
            self._parser.feed_data(data)
        except HttpParserError:
            self.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits."""
        self._lost(exc or ConnectionResetError("closed"))

    def on_body(self, piece: bytes) -> None:
        """Take a piece of the body."""
        self._body.append(piece)

    def on_message_complete(self) -> None:
        """Hand over the answer."""
        status = self._parser.get_status_code()
        body, self._body = b"".join(self._body), []
        if status < _FINAL:
            return
        self.free_since = self._loop.time()
        answer = self._answered()
        if not self._parser.should_keep_alive():
            self.close()
        if answer and not answer.done():
            answer.set_result((status, body))

    def _lost(self, cause: Exception) -> None:
        transport, self._transport = self._transport, None
        if transport:
            transport.close()
        answer = self._answered()
        if answer and not answer.done():
            answer.set_exception(cause)

    def _answered(self) -> asyncio.Future[Answer] | None:
        if self._too_late:
            self._too_late.cancel()
        answer, self._answer = self._answer, None
        return answer
