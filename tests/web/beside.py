"""A whole web side in a thread of its own, for tests that do not run in its loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.channels.telegram.webhook import WebhookAddress
from bot.operations.metrics import Metrics
from bot.web.health import health_pages
from bot.web.serving import serve
from bot.web.site import Site
from bot.web.webhook import webhook
from tests.channels.posting import SECRET
from tests.channels.running import Desk, channel_for
from tests.command import PATIENCE
from tests.process import free_port
from tests.telegram.stand_in import Telegram

PATH = "/telegram"


@dataclass(frozen=True)
class Beside:
    """Where it is; `desk` tells what is kept, `telegram` whom the bot wrote to."""

    port: int
    desk: Desk
    telegram: Telegram


@contextmanager
def web_beside() -> Iterator[Beside]:
    """Serve webhook and health pages at one address, for a channel that runs."""
    there: list[Beside] = []
    ready, over = threading.Event(), threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(_serve(there, ready, over)))
    thread.start()
    assert ready.wait(PATIENCE)
    try:
        yield there[0]
    finally:
        over.set()
        thread.join(PATIENCE)


async def _serve(
    there: list[Beside], ready: threading.Event, over: threading.Event
) -> None:
    port, stop, desk, metrics = free_port(), asyncio.Event(), Desk(), Metrics()
    async with Telegram() as telegram:
        address = WebhookAddress(f"http://127.0.0.1:{port}{PATH}", SECRET)
        channel = channel_for(telegram, desk, webhook=address, on_call=metrics.call)
        routes = [
            *health_pages(lambda: channel.trouble, lambda: None, metrics.page),
            webhook(PATH, SECRET, channel.take, metrics.post),
        ]
        site = Site("WAYMARK_LISTEN", ("127.0.0.1", port), routes)
        tasks = [
            asyncio.create_task(serve(site.listen(), routes, stop)),
            asyncio.create_task(channel.run(stop)),
        ]
        await telegram.until(lambda: channel.last_heard is not None)
        there.append(Beside(port, desk, telegram))
        ready.set()
        await asyncio.to_thread(over.wait)
        stop.set()
        await asyncio.gather(*tasks)
