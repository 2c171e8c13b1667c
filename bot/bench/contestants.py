"""Who is measured, and how each is started and ended."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot import settings
from bot.bench.stand_in import TOKEN, StandIn
from bot.core.errors import WaymarkError
from bot.settings import API, DATA, HEALTH, environment_with

_STARTS_WITHIN = 60.0  # seconds: a flow may have to be proved first
_ENDS_WITHIN = 15.0


@dataclass(frozen=True, slots=True)
class Contestant:
    """A bot. `module` is started with the API's address and the token; ours is not."""

    name: str
    module: str
    is_ours: bool = False


OURS = Contestant("Waymark", "bot", is_ours=True)
HANDLER = Contestant("ConversationHandler", "bot.bench.conversation_handler")
BARE = Contestant("bare aiohttp client", "bot.bench.bare_client")
CONTESTANTS = (OURS, HANDLER, BARE)


@dataclass(frozen=True, slots=True)
class Running:
    """One that runs. `start` is the seconds from its start to its first poll."""

    pid: int
    start: float

    def cpu(self) -> float:
        """Return the seconds of processor time that it has used; NaN: not known."""
        return processor_time(self.pid)

    def memory(self) -> float:
        """Return how many megabytes it holds now; NaN: not known."""
        with suppress(OSError):
            told = Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii")
            return int(told.split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
        return float("nan")


def processor_time(pid: int) -> float:
    """Return the seconds of processor time that a process has used; NaN: not known."""
    with suppress(OSError):
        told = Path(f"/proc/{pid}/stat").read_bytes()  # a name may be in any letters
        user, system = told.rpartition(b") ")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
    return float("nan")


@asynccontextmanager
async def running(
    bot: Contestant, telegram: StandIn, data: Path
) -> AsyncIterator[Running]:
    """Start a bot with nobody remembered, ours with a copy of `data`, and end it.

    Raises WaymarkError where it does not come to its first poll.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        own = shutil.copytree(data, Path(folder) / "data")
        arguments = ["run"] if bot.is_ours else [telegram.base, TOKEN]
        telegram.first_poll.clear()
        began = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", bot.module, *arguments),
            env=environment_with(_settings(telegram, own)),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            try:
                await asyncio.wait_for(telegram.first_poll.wait(), _STARTS_WITHIN)
            except TimeoutError:
                raise WaymarkError(f"{bot.name} did not start") from None
            yield Running(process.pid, time.perf_counter() - began)
        finally:
            telegram.people.leave()
            with suppress(ProcessLookupError):
                process.kill()
            await asyncio.wait_for(process.wait(), _ENDS_WITHIN)


def _settings(telegram: StandIn, data: Path) -> Mapping[str, str]:
    return {API: telegram.base, settings.TOKEN: TOKEN, DATA: str(data), HEALTH: "off"}
