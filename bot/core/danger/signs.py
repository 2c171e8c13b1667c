"""A sign: what people type when they are in danger, want to leave, and so on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.finding import Position


@dataclass(frozen=True, slots=True)
class Sign:
    """A kind of sign, the phrases that mean it, and those that only sound like it.

    `alone` are phrases that mean it only when nothing else is typed.
    """

    kind: str
    phrases: tuple[str, ...]
    alone: tuple[str, ...]
    only_sounds_like: tuple[str, ...]
    at: Position
