"""What a tap does at a step: an answer, a tick, an option taken, a question skipped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.core.engine.conversation import Conversation, Place, Tapped
from bot.core.engine.lasting import spread_from
from bot.core.engine.machine import NEXT, FlowMachine
from bot.core.engine.standing import DONE, SKIP
from bot.core.errors import NotOffered
from bot.core.flow import Answer, Facts, Option, Question


def answered(
    machine: FlowMachine, conversation: Conversation, step: Question, tap: Tapped
) -> Conversation:
    """Return the conversation after a tap at a question: answered, ticked, skipped.

    Raises NotOffered where the question offers no such thing.
    """
    here, fact = conversation.here, step.fact
    if tap.option == SKIP and not step.required:
        return _lead_on(machine, conversation, _without(here.facts, fact.name))
    if tap.option == DONE and fact.any_of:
        return _lead_on(machine, conversation, {**here.facts, fact.name: here.ticked})
    option = step.option(tap.option)
    if option is None:
        raise NotOffered
    if option.id not in fact.values:
        return taken(machine, conversation, option, here.facts)
    if fact.any_of:
        ticked = _tick(fact.values, here.ticked, option.id, on=tap.on)
        return replace(conversation, here=replace(here, ticked=ticked), misses=0)
    return taken(machine, conversation, option, {**here.facts, fact.name: (option.id,)})


def taken(
    machine: FlowMachine, conversation: Conversation, option: Option, facts: Facts
) -> Conversation:
    """Return the conversation after an option was taken with these facts."""
    facts = {**facts, **option.sets}
    if option.goes_to is None:
        return _lead_on(machine, conversation, facts)
    here = conversation.here
    goes_to = machine.move(here.step, option.id, facts)
    returns = here.returns if goes_to in machine.asides else None
    return conversation.move(Place(goes_to, facts, (), returns))


def _lead_on(
    machine: FlowMachine, conversation: Conversation, facts: Facts
) -> Conversation:
    here = conversation.here
    if here.returns is not None:
        return spread_from(machine.lasting, conversation.resume(), facts)
    return conversation.move(Place(machine.move(here.step, NEXT, facts), facts))


def _tick(values: Answer, ticked: Answer, value: str, *, on: bool | None) -> Answer:
    """Return the ticks in the author's order, with one set or taken away."""
    set_it = value not in ticked if on is None else on
    kept = {*ticked, value} if set_it else {*ticked} - {value}
    return tuple(each for each in values if each in kept)


def _without(facts: Facts, name: str) -> Mapping[str, Answer]:
    return {fact: answer for fact, answer in facts.items() if fact != name}
