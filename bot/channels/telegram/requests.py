"""How we speak HTTP with Telegram: patient sending, and polling that can be watched."""

from __future__ import annotations

import json
import logging
import time
from asyncio import Event
from http import HTTPStatus
from typing import Any

from telegram.error import NetworkError, TelegramError

from bot.channels.telegram.client import AiohttpRequest

# Seconds. A reply that Telegram holds for some seconds still arrives.
_READ, _POLL_READ = 15.0, 10.0
_AT_ONCE = 256  # connections; a tap takes two for a moment
_POLLING_AT_ONCE = 2  # connections: the poll, and the last one that confirms all
_REFUSES_TOKEN = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)

log = logging.getLogger(__name__)


class FloodError(TelegramError):
    """Telegram asks to wait for `seconds`."""

    def __init__(self, seconds: float) -> None:
        """Keep how long Telegram wants us to wait."""
        super().__init__("Telegram asks to wait")
        self.seconds = seconds


class SendingRequest(AiohttpRequest):
    """All calls but getUpdates: many at once."""

    def __init__(
        self,
        proxy: str | None,
        *,
        at_once: int = _AT_ONCE,
        read_timeout: float = _READ,
    ) -> None:
        """Make the connections; `proxy` is the address of one, if there is one."""
        super().__init__(proxy, at_once=at_once, read_timeout=read_timeout)

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # noqa: ANN401 - passed on as they come
        """Make one call. Raises FloodError, and what the library raises."""
        code, body = await super().do_request(*args, **kwargs)
        if code == HTTPStatus.TOO_MANY_REQUESTS:
            raise FloodError(_seconds(body))
        return code, body

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return an answer as a table. One that cannot be read is not logged (B34)."""
        try:
            answer = json.loads(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise NetworkError("an answer that cannot be read") from None
        return answer


class PollingRequest(SendingRequest):
    """The getUpdates calls. `last_good` is the monotonic time of the last that worked.

    `refused` is set when Telegram no longer takes the token: nothing can help then.
    """

    def __init__(self, proxy: str | None) -> None:
        """Make the connections; nothing has worked yet."""
        super().__init__(proxy, at_once=_POLLING_AT_ONCE, read_timeout=_POLL_READ)
        self.last_good: float | None = None
        self.refused = Event()
        self._failing = False

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # noqa: ANN401 - passed on as they come
        """Make one poll, and take note of how it went."""
        try:
            code, body = await super().do_request(*args, **kwargs)
        except TelegramError as error:
            self.failed(type(error).__name__)
            raise
        if code == HTTPStatus.OK and body.startswith(b"{"):
            self.worked()
        else:
            self.failed(f"answer {code}")
        if code in _REFUSES_TOKEN:
            self.refused.set()
        return code, body

    def worked(self) -> None:
        """Note that Telegram answered."""
        self.last_good = time.monotonic()
        if self._failing:
            log.info("Telegram answers again")
        self._failing = False

    def failed(self, kind: str) -> None:
        """Note that it did not. The log has one line until it answers again (B16)."""
        if not self._failing:
            log.warning("Telegram does not answer (%s); trying on", kind)
        self._failing = True


def _seconds(body: bytes) -> float:
    try:
        return float(json.loads(body)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return 1.0
