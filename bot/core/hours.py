"""When a service is open: by UK time, with the bank holidays of the nation.

Only hours that are proved are ever shown. Where the hours, or what happens on a bank
holiday, are not proved, the answer is "unknown", never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Literal
from zoneinfo import ZoneInfo

from bot.core.bank_holidays import NATIONS, bank_holidays

LONDON = ZoneInfo("Europe/London")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Christmas Day 2026 and New Year's Day 2027 are Fridays: a line that is open on Fridays
# alone opens after three weeks, and until 2070 none has longer to wait.
LOOK_AHEAD_DAYS = 28
# Years of which the bank holidays are known, as far as anybody can tell.
YEARS = range(2000, 2100)
WRITE_A_MOMENT = (
    f"Write UK time as 2026-12-25T03:00, in a year from {YEARS[0]} to {YEARS[-1]}."
)

BankHolidays = Literal["closed", "as_usual", "unproved"]


def read_moment(text: str) -> datetime:
    """Return a day and a time, aware; of the United Kingdom if it does not say where.

    Raises ValueError where it is none, or none of YEARS; the cure is WRITE_A_MOMENT.
    """
    moment = datetime.fromisoformat(text)
    if moment.year not in YEARS:
        raise ValueError(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)


class Opening(Enum):
    """Whether someone would answer now, as far as we can prove it."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Span:
    """Open from one time to another on one day of the week (0 is Monday).

    `until` midnight (00:00) means the end of that day.
    """

    weekday: int
    since: time
    until: time

    def holds(self, moment: time) -> bool:
        """Tell whether the moment falls in the span; its last minute does not."""
        return self.since <= moment and (self.until == time(0) or moment < self.until)


@dataclass(frozen=True, slots=True)
class Hours:
    """Always open, unproved (no spans and not always), or spans of the week."""

    always: bool = False
    spans: tuple[Span, ...] = ()
    bank_holidays: BankHolidays = "unproved"
    nations: tuple[str, ...] = ()  # whose bank holidays count

    def at(self, moment: datetime) -> Opening:
        """Tell whether it is open at a moment (aware; any time zone).

        Where it is a bank holiday in some of its nations only, nobody has proved that
        the line keeps it, whoever asks: the answer is as for a line whose bank holidays
        are unproved.
        """
        if self.always:
            return Opening.OPEN
        if not self.spans:
            return Opening.UNKNOWN
        local = moment.astimezone(LONDON)
        if not self._is_open(local.date(), local.time()):
            return Opening.CLOSED
        holiday = self._bank_holiday_in(local.date())
        if not any(holiday) or self.bank_holidays == "as_usual":
            return Opening.OPEN
        if all(holiday) and self.bank_holidays == "closed":
            return Opening.CLOSED
        return Opening.UNKNOWN

    def opens_next(self, moment: datetime) -> datetime | None:
        """Return when it surely opens next (UK time), or None where nobody knows."""
        local = moment.astimezone(LONDON)
        for ahead in range(LOOK_AHEAD_DAYS):
            day = local.date() + timedelta(days=ahead)
            if any(self._bank_holiday_in(day)) and self.bank_holidays != "as_usual":
                continue
            starts = (
                datetime.combine(day, span.since, LONDON)
                for span in self.spans
                if span.weekday == day.weekday()
            )
            later = min((start for start in starts if start > local), default=None)
            if later:
                return later
        return None

    def _is_open(self, day: date, moment: time) -> bool:
        return any(
            span.weekday == day.weekday() and span.holds(moment) for span in self.spans
        )

    def _bank_holiday_in(self, day: date) -> list[bool]:
        """Tell for each of its nations that has bank holidays whether it is one."""
        return [
            day in bank_holidays(nation, day.year)
            for nation in self.nations
            if nation in NATIONS
        ]
