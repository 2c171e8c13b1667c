"""Our store is slow, or fails: 999 waits for nothing, and whoever leaves has left."""

from __future__ import annotations

import asyncio
import resource
import signal
from functools import partial
from pathlib import Path

import pytest

from bot import in_time
from bot.channels.telegram.notes import merged
from bot.core.errors import StoreError
from bot.core.person import PersonKey
from bot.frontdesk import FrontDesk
from bot.stores import standby
from bot.stores.base import T, Work
from bot.stores.standby import StandbyStore
from tests.channels.running import FORGET_AFTER, Desk, key_of, running, small_machine
from tests.channels.test_telegram_isolation import goes_through
from tests.channels.test_threat_comes_back import SlowStore
from tests.stores.shelf import held, opened, store_at
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


async def test_one_chats_updates_are_taken_in_their_order_also_where_one_is_urgent(
    telegram: Telegram, desk: Desk
) -> None:
    """What must be answered waits beside the others, and not behind what came later."""
    sam, store = telegram.person(), SlowStore(desk.clock, FORGET_AFTER)
    desk.front_desk = FrontDesk(small_machine(), store, desk.clock, FORGET_AFTER)
    async with running(telegram, desk):
        await sam.starts()
        screen = sam.screen
        telegram.updates.hold()
        await sam.taps("not_now", waits=False)
        await sam.starts(waits=False)
        await sam.taps("not_now", on_message=screen, waits=False)
        telegram.updates.release()
        await telegram.until(lambda: not telegram.updates.pending)
        kept = await store.read(key_of(sam.id))
        assert kept is not None
        assert kept["conversation"]["here"][0] == "which_of_four"


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


async def test_b01_a_tap_is_acknowledged_while_the_store_is_slow(
    telegram: Telegram, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B01: the button stops spinning before any slow work is done."""
    held, turn = asyncio.Event(), desk.store.turn

    async def waits(person: PersonKey, receipt: str | None, work: Work[T]) -> T:
        await held.wait()
        return await turn(person, receipt, work)

    sam = telegram.person()
    async with running(telegram, desk):
        await sam.starts()
        monkeypatch.setattr(desk.store, "turn", waits)
        await sam.taps("not_now", waits=False)
        (tap,) = telegram.chats.meet(sam.chat_about).taps.values()
        await telegram.until(lambda: tap.answer is not None)
        assert sam.sees("call 999")
        assert not sam.sees("Which of these fit?")
        held.set()
        await telegram.until(partial(sam.sees, "Which of these fit?"))


async def test_m01_guidance_goes_on_to_its_end_while_the_disk_is_full(
    telegram: Telegram, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever began before and whoever comes now both reach help, and it is kept."""
    monkeypatch.setattr(standby, "RETRY_SECONDS", 0.1)
    make = partial(store_at, tmp_path / "waymark.db", desk.clock)
    store = StandbyStore(make, desk.clock, FORGET_AFTER, merged)
    await store.open()
    front_desk = FrontDesk(small_machine(), store, desk.clock, FORGET_AFTER)
    sam, kim = telegram.person(), telegram.person()
    async with running(telegram, desk, front_desk=front_desk):
        await sam.starts()
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
        try:
            await asyncio.gather(*(goes_through(telegram, each) for each in (sam, kim)))
            assert front_desk.is_owed
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            signal.signal(signal.SIGXFSZ, ignored)
        await telegram.until(lambda: store.trouble is None)
        for each in (sam, kim):
            kept = await store.read(key_of(each.id))
            assert kept is not None
            assert kept["conversation"]["here"][0] == "call_999"
    await store.close()
