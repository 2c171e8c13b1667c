"""A channel whose updates are posted to it, over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import httpx

from bot.channels.telegram.app import TelegramChannel
from bot.channels.telegram.webhook import WebhookAddress
from bot.web.serving import serve
from bot.web.site import Site
from bot.web.webhook import SECRET_HEADER, webhook
from tests.channels.running import Desk, channel_for
from tests.command import PATIENCE
from tests.process import free_port
from tests.telegram.stand_in import Telegram

SECRET = "CANARY-8_a-secret"


@dataclass
class Posted:
    """A running channel, and somebody who posts to it: Telegram, or anyone."""

    channel: TelegramChannel
    client: httpx.AsyncClient
    stop: asyncio.Event
    statuses: list[HTTPStatus] = field(default_factory=list)

    async def post(
        self,
        secret: bytes | None = SECRET.encode(),
        kind: bytes = b"application/json",
        **body: Any,  # noqa: ANN401 - httpx's own
    ) -> httpx.Response:
        """Post to the webhook."""
        headers = {b"Content-Type": kind}
        if secret is not None:
            headers[SECRET_HEADER.encode()] = secret
        return await self.client.post("/telegram", headers=headers, **body)

    async def takes(self) -> bool:
        """Tell whether what is posted now is taken."""
        try:
            return (await self.post(json={"update_id": 1})).is_success
        except httpx.TransportError:  # nobody listens any more
            return False


@asynccontextmanager
async def posted(telegram: Telegram, desk: Desk) -> AsyncIterator[Posted]:
    """Run a channel by webhook, and stop it as a service manager would."""
    address = ("127.0.0.1", free_port())
    url = f"http://127.0.0.1:{address[1]}"
    hook = WebhookAddress(f"{url}/telegram", SECRET)
    channel, stop = channel_for(telegram, desk, webhook=hook), asyncio.Event()
    async with httpx.AsyncClient(
        base_url=url, trust_env=False, timeout=PATIENCE
    ) as client:
        it = Posted(channel, client, stop)
        page = webhook("/telegram", SECRET, channel.take, it.statuses.append)
        listener = Site("WAYMARK_LISTEN", address, [page]).listen()
        tasks = [
            asyncio.create_task(serve(listener, [page], stop)),
            asyncio.create_task(channel.run(stop)),
        ]
        try:
            yield it
        finally:
            stop.set()
            await asyncio.gather(*tasks)
