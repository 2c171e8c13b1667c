"""A built Waymark, kept running: until it is told to stop, or a start fails.

Beside the channel run what is served over HTTP, and the removal of what is past its
time.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

from bot.core.counting.cell import Cell
from bot.frontdesk import FrontDesk
from bot.shelf import Shelf
from bot.stores.base import Store
from bot.tally import WRITE_EVERY_SECONDS, Tally
from bot.web.site import Site

# How soon after its time a conversation goes: a twelfth of that time, within these.
TIDY_PARTS = 12
TIDY_SECONDS = (1.0, 30.0)
LOOK_EVERY_SECONDS = 5  # how soon an edit of the flow is in use
# Containers give ten seconds to stop. All that runs has ended by one deadline, whatever
# hangs; the last seconds before it are the store's, which keeps what the others leave.
STOP_SECONDS, STORE_SECONDS = 9.0, 1.8
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
    stopping = asyncio.create_task(stop.wait())
    opening = asyncio.create_task(app.store.open(), name="the store to be ready")
    await asyncio.wait({opening, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if stop.is_set():  # there is nothing to finish yet
        opening.cancel()
        log.info("stopped")
        return
    opening.result()
    watching = asyncio.create_task(_watch(app.shelf, app.desk, stop))
    beside = {asyncio.create_task(_tidy(app, stop), name="forgetting")}
    if listening:
        from bot.web.serving import serve

        serves = (serve(*each, stop) for each in listening)
        beside |= {asyncio.create_task(s, name="what is asked of us") for s in serves}
    if app.desk.tally:
        counting = _write_counts(app.desk.tally, app.store, stop)
        beside.add(asyncio.create_task(counting, name="the counts"))
    serving = asyncio.create_task(app.channel.run(stop), name="the turns in hand")
    try:
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:  # also where this is cancelled: what was taken in hand is kept
        stop.set()
        watching.cancel()  # of a check nothing is kept, and it may take long
        await _end(app.store, {serving, *beside})
    if serving.done() and not serving.cancelled():
        serving.result()


async def _end(store: Store, tasks: set[asyncio.Task[None]]) -> None:
    """End everything by one deadline, the store last."""
    deadline = asyncio.get_running_loop().time() + STOP_SECONDS
    await _ended(tasks, deadline - STORE_SECONDS)
    await _ended({asyncio.create_task(store.close(), name="the store")}, deadline)
    log.info("stopped")


async def _ended(tasks: set[asyncio.Task[None]], deadline: float) -> None:
    """Wait for tasks until a moment of the loop's time, and for none any longer.

    What is cancelled then is not waited for: it may hang in that, too.
    """
    seconds = max(0.0, deadline - asyncio.get_running_loop().time())
    _, late = await asyncio.wait(tasks, timeout=seconds)
    for task in late:
        task.cancel()
        log.warning("gave up waiting for %s", task.get_name())


async def purge_now(store: Store, tally: Tally) -> tuple[int, int]:
    """Remove what is past its time; return how many records and weeks of counts.

    The notes of what is still to go out of a chat stay: only a bot can do that. One
    that runs meanwhile does it within half a minute, else the next that runs.
    """
    await store.open()
    try:
        return await store.purge(), await tally.forget_past(store)
    finally:
        await store.close()


async def counts_now(store: Store) -> Mapping[Cell, int]:
    """Return all counts of a store that is not open."""
    await store.open()
    try:
        return await store.counts()
    finally:
        await store.close()


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
