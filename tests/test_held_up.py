"""Whatever takes long beside the turns, people are answered meanwhile (fault B28)."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.bootstrap import DATABASE
from tests.process import running
from tests.telegram.stand_in import Telegram


@contextmanager
def a_log_that_nobody_takes() -> Iterator[tuple[int, int]]:
    """Give the reading and the writing end of a pipe into which nothing more goes."""
    taking, log = os.pipe()
    fcntl.fcntl(log, fcntl.F_SETPIPE_SZ, 4096)
    os.set_blocking(log, False)
    try:
        while True:
            os.write(log, b"waiting\n")
    except BlockingIOError:
        os.set_blocking(log, True)
    try:
        yield taking, log
    finally:
        os.close(taking)
        os.close(log)


async def test_b28_a_log_that_nobody_takes_holds_up_nobody(tmp_path: Path) -> None:
    """People are answered and health tells so; what was left out is told, later."""
    with a_log_that_nobody_takes() as (taking, log):
        async with (
            Telegram(patience=60) as telegram,
            running(tmp_path, telegram.base, telegram.token, log) as process,
        ):
            sam = telegram.person()
            await sam.starts()
            assert sam.sees("In danger? Call 999.")
            await process.becomes_ready()

            os.read(taking, 4096)
            await process.is_told_to_stop()
            told = os.read(taking, 4096).decode()
    assert "records are left out: nobody took the log" in told


async def test_b28_a_store_that_is_held_up_freezes_nothing(tmp_path: Path) -> None:
    """A backup holds the file: health answers, and whoever begins, before it ends."""
    async with (
        Telegram(patience=60) as telegram,
        running(tmp_path, telegram.base, telegram.token) as process,
    ):
        await telegram.person().starts()
        await process.becomes_ready()
        sam = telegram.person()
        with closing(sqlite3.connect(tmp_path / DATABASE)) as other:
            other.execute("BEGIN IMMEDIATE")
            await sam.starts(waits=False)
            await telegram.until(lambda: sam.sees("In danger? Call 999."))
            for page in ("/live", "/ready"):
                answer = await process.page(page)
                assert answer.status_code == 200
                assert "degraded" not in answer.text  # the store has not given up yet
            other.rollback()
