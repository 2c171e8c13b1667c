"""Listens and serves: alone in knowing uvicorn."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

# Seconds. Longer than a proxy keeps a connection that is not used (nginx: 60), so that
# none is closed at the moment at which the proxy takes it for the next request.
KEEP_ALIVE_SECONDS = 75
# Seconds that requests in hand are given at the end; the channel ends sooner.
FINISH_SECONDS = 7


async def serve(
    listener: socket.socket, routes: Sequence[Route], stop: asyncio.Event
) -> None:
    """Serve until `stop` is set; then take no more, answer what is in hand, close."""
    server = _Server(
        uvicorn.Config(
            Starlette(routes=routes),
            lifespan="off",
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=FINISH_SECONDS,
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
