"""Ways that lead everywhere, for tests that go them on a channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from bot.core.checker.configurations import Configurations
from bot.core.checker.moves import Move, done, events_of, moves
from bot.core.checker.scope import read_by
from bot.core.checker.walk import Effort, Walk
from bot.core.counting.questions import without_counting
from bot.core.engine.conversation import Conversation, Event, Tapped
from bot.core.engine.machine import FlowMachine
from bot.core.engine.screen import Moment, Screen
from bot.core.engine.standing import BACK, SEEN
from bot.core.engine.turn import Decision, decide, screen_of
from bot.core.flow import Notice
from bot.library import read_folder
from tests.walk import SHIPPED

MOST_TURNS = 30  # of one person; between any two, everything starts again
CHRISTMAS_NIGHT = datetime(2026, 12, 25, 3, 0, tzinfo=UTC)
# What is typed for interrupts that have neither a button nor a command.
TYPED = {
    "suicide": "i want to die",
    "their_life_at_risk": "my friend says she wants to kill herself tonight",
    "silent": "i cant speak",
    "unsure": "they did it again",
    "child": "im 13",
    "anonymous": "can i tell you without giving my name",
    "police": "i want to report it to the police",
    "friend": "worried about my friend",
    "behaviour": "i cant stop following",
}


@dataclass(frozen=True, slots=True)
class Everywhere:
    """All configurations of the shipped flow, as `waymark check` walks them.

    `screens`: which screen is seen at each configuration, by its number, in the order
    in which the walk came there. What looks alike is the same screen.
    """

    machine: FlowMachine
    configurations: Configurations
    walk: Walk
    screens: dict[int, int]

    def screen(self, conversation: Conversation) -> int:
        """Return which screen is seen at the configuration that someone stands at."""
        return self.screens[self.configurations.number(conversation.here)]


class Onlooker:
    """Looks on while the flow is walked, and notes where it comes."""

    def __init__(self, machine: FlowMachine, configurations: Configurations) -> None:
        """Begin with nobody."""
        self._machine, self._configurations = machine, configurations
        self.screens: dict[int, int] = {}
        self._seen: dict[Screen, int] = {}

    def arrived(self, index: int, conversation: Conversation) -> None:
        """Note a configuration."""
        assert index == len(self.screens)
        number = self._configurations.number(conversation.here)
        screen = screen_of(self._machine, conversation, Moment(CHRISTMAS_NIGHT))
        self.screens[number] = self._seen.setdefault(screen, len(self._seen))

    def moved(
        self, index: int, before: Conversation, event: Event, decision: Decision
    ) -> None:
        """Let a move pass."""


@cache
def everywhere() -> Everywhere:
    """Walk the shipped flow, without its questions about counting."""
    reading = read_folder(SHIPPED, effort=Effort(reading_age=False, proof=False))
    assert reading.flow is not None
    assert reading.intent is not None
    flow = without_counting(reading.flow)
    machine = FlowMachine(flow)
    configurations = Configurations(flow, read_by(flow, reading.intent.promises))
    walk, onlooker = Walk(machine, configurations), Onlooker(machine, configurations)
    walk.run(onlooker, Effort(exact=False))
    return Everywhere(machine, configurations, walk, onlooker.screens)


@cache
def shortest_ways() -> list[tuple[Event, ...]]:
    """Return the shortest ways that, with their beginnings, lead everywhere."""
    walk = everywhere().walk
    ways = [walk.way(index) for index in range(len(walk))]
    beginnings = {way[:end] for way in ways for end in range(len(way))}
    return [way for way in ways if way not in beginnings]


def round_trips() -> list[tuple[Event, ...]]:
    """Return fewer ways that together lead to everything that can be seen.

    Each goes on to wherever nobody has seen, turns back where there is nothing new, and
    ends after MOST_TURNS. The next begins with the shortest way to what is left.
    """
    all_of_it, trips = everywhere(), []
    left = set(all_of_it.screens.values())
    for index, screen in enumerate(all_of_it.screens.values()):
        if screen in left:
            trips.append(_round_trip(all_of_it, all_of_it.walk.way(index), left))
    assert not left
    return trips


def _round_trip(
    all_of_it: Everywhere, way: tuple[Event, ...], left: set[int]
) -> tuple[Event, ...]:
    """Go a way and on from there; take from `left` all that is come to."""
    machine, trip = all_of_it.machine, list(way)
    here: Conversation | None = None
    for event in way:
        here = decide(machine, here, event).conversation
        assert here is not None
        left.discard(all_of_it.screen(here))
    while here is not None and len(trip) < MOST_TURNS:
        new = _somewhere_new(all_of_it, here, left) or turning_back(machine, here)
        if new is None:
            break
        for event in events_of(new):
            trip.append(event)
            here = decide(machine, here, event).conversation
            assert here is not None
            left.discard(all_of_it.screen(here))
    return tuple(trip)


def _somewhere_new(
    all_of_it: Everywhere, here: Conversation, left: set[int]
) -> Move | None:
    machine = all_of_it.machine
    for move in moves(machine, machine.flow.steps[here.here.step]):
        after = done(machine, here, move).conversation
        if after is not None and all_of_it.screen(after) in left:
            return move
    return None


def turning_back(machine: FlowMachine, conversation: Conversation) -> Event | None:
    """Return the tap to the place before, or to where someone was called away."""
    here = conversation.here
    step = machine.flow.steps[here.step]
    if not conversation.trail:
        return None
    if isinstance(step, Notice) and step.is_page:
        return Tapped(SEEN)
    if here.returns is None:
        return Tapped(BACK)
    return Tapped(next(o.id for o in step.options if o.goes_to is None))
