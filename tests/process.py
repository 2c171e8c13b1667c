"""`waymark run` as a process of its own, for as long as a test lasts."""

import asyncio
import signal
import socket
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import httpx

from tests.command import COMMAND, PATIENCE, ROOT, SMALL_FLOW, environ, interruptible

DEAD_PORT = "http://127.0.0.1:1"


@dataclass
class Process:
    """A running `waymark run`; `health` is where its health pages are."""

    process: asyncio.subprocess.Process
    health: str

    @property
    def address(self) -> tuple[str, int]:
        """Where the health pages listen."""
        host, _, port = self.health.removeprefix("http://").partition(":")
        return host, int(port)

    async def page(self, path: str) -> httpx.Response:
        """Ask a health page, as a watcher does, until it is served at all."""
        async with httpx.AsyncClient(
            base_url=self.health, trust_env=False, timeout=PATIENCE
        ) as client:
            ends = time.monotonic() + PATIENCE
            while self.process.returncode is None and time.monotonic() < ends:
                try:
                    return await client.get(path)
                except httpx.ConnectError:
                    await asyncio.sleep(0.05)
        raise AssertionError(f"{path} is not served")

    async def becomes_ready(self) -> None:
        """Wait until people are answered."""
        await self.says(lambda page: page.status_code == 200)

    async def says(self, holds: Callable[[httpx.Response], bool]) -> None:
        """Wait until something holds of the page that tells whether it is ready."""
        async with asyncio.timeout(PATIENCE):
            while not holds(await self.page("/ready")):  # noqa: ASYNC110 a page
                await asyncio.sleep(0.05)

    async def ends(self) -> int:
        """Wait for its end, and return its exit status."""
        return await asyncio.wait_for(self.process.wait(), PATIENCE)

    async def is_told_to_stop(self, number: signal.Signals = signal.SIGTERM) -> str:
        """Send a signal, see it end, and return its whole log."""
        self.process.send_signal(number)
        _, log = await asyncio.wait_for(self.process.communicate(), PATIENCE)
        assert self.process.returncode == 0
        return (log or b"").decode()


def running(
    data: Path,
    telegram: str,
    token: str,
    log: int = asyncio.subprocess.PIPE,
    /,
    **settings: str,
) -> AbstractAsyncContextManager[Process]:
    """Start Waymark; it is killed at the end if a test has not ended it.

    `log` is what it writes its log to, if that is none of `is_told_to_stop`.
    """
    pipes = (asyncio.subprocess.PIPE, log)
    return _started(COMMAND, data, telegram, token, settings, pipes)


@asynccontextmanager
async def running_as(  # noqa: PLR0913, PLR0917 - each is a part of the start
    command: tuple[str, ...],
    data: Path,
    telegram: str,
    token: str,
    settings: Mapping[str, str],
    says: Path,
) -> AsyncIterator[Process]:
    """Start Waymark by another command; what it says is added to files.

    They are `stdout` and `stderr` in the folder `says`: a pipe holds up whoever says
    more than it has room for.
    """
    with (says / "stdout").open("ab") as out, (says / "stderr").open("ab") as err:
        start = _started(command, data, telegram, token, settings, (out, err))
        async with start as process:
            yield process


@asynccontextmanager
async def _started(  # noqa: PLR0913, PLR0917 - each is a part of the start
    command: tuple[str, ...],
    data: Path,
    telegram: str,
    token: str,
    settings: Mapping[str, str],
    says: tuple[int | IO[bytes], int | IO[bytes]],
) -> AsyncIterator[Process]:
    port = free_port()
    given = {
        "WAYMARK_TELEGRAM_TOKEN": token,
        "WAYMARK_TELEGRAM_API": telegram,
        "WAYMARK_DATA": str(data),
        "WAYMARK_HEALTH": f"127.0.0.1:{port}",
        "WAYMARK_FLOW": str(SMALL_FLOW),
    }
    with interruptible():
        process = await asyncio.create_subprocess_exec(
            *(*command, "run"),
            cwd=ROOT,
            env=environ(**given | dict(settings)),
            stdout=says[0],
            stderr=says[1],
        )
    try:
        yield Process(process, f"http://127.0.0.1:{port}")
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
