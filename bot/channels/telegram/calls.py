"""The few calls a conversation needs, and what Telegram's refusals of them mean."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from random import uniform
from typing import Any, TypeVar

from telegram import Bot
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.channels.telegram.messages import Keyboard
from bot.channels.telegram.requests import FloodError

T = TypeVar("T")
Pause = Callable[[float], Awaitable[None]]  # waits some seconds, or raises NotWanted

_SOON = 0.2  # seconds after which a tap is acknowledged, though its turn is not kept
_PAUSES = (1.0, 3.0)  # seconds before another try of a call that got lost on its way
_MOST_SPREAD = 4  # times as long as Telegram asks for, at most
_NO_PREVIEW = {"is_disabled": True}  # a card would tell too much (R08)


class NotWanted(Exception):
    """What was to be shown is not wanted any more: the person has left."""


class Calls:
    """Sends, edits and deletes; waits where Telegram asks for it.

    What is raised is the library's own: Forbidden or BadRequest "chat not found" where
    nobody is there any more, anything else where Telegram cannot be used.
    """

    def __init__(self, bot: Bot) -> None:
        """Speak for one bot."""
        self._bot = bot
        self._beside: set[asyncio.Task[None]] = set()
        self._spinning: set[str] = set()  # taps that are still to be acknowledged
        self.acknowledged_too_late = 0

    @contextmanager
    def acknowledging(self, query: str | None) -> Iterator[None]:
        """Stop a button's spinner once this is done, or soon if it is slow (B01).

        It is stopped beside all else, and nothing waits for it: what follows at once,
        such as the screen, goes out first. Too late is counted, and harms nothing.
        """
        if query is None:
            yield
            return
        self._spinning.add(query)
        soon = asyncio.get_running_loop().call_later(_SOON, self._acknowledge, query)
        try:
            yield
        finally:
            soon.cancel()
            self._acknowledge(query)

    def _acknowledge(self, query: str) -> None:
        if query in self._spinning:
            self._spinning.remove(query)
            task = asyncio.create_task(self._stop_spinner(query))
            self._beside.add(task)
            task.add_done_callback(self._beside.discard)

    async def finish(self) -> None:
        """Wait for what is done beside."""
        await asyncio.gather(*self._beside)

    async def _stop_spinner(self, query: str) -> None:
        try:
            await self._bot.answer_callback_query(query)
        except TelegramError:
            self.acknowledged_too_late += 1

    async def send(
        self,
        chat: int,
        text: str,
        keyboard: Keyboard,
        pause: Pause = asyncio.sleep,
    ) -> tuple[int, int]:
        """Send a message without a sound; return its id, and when it was sent."""
        try:
            sent = await _patiently(
                lambda: self._bot.send_message(
                    chat,
                    text,
                    disable_notification=True,
                    api_kwargs=_with(keyboard),
                ),
                pause,
            )
        except BadRequest as refusal:
            if not keyboard or is_gone(refusal):
                raise
            return await self.send(chat, text, [], pause)  # words matter more (B46)
        return sent.message_id, int(sent.date.timestamp())

    async def edit(
        self,
        chat: int,
        message: int,
        text: str,
        keyboard: Keyboard,
        pause: Pause = asyncio.sleep,
    ) -> bool:
        """Put new words and buttons into a message. False: that cannot be (B02)."""
        try:
            await _patiently(
                lambda: self._bot.edit_message_text(
                    text,
                    chat,
                    message,
                    api_kwargs=_with(keyboard),
                ),
                pause,
            )
        except BadRequest as refusal:
            if is_gone(refusal):
                raise
            return _says(refusal, "not modified")  # nothing to do, then
        return True

    async def delete(self, chat: int, messages: Sequence[int]) -> None:
        """Delete up to 100 messages for both sides, or none; once, without waiting."""
        await self._bot.delete_messages(chat, messages)

    async def delete_one(self, chat: int, message: int) -> None:
        """Delete a message for both sides; once. One that is gone already is fine."""
        try:
            await self._bot.delete_message(chat, message)
        except BadRequest as refusal:
            if is_gone(refusal) or not _says(refusal, "not found"):
                raise

    async def take_buttons(self, chat: int, message: int) -> None:
        """Take the buttons off a message."""
        await self._bot.edit_message_reply_markup(chat, message)

    async def leave(self, room: int) -> None:
        """Leave a group or channel without a word (B09)."""
        try:
            await self._bot.leave_chat(room)
        except TelegramError:
            return  # out already


def is_gone(refusal: TelegramError) -> bool:
    """Tell whether Telegram no longer knows the chat (B11)."""
    return isinstance(refusal, BadRequest) and _says(refusal, "chat not found")


def _with(keyboard: Keyboard) -> dict[str, Any]:
    buttons = {"reply_markup": {"inline_keyboard": keyboard}} if keyboard else {}
    return {"link_preview_options": _NO_PREVIEW, **buttons}


async def _patiently(call: Callable[[], Awaitable[T]], pause: Pause) -> T:
    pauses, spread = list(_PAUSES), 1
    while True:
        try:
            return await call()
        except FloodError as flood:  # it ends, and until then nothing else gets through
            # Not all who wait come back at the same moment, to be refused once more.
            wait = max(flood.seconds, _PAUSES[0]) * uniform(1, spread)  # noqa: S311 - no secret
            spread = min(spread + 1, _MOST_SPREAD)
        except BadRequest:
            raise
        except NetworkError:  # perhaps done, perhaps not: twice is better than silence
            if not pauses:
                raise
            wait = pauses.pop(0)
        await pause(wait)


def _says(refusal: BadRequest, words: str) -> bool:
    return words in refusal.message.lower()
