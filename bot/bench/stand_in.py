"""As much of Telegram's Bot API as a bot needs to be measured: quick, and forgiving.

It answers at once or after a fixed time, checks nothing, and knows no faults. The tests
have a slow and strict one.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any, cast
from urllib.parse import parse_qsl

from bot.bench.people import Later, People

TOKEN = "424242:stand-in"  # noqa: S105 - it opens nothing
_MOST = 100  # updates in one answer, as with Telegram
_END = b"\r\n\r\n"
_US = {"id": 424242, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}

Answer = Callable[[object], None]


class StandIn:
    """One bot's Telegram. `delay` is how many seconds every answer takes."""

    def __init__(self) -> None:
        """Prepare; nothing listens before `start`."""
        self.delay = 0.0
        self.first_poll = asyncio.Event()
        self._chats, self._messages = count(700_000_001), count(1)
        self._numbers = count(1)
        self.people = self._people(0, self._later)
        self._updates: deque[tuple[int, str]] = deque()
        self._waiting: Answer | None = None
        self._server: asyncio.Server | None = None

    @property
    def base(self) -> str:
        """The address of the API, without `/bot`."""
        assert self._server is not None  # noqa: S101 - it was started
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def start(self) -> None:
        """Listen on a free port of this computer alone."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: _Connection(self), "127.0.0.1", 0
        )

    def stop(self) -> None:
        """Listen no more."""
        if self._server:
            self._server.close()

    def comes(self, at_once: int, delay: float, taps: Later | None = None) -> People:
        """Let so many people come in place of all who are there.

        `taps` says when each does what they do next; None: once they are answered.
        """
        self.people.leave()
        self._updates.clear()
        self.delay = delay
        self.people = self._people(at_once, taps or self._later)
        self.people.begin()
        return self.people

    def call(self, method: str, given: Mapping[str, Any], answer: Answer) -> None:
        """Do what a bot asks for, and answer it in time."""
        if method == "getupdates":
            self._poll(given, answer)
            return
        result: object = True
        if method in {"sendmessage", "editmessagetext"}:
            result = self._shows(method, given)
        elif method == "getme":
            result = _US
        self._later(lambda: answer(result))

    def _people(self, at_once: int, taps: Later) -> People:
        return People(at_once, self._chats, self._messages, self._hand, taps)

    def _later(self, do: Callable[[], None]) -> None:
        loop = asyncio.get_running_loop()
        if self.delay:
            loop.call_later(self.delay, do)
        else:
            loop.call_soon(do)

    def _shows(self, method: str, given: Mapping[str, Any]) -> dict[str, Any]:
        sends = method == "sendmessage"
        number = next(self._messages) if sends else int(given["message_id"])
        self.people.are_shown(number, given)
        chat = {"id": int(given["chat_id"]), "type": "private"}
        content = {"date": int(time.time()), "text": given["text"]}
        return {"message_id": number, "chat": chat, "from": _US, **content}

    def _hand(self, rest: str) -> None:
        number = next(self._numbers)
        self._updates.append((number, f'{{"update_id":{number},{rest}'))
        if self._waiting:
            waiting, self._waiting = self._waiting, None
            self._later(lambda: self._give(waiting))

    def _poll(self, given: Mapping[str, Any], answer: Answer) -> None:
        self.first_poll.set()
        offset = int(given.get("offset") or 0)
        while self._updates and self._updates[0][0] < offset:
            self._updates.popleft()
        if self._updates:
            self._later(lambda: self._give(answer))
        elif int(given.get("timeout") or 0):
            self._waiting = answer
        else:
            self._later(lambda: answer([]))

    def _give(self, answer: Answer) -> None:
        some = [text for _, text in list(self._updates)[:_MOST]]
        answer(Raw(f"[{','.join(some)}]"))


class Raw(str):
    """JSON already."""

    __slots__ = ()


class _Connection(asyncio.Protocol):
    """A bot's connection: one request after another."""

    def __init__(self, stand_in: StandIn) -> None:
        self._stand_in = stand_in
        self._bytes = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what answers are written to."""
        self._transport = cast("asyncio.WriteTransport", transport)

    def data_received(self, data: bytes) -> None:
        """Take calls as they come."""
        self._bytes += data
        while (end := self._bytes.find(_END)) >= 0:
            head = self._bytes[:end].decode("latin-1")
            length = _length(head)
            begin = end + len(_END)
            if len(self._bytes) < begin + length:
                return
            body = self._bytes[begin : begin + length]
            self._bytes = self._bytes[begin + length :]
            method = head.split(" ", 2)[1].rpartition("/")[2].lower()
            self._stand_in.call(method, _parameters(body), self._answer)

    def _answer(self, result: object) -> None:
        told = result if isinstance(result, Raw) else json.dumps(result)
        body = f'{{"ok":true,"result":{told}}}'.encode()
        head = (
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        if self._transport and not self._transport.is_closing():
            self._transport.write(head.encode() + body)


def _length(head: str) -> int:
    for line in head.split("\r\n"):
        name, _, value = line.partition(":")
        if name.lower() == "content-length":
            return int(value)
    return 0


def _parameters(body: bytes) -> dict[str, Any]:
    if body.startswith(b"{"):
        given: dict[str, Any] = json.loads(body)
        return given
    return dict(parse_qsl(body.decode()))
