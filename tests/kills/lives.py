"""One Waymark after another on the same data, each killed while people are using it."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.command import ROOT, SMALL_FLOW, environ
from tests.process import free_port
from tests.telegram.stand_in import Telegram

SECRET = "a-secret-of-the-tests-own"
KEY = "a key made up for these tests only"
BORN_WITHIN = 60.0  # seconds; the machine may be busy
# How many calls a life may make before it is killed, so that it gets as much done on a
# slow machine; and which part of them is killed before their first call.
MOST_CALLS, UNBORN = 60, 0.15
LONGEST = 3.0  # seconds for them, where people are waiting for something else
# Seconds that pass besides, so that a kill also falls between two calls.
BETWEEN, UNBORN_WITHIN = 0.02, 0.25


@dataclass
class Lives:
    """Starts and kills. `log` is all that any life has written."""

    telegram: Telegram
    nursery: asyncio.subprocess.Process
    chance: Random
    log: Path
    killed: int = 0
    life: int = 0
    _calls: int = field(default=0)

    async def begins(self) -> None:
        """Start a life."""
        assert self.nursery.stdin
        self._calls = len(self.telegram.ledger.calls)
        self.nursery.stdin.write(b".")
        told = await self._told()
        assert told.startswith("born "), told
        self.life = int(told.removeprefix("born "))

    async def serves(self) -> None:
        """Wait for the first call of the life that began last."""
        calls = self.telegram.ledger.calls
        await self.telegram.until(lambda: len(calls) > self._calls, within=BORN_WITHIN)

    async def is_killed(self) -> None:
        """Kill it, and see that this is what it died of."""
        os.kill(self.life, signal.SIGKILL)
        await self._is_dead(signal.SIGKILL)
        self.killed += 1

    async def is_stopped(self) -> None:
        """Tell it to stop, and see it end by itself."""
        os.kill(self.life, signal.SIGTERM)
        await self._is_dead(0)

    async def one(self) -> None:
        """Start a life and kill it at a moment of chance, while it starts or serves."""
        await self.begins()
        if self.chance.random() < UNBORN:
            await asyncio.sleep(self.chance.uniform(0, UNBORN_WITHIN))
        else:
            await self.serves()
            await self._calls_more(self.chance.randrange(MOST_CALLS))
            await asyncio.sleep(self.chance.uniform(0, BETWEEN))
        await self.is_killed()

    async def _calls_more(self, calls: int) -> None:
        ledger = self.telegram.ledger.calls
        enough = len(ledger) + calls
        with suppress(AssertionError):  # it rests: everybody waits for something
            await self.telegram.until(lambda: len(ledger) >= enough, within=LONGEST)

    async def _is_dead(self, status: int) -> None:
        told = await self._told()
        assert told == f"dead {status}", f"{told}: {self.log.read_text()[-2000:]}"

    async def _told(self) -> str:
        assert self.nursery.stdout
        line = await asyncio.wait_for(self.nursery.stdout.readline(), BORN_WITHIN)
        return line.decode().strip()


@asynccontextmanager
async def lives(
    telegram: Telegram, chance: Random, folder: Path, *, store: str, webhook: bool
) -> AsyncIterator[Lives]:
    """Prepare lives that share a folder, a store (as WAYMARK_STORE) and a key."""
    settings = {
        "WAYMARK_TELEGRAM_TOKEN": telegram.token,
        "WAYMARK_TELEGRAM_API": telegram.base,
        "WAYMARK_DATA": str(folder / "data"),
        "WAYMARK_FLOW": str(SMALL_FLOW),
        "WAYMARK_STORE": store,
        "WAYMARK_KEY": KEY,
        "WAYMARK_HEALTH": "off",
    }
    if webhook:
        listen = f"127.0.0.1:{free_port()}"
        telegram.webhook_goes_to(f"http://{listen}")
        settings["WAYMARK_WEBHOOK_URL"] = "https://bot.example/telegram"
        settings["WAYMARK_WEBHOOK_SECRET"] = SECRET
        settings["WAYMARK_LISTEN"] = listen
    log = folder / "log"
    with log.open("wb") as written:
        nursery = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.kills.nursery"),
            cwd=ROOT,
            env=environ(**settings),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=written,
        )
    these = Lives(telegram, nursery, chance, log)
    try:
        assert await these._told() == "ready"  # noqa: SLF001 made here
        yield these
    finally:
        assert nursery.stdin
        nursery.stdin.close()
        if nursery.returncode is None and these.life:
            _kill(these.life)
        await nursery.wait()


def _kill(life: int) -> None:
    try:
        os.kill(life, signal.SIGKILL)
    except ProcessLookupError:
        return
