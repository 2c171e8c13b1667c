"""The choice of a language: it moves nobody, it changes the words on the screen."""

from __future__ import annotations

from dataclasses import replace

from bot.core.engine.conversation import Chose, Conversation, Event, Tapped
from bot.core.engine.directory import language_name
from bot.core.engine.machine import FlowMachine
from bot.core.engine.screen import Button, Screen
from bot.core.flow import Flow

LANGUAGE = "language_"  # with the code behind it: the button of another language


def choice_of(
    machine: FlowMachine, conversation: Conversation, event: Event
) -> Chose | None:
    """Return the choice that an event makes; None where it is something else.

    The first screen alone has buttons for it. It may be an old first screen: nothing is
    lost by reading on in another language.
    """
    if isinstance(event, Chose):
        return event
    if not isinstance(event, Tapped) or not event.option.startswith(LANGUAGE):
        return None
    on_screen = conversation.here.step if event.step is None else event.step
    language = event.option.removeprefix(LANGUAGE)
    return Chose(language) if on_screen == machine.flow.start else None


def with_choice(machine: FlowMachine, flow: Flow, screen: Screen) -> Screen:
    """Return a screen with a button for each other language, if it is the first.

    Each is in its own words, so that nobody needs to read one language to find another.
    """
    if screen.step != flow.start:
        return screen
    buttons = (
        Button(f"{LANGUAGE}{other.language}", language_name(other))
        for other in machine.beside(flow)
    )
    return replace(screen, options=(*screen.options, *buttons))


def in_language(
    machine: FlowMachine, conversation: Conversation, language: str
) -> Conversation | None:
    """Return the conversation at the same place in a language; None: not on offer."""
    if language not in machine.languages:
        return None
    return replace(conversation, language=language, misses=0)
