"""The moments that matter: one for each way in which services are open and closed.

A year has 17,520 half hours. Between two opening or closing times nothing changes, so
one moment stands for each different picture of who is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from bot.core.hours import LONDON, Opening
from bot.core.service import Service

DAYS = 731  # this year and the next: every bank holiday, clock change and leap day


def moments_that_matter(
    services: Iterable[Service], first_day: date
) -> tuple[datetime, ...]:
    """Return moments (UK time, aware) that show every picture of who is open."""
    timed = [service for service in services if service.hours.spans]
    seen: dict[tuple[Opening, ...], datetime] = {}
    for moment in _edges(timed, first_day):
        picture = tuple(service.hours.at(moment) for service in timed)
        seen.setdefault(picture, moment)
    return tuple(seen.values())


def _edges(timed: list[Service], first_day: date) -> Iterator[datetime]:
    """Give each day's midnight, and each time at which a service opens or closes."""
    times = {time(0)}
    for service in timed:
        for span in service.hours.spans:
            times |= {span.since, span.until}
    for number in range(DAYS if timed else 1):
        day = first_day + timedelta(days=number)
        for edge in sorted(times):
            yield datetime.combine(day, edge, LONDON)
