"""A stand-in for Telegram: one bot's API over HTTP, and the people who write to it."""

import asyncio
import time
from collections.abc import Callable
from itertools import count
from typing import Self

from tests.telegram.bot_api import BotApi
from tests.telegram.chats import BOT, Chats
from tests.telegram.clock import Clock
from tests.telegram.json_types import Json
from tests.telegram.ledger import Ledger
from tests.telegram.methods import Methods
from tests.telegram.misbehaviour import Misbehaviour
from tests.telegram.people import Person
from tests.telegram.profile import Profile
from tests.telegram.server import Server
from tests.telegram.updates import Updates

__all__ = ["Person", "Telegram"]


class Telegram:
    """Runs in the test's event loop: `async with Telegram() as telegram`.

    `base` is what a bot is given for its API, `token` what it signs in with. `ledger`
    tells what happened, `misbehaves` takes orders, `violations` is what the bot did
    against the published table. `patience` is how many seconds anyone waits for the
    bot. `finished` are the updates that it has done with; where that is None, nobody
    knows, and it counts as having finished once it was silent for `quiet`.
    """

    def __init__(
        self, *, token: str = f"{BOT['id']}:stand-in", patience: float = 120
    ) -> None:
        self.token, self.patience, self.quiet = token, patience, 0.05
        self.finished: set[int] | None = None
        self.clock, self.ledger = Clock(), Ledger()
        self.chats = Chats(self.clock)
        self.updates = Updates(self.clock, self.ledger)
        self._methods = Methods(self.chats, self.updates, self.ledger)
        self._api = BotApi(token, self.chats, self._methods, self.ledger, cut=self._cut)
        self._server = Server(self._api.app)
        self._ids = count(700_000_001)

    @property
    def base(self) -> str:
        """The address of this Telegram, without `/bot`."""
        return f"http://127.0.0.1:{self._server.port}"

    @property
    def misbehaves(self) -> Misbehaviour:
        """Where a test orders what goes wrong."""
        return self._api.misbehaves

    @property
    def violations(self) -> list[str]:
        """Every breach of Telegram's published table so far."""
        return self._api.violations

    @property
    def profile(self) -> Profile:
        """What the bot has set as its name, descriptions, commands and menu button."""
        return self._methods.profile

    def webhook_goes_to(self, address: str) -> None:
        """Post to this address whatever host a webhook names, as a proxy would."""
        self._methods.webhook_goes_to = address

    def person(
        self,
        id: int | None = None,  # noqa: A002 - Telegram's word
        language: str | None = "en",
        *,
        first_name: str = "Sam",
        username: str | None = None,
        group: int | None = None,
    ) -> Person:
        """Bring in somebody with a Telegram account; in a group if its id is given."""
        about: Json = {
            "id": id or next(self._ids),
            "is_bot": False,
            "first_name": first_name,
        }
        about |= {"language_code": language} if language else {}
        about |= {"username": username} if username else {}
        named = {
            key: about[key] for key in ("id", "first_name", "username") if key in about
        }
        chat: Json = named | {"type": "private"}
        if group is not None:
            chat = {"id": group, "type": "supergroup", "title": "A group"}
        return Person(self, about, chat)

    async def until(
        self, holds: Callable[[], bool], *, within: float | None = None
    ) -> None:
        """Wait until something holds; fail with what was seen if it never does."""
        ends = time.monotonic() + (self.patience if within is None else within)
        while not holds():
            if time.monotonic() > ends:
                raise AssertionError("It never came to hold. " + self.story())
            await asyncio.sleep(0.005)

    def story(self, chat_id: int | None = None) -> str:
        """Tell the last calls (of one chat), for a test that fails."""
        calls = self.ledger.calls if chat_id is None else self.ledger.calls_for(chat_id)
        lines = [
            f"  {call.method} {call.parameters} -> {call.status} {call.description}"
            for call in calls[-12:]
        ]
        pending = [update.id for update in self.updates.pending]
        waiting = f"{len(pending)}, the first {pending[:12]}"
        seen = "\n".join(lines) or "  none"
        return (
            f"Calls:\n{seen}\nNot confirmed: {waiting}\nViolations: {self.violations}"
        )

    async def goes_down(self) -> None:
        """Stop listening; open connections are reset."""
        await self._server.stop()

    async def comes_back(self) -> None:
        """Listen again on the same port."""
        await self._server.start()

    async def __aenter__(self) -> Self:
        """Start listening."""
        await self._server.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop listening and posting."""
        if self._methods.webhook:
            await self._methods.webhook.stop()
        await self._server.stop()

    def _cut(self, client: tuple[str, int]) -> None:
        self._server.cut(client)
