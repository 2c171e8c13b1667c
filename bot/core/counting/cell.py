"""What a count is kept under: never a person, a time of day, or an order."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.core.hours import LONDON


class Cell(NamedTuple):
    """One number is kept for each: how many people in this week had this value.

    `week` is its Monday, as 2026-11-23. `version` is the flow's. `rank` is the place of
    the value in the author's list: what comes late is hidden first.
    """

    week: str
    flow: str
    version: str
    measure: str
    value: str
    rank: int = 0


def week_of(now: datetime) -> date:
    """Return the Monday of the week in the UK that an aware time is in."""
    day = now.astimezone(LONDON).date()
    return day - timedelta(days=day.weekday())


def oldest_kept(now: datetime, keep: timedelta) -> date:
    """Return the Monday of the oldest week that is kept: all before it go.

    A week goes as a whole, once all of it is older than `keep`.
    """
    return week_of(now - keep)
