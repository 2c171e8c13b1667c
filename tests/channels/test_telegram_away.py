"""Telegram, a proxy or the network's names are gone, and come back by themselves."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest

from bot import running as process
from bot.channels.telegram import patience
from bot.channels.telegram.app import TelegramChannel
from tests.channels.posting import posted
from tests.channels.proxy import NOWHERE, a_proxy
from tests.channels.running import Desk, running
from tests.telegram.stand_in import Telegram

Does = Callable[[], Awaitable[None]]
NAME = "telegram.invalid"


@dataclass
class Way:
    """How a channel reaches Telegram (`given` to it), and how that goes and returns."""

    given: dict[str, Any]
    goes: Does
    returns: Does


@asynccontextmanager
async def by_itself(telegram: Telegram, _: pytest.MonkeyPatch) -> AsyncIterator[Way]:
    """Give the way on which nothing but Telegram can fail."""
    yield Way({}, telegram.goes_down, telegram.comes_back)


@asynccontextmanager
async def by_proxy(telegram: Telegram, _: pytest.MonkeyPatch) -> AsyncIterator[Way]:
    """Give the way through a proxy that ends, and is started again at its place."""
    async with AsyncExitStack() as first, AsyncExitStack() as second:
        proxy = await first.enter_async_context(a_proxy(telegram.base))
        address = f"http://127.0.0.1:{proxy.port}"

        async def starts_again() -> None:
            await second.enter_async_context(a_proxy(telegram.base, proxy.port))

        yield Way({"api_base": NOWHERE, "proxy": address}, first.aclose, starts_again)


@asynccontextmanager
async def by_name(
    telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Way]:
    """Give the way to a host whose name is known, then to nobody, then again."""
    is_known, real = True, socket.getaddrinfo

    def look_up(host: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 as Python has it
        if host != NAME:
            return real(host, *args, **kwargs)
        if is_known:
            return real("127.0.0.1", *args, **kwargs)
        raise socket.gaierror(socket.EAI_AGAIN, "no name server answers")

    async def goes() -> None:
        nonlocal is_known
        is_known = False
        await telegram.goes_down()  # what is connected needs no name
        await telegram.comes_back()

    async def returns() -> None:
        nonlocal is_known
        is_known = True

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    base = telegram.base.replace("127.0.0.1", NAME)
    yield Way({"api_base": base}, goes, returns)


def trouble(channel: TelegramChannel) -> str | None:
    """Tell what /ready says of Telegram."""
    return channel.trouble or process.not_heard(channel.last_heard)


@pytest.mark.parametrize("way", [by_itself, by_proxy, by_name])
async def test_b14_b15_what_is_gone_is_told_outwaited_and_recovered_from(
    telegram: Telegram,
    desk: Desk,
    way: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """B14, B15: health turns red, nobody has to help, and who wrote is answered."""
    monkeypatch.setattr(process, "STALE_AFTER_SECONDS", 0.3)
    monkeypatch.setattr(patience, "_FIRST_WAIT", 0.05)
    sam = telegram.person()
    async with (
        way(telegram, monkeypatch) as to,
        running(telegram, desk, **to.given) as channel,
    ):
        await sam.starts()
        await to.goes()
        await telegram.until(lambda: bool(trouble(channel)))
        await sam.types("no", waits=False)
        await to.returns()
        await telegram.until(lambda: sam.screen.text == "Which of these fit?")
        assert trouble(channel) is None
        assert await desk.step(sam.id) == "which_of_four"


async def test_b14_by_webhook_it_is_told_too(
    telegram: Telegram, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B14: what cannot be answered is not ready, although posts may still come in."""
    monkeypatch.setattr(process, "STALE_AFTER_SECONDS", 0.3)
    monkeypatch.setattr("bot.channels.telegram.webhook.LOOK_EVERY", 0.05)
    async with posted(telegram, desk) as hook:
        await telegram.until(lambda: trouble(hook.channel) is None)
        await telegram.goes_down()
        await telegram.until(lambda: bool(trouble(hook.channel)))
        await telegram.comes_back()
        await telegram.until(lambda: trouble(hook.channel) is None)


async def test_b15_the_waits_grow_while_telegram_does_not_answer(
    telegram: Telegram, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B15: a Telegram that has enough to do is not asked without a pause."""
    monkeypatch.setattr(patience, "_FIRST_WAIT", 0.02)
    telegram.misbehaves.refuses("getUpdates", code=502, times=5)
    async with running(telegram, desk):
        await telegram.person().starts()
    polls = telegram.ledger.calls_of("getUpdates")[:6]
    gaps = [later.at - earlier.at for earlier, later in pairwise(polls)]
    for gap, wait in zip(gaps, (0.02, 0.04, 0.08, 0.16, 0.32), strict=True):
        assert gap >= wait
    waits = patience.growing()
    assert [next(waits) for _ in range(12)][-1] == patience._LONGEST_WAIT  # noqa: SLF001


async def test_a_retry_after_is_kept_to_by_polling_too(
    telegram: Telegram, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is asked to wait and does not is shut out for longer."""
    monkeypatch.setattr(patience, "_FIRST_WAIT", 0.01)
    telegram.misbehaves.refuses(
        "getUpdates", code=429, parameters={"retry_after": 1}, times=1
    )
    async with running(telegram, desk):
        await telegram.person().starts()
    first, second = telegram.ledger.calls_of("getUpdates")[:2]
    assert second.at - first.at >= 1
