"""When kept things are past their time: the same answer for every store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final

from bot.stores.base import TAKEN_FOR, Record, has_answers, outlives

Clock = Callable[[], datetime]

DAY_SECONDS: Final = 24 * 60 * 60
# A channel may tell of an update again for a day. Two full days are on the safe side.
CLAIM_DAYS: Final = 2
# Telegram lets nobody delete what is older: then notes are of no more use.
NOTES_OUTLIVE: Final = timedelta(days=2)
# What stands outside the seal is coarse, so that it tells nobody when a person wrote:
# a twelfth of the time to forget, and five minutes at the most.
COARSE_SECONDS: Final = 5 * 60
COARSE_PARTS: Final = 12


def today(now: datetime) -> int:
    """Return the number of the day, counted from 1970 in UTC."""
    return int(now.timestamp()) // DAY_SECONDS


def oldest_claim_day(now: datetime) -> int:
    """Return the first day whose claims are kept: each for two days, or some more."""
    return today(now) - CLAIM_DAYS


def coarse(seconds: float, forget_after: timedelta) -> int:
    """Round a time (seconds since 1970) up, to the next five minutes or less."""
    part = int(forget_after.total_seconds()) // COARSE_PARTS
    step = max(1, min(COARSE_SECONDS, part))
    return -int(-seconds // step) * step


class Fate(Enum):
    """What a purge does with a record that it has found."""

    STAYS = auto()
    GOES = auto()  # handed over
    LEAVES_NOTES = auto()  # they are due to whoever purges next
    IS_TAKEN = auto()  # handed over; its notes stay until they are cleared


def end_of_notes(until: datetime, forget_after: timedelta) -> datetime:
    """Return when notes go in any case: so long after their person was last here."""
    return until - forget_after + NOTES_OUTLIVE


def fate_of(
    record: Record,
    notes_end: datetime,
    taken: datetime | None,
    now: datetime,
    *,
    takes: bool,
) -> Fate:
    """Return what a purge does with a record that is past, or is notes alone.

    `notes_end` is their `end_of_notes`, `taken` when they were taken last, if ever
    (all aware).
    `takes`: there is someone to hand it over to.
    """
    if taken and now - taken < TAKEN_FOR:
        return Fate.STAYS
    if outlives(record) is None or now >= notes_end:
        return Fate.GOES
    if takes:
        return Fate.IS_TAKEN
    return Fate.LEAVES_NOTES if has_answers(record) else Fate.STAYS
