"""Health over real HTTP: whoever watches sees at once when people get no answer."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from bot.core.errors import WaymarkError
from bot.web.health import Degraded, NotReady, health_pages
from bot.web.serving import serve
from bot.web.site import Site
from tests.process import free_port


@asynccontextmanager
async def health(
    not_ready: NotReady, degraded: Degraded = lambda: None
) -> AsyncIterator[httpx.AsyncClient]:
    """Serve the pages on a port of their own, and end as `waymark run` ends them."""
    site = _site(free_port(), not_ready, degraded)
    stop = asyncio.Event()
    serving = asyncio.create_task(serve(site.listen(), site.routes, stop))
    address = f"http://127.0.0.1:{site.address[1]}"
    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        yield client
    stop.set()
    await serving


def _site(
    port: int,
    not_ready: NotReady = lambda: None,
    degraded: Degraded = lambda: None,
) -> Site:
    pages = health_pages(not_ready, degraded, lambda: ("text/plain", b"turns 3\n"))
    return Site("WAYMARK_HEALTH", ("127.0.0.1", port), pages)


async def test_alive_and_ready() -> None:
    """While people are answered, both pages are green."""
    async with health(lambda: None) as client:
        assert (await client.get("/live")).status_code == 200
        assert (await client.get("/ready")).status_code == 200
        assert (await client.get("/metrics")).text == "turns 3\n"


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
        assert (await client.get("/telegram")).status_code == 404
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

        with pytest.raises(WaymarkError, match=rf"WAYMARK_HEALTH.*{port}.*another"):
            _site(port).listen()
