"""On bank holidays nobody is told that a line is open, or closed, without a proof."""

from datetime import time, timedelta

import pytest

from bot.core.hours import LOOK_AHEAD_DAYS, BankHolidays, Opening, Span
from tests.core.test_hours import CLOSED, OPEN, UNKNOWN, WEEKDAYS, hours, uk

ALL = ("england", "wales", "scotland", "northern_ireland")
HOLIDAYS = (
    ("2026-11-30", ("scotland",)),  # St Andrew's Day
    ("2027-01-04", ("scotland",)),  # for 2 January, a Saturday
    ("2026-01-02", ("scotland",)),
    ("2026-08-03", ("scotland",)),
    ("2026-08-31", ("england", "wales", "northern_ireland")),
    ("2026-04-06", ("england", "wales", "northern_ireland")),  # Easter Monday
    ("2026-03-17", ("northern_ireland",)),  # St Patrick's Day
    ("2027-07-12", ("northern_ireland",)),
    ("2026-07-13", ("northern_ireland",)),  # for 12 July, a Sunday
    ("2026-12-25", ALL),
    ("2026-12-28", ALL),  # for Boxing Day, a Saturday
    ("2027-01-01", ALL),
    ("2026-12-24", ()),
    ("2026-12-29", ()),
    ("2026-11-24", ()),
)


@pytest.mark.parametrize(("day", "nations"), HOLIDAYS, ids=str)
def test_each_nation_has_its_own_bank_holidays(
    day: str, nations: tuple[str, ...]
) -> None:
    """Nobody in Wales is told that a line is closed for St Andrew."""
    closed = tuple(
        nation for nation in ALL if hours(nation).at(uk(f"{day}T12:00")) is CLOSED
    )

    assert closed == nations


def test_there_are_no_bank_holidays_outside_the_uk() -> None:
    """The calendar of another country is not ours to know."""
    assert hours("elsewhere").at(uk("2026-12-25T12:00")) is OPEN


@pytest.mark.parametrize(
    ("bank_holidays", "opening"),
    [("closed", CLOSED), ("as_usual", OPEN), ("unproved", UNKNOWN)],
)
def test_what_happens_on_a_bank_holiday_is_only_said_when_proved(
    bank_holidays: BankHolidays, opening: Opening
) -> None:
    """On Christmas Day a guess would be the cruellest."""
    line = hours("england", bank_holidays=bank_holidays)

    assert line.at(uk("2026-12-25T12:00")) is opening
    assert line.at(uk("2026-12-25T03:00")) is CLOSED


def test_scotland_opens_a_day_later_after_new_year() -> None:
    """2 January is theirs, and in 2027 it is moved to Monday, the fourth."""
    line = hours("scotland", spans=WEEKDAYS)

    assert line.opens_next(uk("2026-12-31T16:00")) == uk("2027-01-05T09:30")


def test_a_line_that_is_open_as_usual_opens_on_bank_holidays() -> None:
    """Nobody is sent away for days from a line that answers at Christmas."""
    line = hours("england", bank_holidays="as_usual")

    assert line.opens_next(uk("2026-12-25T03:00")) == uk("2026-12-25T09:30")


def test_only_an_opening_that_is_sure_is_promised() -> None:
    """Where nobody knows about Boxing Day, the day after is named."""
    line = hours("england", bank_holidays="unproved")

    assert line.opens_next(uk("2026-12-24T16:00")) == uk("2026-12-27T09:30")


def test_a_line_that_opens_on_fridays_says_when_after_christmas() -> None:
    """Christmas Day 2026 and New Year's Day 2027 are both Fridays."""
    line = hours("england", spans=(Span(4, time(9, 30), time(16)),))

    assert line.opens_next(uk("2026-12-18T16:00")) == uk("2027-01-08T09:30")


@pytest.mark.parametrize(
    ("bank_holidays", "opening"),
    [("closed", UNKNOWN), ("as_usual", OPEN), ("unproved", UNKNOWN)],
)
def test_a_bank_holiday_in_one_of_its_nations_is_not_proved_to_close_a_line(
    bank_holidays: BankHolidays, opening: Opening
) -> None:
    """Which nation's days a line for two nations keeps, no page says."""
    line = hours("england", "scotland", bank_holidays=bank_holidays)

    assert line.at(uk("2026-11-30T12:00")) is opening
    assert line.at(uk("2026-11-30T03:00")) is CLOSED
    assert line.at(uk("2026-12-01T12:00")) is OPEN


def test_a_bank_holiday_in_all_of_its_nations_closes_a_line() -> None:
    """Where there are no bank holidays, as outside the UK, nothing is said of them."""
    line = hours("england", "scotland", "elsewhere")

    assert line.at(uk("2026-12-25T12:00")) is CLOSED


def test_every_day_of_the_week_comes_round_within_the_days_looked_at() -> None:
    """Whichever day a line is open, in these ten years it is told when."""
    for weekday in range(7):
        line = hours(*ALL, spans=(Span(weekday, time(9, 30), time(16)),))
        moment = uk("2026-01-01T00:00")
        while moment.year < 2036:
            opens = line.opens_next(moment)
            assert opens is not None, moment
            assert (opens.weekday(), opens.time()) == (weekday, time(9, 30))
            assert timedelta(0) < opens - moment <= timedelta(days=LOOK_AHEAD_DAYS)
            assert line.at(opens) is OPEN
            moment = opens
