"""Takes messages out of chats: at once for whoever leaves, later for who is forgotten.

What Telegram refuses for now is tried again, until the 48 hours are over in which a
message can be deleted at all. What it refuses for good loses its words and its buttons.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.channels.telegram.calls import Calls
from bot.channels.telegram.deleting import close, try_to_delete
from bot.channels.telegram.notes import DELETABLE_FOR, Messages, noting
from bot.core.person import PersonKey
from bot.frontdesk import FrontDesk

# Seconds between tries while someone leaves. After that it goes on with every `tidy`.
_PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
_REFUSED_PAUSE = 600.0  # seconds before what was refused for good is tried again
_AT_ONCE = 16  # chats that are tidied side by side
# Seconds; a store gives nobody what another has taken within the last sixty.
_ASK_AGAIN_AFTER = 61.0


@dataclass(slots=True)
class _Owed:
    """Messages of a chat that are still to go, not before a time (monotonic)."""

    messages: dict[int, int] = field(default_factory=dict)
    not_before: float = 0.0


@dataclass(slots=True)
class _Leaving:
    """What is being taken out of a chat; `over` tells whether all of it is gone.

    `is_exit`: a quick exit waits for that, and not only a screen that came too late.
    `is_back`: its person has come back since, and is answered as anyone is.
    """

    messages: dict[int, int]
    is_exit: bool
    is_back: bool = False
    over: asyncio.Future[bool] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class Clearing:
    """Knows what is still to go out of which chat; the front desk keeps it, too."""

    def __init__(
        self,
        calls: Calls,
        front_desk: FrontDesk,
        person_key: Callable[[int], PersonKey],
    ) -> None:
        """Begin with nothing to do. `person_key` names whoever has a chat id."""
        self._calls = calls
        self._front_desk = front_desk
        self._person_key = person_key
        self._leaving: dict[int, _Leaving] = {}
        self._owed: dict[int, _Owed] = {}
        self._under_way: set[tuple[int, int]] = set()  # chat and message
        # When to ask for those who have left, seconds since 1970; None: no more.
        self._ask_at: float | None = 0.0

    def is_leaving(self, chat: int) -> bool:
        """Tell whether a quick exit is under way in a chat, and nobody came back."""
        return chat in self._leaving and not self._leaving[chat].is_back

    def comes_back(self, chat: int) -> None:
        """Answer a person from now on whose messages are being taken out."""
        if chat in self._leaving:
            self._leaving[chat].is_back = True

    async def leave(
        self,
        chat: int,
        messages: Messages,
        last_words: str,
        *,
        is_exit: bool = True,
        is_back: bool = False,
    ) -> bool:
        """Take everything out of a chat; what cannot go says `last_words` instead.

        Returns whether all was done now; the rest goes with `tidy`. False also where
        another exit of the same chat is under way, which then takes these messages too.
        Not `is_exit`: it is a screen that came too late for one. `is_back`: its person
        has come back already.
        """
        under_way = self._leaving.get(chat)
        if under_way:
            under_way.messages.update(messages)
            under_way.is_back = is_back if is_exit else under_way.is_back
            if under_way.is_exit or not is_exit:
                return False
            under_way.is_exit = True
            # Shielded: whoever gives up waiting must not end it for whoever is at it.
            return await asyncio.shield(under_way.over)
        leaving = self._leaving[chat] = _Leaving(dict(messages), is_exit, is_back)
        done = False
        try:
            done = await self._empty(chat, leaving.messages, last_words)
        finally:
            del self._leaving[chat]
            leaving.over.set_result(done)
        return done

    async def _empty(self, chat: int, left: dict[int, int], last_words: str) -> bool:
        pauses = iter(_PAUSES)
        while left:
            attempt = await try_to_delete(self._calls, chat, tuple(left))
            for message in attempt.refused:
                await close(self._calls, chat, message, last_words)
            await self._done(chat, left, attempt.gone | attempt.refused)
            if attempt.wait is None:
                continue
            pause = next(pauses, None)
            if pause is None:
                self._owe(chat, left)
                return False
            await asyncio.sleep(max(attempt.wait, pause))
        return True

    async def clear(self, chat: int, messages: Messages) -> None:
        """Take some messages out of a chat, now or with a later `tidy`."""
        if chat in self._leaving:
            self._leaving[chat].messages.update(messages)
        elif messages:
            await self._pay(chat, _Owed(dict(messages)), time.time())

    def spares(self, chat: int, message: int) -> bool:
        """Let a message stay that was to go; false: it is being deleted by now."""
        leaving = self._leaving.get(chat)
        if (chat, message) in self._under_way or (
            leaving and message in leaving.messages
        ):
            return False
        if chat in self._owed:
            self._owed[chat].messages.pop(message, None)
        return True

    async def tidy(self, now: float) -> None:
        """Try all that is owed, and what is noted of those who are forgotten.

        Soon after it begins also of those who have left: a process that was killed may
        have been taking their messages out. `now` is in seconds since 1970.
        """
        left = self._asks_for_left(now)
        for notes in await self._front_desk.forget_idle(left=left):
            if notes["chat"] not in self._leaving:
                # What is shown is among the messages, or is too old to be deleted.
                shown = dict.fromkeys(notes["shown"], 0)
                self._owe(notes["chat"], {**shown, **dict(notes["messages"])})
        chats = list(self._owed)
        for start in range(0, len(chats), _AT_ONCE):
            together = chats[start : start + _AT_ONCE]
            await asyncio.gather(*(self._pay_due(chat, now) for chat in together))

    async def ask_for_left(self, now: float) -> None:
        """Ask for all that is noted of those who have left, and take it out."""
        self._ask_at = 0.0
        await self.tidy(now)

    def _asks_for_left(self, now: float) -> bool:
        """Tell it twice: what another had taken when it was killed is not given yet."""
        if self._ask_at is None or now < self._ask_at:
            return False
        self._ask_at = None if self._ask_at else now + _ASK_AGAIN_AFTER
        return True

    def _owe(self, chat: int, messages: Messages, not_before: float = 0.0) -> None:
        owed = self._owed.setdefault(chat, _Owed())
        owed.messages.update(messages)
        owed.not_before = max(owed.not_before, not_before)

    async def _pay_due(self, chat: int, now: float) -> None:
        owed = self._owed.get(chat)  # none, where another `tidy` is at it
        if owed and owed.not_before <= time.monotonic():
            await self._pay(chat, self._owed.pop(chat), now)

    async def _pay(self, chat: int, owed: _Owed, now: float) -> None:
        """Take out what can go now; the rest is owed."""
        going = {(chat, message) for message in owed.messages}
        self._under_way |= going
        try:
            old = {
                m for m, sent in owed.messages.items() if now - sent >= DELETABLE_FOR
            }
            young = [m for m in owed.messages if m not in old]
            attempt = await try_to_delete(self._calls, chat, young)
            await self._done(chat, owed.messages, attempt.gone | old)
            if owed.messages:
                wait = _REFUSED_PAUSE if attempt.wait is None else attempt.wait
                self._owe(chat, owed.messages, time.monotonic() + wait)
        finally:
            self._under_way -= going

    async def _done(self, chat: int, left: dict[int, int], gone: set[int]) -> None:
        for message in gone:
            left.pop(message, None)
        if gone:
            drop = noting(chat, lambda traces: traces.drop(gone))
            await self._front_desk.note(self._person_key(chat), drop)
