"""What a channel is to do after a turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import randbytes

from bot.core.engine.conversation import Conversation, Event
from bot.core.engine.screen import Screen
from bot.core.engine.turn import Turn
from bot.core.flow import Facts
from bot.keeping import Notes

_NAME_BYTES = 4  # two turns of one person are told apart


@dataclass(frozen=True, slots=True)
class Reply:
    """What a channel is to do: show a screen, or (`left`) clear all it can.

    `notes` are the channel's own, as it last left them. `turn` names this turn, to tell
    whether it is still the last (`FrontDesk.note`, `stands`). `screen` is None after a
    quick exit, and for a repeated update of someone who is forgotten: then there is
    nothing to do, unless `left`. `offered` is false when the event was a tap that is
    not offered (any more): the screen is then the current one, again. `language` is
    what they read in before. `repeated`: it was acted on before, and perhaps shown.
    `begins`: nothing was kept of their conversation, so they may have left. `heard` is
    false where the store was not: of their notes nothing is known.
    """

    screen: Screen | None
    facts: Facts
    notes: Notes
    interrupt: str | None = None
    left: bool = False
    offered: bool = True
    language: str = ""
    turn: str = ""
    repeated: bool = False
    begins: bool = False
    heard: bool = True


Receive = Callable[[Event], Reply]
"""Takes one event to the front desk, and waits for what is to be shown."""


def reply_of(
    turn: Turn,
    before: Conversation | None,
    notes: Notes,
    name: str | None,
    *,
    repeated: bool = False,
) -> Reply:
    """Return what to do after a turn; `name` is the one it has had before."""
    after = turn.decision.conversation
    return Reply(
        screen=turn.screen,
        facts=after.here.facts if after else {},
        notes=notes,
        interrupt=turn.decision.interrupt,
        left=turn.decision.interrupt is not None and turn.screen is None,
        offered=turn.decision.offered,
        language=before.language if before else "",
        turn=(name or _new_name()) if after else "",
        repeated=repeated,
        begins=before is None,
    )


def _new_name() -> str:
    # It tells turns apart, and hides nothing. To ask the system for chance lets other
    # threads go on, and a store's thread would have to wait for them.
    return randbytes(_NAME_BYTES).hex()  # noqa: S311
