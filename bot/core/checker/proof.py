"""Looks at every configuration and every move, and holds the promises against them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.checker.claims import Claims
from bot.core.checker.liveness import Spot
from bot.core.engine.conversation import Conversation, Event, Interrupted, Place
from bot.core.engine.screen import Moment, services_at
from bot.core.engine.turn import Decision
from bot.core.flow import NATION, Facts, Flow, Outcome, Rule
from bot.core.promise import Promise

NATION_UNSERVED = "nation-unserved"


@dataclass(slots=True)
class Breach:
    """One fault: where it shows first, and how many configurations it touches.

    `event` is the move that shows it, where the fault is in a move.
    """

    index: int
    says: str
    event: Event | None = None
    moment: datetime | None = None
    touches: int = 0


@dataclass(slots=True)
class Used:
    """What the walk came by: for the promise that nothing is there in vain."""

    steps: set[str] = field(default_factory=set)
    options: set[tuple[str, str]] = field(default_factory=set)
    rules: set[int] = field(default_factory=set)
    known: dict[str, set[str]] = field(default_factory=dict)
    first: dict[str, int] = field(default_factory=dict)


class Proof:
    """A watcher of the walk that collects breaches of the promises."""

    def __init__(
        self, flow: Flow, promises: Iterable[Promise], moments: tuple[datetime, ...]
    ) -> None:
        """Hold `promises` at each of `moments`."""
        promises = tuple(promises)
        self._flow = flow
        self._moments = moments
        self._at_places = tuple(p for p in promises if not p.after and not p.taps)
        self._at_moves = tuple(p for p in promises if p.after)
        self._claims = Claims(flow, moments)
        self.used = Used()
        self.counts: dict[Spot, int] = {}
        # by the promise's place in its file (or the name of a rule), and by step
        self.breaches: dict[tuple[str, str], Breach] = {}

    def arrived(self, index: int, conversation: Conversation) -> None:
        """Look at a configuration, once."""
        here = conversation.here
        spot = (here.step, here.returns is not None)
        self.counts[spot] = self.counts.get(spot, 0) + 1
        step = self._flow.steps[here.step]
        self.used.steps.add(step.id)
        self.used.first.setdefault(step.id, index)
        self.used.known.setdefault(step.id, set()).update(here.facts)
        shown = self._shown(here)
        for promise in self._at_places:
            if _speaks_of(promise, here, outcome=isinstance(step, Outcome)):
                self._hold(promise, index, here, shown)
        if isinstance(step, Outcome) and not self._anyone_serves(shown, here.facts):
            says = "nothing shown serves the nation of whoever stands here"
            self._breach(NATION_UNSERVED, here.step, Breach(index, says))

    def moved(
        self, index: int, before: Conversation, event: Event, decision: Decision
    ) -> None:
        """Look at a move out of the configuration `index`."""
        after = decision.conversation
        if after is None or not decision.offered:
            return
        option = getattr(event, "option", None)
        if option is not None:
            self.used.options.add((before.here.step, option))
            rule = self._rule(before.here, after.here, option)
            if rule is not None:
                self.used.rules.add(id(rule))
        if len(after.trail) < len(before.trail):
            return  # back where they were: nothing is made true that was not so then
        for promise in self._at_moves:
            if self._made_true(promise, before.here, event, after.here):
                shown = self._shown(after.here)
                self._hold(promise, index, after.here, shown, event)

    def _rule(self, before: Place, after: Place, option: str) -> Rule | None:
        step = self._flow.steps[before.step]
        own = step.option(option)
        inside = before.returns is not None
        if inside or after.step == before.step or (own and own.goes_to):
            return None
        return next((r for r in step.rules if r.when.holds(after.facts)), None)

    def _made_true(
        self, promise: Promise, before: Place, event: Event, after: Place
    ) -> bool:
        if not promise.when.holds(after.facts):
            return False
        if promise.unless and promise.unless.holds(after.facts):
            return False
        if isinstance(event, Interrupted):
            interrupt = self._flow.interrupt(event.interrupt)
            if interrupt and interrupt.sets and promise.when.holds(interrupt.sets):
                return True
        return not promise.when.holds(before.facts)

    def _shown(self, here: Place) -> tuple[str, ...]:
        named, below = services_at(self._flow, here, Moment(self._moments[0]))
        return (*named, *below)

    def _hold(
        self,
        promise: Promise,
        index: int,
        here: Place,
        shown: tuple[str, ...],
        event: Event | None = None,
    ) -> None:
        for says, moment in self._claims.broken(promise, here, shown):
            breach = Breach(index, says, event, moment)
            self._breach(str(promise.at), here.step, breach)

    def _anyone_serves(self, shown: tuple[str, ...], facts: Facts) -> bool:
        nation = next(iter(facts.get(NATION, ())), None)
        return any(self._flow.services[name].serves(nation) for name in shown)

    def _breach(self, fault: str, step: str, breach: Breach) -> None:
        self.breaches.setdefault((fault, step), breach).touches += 1


def _speaks_of(promise: Promise, here: Place, *, outcome: bool) -> bool:
    if promise.outcomes and not outcome:
        return False
    if promise.steps and here.step not in promise.steps:
        return False
    if promise.unless and promise.unless.holds(here.facts):
        return False
    return promise.when.holds(here.facts)
