"""`waymark run` as a process of its own, for as long as a test lasts."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import httpx

from tests.command import COMMAND, ROOT, SMALL_FLOW, environ

DEAD_PORT = "http://127.0.0.1:1"


@dataclass
class Process:
    """A running `waymark run`; `health` is where its health pages are."""

    process: asyncio.subprocess.Process
    health: str

    async def page(self, path: str) -> httpx.Response:
        """Ask a health page, as a watcher does, until it is served at all."""
        async with httpx.AsyncClient(base_url=self.health, trust_env=False) as client:
            for _ in range(900):
                try:
                    return await client.get(path)
                except httpx.ConnectError:
                    await asyncio.sleep(0.05)
        raise AssertionError(f"{path} is not served")

    async def becomes_ready(self) -> None:
        """Wait until people are answered."""
        for _ in range(900):
            if (await self.page("/ready")).status_code == 200:
                return
            await asyncio.sleep(0.05)
        raise AssertionError("never ready")

    async def is_told_to_stop(self, number: signal.Signals = signal.SIGTERM) -> str:
        """Send a signal, see it end well within 10 s, and return its whole log."""
        self.process.send_signal(number)
        _, log = await asyncio.wait_for(self.process.communicate(), 10)
        assert self.process.returncode == 0
        return log.decode()


def running(
    data: Path, telegram: str, token: str, **settings: str
) -> AbstractAsyncContextManager[Process]:
    """Start Waymark; it is killed at the end if a test has not ended it."""
    pipes = (asyncio.subprocess.PIPE, asyncio.subprocess.PIPE)
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
    process = await asyncio.create_subprocess_exec(
        *command,
        "run",
        cwd=ROOT,
        env=environ(
            WAYMARK_TELEGRAM_TOKEN=token,
            WAYMARK_TELEGRAM_API=telegram,
            WAYMARK_DATA=str(data),
            WAYMARK_HEALTH=f"127.0.0.1:{port}",
            **{"WAYMARK_FLOW": str(SMALL_FLOW), **settings},
        ),
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
