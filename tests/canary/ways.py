"""A way to every step of the shipped flow, with its questions about counting."""

from __future__ import annotations

from functools import partial

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
    """Go a way on Telegram, from the start; each screen is waited for, however long."""
    await person.starts(waits=False)
    conversation = decide(machine, None, Started()).conversation
    for event in (None, *way):
        if event:
            conversation = decide(machine, conversation, event).conversation
            await _does(person, machine, event)
        assert conversation
        here = conversation.here
        ticked = {f"{machine.flow.version}:{here.step}:{t}:off" for t in here.ticked}
        await person.telegram.until(partial(_shows, person, here.step, ticked))


def _shows(person: Person, step: str, ticked: set[str]) -> bool:
    """Tell whether a screen is there by now, with these ticks on it."""
    shown = [message for message in person.chat if message.by_bot and message.buttons]
    data = {data for _, data in shown[-1].buttons} if shown else set()
    return (
        bool(data) and ticked <= data and all(step in each.split(":") for each in data)
    )


async def _does(person: Person, machine: FlowMachine, event: Event) -> None:
    match event:
        case Tapped(option):
            await person.taps(option, waits=False)
        case Interrupted(name):
            await _interrupts(person, machine, name)
        case _:
            raise AssertionError(event)


async def _interrupts(person: Person, machine: FlowMachine, name: str) -> None:
    interrupt = machine.flow.interrupt(name)
    assert interrupt
    if interrupt.button:
        await person.taps(name, waits=False)
    elif interrupt.command:
        await person.types(f"/{interrupt.command}", waits=False)
    else:
        await person.types(TYPED[name], waits=False)


def _key(conversation: Conversation) -> object:
    here = conversation.here
    return here.step, here.ticked, here.facts.get("who")
