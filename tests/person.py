"""A person who writes to the bot: what they do, and what they then see.

Between any two turns only what a store would keep survives: the conversation goes
through plain data and JSON, there and back.
"""

from __future__ import annotations

import json
import re

from bot.core.engine.conversation import (
    Conversation,
    Event,
    Interrupted,
    Place,
    Said,
    Started,
    Tapped,
    Unread,
    from_plain,
    to_plain,
)
from bot.core.engine.machine import FlowMachine
from bot.core.engine.screen import Moment, Screen
from bot.core.engine.turn import Turn, take_turn
from bot.core.flow import Facts
from tests.walk import ways

NUMBER = re.compile(r"\d(?:[\d ]*\d)?")  # as people read it: "0808 802 0300" is one


class Person:
    """Someone in one conversation with a flow, at one moment."""

    def __init__(self, machine: FlowMachine, moment: Moment) -> None:
        """Stand before the first message: nothing is kept of them."""
        self.machine = machine
        self.moment = moment
        self.turn: Turn | None = None
        self._kept: str | None = None

    def starts(self, at: str | None = None) -> None:
        """Send /start; then go the shortest way to a step of the shipped flow."""
        self.does(Started(), *(ways()[at] if at else ()))

    def taps(self, *options: str, on_screen: str | None = None) -> None:
        """Tap options one after another; `on_screen`: the step of an older screen."""
        self.does(*(Tapped(option, on_screen) for option in options))

    def types(self, *texts: str) -> None:
        """Type messages one after another."""
        self.does(*(Said(text) for text in texts))

    def uses(self, interrupt: str) -> None:
        """Use the button or the command of an interrupt."""
        self.does(Interrupted(interrupt))

    def leaves(self) -> None:
        """Tap "Leave now"."""
        self.uses("leave")

    def sends_a_picture(self) -> None:
        """Send something that cannot be read."""
        self.does(Unread())

    def does(self, *events: Event) -> None:
        """Let events happen, one turn each."""
        for event in events:
            self.turn = take_turn(self.machine, self.conversation, event, self.moment)
            self.keeps(self.turn.decision.conversation)

    def keeps(self, conversation: Conversation | None) -> None:
        """Have this kept of them, as a store would; None: they are forgotten."""
        self._kept = json.dumps(to_plain(conversation)) if conversation else None

    @property
    def conversation(self) -> Conversation | None:
        """What is kept of them, read back as a store would."""
        return from_plain(json.loads(self._kept)) if self._kept else None

    @property
    def place(self) -> Place:
        """Where they stand, with all that is kept of the place."""
        assert self.conversation is not None, "nothing is kept of this person"
        return self.conversation.here

    @property
    def home(self) -> Place:
        """Where an aside leads back to; elsewhere, where they stand."""
        conversation, returns = self.conversation, self.place.returns
        assert conversation is not None
        return self.place if returns is None else conversation.trail[returns]

    @property
    def screen(self) -> Screen:
        """What they see."""
        assert self.turn is not None, "nothing has happened yet"
        assert self.turn.screen is not None, "nothing is shown to this person"
        return self.turn.screen

    @property
    def has_left(self) -> bool:
        """Whether all that was kept of them is gone, and nothing is shown."""
        return self._kept is None and self.turn is not None and self.turn.screen is None

    @property
    def stands_at(self) -> str:
        """The step of the screen that they see."""
        return self.screen.step

    @property
    def facts(self) -> Facts:
        """What they have answered."""
        return self.place.facts

    @property
    def options(self) -> tuple[str, ...]:
        """What they can tap beside the buttons that are on every screen."""
        return tuple(button.id for button in self.screen.options)

    @property
    def ticked(self) -> tuple[str, ...]:
        """The options that show as ticked."""
        return tuple(button.id for button in self.screen.options if button.ticked)

    @property
    def is_told_to_call(self) -> str | None:
        """The first number of an outcome; None where the screen is no outcome."""
        number = NUMBER.search(self.screen.text)
        return number[0] if number and self.screen.kind == "outcome" else None

    @property
    def number_for_danger(self) -> str:
        """The number that reaches help where they are: abroad, 999 may reach nobody."""
        return "112" if self.facts.get("nation") == ("elsewhere",) else "999"

    @property
    def tap_was_taken(self) -> bool:
        """Whether the last event was something that is offered."""
        assert self.turn is not None, "nothing has happened yet"
        return self.turn.decision.offered

    def sees(self, text: str) -> bool:
        """Tell whether these words are on the screen or on one of its buttons."""
        screen = self.screen
        buttons = (*screen.options, *screen.interrupts)
        return text in screen.text or any(text in button.label for button in buttons)
