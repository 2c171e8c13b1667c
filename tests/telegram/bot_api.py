"""Telegram's side of the HTTP: takes calls, lets them go wrong if ordered, answers."""

import asyncio
import json
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tests.telegram.chats import Chats
from tests.telegram.json_types import Json, Refusal
from tests.telegram.ledger import Call, Ledger, Way
from tests.telegram.method_table import check, published_name
from tests.telegram.methods import Methods
from tests.telegram.misbehaviour import Fault, Misbehaviour, Order
from tests.telegram.parameters import read
from tests.telegram.updates import Poll

Cut = Callable[[tuple[str, int]], None]
_GARBAGE = "<html><body>one moment please"


class BotApi:
    """The application that a bot calls."""

    def __init__(
        self, token: str, chats: Chats, methods: Methods, ledger: Ledger, *, cut: Cut
    ) -> None:
        self._token, self._chats, self._methods = token, chats, methods
        self._ledger, self._cut = ledger, cut
        self.misbehaves = Misbehaviour()
        self.violations: list[str] = []
        route = Route("/bot{token}/{method}", self._serve, methods=["GET", "POST"])
        self.app = Starlette(routes=[route])

    async def _serve(self, request: Request) -> Response:
        if request.path_params["token"] != self._token:
            return _refused(Refusal(401, "Unauthorized"))
        try:
            given = await read(request)
        except Refusal as refusal:
            return _refused(refusal)
        except ClientDisconnect:  # nobody is left to answer
            return Response()
        gone = asyncio.create_task(_disconnected(request))
        try:
            return await self._take(request.path_params["method"], given, gone)
        finally:
            gone.cancel()

    async def _in_answer(self, answer: Json) -> None:
        """Take the call that a bot put into its answer to a webhook's post."""
        method = str(answer.pop("method", ""))
        gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        gone.set_result(None)
        if method:
            await self._take(method, answer, gone, in_answer=True)

    async def _take(
        self,
        method: str,
        given: Json,
        gone: asyncio.Future[None],
        *,
        in_answer: bool = False,
    ) -> Response:
        name = published_name(method) or method
        way: Way = "in the webhook's answer" if in_answer else "http"
        call = self._ledger.begins(name, self._chat_of(given), given, way)
        try:
            call.parameters = check(method, given, self.violations)
            return await self._perform(call, gone)
        except Refusal as refusal:
            self._ledger.ends(call, refusal.code, refusal.description)
            return _refused(refusal)

    async def _perform(self, call: Call, gone: asyncio.Future[None]) -> Response:
        holding, order = self.misbehaves.due(call.method, call.chat_id, call.parameters)
        for each in holding:
            await each.holds(gone)
        if order and order.fault is Fault.REFUSED:
            raise order.refused()
        if order and not order.did_it:
            return await self._goes_wrong(order, call, gone)
        poll = Poll()
        gone.add_done_callback(lambda _: poll.ends("gone"))
        result = await self._methods.perform(
            call.method, call.parameters, poll, self._in_answer
        )
        if order:
            return await self._goes_wrong(order, call, gone)
        self._ledger.ends(call, 200)
        return _Escaped({"ok": True, "result": result})

    async def _goes_wrong(
        self, order: Order, call: Call, gone: asyncio.Future[None]
    ) -> Response:
        self._ledger.ends(call, 0, order.fault.name.lower().replace("_", " "))
        if order.fault is Fault.UNANSWERED:
            await asyncio.wait({gone})
        return (
            _CutOff(self._cut)
            if order.fault is Fault.CUT_OFF
            else PlainTextResponse(_GARBAGE)
        )

    def _chat_of(self, given: Json) -> int | None:
        if tap := self._chats.tap(given.get("callback_query_id")):
            return tap.chat_id
        chat_id = str(given.get("chat_id", ""))
        return int(chat_id) if chat_id.removeprefix("-").isdecimal() else None


class _Escaped(JSONResponse):
    """An answer in plain ASCII, as Telegram's are."""

    def render(self, content: object) -> bytes:
        return json.dumps(content, separators=(",", ":")).encode()


class _CutOff(Response):
    """Half an answer, and then the connection is reset."""

    def __init__(self, cut: Cut) -> None:
        super().__init__()
        self._cut = cut

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", b"999")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send(
            {"type": "http.response.body", "body": b'{"ok":tr', "more_body": True}
        )
        self._cut(scope["client"])


def _refused(refusal: Refusal) -> Response:
    return JSONResponse(refusal.as_json(), refusal.code)


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
