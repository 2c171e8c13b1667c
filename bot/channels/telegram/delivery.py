"""Brings a turn to the front desk, and what comes of it to the person's chat.

The chat never grows: a tap edits the message it was on; below typed words the screen is
sent anew, and the one before is deleted, as are the words. A quick exit waits for
nothing: it runs beside whatever is under way in the same chat, and ends it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.channels.telegram.calls import Calls, NotWanted, Pause, is_gone
from bot.channels.telegram.clearing import Clearing, Manner
from bot.channels.telegram.messages import message_of
from bot.channels.telegram.notes import Messages, Traces, noting, traces_in
from bot.channels.telegram.updates import Incoming
from bot.core.engine.conversation import Event, Interrupted, Started, Unread
from bot.core.engine.emergency import emergency_screen
from bot.core.engine.leaving import leaves, must_be_answered
from bot.core.engine.screen import Screen
from bot.core.person import PersonKey
from bot.frontdesk import FrontDesk
from bot.reply import Reply


@dataclass(frozen=True, slots=True)
class _Turn:
    """A turn under way: `left` is set when its person leaves meanwhile."""

    person: PersonKey
    incoming: Incoming
    left: asyncio.Event


class Delivery:
    """Serves what comes in, one call a happening."""

    def __init__(
        self,
        calls: Calls,
        front_desk: FrontDesk,
        person_key: Callable[[int], PersonKey],
        manner: Manner,
        kept: Callable[[str], None] | None = None,
    ) -> None:
        """Deliver for one front desk. `person_key` names whoever has a chat id.

        `kept` is told the receipt of each turn that is kept, before it is shown.
        """
        self._kept = kept
        self._calls = calls
        self._front_desk = front_desk
        self._person_key = person_key
        self._manner = manner
        self._clearing = Clearing(calls, front_desk, person_key)
        self._under_way: dict[int, _Turn] = {}

    def leaves(self, event: Event) -> bool:
        """Tell whether an event is a quick exit, in any language."""
        return leaves(self._front_desk.machine, event)

    async def serve(self, incoming: Incoming) -> None:
        """Do a turn and show it; a tap is acknowledged at the same time (B01).

        Raises TelegramError where nothing could be shown.
        """
        if incoming.query is not None:
            self._calls.acknowledge(incoming.query)
        await self._turn(incoming)

    async def pass_over(self, incoming: Incoming) -> None:
        """Answer nothing, and take what came out of the chat: its person has left."""
        if incoming.query is not None:
            self._calls.acknowledge(incoming.query)
        await self._take_out(incoming)

    async def note(self, incoming: Incoming) -> None:
        """Note that a message is there, so that it goes when the others do."""
        person = self._person_key(incoming.chat)
        await self._front_desk.note(person, noting(incoming.chat, _adding(incoming)))

    async def forget(self, chat: int) -> None:
        """Forget someone who has closed their chat to us."""
        await self._front_desk.forget(self._person_key(chat))

    async def tidy(self) -> None:
        """Take the messages of whoever is forgotten out of their chats."""
        await self._clearing.tidy(self._front_desk.now().timestamp())

    async def show_emergency(self, chat: int) -> None:
        """Show the built-in screen with 999, when all else failed."""
        sent = await self._send(chat, emergency_screen(), asyncio.sleep)
        note = noting(chat, lambda traces: traces.add(sent, int(time.time())))
        await self._front_desk.note(self._person_key(chat), note)

    async def _take_out(self, incoming: Incoming) -> None:
        await self.note(incoming)
        await self._clearing.clear(incoming.chat, {incoming.message: incoming.sent})

    async def _turn(self, incoming: Incoming) -> None:
        chat, event = incoming.chat, incoming.event
        turn = _Turn(self._person_key(chat), incoming, asyncio.Event())
        if self.leaves(event):
            if chat in self._under_way:
                self._under_way[chat].left.set()
            await self._answer(turn)
            return
        machine = self._front_desk.machine
        if self._clearing.is_leaving(chat) and not must_be_answered(machine, event):
            await self._take_out(incoming)
            return
        self._under_way[chat] = turn
        try:
            await self._answer(turn)
        finally:
            del self._under_way[chat]

    async def _answer(self, turn: _Turn) -> None:
        incoming, receive = turn.incoming, self._front_desk.receive
        note = noting(incoming.chat, _adding(incoming))
        reply = await receive(turn.person, incoming.event, incoming.receipt, note)
        if turn.left.is_set():  # what was just kept has to go, whichever came first
            reply = await receive(turn.person, self._quick_exit())
        if self._kept:
            self._kept(incoming.receipt)
        try:
            if reply.left:
                await self._leave(incoming, reply)
            elif reply.screen is not None:
                await self._show(turn, reply, reply.screen)
        except NotWanted:
            return
        except Forbidden:
            await self._front_desk.forget(turn.person)
        except BadRequest as refusal:
            if not is_gone(refusal):
                raise
            await self._front_desk.forget(turn.person)

    async def _show(self, turn: _Turn, reply: Reply, screen: Screen) -> None:
        incoming, chat = turn.incoming, turn.incoming.chat
        before = traces_in(reply.notes, chat)
        shown: Messages = {incoming.message: incoming.sent}
        pause = partial(self._pause, turn, reply)
        if not await self._edited(incoming, screen, pause):
            shown = await self._send(chat, screen, pause)
        if tuple(shown) != before.shown:
            note = noting(chat, partial(_showing, shown=shown, now=incoming.now))
            if not await self._front_desk.note(turn.person, note, reply.turn):
                await self._clearing.clear(chat, shown)
                return
        if turn.left.is_set():  # edited after it was said to be closed, perhaps
            await self._clearing.leave(chat, shown, self._last_words(reply.language))
        elif left_over := self._left_over(incoming, before, shown):
            await self._clearing.clear(chat, left_over)

    async def _edited(self, incoming: Incoming, screen: Screen, pause: Pause) -> bool:
        texts, keyboard = message_of(screen)
        if incoming.typed or incoming.old or len(texts) > 1:
            return False
        edit = self._calls.edit
        if await edit(incoming.chat, incoming.message, texts[0], keyboard, pause):
            return True
        await pause(0)  # it may have been deleted because the person left
        return False

    async def _send(self, chat: int, screen: Screen, pause: Pause) -> Messages:
        texts, keyboard = message_of(screen)
        sent: dict[int, int] = {}
        try:
            for text in texts:
                buttons = keyboard if text is texts[-1] else []
                message, at = await self._calls.send(chat, text, buttons, pause)
                sent[message] = at
        except NotWanted:
            await self._clearing.clear(chat, sent)
            raise
        return sent

    async def _pause(self, turn: _Turn, reply: Reply, seconds: float) -> None:
        """Wait. Raises NotWanted as soon as the person has left, here or elsewhere."""
        with suppress(TimeoutError):
            await asyncio.wait_for(turn.left.wait(), seconds)
        if turn.left.is_set() or not await self._front_desk.stands(
            turn.person, reply.turn
        ):
            raise NotWanted

    def _left_over(
        self, incoming: Incoming, before: Traces, shown: Messages
    ) -> Messages:
        """Return what is to go once a screen is shown: the one before, and words read.

        What cannot be read stays until the person leaves: a picture may be the only one
        of its kind.
        """
        gone = set(before.shown)
        if not incoming.typed:
            gone.add(incoming.message)
        elif self._manner.deletes_typed and not isinstance(incoming.event, Unread):
            gone.add(incoming.message)
            if isinstance(incoming.event, Started):
                gone |= before.messages.keys()
        messages = {**dict.fromkeys(gone, incoming.now), **before.messages}
        return {message: messages[message] for message in sorted(gone - shown.keys())}

    async def _leave(self, incoming: Incoming, reply: Reply) -> None:
        """Take away all that can be, and what came with it.

        Raises nothing: the answer to a fault is a screen, and it would tell.
        """
        traces = traces_in(reply.notes, incoming.chat)
        messages = {
            **dict.fromkeys(traces.shown, incoming.now),
            incoming.message: incoming.sent,
            **traces.messages,
        }
        last_words = self._last_words(reply.language)
        done = await self._clearing.leave(incoming.chat, messages, last_words)
        if done and self._manner.last_line:
            with suppress(TelegramError):
                await self._calls.send(incoming.chat, last_words, [])

    def _last_words(self, language: str) -> str:
        pieces = self._front_desk.machine.flow_in(language).words["left"].pieces
        return "".join(piece for piece in pieces if isinstance(piece, str))

    def _quick_exit(self) -> Interrupted:
        interrupts = self._front_desk.machine.flow.interrupts
        return Interrupted(next(i.name for i in interrupts if i.does == "quick_exit"))


def _adding(incoming: Incoming) -> Callable[[Traces], Traces]:
    return lambda traces: traces.add({incoming.message: incoming.sent}, incoming.now)


def _showing(traces: Traces, shown: Messages, now: int) -> Traces:
    return traces.add(shown, now).show(tuple(shown))
