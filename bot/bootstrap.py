"""The composition root: settings in, what runs out. Only here are parts picked.

Nothing is built at import, and what a command does not need is not imported for it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from bot.core.errors import SettingsError
from bot.core.person import person_key
from bot.frontdesk import Clock, FrontDesk
from bot.settings import TOKEN, Settings
from bot.shelf import Shelf
from bot.tally import Tally

if TYPE_CHECKING:
    from bot.core.engine.machine import FlowMachine
    from bot.running import App
    from bot.stores.base import Store
    from bot.stores.sealing import Sealer

DATABASE, PROVED = "waymark.db", "flow.proved"  # names in the data folder
NO_TOKEN = (
    f"{TOKEN} is not set. Write to @BotFather in Telegram, send /newbot, and put the"
    f" token that it gives you into {TOKEN}. To try Waymark without one: waymark chat"
)


def utc_now() -> datetime:
    """Return the time, aware."""
    return datetime.now(UTC)


def build(
    settings: Settings, *, store: Store | None = None, clock: Clock = utc_now
) -> App:
    """Return Waymark on Telegram, ready to run; `store` in place of the one set.

    Raises SettingsError or StoreError, each with what to do about it. A flow that is
    unfit does not keep it from starting: then the built-in one shows 999.
    """
    if settings.telegram_token is None:
        raise SettingsError(NO_TOKEN)
    # Some commands never need these, and they are slow to import.
    from bot.channels.telegram.app import TelegramChannel  # noqa: PLC0415
    from bot.running import App  # noqa: PLC0415

    sealer = build_sealer(settings)  # makes the data folder, if there is none yet
    shelf = Shelf(settings.flow, settings.data / PROVED, counting=settings.count)
    store = store or build_store(settings, sealer, clock)
    tally = build_tally(settings, clock) if settings.count else None
    desk = FrontDesk(shelf.machine, store, clock, settings.forget_after, tally)
    channel = TelegramChannel(
        settings.telegram_token,
        settings.telegram_api,
        desk,
        partial(person_key, sealer.names_key, "telegram"),
        settings.proxy,
    )
    return App(store, channel, desk, shelf, settings.health, tally)


def build_sealer(settings: Settings) -> Sealer:
    """Return what hides names and records, from the key in force."""
    from bot.stores.keys import load_key  # noqa: PLC0415
    from bot.stores.sealing import Sealer  # noqa: PLC0415

    return Sealer(load_key(settings.data, settings.key))


def build_store(settings: Settings, sealer: Sealer, clock: Clock = utc_now) -> Store:
    """Return the store that is set, not opened yet."""
    from bot.stores.opening import open_store  # noqa: PLC0415

    where = settings.store or settings.data / DATABASE
    return open_store(where, sealer, clock, settings.forget_after)


def build_tally(settings: Settings, clock: Clock = utc_now) -> Tally:
    """Return what adds people up, and removes counts that are past their time."""
    return Tally(clock, settings.keep_counts)


def build_desk(
    machine: FlowMachine, settings: Settings, clock: Clock = utc_now
) -> FrontDesk:
    """Return a front desk that remembers only while this process runs."""
    from bot.stores.memory import MemoryStore  # noqa: PLC0415

    store = MemoryStore(clock, settings.forget_after)
    return FrontDesk(machine, store, clock, settings.forget_after)
