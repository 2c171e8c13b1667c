"""A whole conversation where there is nothing but Telegram: run by `unshare -n`.

`python -m tests.alone.inside MODE STORE` prints a line for every packet that left, and
fails if the conversation did not go as it should. MODE `stray` lets the process reach
out on purpose, in three ways.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.alone.network import Leaving
from tests.command import COMMAND
from tests.process import free_port, running_as
from tests.telegram.stand_in import Person, Telegram

STRAY = (sys.executable, "-m", "tests.alone.stray")


async def talks(telegram: Telegram, person: Person) -> None:
    """Go all the way: questions, typed words, danger, an end, a page, and out."""

    async def sees(words: str) -> None:
        await telegram.until(lambda: person.sees(words))

    await person.starts(waits=False)
    await sees("Answers go after")
    await person.taps("not_now", waits=False)
    await sees("Which of these fit?")
    await person.types("i wonder what the weather does", waits=False)
    await sees("Tap a button")
    await person.taps("danger", waits=False)
    await sees("999")
    await person.starts(waits=False)
    await sees("Answers go after")
    await person.taps("leave", waits=False)
    await telegram.until(lambda: not person.chat)


async def main(mode: str, store: str) -> None:
    """Serve somebody, and tell what left this machine meanwhile."""
    leaving, port = Leaving(), free_port()
    settings = {"WAYMARK_STORE": store, "WAYMARK_LOG_LEVEL": "debug"}
    if mode == "webhook":
        settings |= {
            "WAYMARK_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
            "WAYMARK_WEBHOOK_SECRET": "a-secret-of-the-tests-own",
            "WAYMARK_LISTEN": f"127.0.0.1:{port}",
        }
    if mode == "stray":  # nobody answers for a name: a second is enough to ask once
        settings |= {"RES_OPTIONS": "timeout:1 attempts:1"}
    command = STRAY if mode == "stray" else COMMAND
    with TemporaryDirectory() as folder:
        async with Telegram(patience=60) as telegram:
            start = (Path(folder), telegram.base, telegram.token, settings)
            async with running_as(command, *start, Path(folder)) as process:
                await process.becomes_ready()
                await talks(telegram, telegram.person())
                process.process.terminate()
                assert await process.ends() == 0
    print("\n".join(leaving.packets()))  # noqa: T201 - what it is run for


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
