"""What is served over HTTP, and where: the webhook apart from what operators see."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.operations.metrics import Metrics
from bot.running import Channel, not_ready
from bot.settings import HEALTH, LISTEN, Settings
from bot.shelf import Shelf
from bot.stores.base import Store
from bot.web.health import health_pages
from bot.web.site import Site
from bot.web.webhook import webhook


def build_sites(
    settings: Settings, metrics: Metrics, store: Store, channel: Channel, shelf: Shelf
) -> tuple[Site, ...]:
    """Return all sites; one for both where both are set to the same address."""
    _show_state(metrics, store, channel, shelf)
    sites: dict[tuple[str, int], Site] = {}
    if settings.health:
        pages = health_pages(
            lambda: not_ready(channel, shelf), lambda: store.trouble, metrics.page
        )
        sites[settings.health] = Site(HEALTH, settings.health, pages)
    if settings.webhook_url and settings.webhook_secret:
        path = urlsplit(settings.webhook_url).path or "/"
        hook = webhook(path, settings.webhook_secret, channel.take, metrics.post)
        at = settings.listen
        beside = sites[at].routes if at in sites else []
        sites[at] = Site(LISTEN, at, [*beside, hook])
    return tuple(sites.values())


def _show_state(metrics: Metrics, store: Store, channel: Channel, shelf: Shelf) -> None:
    for name, about, holds in (
        ("ready", "/ready", lambda: not_ready(channel, shelf) is None),
        ("flow_fit", "the flow can be used", lambda: not shelf.has_nothing),
        ("store_keeps", "the last turns were kept", lambda: store.trouble is None),
    ):
        metrics.shows(name, f"1: {about}. 0: not.", holds)
    metrics.shows(
        "updates_in_hand",
        "Updates that are being served or wait for it.",
        lambda: channel.in_hand,
    )
