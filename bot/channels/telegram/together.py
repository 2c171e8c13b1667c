"""The turns of one chat that are under way at the same time, and which is shown.

A turn is kept at once, and its screen is shown once that of the turn before is. A chat
only ever has one screen: if a later turn is kept by then, only that one's is shown. So
whoever taps faster than Telegram takes screens sees where they stand, and a chat that
floods us, or that Telegram slows down, costs one screen instead of hundreds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.channels.telegram.notes import Messages
from bot.channels.telegram.updates import Incoming
from bot.core.person import PersonKey


@dataclass(slots=True, eq=False)
class TurnUnderWay:
    """A turn. `left` is set when its person leaves meanwhile.

    `has_screen`: it is kept, and there is a screen to show for it. `behind`: the screen
    that was shown after this turn was kept, so that its notes do not speak of it.
    """

    person: PersonKey
    incoming: Incoming
    left: asyncio.Event = field(default_factory=asyncio.Event)
    has_screen: bool = False
    behind: Messages | None = None


@dataclass(slots=True, eq=False)
class Together:
    """The turns under way in one chat, oldest first.

    `showing` is held while one is shown; `due` is set when there is one more to show.
    `gone` are messages that are to go with the next screen, and when each was sent.
    """

    showing: asyncio.Lock = field(default_factory=asyncio.Lock)
    due: asyncio.Event = field(default_factory=asyncio.Event)
    turns: list[TurnUnderWay] = field(default_factory=list)
    gone: dict[int, int] = field(default_factory=dict)

    def leaves(self) -> None:
        """Tell every turn that its person has left."""
        for turn in self.turns:
            turn.left.set()

    def is_followed(self, turn: TurnUnderWay) -> bool:
        """Tell whether a later turn's screen is the one to show."""
        return any(each.has_screen for each in self._after(turn))

    def has_screen(self, turn: TurnUnderWay) -> None:
        """Know that a turn is kept, and that there is a screen to show for it."""
        turn.has_screen = True
        self.due.set()

    async def follows(self, turn: TurnUnderWay) -> None:
        """Return as soon as a turn is followed."""
        while not self.is_followed(turn):
            self.due.clear()
            await self.due.wait()

    def has_shown(self, turn: TurnUnderWay, shown: Messages) -> None:
        """Tell later turns which messages the screen is now."""
        self.gone.clear()
        for each in self._after(turn):
            each.behind = shown

    def _after(self, turn: TurnUnderWay) -> list[TurnUnderWay]:
        return self.turns[self.turns.index(turn) + 1 :]


class Chats:
    """Every chat in which turns are under way."""

    def __init__(self) -> None:
        """Begin with none."""
        self._chats: dict[int, Together] = {}

    def leaves(self, chat: int) -> bool:
        """Tell all that is under way in a chat that its person has left.

        Return whether anything is.
        """
        if chat not in self._chats:
            return False
        self._chats[chat].leaves()
        return True

    @contextmanager
    def under_way(self, turn: TurnUnderWay) -> Iterator[Together]:
        """Have a turn among those of its chat for as long as it lasts."""
        chat = turn.incoming.chat
        together = self._chats.setdefault(chat, Together())
        together.turns.append(turn)
        try:
            yield together
        finally:
            together.turns.remove(turn)
            if not together.turns:
                del self._chats[chat]
