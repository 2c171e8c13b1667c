"""The composition root: settings in, what runs out. Only here are parts picked.

Nothing is built at import, and what a command does not need is not imported for it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from math import ceil
from typing import TYPE_CHECKING

from bot.core.engine.profile import Profile, profile_of
from bot.core.engine.screen import Moment
from bot.core.errors import SettingsError
from bot.core.person import PersonKey, person_key
from bot.frontdesk import Clock, FrontDesk
from bot.recent_words import RecentWords
from bot.settings import DATA, KEY, STORE, TOKEN, WEBHOOK_SECRET, Settings
from bot.shelf import Shelf
from bot.tally import Tally

if TYPE_CHECKING:
    from bot.channels.telegram.webhook import WebhookAddress
    from bot.core.engine.machine import FlowMachine
    from bot.operations.metrics import Metrics
    from bot.running import App
    from bot.stores.base import Store
    from bot.stores.sealing import Sealer
    from bot.web.site import Site
    from bot.workbench import Workbench

DATABASE, PROVED = "waymark.db", "flow.proved"  # names in the data folder
NO_TOKEN = (
    f"{TOKEN} is not set. Write to @BotFather in Telegram, send /newbot, and put the"
    f" token that it gives you into {TOKEN}. To try Waymark without one: waymark chat"
)
NO_SECRET = (
    f"{WEBHOOK_SECRET} is not set: without it anyone could post to the webhook. Make"
    f" one with: openssl rand -hex 32. Put it into {WEBHOOK_SECRET}, the same on every"
    " replica."
)
NOTHING_KEPT = (
    "{missing} is not there: Waymark never ran here, or with other settings. Type this"
    " in the folder that it runs in, with its settings, or set {setting} as it has it."
    " Nothing was made."
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
    from bot.channels.telegram.app import TelegramChannel
    from bot.channels.telegram.manner import Manner
    from bot.channels.telegram.notes import merged
    from bot.running import App
    from bot.stores.standby import StandbyStore

    webhook, metrics = _webhook(settings), _metrics(settings)

    sealer = build_sealer(settings)  # makes the data folder, if there is none yet
    shelf = Shelf(settings.flow, settings.data / PROVED, counting=settings.count)
    make = partial(build_store, settings, sealer, clock)
    store = store or StandbyStore(make, clock, settings.forget_after, merged)
    desk = _served_desk(settings, shelf.machine, store, clock, metrics)
    channel = TelegramChannel(
        settings.telegram_token,
        settings.telegram_api,
        desk,
        name_of_chats(sealer),
        settings.proxy,
        Manner(settings.delete_typed, settings.last_line),
        webhook,
        metrics.call if metrics else None,
    )
    if metrics is None:
        return App(store, channel, desk, shelf)
    from bot.sites import build_sites

    sites = build_sites(settings, metrics, store, channel, shelf)
    return App(store, channel, desk, shelf, sites)


def _metrics(settings: Settings) -> Metrics | None:
    """Return what counts, for the pages that are served; None where none is."""
    if settings.health is None and settings.webhook_url is None:
        return None
    from bot.operations.metrics import Metrics

    return Metrics()


def _served_desk(
    settings: Settings,
    machine: FlowMachine,
    store: Store,
    clock: Clock,
    metrics: Metrics | None,
) -> FrontDesk:
    desk = _measured_by(metrics) if metrics else FrontDesk
    return desk(
        *(machine, store, clock, settings.forget_after, switched_on(settings)),
        recent=RecentWords(),
        tally=build_tally(settings, clock) if settings.count else None,
    )


def _measured_by(metrics: Metrics) -> Callable[..., FrontDesk]:
    from bot.measured_desk import MeasuredDesk

    return partial(MeasuredDesk, on_turn=metrics.turn)


def _webhook(settings: Settings) -> WebhookAddress | None:
    if settings.webhook_url is None:
        return None
    if settings.webhook_secret is None:
        raise SettingsError(NO_SECRET)
    from bot.channels.telegram.webhook import WebhookAddress

    return WebhookAddress(settings.webhook_url, settings.webhook_secret)


def switched_on(settings: Settings) -> frozenset[str]:
    """Return which of the settings that people are told of are on."""
    switches = {
        "typed_words": settings.delete_typed,
        "last_line": settings.last_line,
        "counting": settings.count,
    }
    return frozenset(name for name, is_on in switches.items() if is_on)


def build_profiles(settings: Settings) -> tuple[str, tuple[Profile, ...]]:
    """Return the bot's token, and what it is to say of itself in each language."""
    if settings.telegram_token is None:
        raise SettingsError(NO_TOKEN)
    from bot.proved import load_flow

    machine = load_flow(settings.flow, settings.data / PROVED)
    on = switched_on(settings)
    minutes = ceil(settings.forget_after.total_seconds() / 60)
    moment = Moment(utc_now(), minutes, on)
    flows = (machine.flow_in(language) for language in machine.languages)
    return settings.telegram_token, tuple(profile_of(each, moment) for each in flows)


