"""The HTTP server under the stand-in, which can go away and come back on its port."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER: on, no time


class _Quiet(uvicorn.Server):
    """A server inside somebody else's process: signals are not its business."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Server:
    """Serves one application on 127.0.0.1 in the running event loop."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._server: uvicorn.Server | None = None
        self._task: asyncio.Task[None] | None = None
        self.port = 0

    async def start(self) -> None:
        """Listen: on a free port the first time, on the same one after that."""
        # Named as TCP, or asyncio leaves Nagle on and each answer takes 40 ms.
        listening = socket.socket(proto=socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self.port))
        self.port = listening.getsockname()[1]
        config = uvicorn.Config(
            self._app,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_keep_alive=75,
        )
        self._server = _Quiet(config)
        self._task = asyncio.create_task(self._server.serve(sockets=[listening]))
        # uvicorn tells that it listens by a flag alone.
        while not self._server.started and not self._task.done():  # noqa: ASYNC110
            await asyncio.sleep(0.001)

    async def stop(self) -> None:
        """Go away at once: reset what is open, refuse what comes."""
        if self._server is None or self._task is None:
            return
        for listener in self._server.servers:
            listener.close()
        state = self._server.server_state
        for connection in list(state.connections):
            _reset(connection.transport)
        # What was being answered sees that its connection is gone, and ends by itself.
        if state.tasks:
            await asyncio.wait(set(state.tasks), timeout=30)
        # Its own shutdown would wait for ticks, and there is nothing left to do.
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self._server = None

    def cut(self, client: tuple[str, int]) -> None:
        """Reset the connection that comes from this host and port."""
        connections = self._server.server_state.connections if self._server else ()
        for connection in list(connections):
            if connection.transport.get_extra_info("peername") == tuple(client):
                _reset(connection.transport)


def _reset(transport: asyncio.Transport) -> None:
    sock = transport.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
    transport.abort()
