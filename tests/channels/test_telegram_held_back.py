"""What was answered without the store stays with Telegram until it is stored (M01).

How that looks to people after a kill: tests/kills/test_store_held.py.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from bot.channels.telegram import unconfirmed
from bot.frontdesk import FrontDesk
from bot.stores.standby import StandbyStore
from tests.channels.running import FORGET_AFTER, Clock, Desk, running, small_machine
from tests.command import PATIENCE
from tests.stores.shelf import held, store_at
from tests.telegram.stand_in import Person, Telegram


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Say where conversations are kept."""
    return tmp_path / "waymark.db"


@pytest.fixture
async def people(
    telegram: Telegram, desk: Desk, database: Path
) -> AsyncIterator[list[Person]]:
    """Give people who have begun, all of it stored, on a bot over a real file."""
    clock = Clock()
    store = StandbyStore(partial(store_at, database, clock), clock, FORGET_AFTER)
    await store.open()
    front_desk = FrontDesk(small_machine(), store, clock, FORGET_AFTER)
    async with running(telegram, desk, front_desk=front_desk):
        people = [telegram.person() for _ in range(3)]
        for each in people:
            await each.starts()
        await telegram.until(lambda: not telegram.updates.pending)
        yield people
    await store.close()


async def are_answered(people: list[Person]) -> None:
    """Have everybody tap, and see them answered."""
    telegram = people[0].telegram
    for each in people:
        await each.taps("not_now", waits=False)
    await telegram.until(lambda: all(each.sees("Which of these") for each in people))


async def test_m01_telegram_keeps_what_is_not_stored_and_no_longer(
    people: list[Person], database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the file is held it would come again after a kill; then it is confirmed."""
    monkeypatch.setattr(unconfirmed, "_HELD_FOR", PATIENCE)
    telegram = people[0].telegram
    with held(database):
        await are_answered(people)
        polls = telegram.ledger.calls_of
        enough = len(polls("getUpdates")) + 2
        await telegram.until(lambda: len(polls("getUpdates")) >= enough)
        assert len(telegram.updates.pending) == len(people)
    await telegram.until(lambda: not telegram.updates.pending, within=PATIENCE)


@pytest.mark.parametrize(("limit", "value"), [("_HELD_FOR", 0.3), ("_MOST_HELD", 2)])
async def test_m01_a_store_that_is_gone_for_long_keeps_nothing_from_coming(
    people: list[Person],
    database: Path,
    monkeypatch: pytest.MonkeyPatch,
    limit: str,
    value: float,
) -> None:
    """However long it is gone, and however many come, Telegram hands over the next."""
    monkeypatch.setattr(unconfirmed, "_HELD_FOR", PATIENCE)
    monkeypatch.setattr(unconfirmed, limit, value)
    telegram = people[0].telegram
    with held(database):
        await are_answered(people)
        await telegram.until(lambda: not telegram.updates.pending, within=PATIENCE)
