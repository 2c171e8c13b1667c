"""Our store is slow, or fails: 999 waits for nothing, and whoever leaves has left."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

import pytest

from bot import in_time
from bot.core.errors import StoreError
from bot.core.person import PersonKey
from bot.frontdesk import FrontDesk
from bot.stores.base import T, Work
from tests.channels.running import FORGET_AFTER, Desk, running, small_machine
from tests.stores.shelf import held, opened
from tests.telegram.stand_in import Telegram


@pytest.mark.parametrize("code", [502, 429])
async def test_m02_999_is_sent_again_where_our_store_and_telegram_fail_at_once(
    telegram: Telegram, desk: Desk, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """A restart, a slow store and many people at once: both faults come together."""

    async def fails(*_: object, **__: object) -> None:
        raise StoreError("away")

    sam = telegram.person()
    async with running(telegram, desk):
        monkeypatch.setattr(desk.store, "turn", fails)
        if code == 429:
            telegram.misbehaves.floods(1, "sendMessage", chat=sam.id)
        else:
            telegram.misbehaves.refuses("sendMessage", code=code)
        await sam.types("he is outside", waits=False)
        await telegram.until(lambda: sam.sees("Call 999"))


async def test_b28_no_screen_waits_until_it_is_noted(
    telegram: Telegram, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store stops answering just after the first screen: 999 comes all the same."""
    held, turn = asyncio.Event(), desk.store.turn

    async def waits(person: PersonKey, receipt: str | None, work: Work[T]) -> T:
        if receipt is None:
            await held.wait()
        return await turn(person, receipt, work)

    sam = telegram.person()
    monkeypatch.setattr(in_time, "PATIENCE_SECONDS", 0.2)
    monkeypatch.setattr(desk.store, "turn", waits)
    async with running(telegram, desk):
        await sam.starts(waits=False)
        await telegram.until(lambda: sam.sees("call 999"))
        await sam.taps("danger", waits=False)
        await telegram.until(lambda: sam.sees("Call 999"))
        held.set()


@pytest.mark.parametrize("then", ["danger", "he is outside"])
async def test_b28_danger_does_not_wait_for_the_answer_before_it(
    telegram: Telegram, desk: Desk, tmp_path: Path, then: str
) -> None:
    """Of somebody unknown an answer waits for the store; danger after it does not."""
    sam, path = telegram.person(), tmp_path / "waymark.db"
    async with opened(path, desk.clock) as store:
        desk.front_desk = FrontDesk(small_machine(), store, desk.clock, FORGET_AFTER)
        async with running(telegram, desk):
            await sam.starts()
            with held(path):
                await sam.taps("not_now", waits=False)
                if then == "danger":
                    await sam.taps(then, waits=False)
                else:
                    await sam.types(then, waits=False)
                await telegram.until(partial(sam.sees, "Call 999"))
            await telegram.until(partial(sam.sees, "Call 999 now and ask"))
            await sam.taps("safe_now")
            assert sam.sees("Which of these fit?")
            await sam.taps("leave")
    assert sam.chat == []


async def test_b28_whoever_leaves_without_the_store_leaves_an_empty_chat(
    telegram: Telegram, desk: Desk, tmp_path: Path
) -> None:
    """Which messages are there, the store alone knows: they go once it answers."""
    sam, path = telegram.person(), tmp_path / "waymark.db"
    async with opened(path, desk.clock) as store:
        desk.front_desk = FrontDesk(small_machine(), store, desk.clock, FORGET_AFTER)
        async with running(telegram, desk):
            await sam.starts()
            await sam.sends_photo()
            with held(path):
                await sam.types("/exit", waits=False)
                deletes = telegram.ledger.calls_of
                before = len(deletes("deleteMessages"))
                await telegram.until(lambda: len(deletes("deleteMessages")) > before)
                assert len(sam.chat) > 0
            await telegram.until(lambda: sam.chat == [])


async def test_b28_a_disk_that_hangs_leaves_nobody_without_an_answer(
    telegram: Telegram, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No answer ever comes from it; the one to their tap has 999 in it."""

    async def hangs(*_: object, **__: object) -> None:
        await asyncio.Event().wait()

    sam = telegram.person()
    for name in ("PATIENCE_SECONDS", "HANGS_SECONDS"):
        monkeypatch.setattr(in_time, name, 0.1)
    async with running(telegram, desk):
        await sam.starts()
        monkeypatch.setattr(desk.store, "turn", hangs)
        await sam.taps("not_now", waits=False)
        await telegram.until(partial(sam.sees, "Call 999"))
