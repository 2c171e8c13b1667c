"""One turn: an event in, the new conversation and its screen out. The heart of Waymark.

`decide` says what happens and `show` says what is seen; `take_turn` does both. Nothing
here reads a clock, a file or a network, so the checker walks a flow by calling the very
functions that answer a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.core.engine.conversation import (
    Conversation,
    Event,
    Interrupted,
    Place,
    Said,
    Started,
    Tapped,
    Unread,
)
from bot.core.engine.machine import NEXT, FlowMachine
from bot.core.engine.screen import BACK, DONE, SKIP, Moment, Screen, show
from bot.core.engine.typed import Meant, plain_words
from bot.core.errors import NotOffered
from bot.core.flow import Answer, Facts, Interrupt, Option, Question

MISSES_BEFORE_PEOPLE = (
    3  # W3C 3.2.6 as read in domain.md 4.9: human contact after three
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What an event does. `conversation` None: everything about the person is to go.

    `interrupt` is the name of the one that fired; `note` names the standing words to
    put above the screen; `offered` is false for a tap that the step does not offer.
    """

    conversation: Conversation | None
    interrupt: str | None = None
    note: str | None = None
    offered: bool = True


@dataclass(frozen=True, slots=True)
class Turn:
    """A decision and the screen to show for it; no screen after a quick exit."""

    decision: Decision
    screen: Screen | None


def take_turn(
    machine: FlowMachine,
    conversation: Conversation | None,
    event: Event,
    moment: Moment,
) -> Turn:
    """Return what an event does to a conversation, and what is then seen.

    `conversation` None: nothing is kept of this person. The answer never depends on
    anything but these four.
    """
    decision = decide(machine, conversation, event)
    after = decision.conversation
    if after is None:
        return Turn(decision, None)
    back = bool(after.trail)
    screen = show(machine.flow, after.here, moment, back=back, note=decision.note)
    return Turn(decision, screen)


def decide(
    machine: FlowMachine, conversation: Conversation | None, event: Event
) -> Decision:
    """Return what an event does: interrupts first, then the step."""
    known = conversation is not None and _fits(machine, conversation)
    current = conversation if conversation and known else begin(machine)
    match event:
        case Started():
            return Decision(begin(machine))
        case Interrupted(name):
            interrupt = machine.flow.interrupt(name)
            if interrupt is None:
                return Decision(current, offered=False)
            return _interrupted(machine, current, interrupt)
        case Tapped():
            return _tapped(machine, current, event) if known else Decision(current)
        case Said(text):
            return _said(machine, current, text, known=known)
        case Unread():
            return Decision(current, note="cannot_read")


def begin(machine: FlowMachine) -> Conversation:
    """Return a conversation at the first step, the same for everyone."""
    flow = machine.flow
    return Conversation(flow.id, flow.version, Place(flow.start))


def _fits(machine: FlowMachine, conversation: Conversation) -> bool:
    flow = machine.flow
    return (conversation.flow, conversation.version) == (flow.id, flow.version)


def _interrupted(
    machine: FlowMachine, conversation: Conversation, interrupt: Interrupt
) -> Decision:
    if interrupt.does == "quick_exit":
        return Decision(None, interrupt.name)
    if interrupt.does == "restart" or interrupt.goes_to is None:
        return Decision(begin(machine), interrupt.name)
    here = conversation.here
    returns = None
    if interrupt.returns:  # from one aside to another, it still leads back to the flow
        returns = len(conversation.trail) if here.returns is None else here.returns
    place = Place(interrupt.goes_to, {**here.facts, **interrupt.sets}, (), returns)
    if here.step == place.step and here.facts == place.facts:
        return Decision(replace(conversation, misses=0), interrupt.name)
    return Decision(conversation.move(place), interrupt.name)


def _said(
    machine: FlowMachine, conversation: Conversation, text: str, *, known: bool
) -> Decision:
    """Read typed words: a button's own words, then signs, then other words for it."""
    words = plain_words(text)
    typed = machine.typed(conversation.here.step)
    decision = _meant(machine, conversation, typed.labels.get(words) if known else None)
    if decision:
        return decision
    signs = machine.flow.recogniser.signs(text)
    for interrupt in machine.flow.interrupts:
        if not signs.isdisjoint(interrupt.signs):
            return _interrupted(machine, conversation, interrupt)
    if not known:
        return Decision(conversation)
    decision = _meant(machine, conversation, typed.others.get(words))
    return decision or _missed(conversation)


def _meant(
    machine: FlowMachine, conversation: Conversation, meant: Meant | None
) -> Decision | None:
    if meant is None:
        return None
    decision = decide(machine, conversation, meant)
    return decision if decision.offered else None


def _missed(conversation: Conversation) -> Decision:
    misses = conversation.misses + 1
    note = "people" if misses >= MISSES_BEFORE_PEOPLE else "unclear"
    return Decision(replace(conversation, misses=misses), note=note)


def _tapped(machine: FlowMachine, conversation: Conversation, tap: Tapped) -> Decision:
    here = conversation.here
    if tap.step is not None and tap.step != here.step:
        return Decision(conversation, offered=False)
    if tap.option == BACK and conversation.trail:
        return Decision(conversation.back())
    step = machine.flow.steps[here.step]
    try:
        if isinstance(step, Question):
            return Decision(_answered(machine, conversation, step, tap))
        option = step.option(tap.option)
        if option is None:
            return Decision(conversation, offered=False)
        return Decision(_taken(machine, conversation, option, here.facts))
    except NotOffered:
        return Decision(conversation, offered=False)


def _answered(
    machine: FlowMachine, conversation: Conversation, step: Question, tap: Tapped
) -> Conversation:
    here, fact = conversation.here, step.fact
    if tap.option == SKIP and not step.required:
        return _lead_on(machine, conversation, _without(here.facts, fact.name))
    if tap.option == DONE and fact.any_of:
        return _lead_on(machine, conversation, {**here.facts, fact.name: here.ticked})
    option = step.option(tap.option)
    if option is None:
        raise NotOffered
    if option.id not in fact.values:
        return _taken(machine, conversation, option, here.facts)
    if fact.any_of:
        ticked = _tick(fact.values, here.ticked, option.id, on=tap.on)
        return replace(conversation, here=replace(here, ticked=ticked), misses=0)
    return _taken(
        machine, conversation, option, {**here.facts, fact.name: (option.id,)}
    )


def _taken(
    machine: FlowMachine, conversation: Conversation, option: Option, facts: Facts
) -> Conversation:
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
        return conversation.resume()
    return conversation.move(Place(machine.move(here.step, NEXT, facts), facts))


def _tick(values: Answer, ticked: Answer, value: str, *, on: bool | None) -> Answer:
    """Return the ticks in the author's order, with one set or taken away."""
    set_it = value not in ticked if on is None else on
    kept = {*ticked, value} if set_it else {*ticked} - {value}
    return tuple(each for each in values if each in kept)


def _without(facts: Facts, name: str) -> Mapping[str, Answer]:
    return {fact: answer for fact, answer in facts.items() if fact != name}
