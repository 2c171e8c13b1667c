"""Alive and ready, over HTTP: for the container's health check and whoever watches.

A page says one short sentence, and never anything about a person.
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.core.errors import WaymarkError

NotReady = Callable[[], str | None]
"""Returns why people would not be answered now, in a short sentence, or None."""
Degraded = Callable[[], str | None]
"""Returns what is wrong although people are answered, in a short sentence, or None."""


def health_pages(not_ready: NotReady, degraded: Degraded) -> Starlette:
    """Return `/live` (200 while this process turns) and `/ready` (200 or 503).

    Degraded is still ready: to take away whoever answers from memory helps nobody.
    """

    async def live(_: Request) -> PlainTextResponse:
        return PlainTextResponse("alive\n")

    async def ready(_: Request) -> PlainTextResponse:
        reason = not_ready()
        if reason is None:
            wrong = degraded()
            return PlainTextResponse(f"degraded: {wrong}\n" if wrong else "ready\n")
        return PlainTextResponse(f"{reason}\n", status_code=503)

    return Starlette(routes=[Route("/live", live), Route("/ready", ready)])


def listen(address: tuple[str, int]) -> socket.socket:
    """Return a socket that listens on (host, port).

    Raises WaymarkError with a cure where that is impossible.
    """
    host, port = address
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server(address, family=family)
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise WaymarkError(
            f"WAYMARK_HEALTH: cannot listen on {host} port {port} ({why})."
            " Choose another port, or set it to off."
        ) from error


async def serve_health(
    listener: socket.socket,
    not_ready: NotReady,
    degraded: Degraded,
    stop: asyncio.Event,
) -> None:
    """Serve the health pages until `stop` is set, then close the listener."""
    server = _Server(
        uvicorn.Config(
            health_pages(not_ready, degraded),
            lifespan="off",
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
        )
    )
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(server.serve(sockets=[listener]))
        await stop.wait()
        server.should_exit = True


class _Server(uvicorn.Server):
    """Leaves signals to whoever runs the process, so that all of it hears at once."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
