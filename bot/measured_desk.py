"""A front desk that tells of each turn how it ended and how long it took."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from time import perf_counter

from bot.core.engine.conversation import Event
from bot.core.engine.emergency import emergency_screen
from bot.core.engine.machine import FlowMachine
from bot.core.person import PersonKey
from bot.frontdesk import Clock, FrontDesk, Note, Unseen
from bot.recent_words import RecentWords
from bot.reply import Reply
from bot.stores.base import Store
from bot.tally import Tally

OnTurn = Callable[[str, float], None]
"""Hears of every turn: the kind of screen that it led to, and the seconds it took."""

_EMERGENCY = emergency_screen().step


class MeasuredDesk(FrontDesk):
    """The same front desk; `on_turn` hears of its turns, and nothing of anybody."""

    def __init__(  # noqa: PLR0913 - each is a part that is plugged in
        self,
        machine: FlowMachine,
        store: Store,
        clock: Clock,
        forget_after: timedelta,
        on: frozenset[str],
        *,
        recent: RecentWords | None,
        tally: Tally | None,
        on_turn: OnTurn,
    ) -> None:
        """Make the front desk out of all but `on_turn`."""
        super().__init__(
            *(machine, store, clock, forget_after, on), recent=recent, tally=tally
        )
        self._on_turn = on_turn

    async def receive(
        self,
        person: PersonKey,
        event: Event,
        receipt: str | None = None,
        note: Note = dict,
        unseen: Unseen | None = None,
    ) -> Reply:
        """Do one turn, and tell of it."""
        began = perf_counter()
        reply = await super().receive(person, event, receipt, note, unseen)
        self._on_turn(_shown(reply), perf_counter() - began)
        return reply


def _shown(reply: Reply) -> str:
    if reply.left:
        return "left"
    if reply.screen is None:
        return "nothing"
    if reply.screen.step == _EMERGENCY:
        return "emergency"
    return reply.screen.kind if reply.offered else "again"
