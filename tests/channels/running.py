"""The Telegram channel as it runs: the real library over HTTP, against the stand-in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

from telegram import Update

from bot.channels.telegram.app import TelegramChannel
from bot.core.engine.machine import FlowMachine
from bot.core.person import PersonKey, person_key
from bot.frontdesk import FrontDesk
from bot.library import load_flow
from bot.recent_words import RecentWords
from bot.stores.base import Record
from bot.stores.memory import MemoryStore
from tests.telegram.json_types import Json
from tests.telegram.stand_in import Telegram

SMALL_FLOW = Path(__file__).parent / "flows" / "small"
FORGET_AFTER = timedelta(minutes=60)

key_of = partial(person_key, b"a secret of the test's own", "telegram")


@dataclass
class Clock:
    """The front desk's clock, which a test can move."""

    moved: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        """Tell the time."""
        return datetime.now(UTC) + self.moved


@cache
def small_machine() -> FlowMachine:
    """Give the small flow, checked once: nothing in it changes."""
    return load_flow(SMALL_FLOW)


class Desk:
    """A front desk and its store, which outlive any one channel as a file would."""

    def __init__(
        self,
        machine: FlowMachine | None = None,
        clock: Clock | None = None,
        recent: RecentWords | None = None,
    ) -> None:
        """Open with nothing kept, for the small flow or another."""
        self.clock = clock or Clock()
        self.store = MemoryStore(self.clock, FORGET_AFTER)
        machine = machine or small_machine()
        self.front_desk = FrontDesk(
            *(machine, self.store, self.clock, FORGET_AFTER), recent=recent
        )

    async def kept(self, chat: int) -> Record | None:
        """Tell what is kept of whoever has this chat."""
        return await self.store.read(key_of(chat))

    async def step(self, chat: int) -> str | None:
        """Tell at which step somebody is, or None if they are forgotten."""
        record = await self.kept(chat)
        return None if record is None else str(record["conversation"]["here"][0])


def channel_for(telegram: Telegram, desk: Desk, **changes: Any) -> TelegramChannel:  # noqa: ANN401 - any of the channel's own
    """Make a channel; `changes` replace what it is usually given."""
    given: dict[str, Any] = {
        "token": telegram.token,
        "api_base": telegram.base,
        "front_desk": desk.front_desk,
        "person_key": key_of,
    }
    channel = TelegramChannel(**(given | changes))
    _is_watched(channel, telegram)
    return channel


def _is_watched(channel: TelegramChannel, telegram: Telegram) -> None:
    """Let people on Telegram know when the channel has finished, by more than silence.

    On a busy machine silence tells nothing.
    """
    in_hand = channel._in_hand  # noqa: SLF001 - nothing else knows it of each update
    serve = in_hand._serve  # noqa: SLF001 - as above
    finished = set[int]() if telegram.finished is None else telegram.finished
    telegram.finished = finished

    async def serve_and_tell(posted: Json, safe: asyncio.Future[None]) -> None:
        try:
            await serve(posted, safe)
        finally:
            finished.add(posted["update_id"])
            with suppress(Exception):  # one that cannot be read is of no chat
                update = Update.de_json(dict(posted), None)
                if update.effective_chat:
                    telegram.ledger.rings(update.effective_chat.id)

    in_hand._serve = serve_and_tell  # type: ignore[method-assign,assignment]  # noqa: SLF001 - as above


@asynccontextmanager
async def running(
    telegram: Telegram,
    desk: Desk,
    **changes: Any,  # noqa: ANN401 - as above
) -> AsyncIterator[TelegramChannel]:
    """Run a channel beside the test, and stop it as a service manager would."""
    channel, stop = channel_for(telegram, desk, **changes), asyncio.Event()
    task = asyncio.create_task(channel.run(stop))
    try:
        yield channel
    finally:
        stop.set()
        await task


async def kills(task: asyncio.Task[None]) -> None:
    """End a channel in the middle of whatever it is doing."""
    task.cancel()
    await asyncio.wait({task})


def no_key(_: int) -> PersonKey:
    """Fail as a fault of our own would, with words that must not reach the log."""
    message = "SENTINEL-91 outside my door"
    raise RuntimeError(message)
