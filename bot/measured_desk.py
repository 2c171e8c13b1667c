"""A front desk that tells of each turn how it ended and how long it took."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

from bot.core.engine.emergency import emergency_screen
from bot.frontdesk import FrontDesk
from bot.reply import Reply

OnTurn = Callable[[str, float], None]
"""Hears of every turn: the kind of screen that it led to, and the seconds it took."""

_EMERGENCY = emergency_screen().step


class MeasuredDesk(FrontDesk):
    """The same front desk; `on_turn` hears of its turns, and nothing of anybody."""

    def __init__(self, *args: Any, on_turn: OnTurn, **kwargs: Any) -> None:  # noqa: ANN401 - handed on as they come
        """Make the front desk out of the rest."""
        super().__init__(*args, **kwargs)
        self._on_turn = on_turn

    async def receive(self, *args: Any, **kwargs: Any) -> Reply:  # noqa: ANN401 - handed on as they come
        """Do one turn, and tell of it."""
        began = perf_counter()
        reply = await super().receive(*args, **kwargs)
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
