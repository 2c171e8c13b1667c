"""Brings a turn to the front desk, and what comes of it to the person's chat.

A turn is kept as soon as it comes, however slow the screens before it are: only what is
kept cannot be lost. A quick exit waits for nothing: it runs beside whatever is under
way in the same chat, and ends it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from telegram.error import Forbidden, TelegramError

from bot.channels.telegram.calls import Calls, NotWanted, is_gone
from bot.channels.telegram.clearing import Clearing
from bot.channels.telegram.in_hand import InHand
from bot.channels.telegram.manner import Manner
from bot.channels.telegram.notes import Messages, Traces, noting, traces_in
from bot.channels.telegram.patience import cancelled, first_of
from bot.channels.telegram.showing import Showing, last_words
from bot.channels.telegram.together import Chats, Together, TurnUnderWay, UnderWay
from bot.channels.telegram.updates import Incoming
from bot.core.engine.conversation import Interrupted
from bot.core.engine.emergency import emergency_screen
from bot.core.engine.leaving import leaves, must_be_answered
from bot.core.person import PersonKey
from bot.frontdesk import FrontDesk, Notes
from bot.reply import Reply

# Seconds. What was acted on comes again after a restart, and its screen may have been
# seen. Then what its person did next has come too, or comes soon after, and only that
# is to be shown. How long it takes to keep what has come depends on how much that is.
_FOLLOWED_WITHIN, _CAUGHT_UP_WITHIN = 0.3, 1.5


class Delivery:
    """Serves what comes in, one call a happening."""

    def __init__(
        self,
        calls: Calls,
        front_desk: FrontDesk,
        person_key: Callable[[int], PersonKey],
        manner: Manner,
        in_hand: InHand,
    ) -> None:
        """Deliver for one front desk. `person_key` names whoever has a chat id.

        `in_hand` is told the receipt of each turn that is kept, before it is shown.
        """
        self._in_hand = in_hand
        self._calls = calls
        self._front_desk = front_desk
        self._person_key = person_key
        self._manner = manner
        self._clearing = Clearing(calls, front_desk, person_key)
        self._showing = Showing(calls, front_desk, self._clearing, manner)
        self._chats = Chats()

    async def serve(self, incoming: Incoming) -> None:
        """Do a turn and show it; a tap is acknowledged beside its screen (B01).

        Raises TelegramError where nothing could be shown.
        """
        chat = incoming.chat
        turn = TurnUnderWay(self._person_key(chat), incoming)
        if leaves(self._front_desk.machine, incoming.event):
            turn.is_exit = True
        elif self._clearing.is_leaving(chat) and not self._is_urgent(turn):
            await self.pass_over(incoming)
            return
        with self._chats.under_way(chat, turn) as together:
            await (self._exit if turn.is_exit else self._answer)(turn, together)

    async def pass_over(self, incoming: Incoming) -> None:
        """Answer nothing, and take what came out of the chat: its person has left."""
        with self._calls.acknowledging(incoming.query):
            await self.note(incoming)
        self._in_hand.kept(incoming.receipt)
        await self._clearing.clear(incoming.chat, {incoming.message: incoming.sent})

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
        """Show the built-in screen with 999, when all else failed.

        It is under way like a turn, so that it goes, too, if its person leaves.
        """
        fault = UnderWay()
        with self._chats.under_way(chat, fault), suppress(NotWanted):
            sent = await self._showing.send(chat, emergency_screen(), fault.pause)
            note = noting(chat, lambda traces: traces.add(sent, int(time.time())))
            await self._front_desk.note(self._person_key(chat), note)
            if fault.left.is_set():
                words = last_words(self._front_desk, "")
                await self._clearing.leave(chat, sent, words, is_exit=False)

    async def _exit(self, turn: TurnUnderWay, together: Together) -> None:
        """Let someone leave, beside whatever is under way in their chat, and end that.

        Not if they left before, and this is only told again: they may have come back.
        What comes after it, and must be answered, is no part of what ends.
        """
        reply = await self._receive(turn)
        if reply.left and together.leaves(turn, self._is_urgent):
            # What was kept meanwhile has to go; what is kept later sees that it has to.
            await self._front_desk.receive(turn.person, self._quick_exit())
        await self._show(turn, reply, together)

    async def _answer(self, turn: TurnUnderWay, together: Together) -> None:
        reply = await self._receive(turn)
        if turn.left.is_set():  # what was just kept has to go, whichever came first
            reply = await self._front_desk.receive(turn.person, self._quick_exit())
        else:
            self._clearing.comes_back(turn.incoming.chat)
        await self._show(turn, reply, together)

    async def _receive(self, turn: TurnUnderWay) -> Reply:
        incoming = turn.incoming
        with self._calls.acknowledging(incoming.query):
            return await self._front_desk.receive(
                *(turn.person, incoming.event, incoming.receipt),
                noting(incoming.chat, _taking(incoming)),
                partial(_is_unseen, incoming),
            )

    async def _show(self, turn: TurnUnderWay, reply: Reply, together: Together) -> None:
        if reply.screen is not None:
            together.has_screen(turn)
        self._in_hand.kept(turn.incoming.receipt)
        try:
            if reply.left:
                is_back = together.is_back(turn)
                await self._leave(turn.incoming, reply, is_back=is_back)
            elif reply.screen is not None:
                async with together.showing:
                    if reply.repeated:
                        await self._waits(turn, together)
                    show = self._showing.show
                    gone = await show(turn, reply, reply.screen, together)
                    if gone is None:
                        gone = await self._show_again(turn, together)
                # However slow it is to delete, nobody waits for the next screen.
                await self._clearing.clear(turn.incoming.chat, gone)
        except NotWanted:
            return
        except TelegramError as error:
            if isinstance(error, Forbidden) or is_gone(error):
                await self._front_desk.forget(turn.person)
            elif not turn.left.is_set():  # else what is shown of a fault would tell
                raise

    async def _waits(self, turn: TurnUnderWay, together: Together) -> None:
        """Wait for what its person did next, as far as that has come or is to come."""
        followed = asyncio.create_task(together.follows(turn))
        caught_up = asyncio.create_task(self._caught_up(turn))
        try:
            await first_of(followed, caught_up, within=_CAUGHT_UP_WITHIN)
        finally:
            await cancelled(followed, caught_up)

    async def _caught_up(self, turn: TurnUnderWay) -> None:
        if not self._is_urgent(turn):
            await asyncio.sleep(_FOLLOWED_WITHIN)
        await self._in_hand.caught_up(turn.incoming.chat)

    async def _show_again(self, turn: TurnUnderWay, together: Together) -> Messages:
        """Show where they stand by now, in place of a screen that came late.

        Returns what is to be cleared.
        """
        incoming = turn.incoming
        reply = await self._front_desk.receive(
            turn.person, incoming.event, incoming.receipt
        )
        if reply.screen is None:
            return {incoming.message: incoming.sent}
        return await self._showing.show(turn, reply, reply.screen, together) or {}

    async def _leave(self, incoming: Incoming, reply: Reply, *, is_back: bool) -> None:
        """Take away all that can be, and what came with it.

        `is_back`: its person is to be answered meanwhile, for they have come back.
        Raises nothing: the answer to a fault is a screen, and it would tell.
        """
        traces = traces_in(reply.notes, incoming.chat)
        messages = {
            **dict.fromkeys(traces.shown, incoming.now),
            incoming.message: incoming.sent,
            **traces.messages,
        }
        words = last_words(self._front_desk, reply.language)
        leave = self._clearing.leave
        done = await leave(incoming.chat, messages, words, is_back=is_back)
        if done and self._manner.last_line:
            with suppress(TelegramError):
                await self._calls.send(incoming.chat, words, [])
        if not reply.heard:  # of what else is there, the store alone can tell
            await self._clearing.ask_for_left(self._front_desk.now().timestamp())

    def _is_urgent(self, turn: TurnUnderWay) -> bool:
        return must_be_answered(self._front_desk.machine, turn.incoming.event)

    def _quick_exit(self) -> Interrupted:
        interrupts = self._front_desk.machine.flow.interrupts
        return Interrupted(next(i.name for i in interrupts if i.does == "quick_exit"))


def _is_unseen(incoming: Incoming, notes: Notes) -> bool:
    return traces_in(notes, incoming.chat).precedes_screen(incoming.message)


def _taking(incoming: Incoming) -> Callable[[Traces], Traces]:
    sends = incoming.typed or incoming.old
    add = _adding(incoming)
    return lambda traces: add(traces).awaits() if sends else add(traces)


def _adding(incoming: Incoming) -> Callable[[Traces], Traces]:
    return lambda traces: traces.add({incoming.message: incoming.sent}, incoming.now)
