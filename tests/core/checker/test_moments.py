"""The cut of time: a few moments stand for every half hour of two years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.checker.moments import moments_that_matter
from bot.core.engine.machine import FlowMachine
from bot.core.finding import Position
from bot.core.hours import LONDON, BankHolidays, Hours, Opening, Span
from bot.core.service import UK, Service

FIRST = date(2026, 1, 1)
HALF_HOUR = timedelta(minutes=30)
AT = Position("services.yaml", 1, 1)
Picture = tuple[Opening, ...]
# Days on which something is special: a bank holiday of one nation or of all, the day
# before it or after it, or a day on which the clocks change. And an ordinary week.
SPECIAL = (
    *(date(2026, 1, day) for day in range(1, 6)),  # New Year, and Scotland's second day
    *(date(2026, 3, day) for day in (16, 17, 18)),  # St Patrick's Day
    *(date(2026, 3, day) for day in (28, 29, 30)),  # summer time begins
    *(date(2026, 4, day) for day in range(2, 8)),  # Easter, Monday not in Scotland
    *(date(2026, 7, day) for day in (12, 13, 14)),  # the Boyne, moved to a Monday
    *(date(2026, 8, day) for day in (2, 3, 31)),  # summer, at two times
    *(date(2026, 10, day) for day in (24, 25, 26)),  # summer time ends
    *(date(2026, 11, day) for day in range(23, 31)),  # a week; then St Andrew's Day
    *(date(2026, 12, day) for day in range(24, 32)),  # Christmas, Boxing Day moved
)


def service(name: str, hours: Hours) -> Service:
    """Return a service with these hours."""
    return Service(
        id=name,
        name=name,
        contacts={"call": "0000"},
        how="",
        whom="anyone",
        nations=hours.nations,
        hours=hours,
        anonymous="unproved",
        on_bill="unproved",
        free="unproved",
        source="made up",
        checked=FIRST,
        review_by=FIRST,
        review="",
        at=AT,
    )


def hours(
    *nations: str,
    since: time,
    until: time,
    days: range = range(5),
    bank_holidays: BankHolidays = "closed",
) -> Hours:
    """Return the same hours on some days of the week."""
    spans = tuple(Span(day, since, until) for day in days)
    return Hours(spans=spans, bank_holidays=bank_holidays, nations=nations)


NIGHT = Hours(
    spans=(Span(4, time(22), time(0)), Span(5, time(0), time(2, 30))),
    bank_holidays="as_usual",
    nations=UK,
)
MADE = {
    "one line": [hours("england", since=time(9, 30), until=time(16))],
    "a line for each nation": [
        hours(nation, since=time(9), until=time(17), bank_holidays="closed")
        for nation in UK
    ],
    "the three ways to keep a bank holiday": [
        hours("scotland", since=time(10), until=time(16), bank_holidays=kept)
        for kept in ("closed", "as_usual", "unproved")
    ],
    "a line of two nations": [
        hours("england", "northern_ireland", since=time(10), until=time(16))
    ],
    "a night that begins on one day and ends on the next": [NIGHT],
    "the hour that the clocks leave out": [
        hours("wales", since=time(1), until=time(2), days=range(7))
    ],
    "always, never proved, and sometimes": [
        Hours(always=True, nations=UK),
        Hours(nations=UK),
        hours("wales", since=time(18), until=time(0), days=range(6, 7)),
    ],
}


def picture(services: list[Service], moment: datetime) -> Picture:
    """Return who is open at a moment, service by service."""
    return tuple(each.hours.at(moment) for each in services)


def half_hours(years: int) -> Iterator[datetime]:
    """Give every half hour of some years, by a clock that never changes."""
    moment = datetime(FIRST.year, 1, 1, tzinfo=UTC)
    while moment.astimezone(LONDON).year < FIRST.year + years:
        yield moment
        moment += HALF_HOUR


def lost(services: list[Service], seen: Iterator[datetime]) -> dict[Picture, datetime]:
    """Return the pictures that no moment that matters has, each with a half hour."""
    moments = moments_that_matter(services, FIRST)
    kept = {picture(services, moment) for moment in moments}
    met = {picture(services, moment): moment for moment in seen}
    return {each: moment for each, moment in met.items() if each not in kept}


@pytest.mark.parametrize("case", MADE)
def test_no_half_hour_of_two_years_is_left_out(case: str) -> None:
    """Bank holidays of each nation and both changes of the clocks are among them."""
    services = [service(str(number), each) for number, each in enumerate(MADE[case])]

    assert lost(services, half_hours(years=2)) == {}


def test_no_half_hour_is_left_out_for_the_services_that_are_shipped(
    machine: FlowMachine,
) -> None:
    """What is proved for the moments that matter is proved for the whole year."""
    services = list(machine.flow.services.values())

    assert lost(services, half_hours(years=2)) == {}


def test_every_moment_shows_another_picture() -> None:
    """Not one moment is looked at in vain, and every one of them comes."""
    services = [service(str(number), each) for number, each in enumerate(_all_made())]
    moments = moments_that_matter(services, FIRST)
    pictures = [picture(services, moment) for moment in moments]

    assert len(set(pictures)) == len(pictures)
    met = {picture(services, moment) for moment in half_hours(years=2)}
    assert set(pictures) <= met


def test_services_without_hours_need_one_moment() -> None:
    """Where nothing opens or closes, every hour is like every other."""
    services = [service("a", Hours(always=True)), service("b", Hours())]

    assert len(moments_that_matter(services, FIRST)) == 1


half_past = st.builds(time, st.integers(0, 23), st.sampled_from((0, 30)))
spans = st.builds(
    lambda day, ends: Span(day, min(ends), max(ends)),
    st.integers(0, 6),
    st.lists(half_past, min_size=2, max_size=2, unique=True),
)
made_hours = st.builds(
    Hours,
    spans=st.lists(spans, min_size=1, max_size=4).map(tuple),
    bank_holidays=st.sampled_from(("closed", "as_usual", "unproved")),
    nations=st.lists(st.sampled_from(UK), min_size=1, max_size=4, unique=True).map(
        tuple
    ),
)


@settings(max_examples=30, deadline=None)
@given(made=st.lists(made_hours, min_size=1, max_size=4))
def test_no_half_hour_of_a_special_day_is_left_out_for_any_hours(
    made: list[Hours],
) -> None:
    """No author's hours are such that the cut would miss when nobody answers."""
    services = [service(str(number), each) for number, each in enumerate(made)]
    midnights = [datetime.combine(day, time(0), LONDON) for day in SPECIAL]
    seen = (
        midnight.astimezone(UTC) + number * HALF_HOUR
        for midnight in midnights
        for number in range(50)
    )

    assert lost(services, seen) == {}


def _all_made() -> Iterator[Hours]:
    for each in MADE.values():
        yield from each
