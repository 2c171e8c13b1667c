"""Brings a turn to the front desk, and what comes of it to the person's chat.

The chat never grows: a tap edits the message it was on; below typed words the screen
is sent anew, and the one before is deleted. Which message is the screen is kept as the
channel's notes: `screen`, and `above` where a long text took several.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.channels.telegram.calls import Calls, is_gone
from bot.channels.telegram.messages import message_of
from bot.channels.telegram.updates import Incoming
from bot.core.engine.emergency import emergency_screen
from bot.core.engine.screen import Screen
from bot.core.person import PersonKey
from bot.frontdesk import FrontDesk, Notes, Reply

Messages = tuple[int, ...]


class Delivery:
    """Serves what comes in, one call a happening."""

    def __init__(
        self,
        calls: Calls,
        front_desk: FrontDesk,
        person_key: Callable[[int], PersonKey],
    ) -> None:
        """Deliver for one front desk. `person_key` names whoever has a chat id."""
        self._calls = calls
        self._front_desk = front_desk
        self._person_key = person_key

    async def serve(self, incoming: Incoming) -> None:
        """Do a turn and show it; a tap is acknowledged at the same time (B01).

        Raises TelegramError where nothing could be shown.
        """
        if incoming.query is None:
            await self._turn(incoming)
        else:
            await asyncio.gather(
                self._calls.acknowledge(incoming.query), self._turn(incoming)
            )

    async def forget(self, chat: int) -> None:
        """Forget someone who has closed their chat to us."""
        await self._front_desk.forget(self._person_key(chat))

    async def show_emergency(self, chat: int) -> None:
        """Show the built-in screen with 999, when all else failed."""
        await self._send(chat, emergency_screen())

    async def _turn(self, incoming: Incoming) -> None:
        person = self._person_key(incoming.chat)
        reply = await self._front_desk.receive(person, incoming.event, incoming.receipt)
        try:
            if reply.left:
                await self._clear(incoming, reply)
            elif reply.screen is not None:
                await self._show(person, incoming, reply, reply.screen)
        except Forbidden:
            await self._front_desk.forget(person)
        except BadRequest as refusal:
            if not is_gone(refusal):
                raise
            await self._front_desk.forget(person)

    async def _show(
        self, person: PersonKey, incoming: Incoming, reply: Reply, screen: Screen
    ) -> None:
        before = _shown(reply.notes)
        now: Messages = (incoming.message,)
        if not await self._edited(incoming, screen):
            now = await self._send(incoming.chat, screen)
        if now != before:
            await self._front_desk.remember(person, _notes(now))
        tapped = () if incoming.typed else (incoming.message,)
        if left_over := {*before, *tapped}.difference(now):
            await self._calls.delete(incoming.chat, sorted(left_over))

    async def _edited(self, incoming: Incoming, screen: Screen) -> bool:
        texts, keyboard = message_of(screen)
        if incoming.typed or incoming.old or len(texts) > 1:
            return False
        return await self._calls.edit(
            incoming.chat, incoming.message, texts[0], keyboard
        )

    async def _send(self, chat: int, screen: Screen) -> Messages:
        texts, keyboard = message_of(screen)
        above = [await self._calls.send(chat, text, None) for text in texts[:-1]]
        return (*above, await self._calls.send(chat, texts[-1], keyboard))

    async def _clear(self, incoming: Incoming, reply: Reply) -> None:
        """Take away what can be: the screen, and the person's own last message.

        Raises nothing: the answer to a fault is a screen, and it would tell.
        """
        messages = sorted({*_shown(reply.notes), incoming.message})
        if await self._calls.delete(incoming.chat, messages):
            return
        for message in messages:
            if not await self._calls.delete(incoming.chat, [message]):
                last_words = self._last_words(reply.language)
                with suppress(TelegramError):
                    await self._calls.edit(incoming.chat, message, last_words, None)

    def _last_words(self, language: str) -> str:
        pieces = self._front_desk.machine.flow_in(language).words["left"].pieces
        return "".join(piece for piece in pieces if isinstance(piece, str))


def _shown(notes: Notes) -> Messages:
    return (*notes.get("above", ()), notes["screen"]) if "screen" in notes else ()


def _notes(shown: Messages) -> Notes:
    *above, screen = shown
    return {"screen": screen, "above": above} if above else {"screen": screen}
