"""Telegram posts updates to us: asked for, taken, and answered once they are safe."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

from telegram import Bot, WebhookInfo
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.telegram.contact import Contact
from bot.channels.telegram.in_hand import InHand
from bot.channels.telegram.patience import first_of, growing
from bot.channels.telegram.updates import ALLOWED_UPDATES
from bot.core.errors import ChannelError

MOST_CONNECTIONS = 100  # the most that Telegram opens for a webhook
LOOK_EVERY = 30.0  # seconds; health looks at 90
# Seconds. Telegram hears that an update is taken once its screen is shown: if we end
# before that, it comes again, and somebody shows it. But no slow send holds up the
# answer for longer than this, once the turn is kept: Telegram holds back what comes
# next from that chat, and that may be a quick exit.
_SHOWN_WITHIN = 0.5
_KEPT_WITHIN = 20.0  # a proxy in front gives up after 30

TAKEN_AWAY = "another program has taken Telegram's updates; start this one again"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WebhookAddress:
    """Where Telegram is to post, and the secret that tells its posts from others'."""

    url: str
    secret: str = field(repr=False)


class Webhook:
    """One process's share of what is posted; others may serve the same address."""

    def __init__(
        self, bot: Bot, in_hand: InHand, address: WebhookAddress, contact: Contact
    ) -> None:
        """Prepare; nothing is taken before `run`."""
        self._bot = bot
        self._in_hand = in_hand
        self._address = address
        self._contact = contact
        self._takes = False
        self._told = ""  # the trouble of Telegram's that was last logged

    async def run(self) -> None:
        """Have updates posted here, and look now and then whether they still are.

        Raises ChannelError where Telegram does not take the address, InvalidToken.
        """
        self._takes = True
        for wait in growing():
            if await self._worked(self._set()):
                break
            await asyncio.sleep(wait)
        while True:
            await self._worked(self._look())
            await asyncio.sleep(LOOK_EVERY)

    async def take(self, posted: Mapping[str, Any]) -> bool:
        """Serve what was posted. True: it is safe here. False: let it come again.

        Raises ValueError where it is no update.
        """
        update_id = posted.get("update_id")
        if type(update_id) is not int:  # nor a truth value, which is one in Python
            raise ValueError("not an update")
        if not self._takes:
            return False
        # One that comes again while it is in hand waits for what is done already.
        served = self._in_hand.take(posted, update_id)
        await first_of(served.task, within=_SHOWN_WITHIN)
        await first_of(served.task, served.safe, within=_KEPT_WITHIN)
        return served.safe.done() and not served.safe.cancelled()

    def ends(self) -> None:
        """Take no more."""
        self._takes = False

    async def _set(self) -> None:
        try:
            await self._bot.set_webhook(
                self._address.url,
                secret_token=self._address.secret,
                allowed_updates=ALLOWED_UPDATES,
                max_connections=MOST_CONNECTIONS,
                drop_pending_updates=False,
            )
        except BadRequest as refusal:
            raise ChannelError(
                f"Telegram does not take WAYMARK_WEBHOOK_URL ({refusal.message})."
                " It has to be an https address that can be reached from everywhere."
            ) from refusal

    async def _look(self) -> None:
        told = await self._bot.get_webhook_info()
        ours = told.url == self._address.url
        self._contact.trouble = None if ours else TAKEN_AWAY
        self._tell(self._contact.trouble or _undelivered(told))

    def _tell(self, trouble: str) -> None:
        if trouble and trouble != self._told:
            log.warning("%s", trouble)
        self._told = trouble

    async def _worked(self, call: Coroutine[Any, Any, None]) -> bool:
        try:
            await call
        except InvalidToken:
            raise
        except TelegramError as error:
            self._contact.failed(type(error).__name__)
            return False
        self._contact.worked()
        return True


def _undelivered(told: WebhookInfo) -> str:
    if not told.pending_update_count or not told.last_error_message:
        return ""
    return f"Telegram could not hand over updates: {told.last_error_message}"
