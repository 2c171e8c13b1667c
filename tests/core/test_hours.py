"""Whoever is told that a line is open reaches someone; what is unproved is not told."""

from datetime import UTC, datetime, time

import pytest

from bot.core.hours import LONDON, BankHolidays, Hours, Opening, Span

WEEKDAYS = tuple(Span(day, time(9, 30), time(16)) for day in range(5))
EVERY_DAY = tuple(Span(day, time(9, 30), time(16)) for day in range(7))

OPEN, CLOSED, UNKNOWN = Opening.OPEN, Opening.CLOSED, Opening.UNKNOWN


def uk(written: str) -> datetime:
    """Return a moment by UK time, as 2026-12-25T03:00."""
    return datetime.fromisoformat(written).replace(tzinfo=LONDON)


def utc(written: str) -> datetime:
    """Return a moment by universal time."""
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


def hours(
    *nations: str,
    spans: tuple[Span, ...] = EVERY_DAY,
    bank_holidays: BankHolidays = "closed",
) -> Hours:
    """Return the hours of a service of these nations."""
    return Hours(spans=spans, bank_holidays=bank_holidays, nations=nations)


def test_a_line_that_is_always_open_is_open_at_any_moment() -> None:
    """At three on Christmas morning, too."""
    assert Hours(always=True).at(uk("2026-12-25T03:00")) is OPEN


@pytest.mark.parametrize("moment", ["2026-11-24T12:00", "2026-12-25T03:00"])
def test_unproved_hours_stay_unknown(moment: str) -> None:
    """We never guess that someone will answer, nor that nobody will."""
    assert Hours().at(uk(moment)) is UNKNOWN
    assert Hours().opens_next(uk(moment)) is None


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-24T09:29", CLOSED),
        ("2026-11-24T09:30", OPEN),
        ("2026-11-24T15:59:59", OPEN),
        ("2026-11-24T16:00", CLOSED),
        ("2026-11-28T12:00", CLOSED),  # a Saturday
    ],
)
def test_a_line_opens_and_closes_on_the_minute(moment: str, opening: Opening) -> None:
    """Whoever calls at closing time reaches nobody, and is told so."""
    assert hours("england", spans=WEEKDAYS).at(uk(moment)) is opening


def test_a_span_until_midnight_holds_to_the_end_of_the_day() -> None:
    """23:59 is still open; the next day begins closed."""
    late = hours("england", spans=(Span(1, time(18), time(0)),))

    assert late.at(uk("2026-11-24T17:59")) is CLOSED
    assert late.at(uk("2026-11-24T23:59:59")) is OPEN
    assert late.at(uk("2026-11-25T00:00")) is CLOSED


def test_a_night_in_two_spans_has_no_gap_at_midnight() -> None:
    """An author writes a night as two lines; nobody is cut off between them."""
    night = hours(
        "england", spans=(Span(1, time(22), time(0)), Span(2, time(0), time(2)))
    )

    moments = (
        "24T21:59",
        "24T22:00",
        "24T23:59:59",
        "25T00:00",
        "25T01:59",
        "25T02:00",
    )
    assert [night.at(uk(f"2026-11-{moment}")) for moment in moments] == [
        CLOSED,
        *(OPEN,) * 4,
        CLOSED,
    ]


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-03-28T09:29", CLOSED),  # Saturday: winter time, the same as UTC
        ("2026-03-28T09:30", OPEN),
        ("2026-03-29T08:29", CLOSED),  # the night the clocks went forward
        ("2026-03-29T08:30", OPEN),
        ("2026-03-29T14:59", OPEN),
        ("2026-03-29T15:00", CLOSED),
        ("2026-10-24T08:30", OPEN),  # Saturday: still summer time
        ("2026-10-25T08:30", CLOSED),  # the night the clocks went back
        ("2026-10-25T09:29", CLOSED),
        ("2026-10-25T09:30", OPEN),
        ("2026-10-25T16:00", CLOSED),
    ],
)
def test_hours_follow_the_clock_on_the_wall(moment: str, opening: Opening) -> None:
    """A line that opens at 9:30 does so in summer and in winter."""
    assert hours("england").at(utc(moment)) is opening


def test_the_hour_that_comes_twice_is_open_twice() -> None:
    """On 25 October 2026 the hour from one to two is lived through two times."""
    early = hours("england", spans=(Span(6, time(1), time(2)),))

    moments = ("2026-10-24T23:59", "2026-10-25T00:00", "2026-10-25T00:59:59")
    again = ("2026-10-25T01:00", "2026-10-25T01:59:59", "2026-10-25T02:00")
    assert [early.at(utc(moment)) for moment in (*moments, *again)] == [
        CLOSED,
        *(OPEN,) * 4,
        CLOSED,
    ]


def test_opening_times_after_a_change_of_clocks_are_by_the_new_time() -> None:
    """Whoever asks in the night before is told the time on tomorrow's clock."""
    before_spring = hours("england").opens_next(utc("2026-03-29T00:30"))
    before_autumn = hours("england").opens_next(utc("2026-10-24T22:30"))

    assert before_spring == utc("2026-03-29T08:30")
    assert before_autumn == utc("2026-10-25T09:30")
    assert f"{before_spring:%a %H:%M}" == f"{before_autumn:%a %H:%M}" == "Sun 09:30"


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-24T08:00", "2026-11-24T09:30"),
        ("2026-11-24T09:30", "2026-11-25T09:30"),  # it is open: the next after that
        ("2026-11-27T16:00", "2026-11-30T09:30"),  # Friday evening
        ("2026-12-24T16:00", "2026-12-29T09:30"),  # Christmas Eve
        ("2026-12-31T16:00", "2027-01-04T09:30"),  # New Year's Eve
    ],
)
def test_a_closed_line_says_when_it_opens_next(moment: str, opens: str) -> None:
    """Over weekends, Christmas with its substitute day, and New Year."""
    line = hours("england", spans=WEEKDAYS)

    assert line.opens_next(uk(moment)) == uk(opens)


def test_any_time_zone_may_ask() -> None:
    """A moment is the same moment wherever the computer stands."""
    line = hours("england")
    moment = uk("2026-07-01T15:59")

    assert line.at(moment.astimezone(UTC)) is line.at(moment) is OPEN
    assert line.opens_next(moment.astimezone(UTC)) == line.opens_next(moment)
