"""How we speak HTTP with Telegram: patient sending, and polling that can be watched."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from telegram.error import NetworkError, TelegramError

from bot.channels.telegram.client import QuickRequest
from bot.channels.telegram.contact import Contact
from bot.quick_json import read_json, write_json

# Seconds. A reply that Telegram holds for some seconds still arrives.
_READ, _POLL_READ = 15.0, 10.0
_AT_ONCE = 256  # connections; a tap takes two for a moment
_POLLING_AT_ONCE = 2  # connections: the poll, and the last one that confirms all
# Of what these return, only that it is done is read. The library would make objects of
# the message that was edited and of its buttons, which took a fifth of a turn.
_ONLY_DONE = frozenset({"editMessageText", "editMessageReplyMarkup"})
_DONE = b'{"ok":true,"result":true}'
_SENT = ("message_id", "date", "chat")  # what is read of a message that was sent
_REFUSES_TOKEN = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)

# Of a token, Telegram lets one program alone fetch what people send.
POLLED_TWICE = (
    "Another program fetches what people send, with the same token. Telegram gives each"
    " message to one of them only. Stop the other one, or get a bot and a token of its"
    " own for this one from @BotFather. Trying on."
)
HAS_WEBHOOK = (
    "A webhook is set for this token, so another address gets what people send. Stop"
    " the program that set it, and start this one again: it takes the webhook away."
    " Trying on."
)

_NO_UPDATES = b'{"ok":true,"result":[]}'

_TELEGRAM = "https://api.telegram.org"

OnCall = Callable[[str, str, float], None]
"""Hears of every call: its method, how it went in one word, and the seconds it took."""


def api_address(api_base: str | None) -> str:
    """Return where the Bot API is: a server of one's own (without `/bot`) or theirs."""
    return (api_base or _TELEGRAM).rstrip("/")


def base_url(api_base: str | None) -> str:
    """Return the same as the library wants it: the token follows at once."""
    return f"{api_address(api_base)}/bot"


class FloodError(TelegramError):
    """Telegram asks to wait for `seconds`."""

    def __init__(self, seconds: float) -> None:
        """Keep how long Telegram wants us to wait."""
        super().__init__("Telegram asks to wait")
        self.seconds = seconds


class SendingRequest(QuickRequest):
    """All calls but getUpdates: many at once."""

    def __init__(
        self,
        proxy: str | None,
        on_call: OnCall | None = None,
        *,
        at_once: int = _AT_ONCE,
        read_timeout: float = _READ,
    ) -> None:
        """Make the connections; `proxy` is the address of one, if there is one."""
        super().__init__(proxy, at_once=at_once, read_timeout=read_timeout)
        self._on_call = on_call

    async def do_request(
        self,
        url: str,
        *args: Any,  # noqa: ANN401 - passed on as they come
        **kwargs: Any,  # noqa: ANN401 - the same
    ) -> tuple[int, bytes]:
        """Make one call. Raises FloodError, and what the library raises."""
        began, result = time.perf_counter(), "lost"
        try:
            code, body = await super().do_request(url, *args, **kwargs)
            result = _result(code)
        finally:
            method = url.rpartition("/")[2]  # before it stands the token
            if self._on_call:
                self._on_call(method, result, time.perf_counter() - began)
        if code == HTTPStatus.TOO_MANY_REQUESTS:
            raise FloodError(_seconds(body))
        return code, _read_of(method, body) if code == HTTPStatus.OK else body

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return an answer as a table. One that cannot be read is not logged (B34)."""
        try:
            answer = read_json(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise NetworkError("an answer that cannot be read") from None
        return answer


class PollingRequest(SendingRequest):
    """The getUpdates calls: by them is known whether Telegram answers.

    The library gets to see no update: it reads all of a poll together, so that one
    which cannot be read would hold up the others for ever, and it logs all of them
    (B18, B34).
    """

    def __init__(
        self, proxy: str | None, on_call: OnCall | None, contact: Contact
    ) -> None:
        """Make the connections; `contact` is told of every poll."""
        super().__init__(
            proxy, on_call, at_once=_POLLING_AT_ONCE, read_timeout=_POLL_READ
        )
        self._contact = contact
        self._fetched: list[dict[str, Any]] = []

    def taken(self) -> list[dict[str, Any]]:
        """Return the updates of the last good poll, as they came; let go of them."""
        taken, self._fetched = self._fetched, []
        return taken

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # noqa: ANN401 - passed on as they come
        """Make one poll, and take note of how it went."""
        try:
            code, body = await super().do_request(*args, **kwargs)
            if code == HTTPStatus.OK:
                self._fetched = _updates(self.parse_json_payload(body))
                body = _NO_UPDATES
        except TelegramError as error:
            self._contact.failed(type(error).__name__)
            raise
        if code == HTTPStatus.OK:
            self._contact.worked()
        elif code == HTTPStatus.CONFLICT:
            self._contact.refuses(
                HAS_WEBHOOK if b"webhook" in body.lower() else POLLED_TWICE
            )
        else:
            self._contact.failed(f"answer {code}")
        if code in _REFUSES_TOKEN:
            self._contact.refused.set()
        return code, body


def _updates(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Return those updates of a poll's answer that have a number."""
    result = answer.get("result")
    posted = result if isinstance(result, list) else []
    return [
        each
        for each in posted
        if isinstance(each, dict) and type(each.get("update_id")) is int
    ]


def _read_of(method: str, body: bytes) -> bytes:
    """Return as much of a good answer as is read of it."""
    if method in _ONLY_DONE and body.startswith(_DONE[:10]):
        return _DONE
    if method == "sendMessage":
        with suppress(ValueError, KeyError, TypeError):
            sent = read_json(body)["result"]
            return write_json({"ok": True, "result": {n: sent[n] for n in _SENT}})
    return body


def _result(code: int) -> str:
    if code == HTTPStatus.OK:
        return "ok"
    if code == HTTPStatus.TOO_MANY_REQUESTS:
        return "flood"
    return "broken" if code >= HTTPStatus.INTERNAL_SERVER_ERROR else "refused"


def _seconds(body: bytes) -> float:
    try:
        return float(read_json(body)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return 1.0
