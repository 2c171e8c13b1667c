"""Another process beside the one under test, run as `python -m tests.stores.process`.

It does one thing to a database, says so on a line of its own, and goes on when its
standard input is closed. No test has to guess how long anything takes.
"""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from bot.core.errors import StoreError
from tests.stores.shelf import counts, keeps, opened, right_now, someone, sqlite_store
from tests.stores.traces import come_and_leave

Task = Callable[[Path], Coroutine[Any, Any, None]]


@asynccontextmanager
async def beside(
    task: Callable[[Any], Coroutine[Any, Any, None]], path: Path | str
) -> AsyncIterator[str]:
    """Start a process on `path`, give the line that it says, and wait for its end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", task.__module__, task.__name__, str(path)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert process.stdout
        yield (await process.stdout.readline()).decode().strip()
    finally:
        assert process.stdin
        process.stdin.close()
        await process.wait()


def says(line: str) -> None:
    """Tell the test."""
    print(line, flush=True)  # noqa: T201 this is how the test is told


async def writes(path: Path) -> None:
    """Hold the write lock, as a slow backup might (fault B23)."""
    with sqlite3.connect(path, isolation_level=None) as db:
        db.execute("BEGIN IMMEDIATE")
        says("ready")
        sys.stdin.read()
        db.execute("COMMIT")
    db.close()


async def reads(path: Path) -> None:
    """Stay inside a read, so that the log cannot be cut meanwhile."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("BEGIN")
    db.execute("SELECT count(*) FROM conversation").fetchall()
    says("ready")
    sys.stdin.read()
    db.close()


async def adds(path: Path) -> None:
    """Add fifty to someone's count, one turn at a time."""
    async with opened(path) as store:
        says("ready")
        for _ in range(50):
            await store.turn(someone(), None, counts)


async def dies(path: Path) -> None:
    """Keep a record, and be killed at the very moment at which the turn returned."""
    async with opened(path) as store:
        await store.turn(someone(), "update 7", keeps({"step": "who"}))
        says("ready")
        os.kill(os.getpid(), signal.SIGKILL)


async def dies_erasing(path: Path) -> None:
    """Remove a record, and be killed before its bytes are gone from the files."""

    async def die(_: int) -> None:
        says("ready")
        os.kill(os.getpid(), signal.SIGKILL)

    async with opened(path) as store:
        erasing = store._erasing  # noqa: SLF001 the moment
        erasing._once = die  # type: ignore[assignment]  # noqa: SLF001
        await store.forget(someone())


async def dies_resting(path: Path) -> None:
    """Have people leave, note what may be left of them in `gone`, and be killed."""
    async with opened(path) as store:
        rests_until = time.monotonic() + 3600
        store._erasing._rests_until = rests_until  # noqa: SLF001 for longer than we are
        gone, _ = await come_and_leave(store, path)
        noted = "\n".join(piece.hex() for piece in gone)
        path.with_name("gone").write_text(noted, encoding="ascii")
        says("ready")
        os.kill(os.getpid(), signal.SIGKILL)


async def opens_unprivileged(path: Path) -> None:
    """Open as the user of the container, whom the folder does not belong to (B25)."""
    os.setuid(10001)
    try:
        await sqlite_store(path, right_now).open()
    except StoreError as error:
        says(str(error))


async def fills(path: Path) -> None:
    """Meet a full disk in mid-conversation, and go on once there is room again."""
    async with opened(path) as store:
        await store.turn(someone(), None, counts)
        _leave_room(1000)
        try:
            await store.turn(someone(), None, counts)
        except StoreError:
            _leave_room(resource.RLIM_INFINITY)
            await store.turn(someone(), None, counts)
            says("ready")


async def fills_erasing(path: Path) -> None:
    """Have room on the disk for a quick exit, but not for the erasing after it."""
    log = path.with_name(f"{path.name}-wal")
    async with opened(path) as store:
        for_all = (store.turn(someone(n), None, counts) for n in range(300))
        await asyncio.gather(*for_all)
        _leave_room(os.stat(log).st_size + 50_000)  # noqa: PTH116 nobody waits here
        kept = await store.turn(someone(7), None, keeps(None))
        with suppress(StoreError):
            await store.forget(someone(8))
            says("there was room for all")
        says(str(kept.record))
        _leave_room(resource.RLIM_INFINITY)


def _leave_room(size: int) -> None:
    """Let no file grow beyond so many bytes."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


TASKS: tuple[Task, ...] = (
    *(writes, reads, adds, dies, dies_erasing, dies_resting),
    *(opens_unprivileged, fills, fills_erasing),
)

if __name__ == "__main__":
    named = {task.__name__: task for task in TASKS}
    asyncio.run(named[sys.argv[1]](Path(sys.argv[2])))
