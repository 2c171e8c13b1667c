"""Where Telegram posts updates: only what bears the secret is read, and soon answered.

An answer has no body, and of what was posted nothing is kept here or logged.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from hmac import compare_digest
from http import HTTPStatus
from typing import Any, Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.quick_json import read_json

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name
# An update with the longest text of emoji, quoting another, is a tenth of it.
MOST_BYTES: Final = 1024 * 1024
BODY_SECONDS: Final = 10.0

Take = Callable[[Mapping[str, Any]], Awaitable[bool]]
"""Takes what was posted. True: it is safe here. False: it has to be posted again.

Raises ValueError where it is no update.
"""

OnPost = Callable[[HTTPStatus], None]
"""Hears of every post, how it was answered."""


def webhook(path: str, secret: str, take: Take, on_post: OnPost) -> Route:
    """Return the page at `path` that hands on what is posted with the secret."""
    expected = secret.encode()

    async def post(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "").encode()
        status = HTTPStatus.UNAUTHORIZED
        if compare_digest(given, expected):
            status = await _taken(request, take)
        on_post(status)
        return Response(status_code=status)

    return Route(path, post, methods=["POST"])


async def _taken(request: Request, take: Take) -> HTTPStatus:
    try:
        async with asyncio.timeout(BODY_SECONDS):
            body = await _body(request)
    except TimeoutError:
        return HTTPStatus.REQUEST_TIMEOUT
    except ClientDisconnect:
        return HTTPStatus.BAD_REQUEST  # nobody is there to read it
    if body is None:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    try:
        taken = await take(_posted(request, body))
    except (ValueError, RecursionError):
        return HTTPStatus.BAD_REQUEST
    return HTTPStatus.OK if taken else HTTPStatus.SERVICE_UNAVAILABLE


async def _body(request: Request) -> bytes | None:
    """Return the body, or None as soon as it is more than is ever read."""
    announced = request.headers.get("Content-Length", "")
    if announced.isdecimal() and int(announced) > MOST_BYTES:
        return None
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)


def _posted(request: Request, body: bytes) -> Mapping[str, Any]:
    kind = request.headers.get("Content-Type", "").partition(";")[0]
    if kind.strip().lower() != "application/json":
        raise ValueError("not JSON")
    posted = read_json(body)
    if not isinstance(posted, dict):
        raise ValueError("not an update")  # noqa: TRY004 - as what is no JSON
    return posted
