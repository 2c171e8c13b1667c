"""Ways that lead everywhere, for tests that go them on a channel."""

from __future__ import annotations

from functools import cache

from bot.core.checker.configurations import Configurations
from bot.core.checker.liveness import Spot
from bot.core.checker.scope import read_by
from bot.core.checker.walk import Effort, Walk
from bot.core.counting.questions import without_counting
from bot.core.engine.conversation import Conversation, Event
from bot.core.engine.machine import FlowMachine
from bot.core.engine.turn import Decision
from bot.library import read_folder
from tests.walk import SHIPPED

# What is typed for interrupts that have neither a button nor a command.
TYPED = {
    "suicide": "i want to die",
    "their_life_at_risk": "my friend says she wants to kill herself tonight",
    "silent": "i cant speak",
    "unsure": "it is happening again now",
    "child": "im 13",
    "anonymous": "can i tell you without giving my name",
    "police": "i want to report it to the police",
    "friend": "worried about my friend",
    "behaviour": "i cant stop following",
}


class Onlooker:
    """Looks on while the flow is walked, and notes who came where."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self.spots: list[Spot] = []  # of each configuration, by its index

    def arrived(self, index: int, conversation: Conversation) -> None:
        """Note where a configuration stands."""
        assert index == len(self.spots)
        here = conversation.here
        self.spots.append((here.step, here.returns is not None))

    def moved(
        self, index: int, before: Conversation, event: Event, decision: Decision
    ) -> None:
        """Let a move pass."""


@cache
def everywhere() -> tuple[Walk, list[Spot]]:
    """Return the walk of `waymark check`, and the spot of each configuration."""
    reading = read_folder(SHIPPED)
    assert reading.flow is not None
    assert reading.intent is not None
    flow, onlooker = without_counting(reading.flow), Onlooker()
    configurations = Configurations(flow, read_by(flow, reading.intent.promises))
    walk = Walk(FlowMachine(flow), configurations)
    walk.run(onlooker, Effort())
    return walk, onlooker.spots


@cache
def ways_to_everywhere(*, all_of_them: bool) -> list[tuple[Event, ...]]:
    """Return the shortest ways that, with their beginnings, lead everywhere.

    `all_of_them`: to every configuration; else to one at each step, and one inside each
    interrupt.
    """
    walk, spots = everywhere()
    first = {spot: index for index, spot in reversed([*enumerate(spots)])}
    indexes = range(len(walk)) if all_of_them else sorted(first.values())
    ways = [walk.way(index) for index in indexes]
    beginnings = {way[:end] for way in ways for end in range(len(way))}
    return [way for way in ways if way not in beginnings]
