"""A built Waymark, kept running: until it is told to stop, or a start fails.

Beside the channel run what is served over HTTP, and the removal of what is past its
time.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from bot.core.counting.cell import Cell
from bot.core.person import PersonKey
from bot.frontdesk import FrontDesk, Notes
from bot.shelf import Shelf
from bot.stores.base import NOTES, Kept, Record, Store
from bot.tally import WRITE_EVERY_SECONDS, Tally
from bot.web.site import Site

# How soon after its time a conversation goes: a twelfth of that time, within these.
TIDY_PARTS = 12
TIDY_SECONDS = (1.0, 30.0)
LOOK_EVERY_SECONDS = 5  # how soon an edit of the flow is in use
# Of the ten seconds that containers give: for the channel, which ends sooner by itself;
# then for what runs beside it; then for the store.
GRACE_SECONDS, BESIDE_SECONDS, STORE_SECONDS = 7.2, 0.5, 1.8
STALE_AFTER_SECONDS = 90  # fault B14: a poll that hangs must show within this time

log = logging.getLogger(__name__)


class Channel(Protocol):
    """How people reach us while this process runs."""

    @property
    def last_heard(self) -> float | None:
        """When it last heard from Telegram (time.monotonic), or None."""

    @property
    def trouble(self) -> str | None:
        """Why people are not answered although Telegram is there, or None."""

    @property
    def in_hand(self) -> int:
        """How many updates are being served or wait for it."""

    async def take(self, posted: Mapping[str, Any]) -> bool:
        """Take what was posted to the webhook; false: it has to be posted again."""

    async def run(self, stop: asyncio.Event) -> None:
        """Serve people until `stop` is set, and finish the turns that have begun."""

    async def tidy(self) -> None:
        """Forget whoever was idle for too long, and clear their chats."""


@dataclass(frozen=True, slots=True)
class App:
    """All that runs. `sites` are what is served over HTTP, each at its own address."""

    store: Store
    channel: Channel
    desk: FrontDesk
    shelf: Shelf
    sites: tuple[Site, ...] = ()


def not_ready(channel: Channel, shelf: Shelf) -> str | None:
    """Return why people would not be answered now, or None."""
    if shelf.has_nothing:
        return "no flow could be used; only the built-in screen with 999 is shown"
    return channel.trouble or not_heard(channel.last_heard)


def not_heard(last_heard: float | None) -> str | None:
    """Return that Telegram is silent, or None.

    `last_heard` is when it last answered, by time.monotonic.
    """
    if last_heard is None:
        return "Telegram has not answered yet"
    if time.monotonic() - last_heard > STALE_AFTER_SECONDS:
        return f"Telegram has not answered for {STALE_AFTER_SECONDS} seconds"
    return None


async def run(app: App) -> None:
    """Run until SIGTERM or SIGINT; returns within 10 seconds of it.

    Raises WaymarkError with a cure where it cannot start.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    listening = [(site.listen(), site.routes) for site in app.sites]
    await app.store.open()
    beside = [
        asyncio.create_task(_tidy(app, stop)),
        asyncio.create_task(_watch(app.shelf, app.desk, stop)),
    ]
    if app.desk.tally:
        counting = _write_counts(app.desk.tally, app.store, stop)
        beside.append(asyncio.create_task(counting))
    if listening:
        from bot.web.serving import serve  # noqa: PLC0415 - large, and not always needed

        beside += [asyncio.create_task(serve(*each, stop)) for each in listening]
    try:
        await _serve(app.channel, stop)
    finally:
        stop.set()
        await asyncio.wait(beside, timeout=BESIDE_SECONDS)
        await _close(app.store)
        log.info("stopped")


async def _close(store: Store) -> None:
    try:
        await asyncio.wait_for(store.close(), STORE_SECONDS)
    except TimeoutError:
        log.warning("gave up waiting for the store after %s seconds", STORE_SECONDS)


async def purge_now(
    store: Store, tally: Tally, name_of_chat: Callable[[int], PersonKey]
) -> tuple[int, int]:
    """Remove what is past its time; return how many records and weeks of counts.

    What a channel still has to clear is kept for it: only a running bot can do that.
    """
    left: list[Notes] = []
    await store.open()
    try:
        count = await store.purge(lambda record: left.append(record.get(NOTES, {})))
        for notes in filter(None, left):
            keep = partial(_with_notes, notes=notes)
            await store.turn(name_of_chat(notes["chat"]), None, keep)
        return count, await tally.forget_past(store)
    finally:
        await store.close()


async def counts_now(store: Store) -> Mapping[Cell, int]:
    """Return all counts of a store that is not open."""
    await store.open()
    try:
        return await store.counts()
    finally:
        await store.close()


def _with_notes(kept: Kept, notes: Notes) -> tuple[Record, None]:
    return {**(kept.record or {}), NOTES: notes}, None


async def _serve(channel: Channel, stop: asyncio.Event) -> None:
    serving = asyncio.create_task(channel.run(stop))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    try:
        await asyncio.wait_for(serving, GRACE_SECONDS)
    except TimeoutError:
        log.warning("gave up waiting for turns in hand after %s seconds", GRACE_SECONDS)


async def _watch(shelf: Shelf, desk: FrontDesk, stop: asyncio.Event) -> None:
    """Take a changed flow into use. It is checked beside the turns, in a thread."""
    while not stop.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), LOOK_EVERY_SECONDS)
        desk.let_go()
        try:
            if not stop.is_set() and shelf.has_changed():
                await asyncio.to_thread(shelf.look)
                desk.machine = shelf.machine
        except Exception:  # whatever it is, it is looked at again soon
            log.exception("the flow's folder could not be looked at")


async def _tidy(app: App, stop: asyncio.Event) -> None:
    shortest, longest = TIDY_SECONDS
    part = app.desk.forget_after.total_seconds() / TIDY_PARTS
    every = min(longest, max(shortest, part))
    while not stop.is_set():
        try:
            await app.channel.tidy()
        except Exception:  # whatever it is, it is tried again soon, and turns go on
            log.exception("forgetting failed")
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), every)


async def _write_counts(tally: Tally, store: Store, stop: asyncio.Event) -> None:
    """Write counts down at intervals, and once more at the end."""
    while True:
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), WRITE_EVERY_SECONDS)
        try:
            await tally.write(store)
            await tally.forget_past(store)
        except Exception:
            log.exception("counts could not be written")
        if stop.is_set():
            return
