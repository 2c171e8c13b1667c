"""`waymark purge` beside a running Waymark, on one SQLite file: nothing is lost."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import bootstrap
from bot.core.person import PersonKey
from bot.running import purge_now
from bot.settings import read_settings
from bot.stores.base import Farewell, Record
from bot.stores.sqlite import SqliteStore
from bot.tally import Tally
from tests.command import waymark
from tests.process import running
from tests.stores.shelf import (
    FORGET_AFTER,
    SEALER,
    Clock,
    keeps,
    looks,
    opened_at,
    someone,
)
from tests.telegram.people import Person
from tests.telegram.stand_in import Telegram


class File:
    """What the running Waymark keeps of somebody, looked at by another process."""

    def __init__(self, data: Path, chat: int) -> None:
        """Look at what is in a data folder of whoever has this chat."""
        self._settings = read_settings({"WAYMARK_DATA": str(data)})
        self._sealer = bootstrap.build_sealer(self._settings)
        self._someone: PersonKey = bootstrap.name_of_chats(self._sealer)(chat)

    async def ages(self) -> Record | None:
        """Make it two hours older, and return it."""
        earlier = datetime.now(UTC) - timedelta(hours=2)
        store = bootstrap.build_store(self._settings, self._sealer)
        await store.open()
        try:
            return await store.turn(self._someone, None, looks, used=earlier)
        finally:
            await store.close()


async def purged(data: Path) -> str:
    """Run the command as an operator does, and return what it said."""
    ran = await asyncio.to_thread(waymark, "purge", WAYMARK_DATA=str(data))
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def by_bot(person: Person) -> int:
    """Count the messages of the bot that are in somebody's chat."""
    return sum(message.by_bot for message in person.chat)


async def test_who_comes_back_meanwhile_keeps_what_is_noted(tmp_path: Path) -> None:
    """Their old messages and their new ones go when they leave, whoever came first."""
    async with (
        Telegram() as telegram,
        running(tmp_path, telegram.base, telegram.token) as process,
    ):
        sam = telegram.person()
        await sam.starts()
        file = File(tmp_path, sam.id)
        await file.ages()
        await asyncio.gather(purged(tmp_path), sam.starts())
        assert by_bot(sam) == 1
        await sam.taps("leave")
        await telegram.until(lambda: sam.chat == [])
        await process.is_told_to_stop()
        assert await file.ages() is None


async def test_who_comes_back_within_a_purge_keeps_what_is_noted(
    tmp_path: Path,
) -> None:
    """Whatever a purge still does once answers are gone, it overwrites nothing."""
    clock, path = Clock(), tmp_path / "waymark.db"
    again: Record = {"conversation": "new", "notes": {"chat": 1, "messages": [8]}}

    class Slow(SqliteStore):
        async def purge(
            self, farewell: Farewell | None = None, *, left: bool = False
        ) -> int:
            count = await super().purge(farewell, left=left)
            await beside.turn(someone(1), None, keeps(again))
            return count

    async with opened_at(path, clock) as beside:
        await beside.turn(someone(1), None, keeps({"notes": {"chat": 1}, "turn": "a"}))
        clock.moves(minutes=66)
        slow = Slow(path, SEALER, clock, FORGET_AFTER)
        assert await purge_now(slow, Tally(clock, timedelta(days=90))) == (1, 0)
        assert await beside.turn(someone(1), None, looks) == again


async def test_a_running_waymark_soon_takes_out_what_a_purge_left(
    tmp_path: Path,
) -> None:
    """A purge by hand removes the answers; the messages need not wait another hour."""
    async with (
        Telegram() as telegram,
        running(
            tmp_path, telegram.base, telegram.token, WAYMARK_FORGET_AFTER="60s"
        ) as process,
    ):
        sam = telegram.person()
        await sam.starts()
        await File(tmp_path, sam.id).ages()
        assert await purged(tmp_path) in {"1 removed\n", "0 removed\n"}
        await telegram.until(lambda: sam.chat == [])
        log = await process.is_told_to_stop()
    assert "Error" not in log
    assert await purged(tmp_path) == "0 removed\n"
