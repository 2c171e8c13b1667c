"""Puts a screen into a chat, and takes out what it replaces.

The chat never grows: a tap edits the message it was on; below typed words the screen is
sent anew, and the one before is deleted, as are the words.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import partial

from bot.channels.telegram.calls import Calls, NotWanted, Pause
from bot.channels.telegram.clearing import Clearing
from bot.channels.telegram.manner import Manner
from bot.channels.telegram.messages import message_of
from bot.channels.telegram.notes import Messages, Traces, noting, traces_in
from bot.channels.telegram.together import Together, TurnUnderWay
from bot.channels.telegram.updates import Incoming
from bot.core.engine.conversation import Started, Unread
from bot.core.engine.screen import Screen
from bot.frontdesk import FrontDesk
from bot.reply import Reply

# Seconds. After half a second Telegram hears that an update is taken, and brings what
# comes next from that chat, perhaps to another replica.
_LATE = 0.3


class Showing:
    """Shows the screen of a turn, unless it is no longer the one to show."""

    def __init__(
        self, calls: Calls, front_desk: FrontDesk, clearing: Clearing, manner: Manner
    ) -> None:
        """Show for one front desk."""
        self._calls = calls
        self._front_desk = front_desk
        self._clearing = clearing
        self._manner = manner

    async def show(
        self, turn: TurnUnderWay, reply: Reply, screen: Screen, together: Together
    ) -> Messages | None:
        """Show the screen of a turn, while `together.showing` is held.

        Returns what is to be cleared now, while the next screen may be shown; None
        where it took long, and may have covered what another replica has shown
        meanwhile. Raises NotWanted if it is not the one to show any more, and
        TelegramError.
        """
        incoming, before = turn.incoming, _before(turn, reply)
        began = time.monotonic()
        try:
            shown = await self._shown(turn, reply, screen, together)
        except NotWanted:
            left_over = self._left_over(incoming, before, dict.fromkeys(before.shown))
            together.gone.update(left_over)  # whoever follows takes it out
            raise
        late = time.monotonic() - began > _LATE
        last = await self._noted(turn, reply, before, shown, late=late)
        if turn.left.is_set():  # edited after it was said to be closed, perhaps
            words = last_words(self._front_desk, reply.language)
            leave = self._clearing.leave
            await leave(incoming.chat, shown, words, is_exit=False)
            return {}
        if last or together.is_followed(turn):
            left_over = {**together.gone, **self._left_over(incoming, before, shown)}
            together.has_shown(turn, shown)
            return {m: sent for m, sent in left_over.items() if m not in shown}
        return None if incoming.message in shown else shown

    async def _noted(
        self,
        turn: TurnUnderWay,
        reply: Reply,
        before: Traces,
        shown: Messages,
        *,
        late: bool,
    ) -> bool:
        """Note which messages the screen is; tell whether the turn is the last one."""
        if tuple(shown) != before.shown or before.awaited:
            note = noting(
                turn.incoming.chat, partial(_showing, shown, turn.incoming.now)
            )
            return await self._front_desk.note(turn.person, note, reply.turn)
        return not late or await self._front_desk.stands(turn.person, reply.turn)

    async def _shown(
        self, turn: TurnUnderWay, reply: Reply, screen: Screen, together: Together
    ) -> Messages:
        """Return the messages of the screen. Raises NotWanted if a later one is due."""
        incoming = turn.incoming
        if turn.left.is_set() or together.is_followed(turn):
            raise NotWanted
        pause = partial(self._pause, turn, reply)
        # What somebody who left sees, or is not known to see, is being taken out.
        anew = reply.begins or together.is_after_exit(turn)
        if not anew and await self._edited(incoming, screen, pause):
            return {incoming.message: incoming.sent}
        return await self.send(incoming.chat, screen, pause)

    async def _edited(self, incoming: Incoming, screen: Screen, pause: Pause) -> bool:
        texts, keyboard = message_of(screen)
        if incoming.typed or incoming.old or len(texts) > 1:
            return False
        if not self._clearing.spares(incoming.chat, incoming.message):
            return False  # the screen would go with it
        edit = self._calls.edit
        if await edit(incoming.chat, incoming.message, texts[0], keyboard, pause):
            return True
        await pause(0)  # it may have been deleted because the person left
        return False

    async def send(self, chat: int, screen: Screen, pause: Pause) -> Messages:
        """Send a screen; return its messages, and when each was sent."""
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

    async def _pause(self, turn: TurnUnderWay, reply: Reply, seconds: float) -> None:
        """Wait. Raises NotWanted as soon as the person has left, here or elsewhere."""
        await turn.pause(seconds)
        if not await self._front_desk.stands(turn.person, reply.turn):
            raise NotWanted

    def _left_over(
        self, incoming: Incoming, before: Traces, shown: Mapping[int, object]
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


def last_words(front_desk: FrontDesk, language: str) -> str:
    """Return what a message says that cannot go when its person leaves."""
    return front_desk.machine.flow_in(language).words["left"].plain


def _before(turn: TurnUnderWay, reply: Reply) -> Traces:
    """Return what is in the chat, also what was shown since the turn was kept."""
    before, shown = traces_in(reply.notes, turn.incoming.chat), turn.behind
    if shown is None:
        return before
    return _showing(shown, turn.incoming.now, before)


def _showing(shown: Messages, now: int, traces: Traces) -> Traces:
    return traces.add(shown, now).show(tuple(shown))
