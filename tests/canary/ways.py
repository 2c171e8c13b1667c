"""A way to every step of the shipped flow, with its questions about counting."""

from __future__ import annotations

from bot.core.engine.conversation import (
    Conversation,
    Event,
    Interrupted,
    Started,
    Tapped,
)
from bot.core.engine.machine import FlowMachine
from bot.core.engine.turn import decide
from bot.library import load_unproved
from tests.channels.everywhere import TYPED
from tests.telegram.stand_in import Person
from tests.walk import SHIPPED, moves

Way = tuple[Event, ...]


def ways_to_every_step() -> tuple[FlowMachine, list[Way]]:
    """Return the flow, and ways that together come to each of its steps."""
    machine = load_unproved(SHIPPED, counting=True)
    start = decide(machine, None, Started()).conversation
    assert start
    found: dict[str, Way] = {}
    nearest: list[tuple[Conversation, Way]] = [(start, ())]
    known: set[object] = set()
    while nearest:
        further = []
        for conversation, way in nearest:
            found.setdefault(conversation.here.step, way)
            for event in moves(machine, conversation):
                after = decide(machine, conversation, event).conversation
                if after and _key(after) not in known:
                    known.add(_key(after))
                    further.append((after, (*way, event)))
        nearest = further
    assert found.keys() == machine.flow.steps.keys()
    beginnings = {way[:end] for way in found.values() for end in range(len(way))}
    return machine, [way for way in found.values() if way not in beginnings]


async def goes(person: Person, machine: FlowMachine, way: Way) -> None:
    """Go a way on Telegram, from the start."""
    await person.starts()
    for event in way:
        match event:
            case Tapped(option):
                await person.taps(option)
            case Interrupted(name):
                await _interrupts(person, machine, name)
            case _:
                raise AssertionError(event)


async def _interrupts(person: Person, machine: FlowMachine, name: str) -> None:
    interrupt = machine.flow.interrupt(name)
    assert interrupt
    if interrupt.button:
        await person.taps(name)
    elif interrupt.command:
        await person.types(f"/{interrupt.command}")
    else:
        await person.types(TYPED[name])


def _key(conversation: Conversation) -> object:
    here = conversation.here
    return here.step, here.ticked, here.facts.get("who")