def name_of_chats(sealer: Sealer) -> Callable[[int], PersonKey]:
    """Return how a chat's number becomes the name under which its person is kept."""
    earlier = sealer.earlier_names_keys
    return partial(person_key, sealer.names_key, "telegram", earlier=earlier)


def build_sealer(settings: Settings) -> Sealer:
    """Return what hides names and records, from the key in force and those before."""
    from bot.stores.keys import load_keys
    from bot.stores.sealing import Sealer

    return Sealer(*load_keys(settings.data, settings.key))


def build_store(settings: Settings, sealer: Sealer, clock: Clock = utc_now) -> Store:
    """Return the store that is set, not opened yet."""
    from bot.stores.opening import open_store

    where = settings.store or settings.data / DATABASE
    return open_store(where, sealer, clock, settings.forget_after)


async def store_in_use(settings: Settings) -> Store:
    """Return the store that a Waymark keeps people in, not opened yet; nothing is made.

    Raises SettingsError where there is no store or no key yet: whoever looks for them
    is in another folder than Waymark, or has other settings. And StoreError.
    """
    from bot.stores.examining import examine
    from bot.stores.keys import KEY_FILE, read_keys
    from bot.stores.sealing import Sealer

    keys = read_keys(settings.data, settings.key)
    where = settings.store or settings.data.absolute() / DATABASE
    found = await examine(where, Sealer(*(keys or (b"none was made yet",))))
    if found.is_new:
        missing, setting = found.where, STORE if settings.store else DATA
        raise SettingsError(NOTHING_KEPT.format(missing=missing, setting=setting))
    if not keys:
        missing = str(settings.data.absolute() / KEY_FILE)
        raise SettingsError(NOTHING_KEPT.format(missing=missing, setting=KEY))
    return build_store(settings, Sealer(*keys))


def build_tally(settings: Settings, clock: Clock = utc_now) -> Tally:
    """Return what adds people up, and removes counts that are past their time."""
    return Tally(clock, settings.keep_counts)


def build_desk(
    machine: FlowMachine, settings: Settings, clock: Clock = utc_now
) -> FrontDesk:
    """Return a front desk that remembers only while this process runs."""
    from bot.stores.memory import MemoryStore

    store = MemoryStore(clock, settings.forget_after)
    on = switched_on(settings)
    return FrontDesk(machine, store, clock, settings.forget_after, on)


def build_workbench(settings: Settings, port: int) -> tuple[Workbench, Site]:
    """Return the flow that is worked on, and its pages, for this computer alone."""
    from bot.web.site import Site
    from bot.web.workbench import Bench, workbench_pages
    from bot.workbench import Workbench

    def desk_of(machine: FlowMachine, at: datetime | None) -> FrontDesk:
        return build_desk(machine, settings, (lambda: at) if at else utc_now)

    work = Workbench(settings.flow, desk_of, counting=settings.count)
    bench = Bench(work.begin, work.answer, work.state, work.picture)
    return work, Site("--port", ("127.0.0.1", port), workbench_pages(bench))
