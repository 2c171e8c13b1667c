"""The stand-in's webhook is driven as Telegram drives one."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from telegram import Bot
from telegram.error import BadRequest, Conflict

from tests.telegram.server import Server
from tests.telegram.stand_in import Telegram


class Hook:
    """A bot's webhook: fails as often as told, then takes what comes."""

    def __init__(self, *, failures: int = 0) -> None:
        self.failures = failures
        self.secrets: list[str | None] = []
        self.taken: list[int] = []
        self.answer: Response = Response()
        self.server = Server(
            Starlette(routes=[Route("/t", self._take, methods=["POST"])])
        )

    @property
    def url(self) -> str:
        """The address to set."""
        return f"http://127.0.0.1:{self.server.port}/t"

    async def _take(self, request: Request) -> Response:
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        if self.failures:
            self.failures -= 1
            return Response(status_code=500)
        self.taken.append((await request.json())["update_id"])
        return self.answer


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    """Give a webhook that listens."""
    hook = Hook()
    await hook.server.start()
    yield hook
    await hook.server.stop()


async def test_a_refused_post_comes_again_in_order(
    telegram: Telegram, bot: Bot, hook: Hook
) -> None:
    """What waits is posted with the secret, again if it fails, a chat in order."""
    sam = telegram.person()
    hook.failures = 2
    sent = [await sam.types(text, waits=False) for text in ("one", "two", "three")]
    await bot.set_webhook(hook.url, secret_token="s3cret")
    await telegram.until(lambda: len(hook.taken) == 3)
    assert hook.taken == sent
    assert hook.secrets == ["s3cret"] * 5
    assert telegram.ledger.handed_again() == sent[:1]
    await telegram.until(lambda: not telegram.updates.pending)
    assert "500" in str((await bot.get_webhook_info()).last_error_message)


async def test_a_webhook_and_polling_exclude_each_other(
    telegram: Telegram, bot: Bot, hook: Hook
) -> None:
    """Setting a webhook ends a poll; deleting it lets the bot poll again."""
    parked = asyncio.create_task(bot.get_updates(timeout=60))
    await telegram.until(lambda: telegram.updates.parked)
    await bot.set_webhook(hook.url, allowed_updates=["message"])
    with pytest.raises(Conflict):
        await parked
    with pytest.raises(Conflict):
        await bot.get_updates()
    assert (await bot.get_webhook_info()).allowed_updates == ("message",)
    await bot.delete_webhook()
    await telegram.person().starts(waits=False)
    assert len(await bot.get_updates()) == 1
    assert hook.taken == []


async def test_a_repeat_and_a_new_order_can_be_had(
    telegram: Telegram, bot: Bot, hook: Hook
) -> None:
    """Updates can be held back, handed in another order, and handed twice."""
    await bot.set_webhook(hook.url)
    telegram.updates.hold()
    sam = telegram.person()
    first = await sam.starts(waits=False)
    second = await sam.types("he is outside", waits=False)
    assert first is not None
    assert second is not None
    telegram.updates.release([second, first])
    await telegram.until(lambda: len(hook.taken) == 2)
    telegram.updates.repeat(first)
    await telegram.until(lambda: len(hook.taken) == 3)
    assert hook.taken == [second, first, first]
    assert telegram.ledger.handed_again() == [first]


async def test_a_call_may_come_in_the_answer(
    telegram: Telegram, bot: Bot, hook: Hook
) -> None:
    """A bot may answer a post with a call, which is checked and done like any other."""
    sam = telegram.person()
    call = {"method": "sendMessage", "chat_id": sam.id, "text": "Call 999"}
    hook.answer = JSONResponse(call)
    await bot.set_webhook(hook.url)
    await sam.starts()
    assert sam.sees("Call 999")
    assert telegram.ledger.calls_for(sam.id)[0].way == "in the webhook's answer"


async def test_a_webhook_needs_https_and_a_proper_secret(
    telegram: Telegram, bot: Bot, hook: Hook
) -> None:
    """A plain address and an odd secret are refused; a proxy may stand in between."""
    with pytest.raises(BadRequest, match="https url must be provided"):
        await bot.set_webhook("http://bot.example/t")
    with pytest.raises(BadRequest, match="unallowed characters"):
        await bot.set_webhook(hook.url, secret_token="a b")
    telegram.webhook_goes_to(f"http://127.0.0.1:{hook.server.port}")
    await bot.set_webhook("https://bot.example/t")
    await telegram.person().starts(waits=False)
    await telegram.until(lambda: len(hook.taken) == 1)
