"""The turns of one chat that are under way at the same time, and which is shown.

A turn is kept at once, and its screen is shown once that of the turn before is. A chat
only ever has one screen: if a later turn is kept by then, only that one's is shown. So
whoever taps faster than Telegram takes screens sees where they stand, and a chat that
floods us, or that Telegram slows down, costs one screen instead of hundreds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from bot.channels.telegram.calls import NotWanted
from bot.channels.telegram.notes import Messages
from bot.channels.telegram.updates import Incoming
from bot.core.person import PersonKey


@dataclass(slots=True, eq=False, kw_only=True)
class UnderWay:
    """A turn, or the screen of a fault. `left` is set when its person leaves meanwhile.

    `has_screen`: it is kept, and there is a screen to show for it. `behind`: the screen
    that was shown after this turn was kept, so that its notes do not speak of it.
    """

    left: asyncio.Event = field(default_factory=asyncio.Event)
    has_screen: bool = False
    behind: Messages | None = None

    async def pause(self, seconds: float) -> None:
        """Wait. Raises NotWanted as soon as the person has left."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.left.wait(), seconds)
        if self.left.is_set():
            raise NotWanted


@dataclass(slots=True, eq=False)
class TurnUnderWay(UnderWay):
    """A turn; `is_exit`: its person asks to leave."""

    person: PersonKey
    incoming: Incoming
    is_exit: bool = False


@dataclass(slots=True, eq=False)
class Together:
    """The turns under way in one chat, oldest first.

    `showing` is held while one is shown; `due` is set when there is one more to show.
    `gone` are messages that are to go with the next screen, and when each was sent.
    """

    showing: asyncio.Lock = field(default_factory=asyncio.Lock)
    due: asyncio.Event = field(default_factory=asyncio.Event)
    turns: list[UnderWay] = field(default_factory=list)
    gone: dict[int, int] = field(default_factory=dict)

    def leaves(
        self, leaving: TurnUnderWay, is_urgent: Callable[[TurnUnderWay], bool]
    ) -> bool:
        """Tell turns that their person has left: all but urgent ones that came later.

        Return whether what they have kept has to go; not if somebody is back by now.
        """
        after = self._after(leaving)
        back = {
            each for each in after if isinstance(each, TurnUnderWay) and is_urgent(each)
        }
        ended = [each for each in self.turns if each not in {leaving, *back}]
        for each in ended:
            each.left.set()
        return bool(ended) and not back

    def is_after_exit(self, turn: TurnUnderWay) -> bool:
        """Tell whether its person asked to leave just before: their screen will go."""
        before = self.turns[: self.turns.index(turn)]
        return any(isinstance(each, TurnUnderWay) and each.is_exit for each in before)

    def is_followed(self, turn: TurnUnderWay) -> bool:
        """Tell whether a later turn's screen is the one to show."""
        return any(each.has_screen for each in self._after(turn))

    def is_back(self, leaving: TurnUnderWay) -> bool:
        """Tell whether its person is to be shown what they did after they left."""
        after = self._after(leaving)
        return any(each.has_screen and not each.left.is_set() for each in after)

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

    def _after(self, turn: UnderWay) -> list[UnderWay]:
        return self.turns[self.turns.index(turn) + 1 :]


class Chats:
    """Every chat in which turns are under way."""

    def __init__(self) -> None:
        """Begin with none."""
        self._chats: dict[int, Together] = {}

    @contextmanager
    def under_way(self, chat: int, turn: UnderWay) -> Iterator[Together]:
        """Have a turn among those of its chat for as long as it lasts."""
        together = self._chats.setdefault(chat, Together())
        together.turns.append(turn)
        try:
            yield together
        finally:
            together.turns.remove(turn)
            if not together.turns:
                del self._chats[chat]
