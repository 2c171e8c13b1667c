"""Told to stop, everything ends by one deadline, whatever hangs."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot import running
from bot.frontdesk import FrontDesk
from bot.shelf import Shelf
from bot.web.health import health_pages
from bot.web.site import Site
from tests.command import PATIENCE, SMALL_FLOW
from tests.process import free_port
from tests.stores.shelf import Clock


@dataclass
class Hangs:
    """Stands for a channel, a store and a front desk: no cancelling ends what hangs."""

    opens: bool = True
    released: asyncio.Event = field(default_factory=asyncio.Event)
    begun: asyncio.Event = field(default_factory=asyncio.Event)

    async def open(self) -> None:
        """Open at once, or never."""
        self.begun.set()
        if not self.opens:
            await self.released.wait()

    async def run(self, stop: asyncio.Event) -> None:
        """Serve, and hang in a turn when told to stop."""
        await stop.wait()
        await self.close()

    async def tidy(self) -> None:
        """Hang."""
        await self.close()

    async def close(self) -> None:
        """Hang."""
        while not self.released.is_set():
            with suppress(asyncio.CancelledError):
                await self.released.wait()


def app_of(parts: Any, folder: Path, *sites: Site) -> running.App:  # noqa: ANN401 - a channel and a store at once
    """Return what is to be run, with a real front desk and flow."""
    shelf = Shelf(SMALL_FLOW, folder / "proved")
    desk = FrontDesk(shelf.machine, parts, Clock())
    return running.App(parts, parts, desk, shelf, sites)


@pytest.fixture
async def hangs() -> AsyncIterator[Hangs]:
    """Give what hangs, and let it go at the end."""
    hangs = Hangs()
    yield hangs
    hangs.released.set()


async def test_b21_every_part_hangs_at_once_and_all_end_by_one_deadline(
    hangs: Hangs,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """B21: nobody's turns are cut off by a kill; the log says what was given up."""
    caplog.set_level(logging.INFO)
    assert running.STOP_SECONDS < 10  # what a service manager waits
    assert running.STORE_SECONDS < running.STOP_SECONDS
    monkeypatch.setattr(running, "STOP_SECONDS", 0.6)
    monkeypatch.setattr(running, "STORE_SECONDS", 0.3)
    port = free_port()
    pages = health_pages(lambda: None, lambda: None, lambda: ("", b""))
    site = Site("WAYMARK_HEALTH", ("127.0.0.1", port), pages)
    app = app_of(hangs, tmp_path, site)

    runs = asyncio.create_task(running.run(app))
    await hangs.begun.wait()
    _, half = await asyncio.open_connection("127.0.0.1", port)
    half.write(b"GET /live HTTP/1.1\r\n")  # and the rest never comes
    await half.drain()
    os.kill(os.getpid(), signal.SIGTERM)
    async with asyncio.timeout(PATIENCE):
        await runs
    half.close()
    with suppress(ConnectionError):
        await half.wait_closed()

    for part in ("the turns in hand", "forgetting", "the store"):
        assert f"gave up waiting for {part}" in caplog.messages
    assert caplog.messages[-1] == "stopped"


async def test_b21_told_to_stop_before_its_store_is_ready_it_ends(
    hangs: Hangs, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """B21: a start that waits for a lock on the tables is not killed in the middle."""
    caplog.set_level(logging.INFO)
    hangs.opens = False

    runs = asyncio.create_task(running.run(app_of(hangs, tmp_path)))
    await hangs.begun.wait()
    os.kill(os.getpid(), signal.SIGTERM)
    async with asyncio.timeout(PATIENCE):
        await runs

    assert caplog.messages[-1] == "stopped"
