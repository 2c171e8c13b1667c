"""Walks every configuration of a flow by calling the engine itself, move by move.

Breadth first, so the way to each configuration is a shortest one. On the way it proves
what makes the rest of the proof sound: after every move `back` gives the place before
exactly, and an interrupt returns exactly to where it was used.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from bot.core.checker.configurations import Configurations
from bot.core.checker.moves import Aside, Move, done, events_of, leading_on, moves
from bot.core.engine.conversation import (
    Conversation,
    Event,
    Interrupted,
    Started,
    Tapped,
)
from bot.core.engine.lasting import alike, with_lasting
from bot.core.engine.machine import FlowMachine
from bot.core.engine.standing import BACK
from bot.core.engine.turn import Decision, begin, decide

CEILING = 3_000_000  # configurations; about a gigabyte, and some minutes on one core
REPORT_EVERY = 5_000
FROM_START = -1  # what stands for a parent; below it, the number of a Midway

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Effort:
    """How far to walk, and whom to tell how many are done and how many wait.

    `reading_age`: whether to judge how easy the words are, too, which a start can do
    without. `proof`: whether to walk at all; not where it was done before.
    `until_blocked`: leave the walk out where something blocks already. `exact`: whether
    to prove that "back" and every return are exact, too; they are the engine's, so not
    for each of many faults in a flow of which it was proved.
    """

    ceiling: int = CEILING
    progress: Progress | None = None
    reading_age: bool = True
    proof: bool = True
    until_blocked: bool = False
    exact: bool = True


class Watcher(Protocol):
    """Looks on while a flow is walked, and notes what should not be."""

    def arrived(self, index: int, conversation: Conversation) -> None:
        """Look at a configuration, once."""

    def moved(
        self, index: int, before: Conversation, event: Event, decision: Decision
    ) -> None:
        """Look at a move out of the configuration `index`."""


@dataclass(frozen=True, slots=True)
class Midway:
    """Someone from an earlier version: where they stand now, and their way there."""

    conversation: Conversation
    way: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """A move that was not exact: what was done at a configuration, and what failed."""

    index: int
    event: Event
    says: str


class Walk:
    """All configurations that can be reached, and the shortest way to each."""

    def __init__(self, machine: FlowMachine, configurations: Configurations) -> None:
        """Prepare; `run` does the walking."""
        self._machine = machine
        self._configurations = configurations
        self._index: dict[int, int] = {}
        self._parents = array("l")
        self._events: list[Move] = []
        steps = machine.flow.steps.values()
        self._moves = {step.id: tuple(moves(machine, step)) for step in steps}
        self._waiting: deque[tuple[int, Conversation]] = deque()
        self._midway: list[Midway] = []
        self._come = 0  # how many of them have been walked on from
        self._exact = True
        self.moves = 0
        self.slips: list[Slip] = []
        self.complete = True

    def __len__(self) -> int:
        """Count the configurations."""
        return len(self._events)

    def run(
        self,
        watcher: Watcher,
        effort: Effort,
        midway: Iterable[Midway] = (),
    ) -> None:
        """Walk everything; `complete` is false where the ceiling was too low.

        `midway` are people from an earlier version: they are walked on from where they
        stand, after everyone who begins at the start.
        """
        self._arrive(FROM_START, Started(), begin(self._machine), watcher)
        self._midway, self._exact = list(midway), effort.exact
        done = 0
        while self._waiting or self._next_midway(watcher):
            index, conversation = self._waiting.popleft()
            self._leave(index, conversation, watcher)
            done += 1
            if effort.progress and done % REPORT_EVERY == 0:
                effort.progress(done, len(self._waiting))
            if len(self._events) > effort.ceiling:
                self.complete = False
                return

    def way(self, index: int) -> tuple[Event, ...]:
        """Return a shortest way to a configuration, event by event.

        For someone from an earlier version it begins with their way in that one.
        """
        events: list[Event] = []
        while index >= 0:
            events.extend(reversed(events_of(self._events[index])))
            index = self._parents[index]
        if index < FROM_START:
            events[-1:] = reversed(self._midway[FROM_START - 1 - index].way)
        return tuple(reversed(events))

    def is_midway(self, index: int) -> bool:
        """Tell whether only someone from an earlier version comes here."""
        while index >= 0:
            index = self._parents[index]
        return index < FROM_START

    def _next_midway(self, watcher: Watcher) -> bool:
        while self._come < len(self._midway) and not self._waiting:
            person = self._midway[self._come]
            self._come += 1
            parent = FROM_START - self._come
            self._arrive(parent, Started(), person.conversation, watcher)
        return bool(self._waiting)

    def _leave(self, index: int, before: Conversation, watcher: Watcher) -> None:
        for event in self._moves[before.here.step]:
            decision = done(self._machine, before, event)
            after = decision.conversation
            self.moves += 1
            if isinstance(event, Aside):  # back where they were, as after any "back"
                if after:
                    self._arrive(index, event, after, watcher)
                continue
            watcher.moved(index, before, event, decision)
            if after is None or not decision.offered:
                continue
            if self._exact:
                self._prove_exact(index, before, event, after)
            self._arrive(index, event, after, watcher)

    def _arrive(
        self, parent: int, event: Move, conversation: Conversation, watcher: Watcher
    ) -> None:
        number = self._configurations.number(conversation.here)
        if number in self._index:
            return
        index = self._index[number] = len(self._events)
        self._parents.append(parent)
        self._events.append(event)
        conversation = trimmed(conversation)
        self._waiting.append((index, conversation))
        watcher.arrived(index, conversation)

    def _prove_exact(
        self, index: int, before: Conversation, event: Event, after: Conversation
    ) -> None:
        if len(after.trail) > len(before.trail):
            self._prove_back(index, before, event, after)
        if after.here.returns is not None and isinstance(event, Interrupted):
            self._prove_return(index, before, event, after)

    def _prove_back(
        self, index: int, before: Conversation, event: Event, after: Conversation
    ) -> None:
        back = decide(self._machine, after, Tapped(BACK)).conversation
        if back is None or not alike(self._machine.lasting, before, back):
            self.slips.append(Slip(index, event, "'back' does not undo this"))

    def _prove_return(
        self, index: int, before: Conversation, event: Event, after: Conversation
    ) -> None:
        returns = before.here.returns
        home = before.here if returns is None else before.trail[returns]
        names = self._machine.lasting
        for tap in leading_on(self._machine.flow.steps[after.here.step]):
            back = decide(self._machine, after, tap).conversation
            if back is None or back.here != with_lasting(names, home, back.here.facts):
                says = f"'{tap.option}' does not return to where it came from"
                self.slips.append(Slip(index, event, says))


def trimmed(conversation: Conversation) -> Conversation:
    """Keep of the trail only the place to return to: all that a next move can read."""
    here = conversation.here
    if here.returns is None:
        return conversation.at(here, ())
    home = conversation.trail[here.returns]
    return conversation.at(replace(here, returns=0), (home,))
