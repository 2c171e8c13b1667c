"""One turn: an event in, the new conversation and its screen out. The heart of Waymark.

`decide` says what happens and `show` says what is seen; `take_turn` does both. Nothing
here reads a clock, a file or a network, so the checker walks a flow by calling the very
functions that answer a person.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.engine.answering import answered, taken
from bot.core.engine.conversation import (
    Chose,
    Conversation,
    Event,
    Interrupted,
    Place,
    Said,
    Started,
    Tapped,
    Unread,
)
from bot.core.engine.hearing import Listener, keeps_its_card
from bot.core.engine.languages import choice_of, in_language, with_choice
from bot.core.engine.lasting import spread
from bot.core.engine.machine import FlowMachine
from bot.core.engine.migration import carry_over
from bot.core.engine.screen import Moment, Screen, show
from bot.core.engine.standing import BACK, SEEN, standing
from bot.core.engine.typed import Meant
from bot.core.errors import NotOffered
from bot.core.flow import Interrupt, Question

# Human contact after three failures: W3C, Understanding Consistent Help.
MISSES_BEFORE_PEOPLE = 3


@dataclass(frozen=True, slots=True)
class Decision:
    """What an event does. `conversation` None: everything about the person is to go.

    `interrupt` is the name of the one that fired; `note` names the standing words to
    put above the screen; `offered` is false for a tap that the step does not offer;
    `shows` where there is nothing to answer: earlier words were changed to others.
    """

    conversation: Conversation | None
    interrupt: str | None = None
    note: str | None = None
    offered: bool = True
    shows: bool = True


@dataclass(frozen=True, slots=True)
class Turn:
    """A decision and the screen to show for it; None: there is nothing to show."""

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
    decision = decide(machine, conversation, event, moment.now)
    after = decision.conversation
    if after is None or not decision.shows:
        return Turn(decision, None)
    return Turn(decision, screen_of(machine, after, moment, decision.note))


def screen_of(
    machine: FlowMachine,
    conversation: Conversation,
    moment: Moment,
    note: str | None = None,
) -> Screen:
    """Return what someone sees where they stand, in their language."""
    flow, back = machine.flow_in(conversation.language), bool(conversation.trail)
    screen = show(flow, conversation.here, moment, back=back, note=note)
    return with_choice(machine, flow, screen)


def decide(
    machine: FlowMachine,
    conversation: Conversation | None,
    event: Event,
    now: datetime | None = None,
) -> Decision:
    """Return what an event does. `now`, aware, matters to typed words alone."""
    decision = _decided(machine, conversation, event, now)
    if decision.conversation is None or not machine.lasting:
        return decision
    after = spread(machine.lasting, decision.conversation)
    if after is decision.conversation:
        return decision
    return replace(decision, conversation=after)


def _decided(
    machine: FlowMachine,
    conversation: Conversation | None,
    event: Event,
    now: datetime | None,
) -> Decision:
    """Return the same before facts that last are spread: interrupts come first."""
    current, known = _standing(machine, conversation)
    event = choice_of(machine, current, event) or event
    match event:
        case Started(language):
            return Decision(begin(machine, language))
        case Interrupted(name):
            return _interrupted(machine, current, machine.flow.interrupt(name))
        case Chose(language):
            chosen = in_language(machine, current, language)
            decision = Decision(chosen or current, offered=chosen is not None)
        case Tapped():
            fresh = known and not event.stale
            decision = (_tapped if fresh else _stale)(machine, current, event)
        case Said():
            decision = _said(Listener(machine, current, now, known), event)
        case Unread():
            decision = Decision(current, note="cannot_read")
    if known or decision.interrupt:
        return decision
    lost = conversation is not None and "changed" in machine.flow.words
    return replace(decision, offered=True, note="changed" if lost else decision.note)


def _standing(
    machine: FlowMachine, conversation: Conversation | None
) -> tuple[Conversation, bool]:
    """Return where someone stands in this flow, and whether that was known before."""
    if conversation is None:
        return begin(machine), False
    if not _fits(machine, conversation):
        carried = carry_over(machine.flow, conversation)
        return carried.conversation, not carried.stranded
    return conversation, True


def begin(machine: FlowMachine, language: str = "") -> Conversation:
    """Return a new conversation, in the language of a code where that is on offer."""
    flow, spoken = machine.flow, machine.spoken(language)
    return Conversation(flow.id, flow.version, Place(flow.start), language=spoken)


def _fits(machine: FlowMachine, conversation: Conversation) -> bool:
    flow = machine.flow
    if (conversation.flow, conversation.version) != (flow.id, flow.version):
        return False
    places = (conversation.here, *conversation.trail)
    return all(place.step in flow.steps for place in places)


def _interrupted(
    machine: FlowMachine, conversation: Conversation, interrupt: Interrupt | None
) -> Decision:
    if interrupt is None:
        return Decision(conversation, offered=False)
    if interrupt.does == "quick_exit":
        return Decision(None, interrupt.name)
    if interrupt.does == "restart" or interrupt.goes_to is None:
        return Decision(begin(machine, conversation.language), interrupt.name)
    here = conversation.here
    if keeps_its_card(machine.flow, here.step, interrupt):
        return Decision(conversation, interrupt.name)
    returns = None
    if interrupt.returns:  # from one aside to another, it still leads back to the flow
        returns = len(conversation.trail) if here.returns is None else here.returns
    place = Place(interrupt.goes_to, {**here.facts, **interrupt.sets}, (), returns)
    if here.step == place.step and here.facts == place.facts:
        return Decision(replace(conversation, misses=0), interrupt.name)
    return Decision(conversation.move(place), interrupt.name)


def _said(listener: Listener, said: Said) -> Decision:
    """Do what typed words mean: the first meaning that is offered where they stand."""
    machine, conversation = listener.machine, listener.conversation
    for meant in listener.meanings(said):
        decision = decide(machine, conversation, meant)
        if decision.offered:
            return _noted(listener, meant, decision)
    if said.edited:
        return Decision(conversation, shows=False)
    if not listener.known:
        return Decision(conversation)
    if said.stale:  # 999 first, then where they stand; it was no answer to that
        return Decision(conversation, note="unclear")
    return _missed(conversation)


def _noted(listener: Listener, meant: Meant, decision: Decision) -> Decision:
    """Remember when the safety question was put."""
    after = decision.conversation
    if after is None or listener.now is None or not listener.asks(meant):
        return decision
    asked = int(listener.now.timestamp())
    return replace(decision, conversation=replace(after, asked=asked))


def _missed(conversation: Conversation) -> Decision:
    misses = conversation.misses + 1
    note = "people" if misses >= MISSES_BEFORE_PEOPLE else "unclear"
    return Decision(replace(conversation, misses=misses), note=note)


def _tapped(machine: FlowMachine, conversation: Conversation, tap: Tapped) -> Decision:
    here = conversation.here
    if tap.step is not None and tap.step != here.step:
        return _stale(machine, conversation, tap)
    step = machine.flow.steps[here.step]
    seen = tap.option == SEEN and SEEN in standing(step)
    if (seen or tap.option == BACK) and conversation.trail:
        return Decision(conversation.back())
    try:
        if isinstance(step, Question):
            return Decision(answered(machine, conversation, step, tap))
        option = step.option(tap.option)
        if option is None:
            return Decision(conversation, offered=False)
        return Decision(taken(machine, conversation, option, here.facts))
    except NotOffered:
        return Decision(conversation, offered=False)


def _stale(machine: FlowMachine, conversation: Conversation, tap: Tapped) -> Decision:
    """Answer a tap on a screen that is gone: nothing moves, unless it says danger.

    Whoever scrolls up to "Yes, right now" and taps it says just what the danger button
    says, and must not be shown anything but its card.
    """
    step = machine.flow.steps.get(tap.step or "")
    if isinstance(step, Question):
        answer = {step.fact.name: (tap.option,)}
        for interrupt in machine.flow.interrupts:
            if interrupt.sets == answer:
                return _interrupted(machine, conversation, interrupt)
    return Decision(conversation, offered=False)
