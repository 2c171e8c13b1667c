"""What a promise claims of a screen, and whether it is so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.core.engine.conversation import Place
from bot.core.engine.screen import Moment, filled
from bot.core.flow import AnyStep, Flow, Outcome
from bot.core.hours import Opening
from bot.core.promise import OPEN_NOW, Promise, Wanted

Broken = Iterator[tuple[str, datetime | None]]  # what is wrong, and when, if it matters


class Claims:
    """Looks at the services and words of a place, at every moment that matters."""

    def __init__(self, flow: Flow, moments: tuple[datetime, ...]) -> None:
        """Remember what was found for the same services: most places share theirs."""
        self._flow = flow
        self._moments = moments
        self._open: dict[tuple[str, ...], datetime | None] = {}

    def broken(self, promise: Promise, here: Place, shown: tuple[str, ...]) -> Broken:
        """Give each claim of a promise that does not hold where `shown` is shown."""
        if promise.shows:
            yield from self._missing(promise.shows, shown)
        if promise.never_shows:
            for name in self._unwanted(promise.never_shows, shown):
                yield f"'{name}' is shown", None
        step = self._flow.steps[here.step]
        if promise.route and isinstance(step, Outcome) and step.route != promise.route:
            yield f"the route is '{step.route}', not '{promise.route}'", None
        if promise.reads:
            yield from self._unread(promise, step)

    def _unread(self, promise: Promise, step: AnyStep) -> Broken:
        """Look at the words that everybody reads at a step."""
        moment = Moment(self._moments[0])
        always = (part for part in step.says if not part.when.tests)
        words = [filled(self._flow, part, moment) for part in always]
        text = " ".join(" ".join(words).split())
        for part in promise.reads:
            wanted = " ".join(filled(self._flow, part, moment).split())
            if wanted not in text:
                yield f"nobody can read “{wanted}”", None

    def _missing(self, wanted: Wanted, shown: tuple[str, ...]) -> Broken:
        missing = [f"'{name}'" for name in wanted.names if name not in shown]
        if missing:
            yield f"{', '.join(missing)} is not shown", None
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
                yield name
