"""The Telegram channel: starts and stops the library, and hands on its updates."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from secrets import token_hex
from typing import Any

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.calls import Calls
from bot.channels.telegram.contact import Contact
from bot.channels.telegram.delivery import Delivery
from bot.channels.telegram.in_hand import InHand
from bot.channels.telegram.lanes import Lanes
from bot.channels.telegram.manner import AS_USUAL, Manner
from bot.channels.telegram.patience import cancelled, first_of, growing, within
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.reading import Reader
from bot.channels.telegram.refusals import TOKEN_REFUSED
from bot.channels.telegram.requests import (
    OnCall,
    PollingRequest,
    SendingRequest,
    base_url,
)
from bot.channels.telegram.taps import Told
from bot.channels.telegram.updates import (
    Incoming,
    chat_of,
    chat_that_closed,
    receipt_of,
    room_to_leave,
)
from bot.channels.telegram.webhook import Webhook, WebhookAddress
from bot.core.engine.conversation import Unread
from bot.core.errors import ChannelError
from bot.core.person import PersonKey
from bot.frontdesk import FrontDesk

# Seconds. Together they end within the ten that a service manager waits (B21).
_FINISH_WITHIN, _CONFIRM_WITHIN, _ACKNOWLEDGE_WITHIN = 5.0, 1.5, 0.5
_ALBUMS_KNOWN = 256  # the pictures of one album arrive within moments of each other

log = logging.getLogger(__name__)


class TelegramChannel:
    """One bot on Telegram, by long polling, or by a webhook if it is given one."""

    def __init__(  # noqa: PLR0913, PLR0917 - each is a part that is plugged in
        self,
        token: str,
        api_base: str | None,
        front_desk: FrontDesk,
        person_key: Callable[[int], PersonKey],
        proxy: str | None = None,
        manner: Manner = AS_USUAL,
        webhook: WebhookAddress | None = None,
        on_call: OnCall | None = None,
    ) -> None:
        """Prepare; nothing is sent before `run`.

        `api_base` is the address of a Bot API server without `/bot`, None for
        Telegram's own; `proxy` that of a proxy for all that is sent and fetched;
        `webhook` where Telegram is to post updates, None to poll for them;
        `manner` is what the operator chose about messages.
        """
        self._contact = Contact()
        self._polling = PollingRequest(proxy, on_call, self._contact)
        self._sending = SendingRequest(proxy, on_call)
        bot = self._bot = Bot(
            token,
            base_url(api_base),
            request=self._sending,
            get_updates_request=self._polling,
        )
        self._calls = Calls(bot)
        self._reader = Reader(front_desk, bot)
        lanes = Lanes(self._reader, self._pass_over, self._show_emergency)
        in_hand = self._in_hand = InHand(bot, lanes, self._serve)
        self._polls = Polling(bot, self._polling, in_hand, lambda: front_desk.is_owed)
        self._webhook = (
            Webhook(bot, in_hand, webhook, self._contact) if webhook else None
        )
        self._delivery = Delivery(self._calls, front_desk, person_key, manner, in_hand)
        self._albums: deque[str] = deque(maxlen=_ALBUMS_KNOWN)

    @property
    def last_heard(self) -> float | None:
        """Monotonic time of Telegram's last good answer; None before the first."""
        return self._contact.last_good

    @property
    def trouble(self) -> str | None:
        """Why people are not answered although Telegram is there, or None."""
        return self._contact.trouble

    @property
    def in_hand(self) -> int:
        """How many updates are being served or wait for it."""
        return len(self._in_hand)

    @property
    def acknowledged_too_late(self) -> int:
        """How many taps Telegram no longer let us acknowledge (B01)."""
        return self._calls.acknowledged_too_late

    async def take(self, posted: Mapping[str, Any]) -> bool:
        """Take what was posted to the webhook; false: it has to be posted again.

        Raises ValueError where it is no update.
        """
        return self._webhook is not None and await self._webhook.take(posted)

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, and end within ten seconds after that.

        Waits for as long as Telegram cannot be reached. Raises ChannelError when
        Telegram does not take the token.
        """
        beginning = asyncio.create_task(self._begin())
        stopping = asyncio.create_task(stop.wait())
        refused = asyncio.create_task(self._contact.refused.wait())
        try:
            await first_of(beginning, stopping, refused)
            if beginning.done():
                beginning.result()
                await first_of(stopping, refused)
        except InvalidToken:
            self._contact.refused.set()
        finally:
            await cancelled(beginning, stopping, refused)
            await self._end()
        if self._contact.refused.is_set():
            raise ChannelError(TOKEN_REFUSED)

    async def _begin(self) -> None:
        for wait in growing():
            try:
                await self._bot.initialize()
                break
            except InvalidToken:
                raise
            except TelegramError as error:
                self._contact.failed(type(error).__name__)
                await asyncio.sleep(wait)
        await (self._webhook or self._polls).run()

    async def _end(self) -> None:
        if self._webhook:
            self._webhook.ends()
        await within(_FINISH_WITHIN, self._in_hand.finish())
        await self._in_hand.give_up()
        await within(_ACKNOWLEDGE_WITHIN, self._calls.finish())
        if not self._webhook:
            await within(_CONFIRM_WITHIN, self._polls.confirm())
        await self._bot.shutdown()
        for request in (self._polling, self._sending):
            await request.shutdown()  # they have connections even if nothing ever began

    async def _serve(self, update: Told) -> None:
        try:
            await self._take(update)
        except Exception as error:  # noqa: BLE001 whatever it is, they are shown 999
            await self._failed(update, error)

    async def _take(self, update: Told) -> None:
        room, closed = room_to_leave(update), chat_that_closed(update)
        if room is not None:
            self._in_hand.kept(receipt_of(update.update_id))  # there is nothing to keep
            await self._calls.leave(room)
        elif closed is not None:
            await self._delivery.forget(closed)
        else:
            incoming = self._reader.read(update)
            if incoming is None:
                return
            if self._is_more_of_album(incoming):
                await self._delivery.note(incoming)
            else:
                await self._delivery.serve(incoming)

    async def _pass_over(self, update: Told) -> None:
        incoming = self._reader.read(update)
        if incoming is not None:
            await self._delivery.pass_over(incoming)

    async def tidy(self) -> None:
        """Take the messages of whoever is forgotten out of their chats."""
        await self._delivery.tidy()

    def _is_more_of_album(self, incoming: Incoming) -> bool:
        """Tell whether this is a further picture, without words, of an album (B43)."""
        if incoming.album is None:
            return False
        known = incoming.album in self._albums
        self._albums.append(incoming.album)
        return known and isinstance(incoming.event, Unread)

    async def _failed(self, update: Told, error: Exception) -> None:
        # The class alone: anything else may hold what someone said (B34).
        kind, reference = type(error).__name__, token_hex(4)
        says = "an update failed: %s (reference %s)"
        log.error(says, kind, reference, extra={"fault": kind})
        self._in_hand.kept(receipt_of(update.update_id))  # it would only fail again
        await self._show_emergency(update)

    async def _show_emergency(self, update: Told) -> None:
        chat, private = chat_of(update)
        if chat is not None and private:
            with suppress(Exception):  # what failed may fail here, too, and is told
                await self._delivery.show_emergency(chat)
