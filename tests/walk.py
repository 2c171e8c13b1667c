"""A walk over a flow, nearest places first: where people can come to, and how.

It is bounded, so that it takes a moment and not an hour: so many taps, and no more than
one tick at each choose-any. `waymark check` is what walks everything.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.core.engine.conversation import (
    Conversation,
    Event,
    Interrupted,
    Place,
    Started,
    Tapped,
)
from bot.core.engine.machine import FlowMachine
from bot.core.engine.standing import DONE, SKIP
from bot.core.engine.turn import decide
from bot.core.flow import Question
from bot.library import load_unproved

SHIPPED = Path(__file__).parent.parent / "flows" / "stalking"
MAX_TAPS = 7  # the longest way from the start to an outcome, all questions answered
EARLY = 1  # interrupts are walked into from the first screen; tests try them everywhere


@dataclass(frozen=True, slots=True)
class Visit:
    """A conversation at some place, and the shortest way by which it came there."""

    conversation: Conversation
    by: tuple[Event, ...]

    @property
    def place(self) -> Place:
        """Where the conversation stands."""
        return self.conversation.here


@cache
def shipped() -> FlowMachine:
    """Load the flow that is shipped, once for all tests; others prove it."""
    return load_unproved(SHIPPED)


@cache
def visits(taps: int = MAX_TAPS) -> tuple[Visit, ...]:
    """Return every place of the shipped flow within so many taps of the start."""
    return tuple(walk(shipped(), taps))


@cache
def ways() -> dict[str, tuple[Event, ...]]:
    """Return the shortest way from the start to each step of the shipped flow."""
    found: dict[str, tuple[Event, ...]] = {}
    for visit in visits():
        found.setdefault(visit.place.step, visit.by)
    return found


def walk(machine: FlowMachine, taps: int) -> Iterator[Visit]:
    """Give each place once, nearest first."""
    start = decide(machine, None, Started()).conversation
    assert start is not None
    nearest = [Visit(start, ())]
    known = {_key(start, start.here)}
    for _ in range(taps + 1):
        yield from nearest
        further = []
        for visit in nearest:
            for event in moves(machine, visit.conversation):
                after = decide(machine, visit.conversation, event).conversation
                assert after is not None
                key = _key(after, after.here)
                if key not in known:
                    known.add(key)
                    further.append(Visit(after, (*visit.by, event)))
        nearest = further


def moves(machine: FlowMachine, conversation: Conversation) -> Iterator[Event]:
    """Give what a person can do at a place; "back" leads to a place known already."""
    here = conversation.here
    step = machine.flow.steps[here.step]
    ticks = isinstance(step, Question) and step.fact.any_of
    if not here.ticked:
        yield from (Tapped(option.id) for option in step.options)
    if ticks:
        yield Tapped(DONE)
    if isinstance(step, Question) and not step.required and not here.ticked:
        yield Tapped(SKIP)
    if len(conversation.trail) < EARLY:
        yield from (Interrupted(i.name) for i in machine.flow.interrupts if i.goes_to)


def _key(conversation: Conversation, place: Place) -> Hashable:
    returns = None
    if place.returns is not None:
        returns = _key(conversation, conversation.trail[place.returns])
    return place.step, tuple(sorted(place.facts.items())), place.ticked, returns
