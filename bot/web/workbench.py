"""The author's workbench as pages: one to look at, and what its script asks for.

It is served on loopback. A page of somebody else in the same browser can neither read
from it (no other host name is answered, nothing is shared across origins) nor write to
it (the browser says that it is another page that asks).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

HOSTS = frozenset({"127.0.0.1", "localhost"})
MOST_BYTES = 20_000  # of a line: the longest message of Telegram, and then some
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
        " connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
OWN_PAGE = "same-origin"  # what a browser says of who asks, in Sec-Fetch-Site
NOT_OURS = "Only this page itself may ask for that.\n"
NOT_HERE = "This page is only for this computer: open it at http://127.0.0.1.\n"

_PAGES = {
    "/": ("page.html", "text/html"),
    "/page.css": ("page.css", "text/css"),
    "/page.js": ("page.js", "text/javascript"),
}


@dataclass(frozen=True, slots=True)
class Bench:
    """What the page asks for.

    `begin` takes a time and names a new conversation, `answer` takes that name and a
    line as of `chat --json`, `state` is what has been found, `picture` the flow as SVG.
    """

    begin: Callable[[str], dict[str, str]]
    answer: Callable[[str, bytes], Awaitable[dict[str, Any]]]
    state: Callable[[], dict[str, Any]]
    picture: Callable[[], str]


def workbench_pages(bench: Bench) -> list[Route]:
    """Return the page, its style and script, and what the script asks for."""

    async def begin(request: Request) -> Response:
        return JSONResponse(bench.begin(request.query_params.get("at", "")))

    async def answer(request: Request) -> Response:
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > MOST_BYTES:
                return JSONResponse({"error": "That is too long."}, status_code=413)
        name = request.path_params["name"]
        return JSONResponse(await bench.answer(name, bytes(body)))

    async def state(_: Request) -> Response:
        return JSONResponse(bench.state())

    async def picture(_: Request) -> Response:
        return Response(bench.picture(), media_type="image/svg+xml")

    routes = [
        Route("/begin", _here(begin), methods=["POST"]),
        Route("/turn/{name}", _here(answer), methods=["POST"]),
        Route("/state", _here(state)),
        Route("/picture.svg", _here(picture)),
    ]
    return routes + [Route(path, _here(_file(*page))) for path, page in _PAGES.items()]


_Handler = Callable[[Request], Awaitable[Response]]


def _here(handler: _Handler) -> _Handler:
    """Answer only who asks for this computer by its own name, with our headers.

    Without it, a name that somebody else points at this computer would be answered.
    """

    async def handle(request: Request) -> Response:
        if request.url.hostname not in HOSTS:
            return Response(NOT_HERE, status_code=421, media_type="text/plain")
        asks = request.headers.get("Sec-Fetch-Site", OWN_PAGE)
        if request.method == "POST" and asks != OWN_PAGE:
            return Response(NOT_OURS, status_code=403, media_type="text/plain")
        response = await handler(request)
        response.headers.update(HEADERS)
        return response

    return handle


def _file(name: str, kind: str) -> _Handler:
    text = files("bot.web").joinpath("workbench_page", name).read_text("utf-8")

    async def handle(_: Request) -> Response:
        return Response(text, media_type=kind)

    return handle
