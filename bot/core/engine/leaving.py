"""Whether something asks to leave, or must be answered although someone is leaving.

A channel asks this before a turn: a quick exit waits for nothing, and what comes while
it is under way is taken out of the chat and not answered.
"""

from __future__ import annotations

from bot.core.engine.conversation import Event, Interrupted, Said, Started
from bot.core.engine.machine import FlowMachine
from bot.core.engine.turn import Decision, begin, decide


def leaves(machine: FlowMachine, event: Event) -> bool:
    """Tell whether an event is a quick exit, in any language on offer."""
    # Everybody's every tap is asked about, and no answer to a question is one.
    return isinstance(event, Interrupted | Said) and any(
        _first(machine, event, language).conversation is None
        for language in machine.languages
    )


def must_be_answered(machine: FlowMachine, event: Event) -> bool:
    """Tell whether an event is a start, or says that someone may be in danger."""
    return isinstance(event, Started) or any(
        _first(machine, event, language).interrupt for language in machine.languages
    )


def _first(machine: FlowMachine, event: Event, language: str) -> Decision:
    return decide(machine, begin(machine, language), event)
