"""What a row of a database holds: a sealed record, and when it may go at the latest."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from bot.core.errors import Unreadable
from bot.stores.base import has_answers, outlives
from bot.stores.retention import Fate, coarse, end_of_notes, fate_of
from bot.stores.sealing import Opener

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import timedelta

    from bot.stores.base import Record
    from bot.stores.retention import Clock
    from bot.stores.sealing import Sealer

TAKEN: Final = "taken"  # within the seal: when notes were taken, seconds since 1970
# Enough to see at a start that a key is missing, and no wait for anyone.
LOOKED_AT: Final = 1000
LOST_KEY: Final = (
    "conversations are kept that no key in force opens. If you have the key from"
    " before, put it on a line of its own below the present one. If it is lost, those"
    " people begin anew and their messages stay in their chats; nothing else is lost,"
    " and the rows go by themselves"
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Row:
    """`forget_at`: seconds since 1970, rounded up to five minutes or less.

    It is negative where the record has nothing but notes.
    """

    sealed: bytes
    forget_at: int


@dataclass(frozen=True, slots=True)
class Past:
    """What a purge does: `records` to hand over, rows `kept` in place, names `gone`."""

    records: list[Record] = field(default_factory=list)
    kept: dict[bytes, Row] = field(default_factory=dict)
    gone: list[bytes] = field(default_factory=list)

    def __len__(self) -> int:
        """Tell how many rows are no longer what they were."""
        return len(self.kept) + len(self.gone)


class Rows:
    """Turns records into rows and back. The exact time to forget is inside the seal."""

    def __init__(self, sealer: Sealer, clock: Clock, forget_after: timedelta) -> None:
        """`clock` returns the time, aware; `forget_after` counts from the last turn."""
        self._sealer = sealer
        self._clock = clock
        self._forget_after = forget_after

    def seal(self, name: bytes, record: Record, used: datetime | None = None) -> Row:
        """Return the row for a record whose person was last here at `used`, or now."""
        until = ((used or self._clock()) + self._forget_after).timestamp()
        return self._row(name, record, until, due=until)

    def _row(
        self, name: bytes, record: Record, until: float, due: float, **more: float
    ) -> Row:
        told = {"until": until, "record": dict(record), **more}
        forget_at = coarse(due, self._forget_after)
        sealed = self._sealer.seal(name, told)
        return Row(sealed, forget_at if has_answers(record) else -forget_at)

    def open(self, name: bytes, sealed: bytes | None) -> Record | None:
        """Return the record, or None: there is none, it is past, or no key fits.

        Of one that is past only the notes are returned.
        """
        told = self._told(name, sealed)
        if told is None:
            return None
        record: Record = told["record"]
        is_past = told["until"] <= self._clock().timestamp()
        return outlives(record) if is_past else record

    def _told(self, name: bytes, sealed: bytes | None) -> Mapping[str, Any] | None:
        if sealed is None:
            return None
        try:
            return self._sealer.open(name, sealed)
        except Unreadable as error:
            log.warning("a conversation is treated as absent: %s", error)
            return None

    def past(self, found: Sequence[tuple[bytes, bytes]], *, takes: bool) -> Past:
        """Return what becomes of rows that a purge has found: past, or notes alone.

        `takes`: there is someone to hand their records over to.
        """
        past, now = Past(), self._clock()
        for name, sealed in found:
            told = self._told(name, sealed)
            if told is None:
                past.gone.append(name)
                continue
            record: Record = told["record"]
            taken = _at(told[TAKEN]) if TAKEN in told else None
            fate = fate_of(record, self._end(told), taken, now, takes=takes)
            if fate is Fate.STAYS:
                continue
            past.records.append(record)
            if fate is Fate.GOES:
                past.gone.append(name)
            else:
                is_taken = fate is Fate.IS_TAKEN
                past.kept[name] = self._notes(name, told, now, is_taken=is_taken)
        return past

    def _notes(
        self, name: bytes, told: Mapping[str, Any], now: datetime, *, is_taken: bool
    ) -> Row:
        """Return the row of a record's notes alone, due now or, once taken, later."""
        notes, until = outlives(told["record"]) or {}, told["until"]
        if not is_taken:
            return self._row(name, notes, until, due=until)
        due = min(now + self._forget_after, self._end(told)).timestamp()
        return self._row(name, notes, until, due, **{TAKEN: now.timestamp()})

    def _end(self, told: Mapping[str, Any]) -> datetime:
        return end_of_notes(_at(told["until"]), self._forget_after)

    def warn_of_lost_key(self, rows: Iterable[tuple[bytes, bytes]]) -> None:
        """Say so if any of these names and seals is opened by no key."""
        if any(self._sealer.opener(*row) is Opener.NONE for row in rows):
            log.warning(LOST_KEY)


def _at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
