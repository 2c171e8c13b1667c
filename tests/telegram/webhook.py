"""Telegram's side of a webhook: posts with the secret, and again until it is taken."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from http import HTTPStatus

import httpx

from tests.telegram.json_types import Json
from tests.telegram.ledger import Ledger
from tests.telegram.updates import Update, Updates

# Telegram tries "a reasonable amount" of times and publishes no figure; short waits
# keep tests quick.
_FIRST_WAIT, _LONGEST_WAIT = 0.1, 2.0

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
Answered = Callable[[Json], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a webhook is and how it is spoken to.

    `told` is its address as setWebhook was told, `url` where its updates are posted.
    """

    told: str
    url: str
    secret: str = ""
    connections: int = 40


@dataclass(slots=True)
class Webhook:
    """Posts updates: chats side by side, one chat's updates one after another."""

    address: Address
    updates: Updates
    ledger: Ledger
    answered: Answered  # what the bot calls in its answer to a post
    last_error: str = ""
    _lanes: dict[int | None, asyncio.Queue[Update]] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _client: httpx.AsyncClient = field(init=False)

    def __post_init__(self) -> None:
        limits = httpx.Limits(max_connections=self.address.connections)
        self._client = httpx.AsyncClient(limits=limits, timeout=120, trust_env=False)

    def take(self, update: Update, *, again: bool = False) -> None:
        """Post an update after its chat's earlier ones; a repeat does not wait."""
        if again:
            self._begin(self._post(update))
            return
        if update.chat_id not in self._lanes:
            self._lanes[update.chat_id] = asyncio.Queue()
            self._begin(self._drive(self._lanes[update.chat_id]))
        self._lanes[update.chat_id].put_nowait(update)

    async def stop(self) -> None:
        """Post no more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._client.aclose()

    def _begin(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drive(self, lane: asyncio.Queue[Update]) -> None:
        while True:
            update, wait = await lane.get(), _FIRST_WAIT
            while update in self.updates.pending:
                await self._post(update)
                if update in self.updates.pending:
                    await asyncio.sleep(wait)
                    wait = min(wait * 2, _LONGEST_WAIT)

    async def _post(self, update: Update) -> None:
        headers = {SECRET_HEADER: self.address.secret} if self.address.secret else {}
        headers["Content-Type"] = "application/json"
        self.ledger.notes("handed", update.id, update.chat_id)
        try:
            answer = await self._client.post(
                self.address.url, content=json.dumps(update.body), headers=headers
            )
        except httpx.HTTPError as error:
            self.last_error = f"Connection failed: {type(error).__name__}"
            return
        if not answer.is_success:
            phrase = HTTPStatus(answer.status_code).phrase
            self.last_error = (
                f"Wrong response from the webhook: {answer.status_code} {phrase}"
            )
            return
        self.updates.confirm(update)
        if answer.text.startswith("{"):
            await self.answered(answer.json())
