"""What can be done at a step: all that a walk over a flow has to try there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.engine import standing
from bot.core.engine.conversation import (
    Conversation,
    Event,
    Interrupted,
    Started,
    Tapped,
)
from bot.core.engine.machine import FlowMachine
from bot.core.engine.turn import Decision, decide
from bot.core.flow import AnyStep


@dataclass(frozen=True, slots=True)
class Aside:
    """Into an interrupt and out again, where that leaves a fact that lasts."""

    events: tuple[Event, ...]


Move = Event | Aside
Way = tuple[Event, ...]


def leading_on(step: AnyStep) -> Iterator[Tapped]:
    """Give the taps that lead on from a step by its rules, or back out of an aside."""
    names = standing.leading_on(step)
    yield from (Tapped(name) for name in names)
    if standing.DONE in names:
        return
    yield from (Tapped(o.id) for o in step.options if o.goes_to is None)


def done(machine: FlowMachine, conversation: Conversation, move: Move) -> Decision:
    """Return what a move does, one event after another."""
    decision = Decision(conversation)
    for event in events_of(move):
        decision = decide(machine, decision.conversation, event)
    return decision


def events_of(move: Move) -> Way:
    """Return the events of a move, in order."""
    return move.events if isinstance(move, Aside) else (move,)


def moves(machine: FlowMachine, step: AnyStep) -> Iterator[Move]:
    """Give every move that can do something at a step, but `back`, which undoes.

    Where an interrupt leaves a fact that lasts, to go in and to come back is one, too.
    """
    yield from (Tapped(option.id) for option in step.options)
    yield from (Tapped(name) for name in standing.leading_on(step))
    yield from (Interrupted(interrupt.name) for interrupt in machine.flow.interrupts)
    yield from _lasting_asides(machine)
    yield Started()


def _lasting_asides(machine: FlowMachine) -> Iterator[Aside]:
    for interrupt in machine.flow.interrupts:
        if not (interrupt.returns and interrupt.goes_to):
            continue
        fires = Interrupted(interrupt.name)
        if machine.lasting & interrupt.sets.keys():
            yield Aside((fires, Tapped(standing.BACK)))
        for option in machine.flow.steps[interrupt.goes_to].options:
            if option.goes_to is None and machine.lasting & option.sets.keys():
                yield Aside((fires, Tapped(option.id)))
