"""`waymark run` on PostgreSQL: the server goes and comes back, a process is killed."""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest

from tests.postgres import Postgres
from tests.process import Process, running
from tests.telegram.stand_in import Telegram

KEY = "a key made up for these tests only"


@contextmanager
def frozen(postgres: Postgres) -> Iterator[None]:
    """Let the server stand still meanwhile."""
    postgres.freeze()
    try:
        yield
    finally:
        postgres.thaw()


@asynccontextmanager
async def half_asked(process: Process) -> AsyncIterator[None]:
    """Ask a health page, and never come to the end of asking."""
    _, watcher = await asyncio.open_connection(*process.address)
    watcher.write(b"GET /ready HTTP/1.1\r\n")
    await watcher.drain()
    try:
        yield
    finally:
        watcher.close()


@pytest.mark.slow
async def test_b21_it_ends_with_store_telegram_and_watcher_stuck_at_once(
    tmp_path: Path, postgres: Postgres
) -> None:
    """B21: a server that is frozen and a Telegram that is silent hold up no restart.

    Whoever was shown nothing is shown their screen by the next process. Whose turns
    could not be stored begins anew there, with 999 in reach, and is not led astray.
    """
    where = {"WAYMARK_STORE": postgres.new_address(), "WAYMARK_KEY": KEY}
    async with Telegram(patience=60) as telegram:
        sam, kim = telegram.person(), telegram.person()
        async with running(
            tmp_path / "a", telegram.base, telegram.token, **where
        ) as process:
            await sam.starts()
            await process.becomes_ready()
            telegram.misbehaves.leaves_unanswered("editMessageText", times=None)
            await sam.taps("not_now", waits=False)
            await telegram.until(lambda: not telegram.updates.pending)
            with frozen(postgres):
                await kim.starts()
                first = kim.screen.text
                async with half_asked(process):
                    log = await process.is_told_to_stop()
        telegram.misbehaves.stops()
        async with running(tmp_path / "b", telegram.base, telegram.token, **where):
            await sam.taps("not_now")
            await kim.taps("not_now")

            assert sam.sees("Which of these fit?")
            assert kim.screen.text == first
            await kim.taps("not_now")
            assert kim.sees("Which of these fit?")

    assert "In danger? Call 999." in first
    assert "stopped" in log
    assert "Traceback" not in log


async def test_r02_a_conversation_goes_on_whatever_happens_to_the_server(
    tmp_path: Path, postgres: Postgres
) -> None:
    """R02: guided on without it, stored once it is back, there after a kill."""
    where = {"WAYMARK_STORE": postgres.new_address(), "WAYMARK_KEY": KEY}
    async with Telegram() as telegram:
        person = telegram.person()
        async with running(
            tmp_path / "a", telegram.base, telegram.token, **where
        ) as process:
            await person.starts()
            await process.becomes_ready()
            await asyncio.to_thread(postgres.stop)

            await person.taps("not_now")

            assert person.sees("Which of these fit?")
            assert (await process.page("/ready")).text.startswith("degraded: ")
            await asyncio.to_thread(postgres.start)
            await process.says(lambda page: page.text == "ready\n")
            process.process.send_signal(signal.SIGKILL)
            _, log = await process.process.communicate()

        async with running(tmp_path / "b", telegram.base, telegram.token, **where):
            await person.types("something else")

            assert person.sees("Which of these fit?")

    assert b"Traceback" not in log
    assert KEY.encode() not in log
