"""Walks each journey through the engine, to see that people arrive as they must."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.core.checker.told import told
from bot.core.engine.conversation import (
    Event,
    Interrupted,
    Said,
    Started,
    Tapped,
)
from bot.core.engine.machine import FlowMachine
from bot.core.engine.screen import Moment, services_at
from bot.core.engine.standing import DONE, SKIP, leading_on
from bot.core.engine.turn import begin, decide
from bot.core.finding import Finding, Findings
from bot.core.flow import Question
from bot.core.promise import Deed, Journey

MOST_TURNS = 100  # a journey that goes on longer runs in circles


def check_journeys(
    machine: FlowMachine,
    journeys: tuple[Journey, ...],
    noon: datetime,
    findings: Findings,
) -> None:
    """Add a finding for each journey that goes astray. `noon`: when none is given."""
    astray: list[tuple[_Walker, str]] = []
    for journey in journeys:
        walker = _Walker(machine, journey)
        wrong = walker.walk() or _wrong(walker, noon)
        if wrong is not None:
            astray.append((walker, wrong))
    if astray:
        findings.append(_astray(astray))


def _astray(astray: list[tuple[_Walker, str]]) -> Finding:
    """Return one finding for all: one fault sends many people astray."""
    (walker, wrong), *others = astray
    journey = walker.journey
    lines = ", ".join(str(other.journey.at.line) for other, _ in others)
    more = f"; astray too: the journeys of lines {lines}" if others else ""
    return Finding(
        "journey",
        journey.at,
        f"“{journey.who}”: {wrong}{more}.",
        "Mend the flow, or the journey, whichever is wrong.",
        shown_by=told(walker.events, journey.moment),
    )


def _wrong(walker: _Walker, noon: datetime) -> str | None:
    """Return what is wrong where someone has arrived, or None."""
    journey, here = walker.journey, walker.conversation.here
    if here.step != journey.arrives:
        return f"arrives at '{here.step}', not at '{journey.arrives}'"
    moment = Moment(journey.moment or noon)
    named, below = services_at(walker.machine.flow, here, moment)
    shown = {*named, *below}
    missing = [f"'{name}'" for name in journey.shows if name not in shown]
    if missing:
        return f"is not shown {', '.join(missing)}"
    extra = [f"'{name}'" for name in journey.never_shows if name in shown]
    return f"is shown {', '.join(extra)}" if extra else None


class _Walker:
    """One person on their way."""

    def __init__(self, machine: FlowMachine, journey: Journey) -> None:
        self.machine = machine
        self.journey = journey
        self._answers = dict(journey.answers)
        self._deeds = list(journey.then)
        self.events: list[Event] = [Started()]
        self.conversation = begin(machine)

    def walk(self) -> str | None:
        """Go to the end; return what went wrong on the way, or None."""
        while len(self.events) < MOST_TURNS:
            here = self.conversation.here.step
            if self._deeds and self._deeds[0].stands_at and not self._answering(here):
                wanted = self._deeds.pop(0).stands_at
                if here != wanted:
                    return f"stands at '{here}', not at '{wanted}'"
                continue
            events = tuple(self._next(here))
            if not events:
                return None
            for event in events:
                self.events.append(event)
                decision = decide(self.machine, self.conversation, event)
                if not decision.offered or decision.conversation is None:
                    return self._no_way_on(here, event)
                self.conversation = decision.conversation
        return "runs in circles"

    def _no_way_on(self, here: str, event: Event) -> str:
        step = self.machine.flow.steps[here]
        if not isinstance(event, Tapped):
            return f"cannot go on so at '{here}'"
        answer = ""
        if isinstance(step, Question):
            if step.fact.name in self.journey.answers:
                return f"at '{here}' the answer '{event.option}' cannot be given"
            answer = f"give `answers` something for '{step.fact.name}', or "
        return (
            f"at '{here}' the next thing in `then`, '{event.option}', cannot be done;"
            f" {answer}change `then`"
        )

    def _answering(self, here: str) -> bool:
        step = self.machine.flow.steps[here]
        return isinstance(step, Question) and step.fact.name in self._answers

    def _next(self, here: str) -> Iterator[Event]:
        step = self.machine.flow.steps[here]
        if isinstance(step, Question) and step.fact.name in self._answers:
            answer = self._answers.pop(step.fact.name)
            yield from (Tapped(value) for value in answer)
            yield from ((Tapped(DONE),) if step.fact.any_of else ())
        elif self._deeds:
            yield _event(self._deeds.pop(0))
        elif SKIP in leading_on(step):
            yield Tapped(SKIP)


def _event(deed: Deed) -> Event:
    if deed.says is not None:
        return Said(deed.says)
    if deed.interrupt is not None:
        return Interrupted(deed.interrupt)
    return Tapped(deed.tap or "")
