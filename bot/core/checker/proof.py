"""Looks at every configuration and every move, and holds the promises against them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.checker.liveness import Spot
from bot.core.engine.conversation import Conversation, Event, Interrupted, Place
from bot.core.engine.screen import Moment, services_at
from bot.core.engine.turn import Decision
from bot.core.flow import NATION, Facts, Flow, Outcome, Rule
from bot.core.hours import Opening
from bot.core.promise import OPEN_NOW, Promise, Wanted

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
        self._open: dict[tuple[str, ...], datetime | None] = {}
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
        if promise.shows:
            for says, moment in self._missing(promise.shows, shown):
                breach = Breach(index, says, event, moment)
                self._breach(str(promise.at), here.step, breach)
        if promise.never_shows:
            for says in self._unwanted(promise.never_shows, shown):
                self._breach(str(promise.at), here.step, Breach(index, says, event))

    def _missing(
        self, wanted: Wanted, shown: tuple[str, ...]
    ) -> Iterator[tuple[str, datetime | None]]:
        missing = [name for name in wanted.names if name not in shown]
        if missing:
            yield f"{_list(missing)} is not shown", None
        if wanted.properties is None:
            return
        named = ", ".join(f"{k}: {v}" for k, v in wanted.properties.items())
        if OPEN_NOW not in wanted.properties:
            if not any(self._fits(wanted, name) for name in shown):
                yield f"nothing shown is {{{named}}}", None
            return
        moment = self._nobody_open(wanted, shown)
        if moment is not None:
            yield f"nothing shown is {{{named}}} at {moment:%A %d %B %Y %H:%M}", moment

    def _nobody_open(self, wanted: Wanted, shown: tuple[str, ...]) -> datetime | None:
        key = (*shown, str(wanted.properties))
        if key not in self._open:
            self._open[key] = next(
                (
                    moment
                    for moment in self._moments
                    if not any(self._fits(wanted, name, moment) for name in shown)
                ),
                None,
            )
        return self._open[key]

    def _fits(self, wanted: Wanted, name: str, moment: datetime | None = None) -> bool:
        service = self._flow.services[name]
        is_open = moment is not None and service.hours.at(moment) is Opening.OPEN
        return wanted.fits(service, is_open=is_open)

    def _unwanted(self, wanted: Wanted, shown: tuple[str, ...]) -> Iterator[str]:
        for name in shown:
            by_property = wanted.properties is not None and self._fits(wanted, name)
            if name in wanted.names or by_property:
                yield f"'{name}' is shown"

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


def _list(names: list[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
