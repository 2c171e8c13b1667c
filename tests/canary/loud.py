"""Waymark with every library at its loudest: `python -m tests.canary.loud run`.

Several commands may be given, with `--` between them. SIGUSR1 makes it crash in every
way in which a program can, with what somebody said in the errors (CANARY_SAID). With
CANARY_LEAKS it leaks on purpose (`tests.canary.leaks`).
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import sys
import threading
from collections.abc import Awaitable, Callable
from itertools import groupby
from typing import Any

from bot import cli, logs, running
from bot.running import App
from tests.canary.leaks import leak

BEGINS = "======"
LOUDEST = 1  # uvicorn has a level below DEBUG, at which it tells of every message
SAID = os.environ.get("CANARY_SAID", "")


def make_loud(set_up: Callable[..., None]) -> Callable[..., None]:
    """Return what sets logs up as they are, and then lets every library speak."""

    def set_up_loudly(log_format: str = "text", _: str = "") -> None:
        set_up(log_format, "DEBUG")
        logging.getLogger().setLevel(LOUDEST)
        for name in (*logging.root.manager.loggerDict, logs.OURS):
            logging.getLogger(name).setLevel(LOUDEST)

    return set_up_loudly


def fails(*_: Any) -> None:  # noqa: ANN401 - whatever calls it
    """Fail as a fault of our own would, holding what somebody said."""
    try:
        os.environ[SAID]
    except KeyError as error:
        raise RuntimeError(SAID) from error


class FailsAsItGoes:
    """Something that fails when nobody holds it any more."""

    def __del__(self) -> None:
        fails()


def make_crash(
    run: Callable[[App], Awaitable[None]],
) -> Callable[[App], Awaitable[None]]:
    """Return what runs as it does, until SIGUSR1."""

    async def run_until(app: App) -> None:
        crashed = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGUSR1, crashed.set)
        serving = asyncio.ensure_future(run(app))
        crashing = asyncio.create_task(crashed.wait())
        await asyncio.wait({serving, crashing}, return_when=asyncio.FIRST_COMPLETED)
        if crashed.is_set():
            await _crash()
            serving.cancel()  # it closes the store, whose thread would live on
            await asyncio.wait({serving})
            fails()
        await serving

    return run_until


async def _crash() -> None:
    async def fails_alone() -> None:
        fails()

    thread = threading.Thread(target=fails)
    thread.start()
    thread.join()
    FailsAsItGoes()
    asyncio.get_running_loop().call_soon(fails)
    task = asyncio.create_task(fails_alone(), name=SAID)
    await asyncio.wait({task})
    del task
    gc.collect()


def main() -> None:
    """Run each command that was given."""
    louder: tuple[tuple[object, str, object], ...] = (
        (logs, "set_up_logs", make_loud(logs.set_up_logs)),
        (running, "run", make_crash(running.run)),
    )
    for owner, name, put in louder:
        setattr(owner, name, put)
    if os.environ.get("CANARY_LEAKS"):
        leak()
    words = groupby(sys.argv[1:], lambda word: word == "--")
    for command in [list(each) for is_break, each in words if not is_break]:
        sys.argv[1:] = command
        print(BEGINS, *command, flush=True)  # noqa: T201 - parts what they say
        try:
            cli.main()
        except SystemExit as ended:
            if ended.code:
                raise


if __name__ == "__main__":
    main()
