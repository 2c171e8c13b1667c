"""A sign: what people type when they are in danger, want to leave, and so on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.finding import Position

DANGER, SUICIDE, CANNOT_SPEAK = "danger_now", "suicide", "cannot_speak"
SUICIDE_SOMEONE = "suicide_someone"  # not the one who types, but someone else

# Not a sign of anything, and no sign that there is nothing: it has to be asked.
UNCLEAR = "unclear"

# "Hello", "thanks": whoever types that and nothing else is not asked about danger.
CHATTER = "chatter"

# What is answered before anything else, in this order.
EMERGENCIES = (DANGER, SUICIDE, SUICIDE_SOMEONE, CANNOT_SPEAK)


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


def in_order(kinds: Iterable[str]) -> tuple[str, ...]:
    """Return kinds of sign in the order in which they are answered, each once.

    Those that are no emergency keep the order in which they come.
    """

    def rank(kind: str) -> int:
        if kind in EMERGENCIES:
            return EMERGENCIES.index(kind)
        return len(EMERGENCIES) + (kind == UNCLEAR)

    return tuple(sorted(dict.fromkeys(kinds), key=rank))
