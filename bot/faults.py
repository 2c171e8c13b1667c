"""What a fault in a turn comes to: a line in the log, and a screen that has 999."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from secrets import token_hex

from bot.core.engine.conversation import Event, Started
from bot.core.engine.emergency import emergency_screen
from bot.core.engine.turn import Turn
from bot.reply import Reply


def log_fault(log: logging.Logger, error: Exception) -> None:
    """Log the kind of an error alone: its message may hold what someone typed."""
    kind, reference = type(error).__name__, token_hex(4)
    log.error("turn failed: %s (reference %s)", kind, reference, extra={"fault": kind})


def after_a_fault(event: Event, turn: Callable[[], Turn]) -> Reply:
    """Return what is done all the same. `turn` does the event for whoever is new.

    Whoever leaves must not be shown a screen that tells. That needs no store, and
    neither does the first screen.
    """
    with suppress(Exception):  # the flow may be what failed
        anew = turn()
        if anew.decision.conversation is None:
            interrupt = anew.decision.interrupt
            return Reply(None, {}, {}, interrupt, left=True, heard=False)
        if isinstance(event, Started):
            return Reply(anew.screen, {}, {}, heard=False)
    return Reply(emergency_screen(), {}, {}, heard=False)
