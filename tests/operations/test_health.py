"""Health over real HTTP: whoever watches sees at once when people get no answer."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from bot.core.errors import WaymarkError
from bot.operations.health import Degraded, NotReady, listen, serve_health


@asynccontextmanager
async def health(
    not_ready: NotReady, degraded: Degraded = lambda: None
) -> AsyncIterator[httpx.AsyncClient]:
    """Serve the pages on a port of their own, and end as `waymark run` ends them."""
    listener = listen(("127.0.0.1", free_port()))
    port = listener.getsockname()[1]
    stop = asyncio.Event()
    serving = asyncio.create_task(serve_health(listener, not_ready, degraded, stop))
    address = f"http://127.0.0.1:{port}"
    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        yield client
    stop.set()
    await serving


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


async def test_alive_and_ready() -> None:
    """While people are answered, both pages are green."""
    async with health(lambda: None) as client:
        assert (await client.get("/live")).status_code == 200
        assert (await client.get("/ready")).status_code == 200


async def test_not_ready_says_why_and_is_still_alive() -> None:
    """Restarting does not help while Telegram is away, so only `/ready` turns red."""
    async with health(lambda: "Telegram has not answered yet") as client:
        ready = await client.get("/ready")

        assert ready.status_code == 503
        assert ready.text == "Telegram has not answered yet\n"
        assert (await client.get("/live")).status_code == 200


async def test_degraded_is_said_and_still_ready() -> None:
    """Whoever is answered from memory must not be cut off from that as well."""
    async with health(lambda: None, lambda: "nothing can be stored now") as client:
        ready = await client.get("/ready")

        assert ready.status_code == 200
        assert ready.text == "degraded: nothing can be stored now\n"


async def test_there_is_nothing_else_to_see() -> None:
    """A page that does not exist is plainly not there, and nothing can be sent."""
    async with health(lambda: None) as client:
        assert (await client.get("/metrics")).status_code == 404
        assert (await client.post("/ready", json={})).status_code == 405


async def test_it_ends_although_somebody_keeps_a_connection_open() -> None:
    """A watcher that never hangs up must not keep Waymark from ending in time."""
    async with health(lambda: None) as client:
        await client.get("/live")
        host, port = client.base_url.host, client.base_url.port
        _, hanging = await asyncio.open_connection(host, port)
        hanging.write(b"GET /live HTTP/1.1\r\n")
        await hanging.drain()
    hanging.close()


def test_a_port_that_is_taken_is_told() -> None:
    """Two copies on one machine: the second says which setting to change."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(WaymarkError, match=rf"WAYMARK_HEALTH.*{port}.*off"):
            listen(("127.0.0.1", port))
