"""Alive and ready, over HTTP: for the container's health check and whoever watches.

A page says one short sentence or numbers, and never anything about a person.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

NotReady = Callable[[], str | None]
"""Returns why people would not be answered now, in a short sentence, or None."""

Degraded = Callable[[], str | None]
"""Returns what is wrong although people are answered, in a short sentence, or None."""

Numbers = Callable[[], tuple[str, bytes]]
"""Returns what has been counted so far: the media type, and the page."""


def health_pages(
    not_ready: NotReady, degraded: Degraded, numbers: Numbers
) -> list[Route]:
    """Return `/live` (200 while this process turns), `/ready`, and `/metrics`.

    Degraded is still ready: to take away whoever answers from memory helps nobody.
    """

    async def live(_: Request) -> Response:
        return PlainTextResponse("alive\n")

    async def ready(_: Request) -> Response:
        reason = not_ready()
        if reason is None:
            wrong = degraded()
            return PlainTextResponse(f"degraded: {wrong}\n" if wrong else "ready\n")
        return PlainTextResponse(f"{reason}\n", status_code=503)

    async def metrics(_: Request) -> Response:
        kind, page = numbers()
        return Response(page, media_type=kind)

    pages = {"/live": live, "/ready": ready, "/metrics": metrics}
    return [Route(path, page) for path, page in pages.items()]
