"""When kept things are past their time: the same answer for every store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

Clock = Callable[[], datetime]

DAY_SECONDS: Final = 24 * 60 * 60
# A channel may tell of an update again for a day. Two full days are on the safe side.
CLAIM_DAYS: Final = 2
# What stands outside the seal is coarse, so that it tells nobody when a person wrote.
COARSE_SECONDS: Final = 5 * 60


def today(now: datetime) -> int:
    """Return the number of the day, counted from 1970 in UTC."""
    return int(now.timestamp()) // DAY_SECONDS


def oldest_claim_day(now: datetime) -> int:
    """Return the first day whose claims are kept: each for two days, or some more."""
    return today(now) - CLAIM_DAYS


def coarse(seconds: float) -> int:
    """Round a time (seconds since 1970) up to the next five minutes."""
    return -int(-seconds // COARSE_SECONDS) * COARSE_SECONDS
